"""What a cell or line of a blank form is: a place to write in, a row of check boxes, a label, a place for seal and signature, or prose.

Pure text work on what a blank prints; knows nothing of tables. What is written in a filled copy is for `answers`.
"""

from __future__ import annotations

import re

from formflow.model.text import fold, is_blank

LONGEST_LABEL = 40
# The place of a seal or signature.
OPINION = re.compile(
    r"[（(]\s*(?:加?\s*盖\s*(?:单\s*位\s*)?(?:公\s*)?章|公\s*章|签\s*章|签\s*[名字])\s*[)）]|签\s*[名字]\s*[:：]"
)
_BOX = re.compile(r"[□☐☑☒■▢√✓✔]")
_DATE = re.compile(r"年[\s_＿]*月(?:[\s_＿]*日)?")
# What may be printed where somebody writes a number or a date: a unit alone, a date's skeleton, "共 人".
_UNIT = r"(?:人民币)?(?:[万亿千]?元|平方米|公顷|亩|小时|千克|公斤|吨|[人名个次份岁天件户家项篇场册辆台套页级分年月日]|人次|平方公里|公里|%|‰|m2|m²|㎡|km|cm|mm|kg)"
_DAY = r"(?:(?:20|19)\d{0,2}|二[0〇○零]二?[0〇○零]?)?年月(?:日)?(?:时分?)?"
_UNIT_ALONE = re.compile(
    rf"(?:共|约|第)?{_UNIT}(?:\(.*\))?$|[¥$]$|{_DAY}(?:(?:至|到|[-~起])+(?:{_DAY})?止?)?$|(?:至|到|[-~])$"
)
_TOKEN = re.compile(rf"(?:{_UNIT}|共|约|第|至|到|自|从|[-~/.,:;¥$@+]|20|19)+$")
_STARTS_BLANK = re.compile(r"^(?:[ \t\u3000_＿]|共|约|第|人民币|[¥￥]|20)")
_HINT = re.compile(r"^(?:\(.*\)|(?:请|如|例|示例|限|不超过|不少于|可另|可附|须|应|参照|填写|此处|在此|说明:).*)$")
_PROSE = re.compile(r"[,.;!:]")
# A cell for a photograph: nobody writes there.
_PHOTO = re.compile(
    r"^\(?(?:[一二两]?寸|近期|免冠|本人|个人|证件|彩色|贴|粘贴|请贴|正面|半身|标准)*(?:照片|相片|照)(?:处|粘贴处|张贴处)?\)?$"
)
_TITLE = re.compile(r"(?:表|书|单|册|函|卡)(?:\([^()]*\))?$")
_ASKS = re.compile(
    r"(?:情况|意见|方案|内容|事迹|简介|介绍|说明|计划|措施|理由|成效|经验|业绩|做法|经历|简历|目标|需求|原因|评价|概况|背景|依据|总结|打算|建议|承诺|成果|荣誉|奖惩|备注|预期效益|安排)$"
)
_NUMBERED = re.compile(r"^(?:[一二三四五六七八九十]{1,3},|\([一二三四五六七八九十]{1,3}\)|\d{1,2}[.,])")


def is_place(text: str) -> bool:
    """Whether nothing but blanks, units, a date's skeleton or a hint is printed: somebody writes here."""
    words = fold(text)
    if is_blank(text) or _UNIT_ALONE.match(words):
        return True
    if _STARTS_BLANK.match(text) and all(
        _TOKEN.match(token) for token in re.split(r"[\s_＿]+", text.strip("_＿ \t\u3000")) if token
    ):
        return True
    return bool(_HINT.match(words)) or bool(re.search(r"[_＿]{2,}", text) and ":" not in words)


def is_prose(text: str) -> bool:
    """Whether a cell prints sentences: a hint too long for a label, in whose place the answer is written."""
    words = fold(text)
    return len(words) > 14 and bool(_PROSE.search(words))


def is_opinion(text: str) -> bool:
    """Whether seal or signature are asked for."""
    return bool(OPINION.search(text))


def is_signed_alone(text: str) -> bool:
    """Whether a line names nobody but asks for seal or signature: （盖章）, 负责人（签名）, a date."""
    words = re.sub(r"\(.*?\)|签[名字章]|盖章|公章|[年月日:]", "", fold(text))
    return len(words) < 2 or bool(
        re.fullmatch(r".{0,6}?(?:负责人|经办人|领导|主席|法人|代表人|审核人|签发人|校长|院长|书记|主任)", words)
    )


def is_photo(text: str) -> bool:
    return bool(_PHOTO.match(fold(text)))


def is_label(text: str) -> bool:
    """Whether a cell's words can be a label or the head of a column: short, no sentence, no boxes, no place to write."""
    words = fold(text)
    bare = re.sub(r"\(.*?\)", "", words)
    return (
        len(words) > 0
        and len(bare or words) <= LONGEST_LABEL
        and not is_place(text)
        and not has_boxes(text)
        and not is_photo(text)
        and not (is_opinion(text) and _is_closing(text))
        and "." not in re.sub(r"^\(?\d+[.)]", "", bare)
    )


def _is_closing(text: str) -> bool:
    """Whether a text with a place for seal or signature is that place, and no label like 填报单位（盖章）."""
    return wants_date(text) or "\n" in text.strip() or ":" in fold(text) or is_signed_alone(text)


def is_title(text: str) -> bool:
    """Whether words name a whole form (…申报表), not one of its parts."""
    return bool(_TITLE.search(fold(text)))


def asks(text: str) -> bool:
    """Whether a heading asks for an answer even where the blank leaves no row for it: numbered, hinted at, or a word that wants telling."""
    words = fold(text).rstrip(":")
    bare = re.sub(r"\(.*\)$", "", words)
    return bool(_NUMBERED.match(words)) or bool(bare != words and len(bare) > 1) or bool(_ASKS.search(bare))


def is_numbered(text: str) -> bool:
    return bool(_NUMBERED.match(fold(text)))


def wants_date(text: str) -> bool:
    return bool(_DATE.search(text))


def wants_seal(text: str) -> bool:
    return bool(re.search(r"[章]", "".join(match[0] for match in OPINION.finditer(text))))


def wants_signature(text: str) -> bool:
    return bool(re.search(r"签\s*[名字章]|负\s*责\s*人", text))


def has_boxes(text: str) -> bool:
    return bool(_BOX.search(text))


def label_of(text: str) -> str:
    """A label without the hint in brackets and the colon behind it; a bracket inside a label (区（县）部门) stays."""
    bare = text.strip().rstrip(":：").strip()
    head = re.split(r"[（(]", bare, maxsplit=1)[0] if bare.endswith((")", "）")) else bare
    return (head if len(fold(head)) > 1 else bare).strip().rstrip(":：").strip()
