"""Which level of honour a text names, by the pack's registry of places and words; honours of other places are told apart, with the place.

Comes in: a cell, a heading, a title. Goes out: what it says about the level, or None if it says nothing. Never decides between two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from formflow.model.policy import HonoursPolicy, PlaceKind
from formflow.model.text import fold

# The provinces and what ranks as one: honours of another than the policy's own do not count.
_PROVINCES = (
    "北京", "天津", "上海", "重庆", "河北", "山西", "辽宁", "吉林", "黑龙江", "江苏", "浙江", "安徽", "福建", "江西", "山东", "河南",
    "湖北", "湖南", "广东", "海南", "四川", "贵州", "云南", "陕西", "甘肃", "青海", "台湾", "内蒙古", "广西", "西藏", "宁夏", "新疆",
    "香港", "澳门",
)  # fmt: skip
_PROVINCE_ENDS = "(?:省|市|壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区)?"
# Ranks below any city, whatever the place is called.
_LOW_RANKS = ("区总工会", "县总工会", "县(市)总工会", "区(市)总工会", "区市总工会", "县市总工会", "区总", "县总", "区县级", "县区级", "区市级", "区(市)级", "县(市)级", "县市级", "区级", "县级", "镇级", "乡镇级", "乡级", "街道级", "街道", "社区级", "村级",
              "园区级", "开发区级", "企业级", "公司级", "集团级", "校级", "院级", "局级", "基层")  # fmt: skip
# Ranks that may be one level or the other.
_UNCLEAR_RANKS = ("省部级", "部省级", "部级", "部委级", "副省级", "省市级", "各级", "厅级", "行业级", "系统级")
# A place by its ending alone, where a name can begin; 社区 and the like are none.
_ANY_PLACE = re.compile(
    r"[\u4e00-\u9fff]{1,6}?(?:自治州|自治县|地区|省|市|区|县|旗|州|盟)(?=$|[^\u4e00-\u9fff级]|级|总工会|工会|总|人民|委|街道)"
)
_NO_PLACE = re.compile(
    r"(?:社|园|片|小|辖|校|景|厂|街|工业|全)区$|(?:城|上|超|都|全|本|我|各|设区的?|地级|直辖)市$|(?:全|各|外|本|我)省$|(?:全|各|本)县$|第|批|届|年|被|为|的|获得|荣获|获评|授予|入选"
    r"|^(?:[原现已曾拟未非由升为获后前先再又并]|调整)+[省市区县]$"
)
_BREAK = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9]")
# What names no union federation: a honour of a company or an association has no level of ours.
_NO_FEDERATION = re.compile("公司|集团|企业|学校|学院|大学|医院|协会|学会|报社|电视台|基金会")
_JOINT = re.compile(r"[,/和及与、;]|以及")
# What may stand round the level of the honour itself without making it another one. Anything else (五一劳动奖状, 提名, 入围, 拟推荐) does.
_SAYS_NOTHING = re.compile(
    "各?级(?:别|次)?|层[次面级]|总工会|工会|总|联合会|联系|引导|社会组织|服务|职工|优秀|项目|品牌|荣誉|称号|名单|奖项|奖励|奖|命名|表彰|授予|授牌|颁发|颁布|评选|评为|"
    "评定|认定|公布|印发|发布|发文|获评|获得|获奖|荣获|入选|当选|被|获|评|的|为|由|是|于|在|年度?|月份?|日|号|首|第|批次?|届|次|期|个|名|关于|决定|通报|文件|通知|等(?!奖)|"
    "单位|机关|层|组织|一|二|三|四|五|六|七|八|九|十|〇|零|[市省国区县]|有|无|已|及|和|与|工|字|发"
)
# Whose candidate it was: (青岛市推荐), its place already taken out.
_RECOMMENDED_BY = re.compile(r"\( (?:总?工会)?推荐\)")
_OF_UNIONS = re.compile("工会|总工办|[全省市]总")


@dataclass(frozen=True, slots=True)
class LevelReading:
    """What a text says about the level: one that counts, or a place elsewhere whose honours do not count, or (neither) nothing clear.

    `is_ranked_only`: only a rank was named (市级), so a place named elsewhere decides whose."""

    text: str
    level: str | None = None
    elsewhere: PlaceKind | None = None
    is_ranked_only: bool = False

    @property
    def is_clear(self) -> bool:
        return self.level is not None or self.elsewhere is not None


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    text: str
    kind: str  # "place", "rank", "outside", "below", "unclear"
    level: str | None = None


def read_level(text: str, policy: HonoursPolicy) -> LevelReading | None:
    """The level a whole text names; None if it names neither level nor place."""
    folded = fold(text)
    if len(folded) == 1:
        folded += "级"  # 省, 市, 区
    reading = _reading(_settled(_tokens(folded, policy), policy))
    if reading and reading.level and _NO_FEDERATION.search(folded):
        return LevelReading(text)
    return reading


def level_in_title(text: str, policy: HonoursPolicy) -> LevelReading | None:
    """The level of the honour that a title names: the place or rank before the honour's own words. A title may begin with the place of
    whoever drew it up; joined levels (全国、山东省) are not one."""
    folded = fold(text)
    words = [at for word in policy.title_words if (at := folded.find(fold(word))) >= 0]
    if not words:
        return None
    before = folded[: min(words)]
    tokens = _settled(_tokens(before, policy), policy)
    if not tokens and before.endswith(("省", "市", "区", "县")):
        tokens = _settled(_tokens(f"{before}级", policy), policy)  # 省优秀项目
    if len(tokens) > 1 and _JOINT.fullmatch(folded[tokens[-2].end : tokens[-1].start]):
        return _reading(tokens[-2:])
    return _reading(tokens[-1:])


def level_of_honour(text: str, policy: HonoursPolicy) -> LevelReading | None:
    """The level a cell about one honour names. It counts only for the honour the policy rewards: where the cell names another (五一劳动奖状), or
    says less than that it was conferred (提名, 入围, 拟推荐), the reading is not clear."""
    reading = level_in_title(text, policy) or read_level(text, policy)
    if reading and reading.level and re.search("[\u4e00-\u9fff]", _rest(text, policy)):
        return LevelReading(text.strip())
    return reading


def level_of_issuer(text: str, policy: HonoursPolicy) -> LevelReading | None:
    """The level of whoever conferred an honour; one that names no union (民政厅, 人民政府) is not clear, one named with others is."""
    reading = level_in_title(text, policy) or read_level(text, policy)
    if (
        reading
        and reading.level
        and not _OF_UNIONS.search(fold(text))
        and re.search("[\u4e00-\u9fff]", _rest(text, policy))
    ):
        return LevelReading(text.strip())
    return reading


def _rest(text: str, policy: HonoursPolicy) -> str:
    """What a text says beside places, ranks and the honour's own words."""
    rest = _registry(policy)[0].sub(" ", fold(text))
    for word in policy.title_words:
        rest = rest.replace(fold(word), " ")
    return _SAYS_NOTHING.sub("", _RECOMMENDED_BY.sub("", rest))


def names_honour(text: str, policy: HonoursPolicy) -> bool:
    """Whether a text names the honour the policy rewards."""
    folded = fold(text)
    return any(fold(word) in folded for word in policy.title_words)


def _reading(tokens: list[_Token]) -> LevelReading | None:
    if not tokens:
        return None
    said = tokens[0].text if len(tokens) == 1 else "、".join(token.text for token in tokens)
    outcomes = {(token.level, token.kind if token.level is None else "") for token in tokens}
    away = [token for token in tokens if token.kind in ("outside", "below")]
    if len(outcomes) > 1 and not (away and all(token.kind == "rank" for token in tokens if token not in away)):
        return LevelReading(said)
    # A rank is that of the place named beside it: 省级(江苏).
    token = (away or tokens)[-1]
    if token.kind == "outside":
        return LevelReading(said, elsewhere="outside")
    if token.kind == "below":
        return LevelReading(said, elsewhere="below")
    return LevelReading(said, token.level, is_ranked_only=all(token.kind == "rank" for token in tokens))


def _settled(tokens: list[_Token], policy: HonoursPolicy) -> list[_Token]:
    """Places that stand inside of places (山东省青岛市市北区) as the innermost; a rank behind its place (青岛市市级) as the place."""
    settled: list[_Token] = []
    for token in tokens:
        before = settled[-1] if settled else None
        if before is None or before.end != token.start:
            settled.append(token)
        elif token.kind == "rank" and (before.level is None or before.level == token.level):
            settled[-1] = _Token(before.start, token.end, before.text, before.kind, before.level)
        elif token.kind in ("outside", "below") or _is_inside(token, before, policy):
            settled[-1] = _Token(before.start, token.end, token.text, _kind_inside(token, before), token.level)
        else:
            settled.append(token)
    return settled


def _is_inside(token: _Token, before: _Token, policy: HonoursPolicy) -> bool:
    if token.level is None or before.level is None or token.kind == "rank":
        return False
    return policy.rank(token.level) < policy.rank(before.level)


def _kind_inside(token: _Token, before: _Token) -> str:
    """A district of another city is elsewhere, not below."""
    return "outside" if before.kind == "outside" and token.kind == "below" else token.kind


def _tokens(folded: str, policy: HonoursPolicy) -> list[_Token]:
    return list(_scan(folded, policy))


def _scan(folded: str, policy: HonoursPolicy) -> Iterator[_Token]:
    pattern, kinds = _registry(policy)
    at, last_end = 0, 0
    while at < len(folded):
        match = pattern.match(folded, at)
        if match is None and (at == last_end or _BREAK.match(folded[at - 1])):
            match = _ANY_PLACE.match(folded, at)
            if match and not _NO_PLACE.search(match[0]) and not pattern.search(match[0]):
                yield _Token(at, match.end(), match[0], _kind_of_unknown(match[0]))
                at = last_end = match.end()
                continue
            match = None
        if match is None:
            at += 1
            continue
        name = next(key for key, value in match.groupdict().items() if value is not None)
        kind, level = kinds[name]
        yield _Token(at, match.end(), match[0], kind, level)
        at = last_end = match.end()


def _kind_of_unknown(place: str) -> str:
    """A district or county is below; another city or province outside. County-level cities are the registry's to know."""
    return "below" if place.endswith(("区", "县", "旗")) and not place.endswith("自治区") else "outside"


@lru_cache(maxsize=16)
def _registry(policy: HonoursPolicy) -> tuple[re.Pattern[str], dict[str, tuple[str, str | None]]]:
    """One pattern for all that the policy and we know, the longest first, and what each group of it means."""
    entries: list[tuple[str, str, tuple[str, str | None]]] = []
    own = {fold(place) for level in policy.levels for place in level.places}
    for level in policy.levels:
        entries += [(fold(place), "", ("place", level.id)) for place in level.places]
        entries += [(fold(word), "", ("rank", level.id)) for word in level.words]
    entries += [(fold(place), "(?:市|地区)?", ("outside", None)) for place in policy.outside]
    entries += [(fold(place), "(?:区|市|县)?", ("below", None)) for place in policy.below]
    entries += [(place, _PROVINCE_ENDS, ("outside", None)) for place in _PROVINCES if place not in own]
    entries += [(fold(word), "", ("below", None)) for word in _LOW_RANKS]
    entries += [(word, "", ("unclear", None)) for word in _UNCLEAR_RANKS]
    entries.sort(key=lambda entry: -len(entry[0]))
    kinds = {f"k{number}": meaning for number, (_, _, meaning) in enumerate(entries)}
    pattern = "|".join(f"(?P<k{number}>{re.escape(word)}{end})" for number, (word, end, _) in enumerate(entries))
    return re.compile(pattern), kinds
