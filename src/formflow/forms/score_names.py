"""Whose a column of marks is: a unit's, a reviewer's, or nobody's because the words over it only say what stands there.

Comes in: the words over columns of marks, and what else a sheet says of unit and reviewer. Goes out: an `Owner` for each, or None. What is
printed beside a label (评委：…) outweighs what a head may mean; words that are neither a unit, a reviewer nor a person own nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from formflow.model.text import fold

_UNIT = re.compile(
    r".{2,}(?:中心(?:\(站\))?|服务站|工会|[站镇乡]|街道|园区|开发区|新区|公司|之家|委员会|分会|协会|组织|机构|集团|学校|医院|社)"
)
_COUNTED = r"[一二三四五六七八九十\d甲乙丙丁戊己A-Za-z]{1,3}"
_REVIEWER = re.compile(
    rf"(?:评审|评分|考评|考核|测评)?(?:专家|评委|评审员?|评分[人员]|考评[人员]|打分[人员]|评审[人组]|考评组|专家组)(?:第?(?:\({_COUNTED}\)|{_COUNTED}))[号组位]?"
)
# Words of heads; a name of a person has none of them.
_HEAD_WORD = re.compile(
    r"[评考审扣分核验测]|.查|专家|情况|结果|意见|说明|原因|备注|依据|差异|差[值额距]|误差|增减|偏差|小计|合计|平均|均值|次数|名次|等次|等级|是否"
)
# Offices that judge others, named by their level alone.
_JUDGING = re.compile(
    r"(?:上级|本级|全国|[省市县区])?总工会|上级工会|[省市县区]总|上级|本级|市级|县级|区级|镇级|省级|工会"
)
# 考评组织, 评审委员会: those who judge, never those who are judged.
_JUDGES = re.compile(r"评[审委分议]|考[评核]|专家|验收|审核")
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄"
    "和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢裴陆荣翁荀"
    "羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍却璩"
    "桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公肖"
    "付代仝闫覃仉帅邸苟尉邝尧岳佟年佘牟商伯南诸葛司马上官欧阳夏侯皇甫尉迟公孙慕容令狐钟离宇文长孙"
)  # fmt: skip
_PERSON = re.compile(r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{2,6}[·•・][\u4e00-\u9fff]{2,8}")

Kind = Literal["unit", "reviewer"]


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose marks a column holds."""

    kind: Kind
    name: str


def is_unit(text: str) -> bool:
    """Whether a text is called like a unit that can be judged."""
    words = fold(text)
    return bool(_UNIT.fullmatch(words)) and not _JUDGING.fullmatch(words) and not _JUDGES.match(words)


def is_reviewer(text: str) -> bool:
    """Whether a head says that it is one reviewer of several: 评委甲, 专家1."""
    return bool(_REVIEWER.fullmatch(fold(text)))


def is_person(text: str) -> bool:
    """Whether a text can be a person's name and nothing that heads say."""
    is_written = "·" in text or "•" in text or "・" in text or text[:1] in _SURNAMES
    return bool(_PERSON.fullmatch(text)) and is_written and not _HEAD_WORD.search(text)


def may_be_name(text: str) -> bool:
    """Whether a head can be anybody's name at all."""
    words = fold(text)
    return is_unit(text) or is_reviewer(text) or not (_HEAD_WORD.search(words) or _JUDGING.fullmatch(words))


def owner_of(name: str, beside: Collection[str], *, centre: str, reviewer: str) -> Owner | None:
    """Whose a column under `name` is. `beside`: the names over all columns of marks; `centre` and `reviewer`: what the sheet says beside
    those labels ("" where it says nothing)."""
    side_by_side = len(beside) > 1
    if is_unit(name):
        return Owner("unit", name) if side_by_side or not centre else None
    if not may_be_name(name):
        return None
    if is_reviewer(name):
        return Owner("reviewer", name) if side_by_side or not reviewer else None
    if not side_by_side:
        return None
    if _are_persons(beside, reviewer):
        return Owner("reviewer", name) if is_person(name) else None
    # Units go by short names (青禾, 柳湾) where nothing else says whose the sheet is.
    return Owner("unit", name) if not centre else None


def _are_persons(beside: Collection[str], reviewer: str) -> bool:
    """Whether names side by side are those of reviewers: none is printed beside a label, or just these are."""
    names: Sequence[str] = [name for name in beside if may_be_name(name)]
    return all(map(is_person, names)) and (not reviewer or all(name in reviewer for name in names))
