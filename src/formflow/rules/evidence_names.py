"""Where a text names somebody: by which name, as what. The longest name wins, and a name that is part of another's is none of it.

临江县总工会职工服务中心 is not 临江县总工会; 红阳光社工 is not 阳光社工. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from formflow.model.evidence import Applicant
from formflow.model.text import fold

# Shorter names say too little; those that places were taken off must say more by themselves.
_SHORTEST, _SHORTEST_CUT, _TELLING = 4, 5, 6
_PLACES = re.compile(r"^(?:[\u4e00-\u9fff]{2,3}?(?:省|自治区|市|州)){1,2}")
_STEM = re.compile(
    r"^(?:[\u4e00-\u9fff]{2,3}?(?:省|自治区|市|州))*[\u4e00-\u9fff]{2,3}?(?=(?:省|市|区|县|旗|镇|乡|街道|社区|村)[\u4e00-\u9fff]{3})"
)
# What begins with such a word, the place taken off, is the name of any such body.
_ANY = re.compile(
    r"^(?:职工|工会|总工会|工人|劳动|社会|社工|服务|困难|妇女|青年|志愿|社区|企业|人民|公安|教育|税务|机关|直属|律师|心理|法律|户外|文化|民政|司法|人力)"
)
# A paper leaves out the district, too, where what is behind it tells by itself (丰门街道总工会, 海泊社会工作服务中心); what every district has
# (科技局工会) does not.
_DISTRICT = re.compile(r"^[\u4e00-\u9fff]{2,3}?(?:区|县|旗)(?!域|别|级)")
_ANY_OF_DISTRICT = re.compile(
    r"^(?:第|实验|中心|科技|科学|卫生|卫健|住建|住房|城管|城市|城乡|交通|农业|农村|水务|水利|财政|审计|市场|应急|退役|医保|医疗|发展|统计|信访|商务|工信|工业|人大|政协|纪委|组织|宣传|统战|管委|园区|"
    r"老年|残疾|红十字|慈善|青少年|家政|物业|环卫|环境|公交|供电|电力|邮政|电信|银行|中医|妇幼|疾控|图书|体育|融媒|广播|档案|党|团|乡村|行政|综合|生态|自然|林业|海洋|旅游|投资|经济|基层|特殊|幼儿|技工|职业|高级|综治|政务|网信|新|老|东|西|南|北|大|小)"
)
_QUOTES = re.compile(r"[\"'<>]")
_ITEM = "§"
_PLACE_END = frozenset("省市区县旗镇乡州村盟道")
# What a name may follow without white space between.
_BEFORE = frozenset("§由与和及在向对从到为被给让把将是的了请以当因经据与同跟并而使令致如称者自即或该各等含属归供受获")
# A name that goes on into another body's. What stands between has no verb in it.
_BODIES = "服务中心|帮扶中心|活动中心|文化宫|俱乐部|工作站|服务站|驿站|委员会|联合会|促进会|基金会|工会|协会|学会|商会|学校|学院|医院|公司|集团|分会|分公司|分中心|研究院|研究所|工作室|志愿服务队|服务队"
_GOES_ON = re.compile(rf"^(?P<between>[\u4e00-\u9fff]{{0,6}}?)(?:{_BODIES})")
_VERBS = re.compile(
    r"[联携与和在向对为到把将依建开组走举打推创投新的是了等也又还已正并从以被让由给及同跟指派]|积极|启动|成立|邀请|主动|先后|下属|所属|通过|围绕|牵头|负责|调研|慰问|召开|承接|运营|带领|发动|发挥|聚焦|立足|坚持|主办|承办"
)
# Somebody who works there says something: that is not about the body itself.
_PERSON = re.compile(
    r"^(?:[\u4e00-\u9fff]{1,3}籍|老|女|青年|一线|退休|党支部|党委|党组|常务|财务|人事|行政|工会)*(?:工人|职工|员工|主席|副主席|主任|副主任|书记|副书记|理事长|副理事长|会长|秘书长|"
    r"总经理|经理|董事长|部长|科长|局长|院长|校长|社工|负责人|相关负责人|有关负责人|工作人员|党员)"
)
# What may stand before a sentence's subject.
_LEADING = r"(?:^|[,.;:!?\"'(-])(?:由|而|且|则|经|据)?"
_OF_MANY = re.compile(r"^等(?:\d|[一二三四五六七八九十几多]|家|个|所|支|单位|机构|组织|部门|项目|企业|社会)")


@dataclass(frozen=True, slots=True)
class Place:
    """One place where a text (a sentence) names an applicant: by which of its names, whether it is what a clause is about, whether it stands
    in a list of several, whether the text begins with it."""

    applicant: str
    name: str
    is_subject: bool
    is_listed: bool
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class _Spot:
    start: int
    end: int
    key: str


class Names:
    """The names of all applicants, ready to be looked for."""

    def __init__(self, applicants: Iterable[Applicant], short: bool = False) -> None:
        """`short`: by the forms a text uses once it has told the name (县税务局工会), those of several applicants left out."""
        self._owners: dict[str, dict[str, str]] = {}
        self._is_short = short
        for applicant in applicants:
            for name in dict.fromkeys((applicant.name, *applicant.names)):
                for key in _short_keys(name) if short else _keys(name):
                    self._owners.setdefault(key, {}).setdefault(applicant.id, name)
        if short:
            self._owners = {key: owners for key, owners in self._owners.items() if len(owners) == 1}
        self._keys = sorted(self._owners, key=len, reverse=True)

    def may_stand_in(self, text: str) -> bool:
        """Whether any of the names stands in a text, by itself or as part of another word: where none does, the text names nobody."""
        folded = _key(text)
        return any(key in folded for key in self._keys)

    def places_in(self, text: str) -> tuple[Place, ...]:
        """Every place where a text names one of them, in order."""
        folded = _key(text)
        spots = self._spots(folded)
        return tuple(
            Place(applicant, name, _is_subject(folded, spot), _is_listed(folded, spot), spot.start == 0)
            for spot in spots
            for applicant, name in self._owners[spot.key].items()
        )

    def _spots(self, folded: str) -> list[_Spot]:
        """The longest names first; a stretch that is named is no part of another name."""
        taken: list[_Spot] = []
        for key in self._keys:
            start = folded.find(key)
            while start >= 0:
                spot = _Spot(start, start + len(key), key)
                if not any(other.start < spot.end and spot.start < other.end for other in taken):
                    taken.append(spot)
                start = folded.find(key, start + 1)
        return sorted((spot for spot in taken if _is_whole(folded, spot, self._is_short)), key=lambda spot: spot.start)


def _key(text: str) -> str:
    """The text for comparison; 、 is kept apart from a comma, for it tells a list."""
    return _QUOTES.sub("", fold(text.replace("、", _ITEM)))


def _keys(name: str) -> Sequence[str]:
    """How a name is looked for: as it is, without the province and city before it, and without the district."""
    whole = _key(name)
    cut = _PLACES.sub("", whole)
    keys = [whole] if len(whole) >= _SHORTEST else []
    if cut != whole and len(cut) >= _SHORTEST_CUT and not _ANY.match(cut):
        keys.append(cut)
    bare = _DISTRICT.sub("", cut)
    if bare != cut and len(bare) >= _TELLING and not _ANY.match(bare) and not _ANY_OF_DISTRICT.match(bare):
        keys.append(bare)
    return keys


def _short_keys(name: str) -> Sequence[str]:
    """The forms without the place's own name: 丰门街道总工会 → 街道总工会."""
    whole = _key(name)
    stem = _STEM.match(whole)
    short = whole[stem.end() :] if stem else ""
    return [short] if len(short) >= _SHORTEST else []


def _is_whole(folded: str, spot: _Spot, is_short: bool) -> bool:
    """Whether a name stands for itself, and is no part of a longer one."""
    on = _GOES_ON.match(folded[spot.end :])
    if on and not _VERBS.search(on["between"]):
        return False
    before = folded[spot.start - 1 : spot.start]
    if not "\u4e00" <= before <= "\u9fff" or before in _BEFORE:
        return True
    return not is_short and (before in _PLACE_END or len(spot.key) >= _TELLING)


def _is_subject(folded: str, spot: _Spot) -> bool:
    """Whether a clause begins with the name (places before it aside), and goes on to say what it does."""
    before = re.sub(r"(?:[\u4e00-\u9fff]{2,3}(?:省|市|区|县|州)){1,3}$", "", folded[: spot.start])
    begins = re.search(_LEADING + "$", before) is not None
    following = folded[spot.end :]
    return begins and following[:1] not in ("", ",", _ITEM, "的") and not _PERSON.match(following)


def _is_listed(folded: str, spot: _Spot) -> bool:
    """Whether the name is one of at least three in a row, or of those that stand for many."""
    before = re.split(r"[,.;:!?]", folded[: spot.start])[-1]
    behind = re.split(r"[,.;:!?]", folded[spot.end :])[0]
    items = before.count(_ITEM) + behind.count(_ITEM)
    is_beside = before.endswith(_ITEM) or behind.startswith(_ITEM)
    return (is_beside and items >= 2) or (bool(_OF_MANY.match(behind)) and items >= 1)
