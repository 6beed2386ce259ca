"""An opinion as it was written on a form → its words, the day it bears, and whether a seal and a signature are there to be seen.

What the form prints round it – the seal's place, 负责人（签名）, 年 月 日 –, the unit's name and the signer's are no part of its words. Total and
pure: what cannot be read is None, or said to be doubtful.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from formflow.model.document import Picture, PictureLook
from formflow.model.period import arabic, find_date, impossible_date, parse_date
from formflow.model.text import fold, is_blank, tidy

# The field's standard words for "signed by"; without a bracket they need a colon, or they are part of a sentence.
_ROLE = (
    r"(?:单\s*位\s*)?(?:主\s*要\s*)?"
    r"(?:(?:负\s*责\s*人|法\s*定\s*代\s*表\s*人|法\s*人\s*代\s*表|经\s*办\s*人|领\s*导|主\s*席)\s*)?"
)
_SIGNER = re.compile(
    rf"{_ROLE}[（(]\s*(?:签\s*[名字章]|盖\s*章)(?:\s*[、或/]?\s*(?:盖\s*章|签\s*[名字章]))?\s*[)）]\s*[:：]?"
    rf"|{_ROLE}签\s*[名字章]\s*(?:[:：]|[（(]\s*盖\s*章\s*[)）]\s*[:：]?)"
    r"|(?:负\s*责\s*人|经\s*办\s*人)\s*[:：]"
)
# A hint behind a printed label: （必填）, *.
_SUFFIX = re.compile(r"^(?:[（(〔【][^（()）〕】\n]{1,8}[)）〕】]\s*[:：]?|[*＊])")
# A date begun behind a name: 张三　2022年　月　日, 张三　3月20日.
_HALF_DATE = re.compile(r"(?:\d{2,4}年\d{0,2}月?\d{0,2}日?|年\d{1,2}月\d{0,2}日?|\d{1,2}月\d{1,2}[日号]?)$")
# Printed words that a line break was put into: they are joined again before lines are looked at.
_BROKEN = re.compile(
    r"[（(]\s*(?:加\s*)?(?:盖|公|签)\s*[章名字]\s*[)）]|负\s*责\s*人(?=\s*[（(:：])|[（(]\s*盖\s*公\s*章\s*[)）]"
)
_SHORT_NAME = re.compile(r"[ \t\u3000]*[\w（）()]{1,12}[ \t\u3000]*")
_SEAL = re.compile(
    r"[^。，；：:,;\n“”\"「」‘’']{0,20}?[（(]\s*(?:加?\s*盖\s*(?:单\s*位\s*)?(?:公\s*)?章|公\s*章|签\s*章|单\s*位\s*公\s*章|章)\s*[)）]\s*[:：]?"
)
_VERDICT = re.compile("同意|属实|推荐|支持|批准|符合|不宜|建议|认为|通过|上报|申报|异议|合格|已阅|可行|赞成|愿意")
# Words that make a line ending in 总工会 a request or a judgement, not a unit's name.
_SAYS = re.compile(_VERDICT.pattern + "|不予|呈|报送|转报|提交|审核|审查|审定|研究|报请|提请|交由")
_DAY_WORDS = (
    r"(?:(?:[0-9０-９]{2,4}|[〇○零OoＯ一二三四五六七八九]{4})\s*年\s*(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})\s*月"
    r"\s*(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})\s*[日号]|[0-9０-９]{4}[./-][0-9０-９]{1,2}[./-][0-9０-９]{1,2})"
)
_END_DATE = re.compile(
    rf"(?P<date>{_DAY_WORDS})\s*[)）]?\s*(?P<seal>[（(]\s*(?:盖\s*章|公\s*章|签\s*章)\s*[)）])?\s*[。.]?\s*$"
)
# A date typed beside the printed one, which was left empty.
_WRITTEN_BESIDE = re.compile(rf"({_DAY_WORDS})[\s\u3000]*年[\s\u3000]*月[\s\u3000]*日[\s\u3000]*$")
_PARTED_DATE = re.compile(r"\d{4}\s*年\s*\n?\s*\d{1,2}\s*月\s*\n?\s*\d{1,2}\s*[日号]")
_SEAL_PLACE = re.compile(
    r"(?:单\s*位\s*)?(?:[（(]\s*(?:加?\s*盖\s*(?:单\s*位\s*)?(?:公\s*)?章|公\s*章|签\s*章|章)\s*[)）]\s*[:：]?|盖\s*章\s*[:：])"
)
_TITLED = re.compile(
    r"(?:单位|主要|工会|落款)?\s*[:：]?(?:填表人|经办人|联系人|审核人|审批人|签字人|副?主席|主任|负责人|法定代表人|领导)\s*[:：]?[\s\u3000]*[\u4e00-\u9fff·]{0,4}"
)
_PERSON = re.compile(r"[\u4e00-\u9fff](?:[\u4e00-\u9fff·\s\u3000]{0,4})[\u4e00-\u9fff]")
# What the form itself asks for, left standing: （请写明意见）.
_GUIDANCE = re.compile(r"[（(]\s*(?:请|注|说明|应|须|此处)[^（()）]{0,40}[)）]")
_ORGANISATION = re.compile(
    r"^[^。，；：:,;!?！？]{2,40}(?:总工会|工会|公司|中心|委员会|工委|局|院|学校|大学|集团|协会|基金会|办事处|站|厂|社|银行|政府|街道|镇|乡|园区|管委会|联合会|企业)$"
)


@dataclass(frozen=True, slots=True)
class OpinionParts:
    """An opinion taken apart: its words, the day it bears, and what was written behind its date (another opinion's words)."""

    text: str
    date: str | None
    is_date_doubtful: bool
    behind: str = ""


NO_OPINION = OpinionParts("", None, False)


def part_opinion(text: str, placeholders: tuple[str, ...], printed: frozenset[str], before: str = "") -> OpinionParts:
    """Takes an opinion apart: the words, not the printed 盖章 and 签名 nor the undersigned's name; the date at its end. `before` is what
    stands over it, `printed` what the blank itself prints there (folded)."""
    parting = _Parting(printed, [line for line in tidy(before).split("\n") if line])
    for line in tidy(_put_together(text)).split("\n"):
        parting.take(line)
    value = "\n".join(_without_furniture(parting.words))
    return OpinionParts(
        "" if is_blank(value, placeholders) else value,
        parting.day,
        parting.is_doubtful and parting.day is None,
        "\n".join(filter(None, parting.behind)),
    )


def _put_together(text: str) -> str:
    """The text without breaks in printed words and dates, and without a unit's name typed on the label's line."""
    text = _BROKEN.sub(_unspaced, text)
    label_line, _, rest = text.partition("\n")
    return _PARTED_DATE.sub(_unspaced, rest if _is_name_beside_seal(label_line) else text)


def _unspaced(match: re.Match[str]) -> str:
    return re.sub(r"\s+", "", match[0])


@dataclass(slots=True)
class _Parting:
    """An opinion taken apart line by line: its words so far, the day, what stands behind where it was signed off."""

    printed: frozenset[str]
    words: list[str]
    behind: list[str] = field(default_factory=list)
    day: str | None = None
    is_doubtful: bool = False
    is_signed_off: bool = False

    def take(self, line: str) -> None:
        said, is_signed, rest = _split_signature(_WRITTEN_BESIDE.sub(r"\1", line))
        if is_signed:
            self._take_signed(said, rest)
        elif signed_off := _signed_off(said):
            said, self.day = signed_off
            self.is_signed_off = True
            self.words += [said] if said else []
        else:
            self._take_unsigned(said)

    def _take_signed(self, said: str, rest: str) -> None:
        """A line with 负责人（签名）: what stands before it is said, behind it are the name and the date."""
        is_dated = self._take_day(rest)
        if not is_dated:
            # 2022年　月　日: begun and not finished.
            half = _HALF_DATE.search(arabic(rest)) or (_is_closing(rest) and re.search(r"\d", arabic(rest)))
            self.is_doubtful = self.is_doubtful or bool(half)
        self.is_signed_off = is_dated
        self._say(said)

    def _take_unsigned(self, said: str) -> None:
        if not _is_closing(said):
            if self.is_signed_off:
                self.behind.append(_without_seal(said))
            else:
                self._say(said)
            return
        # A date line; one that names no day was left blank or is half written.
        if not self._take_day(said):
            self.is_doubtful = self.is_doubtful or bool(re.search(r"\d", arabic(said)))
        self.is_signed_off = True

    def _take_day(self, words: str) -> bool:
        found = find_date(words)
        if found:
            self.day = found[0].isoformat()
        return found is not None

    def _say(self, said: str) -> None:
        said = _without_seal(said)
        if said and fold(said) not in self.printed:
            self.words.append(said)


def date_doubt(text: str) -> str:
    """What is wrong with the day of an opinion that bears none and has a date begun."""
    wrong = impossible_date(text)
    return f"落款日期写的是“{wrong}”，没有这一天" if wrong else "落款日期没有写全"


# The name of a picture of another look on a scan: of a seal that was stamped across this place and the next one.
PART_OF_A_SEAL = "seal"


def opinion_value(
    parts: OpinionParts, pictures: tuple[Picture, ...], shown: Collection[PictureLook] = ()
) -> dict[str, Any]:
    """The value of an opinion; a picture that looks like a seal or ink shows it. Without one it is not there if this kind of paper would
    have `shown` it and shows nothing that could be it, else nobody can tell."""
    looks = {picture.look for picture in pictures}
    unclear = {picture.name == PART_OF_A_SEAL for picture in pictures if picture.look == "other"}
    return {
        "text": parts.text,
        "sealed": True if "seal" in looks else False if "seal" in shown and True not in unclear else None,
        "signed": True if "ink" in looks else False if "ink" in shown and False not in unclear else None,
        "date": parts.date,
    }


def asks_for_signature(text: str) -> bool:
    """Whether a place for a signature is printed in a text: only there does the reader of a scan look for ink."""
    return bool(_SIGNER.search(text))


def _split_signature(line: str) -> tuple[str, bool, str]:
    """What stands before a signature label, whether there is one, and what stands behind it (the name, the date)."""
    for match in _SIGNER.finditer(line):
        start, end = match.span()
        if not re.search("签|负|经|领|主|法", match[0]):
            continue  # （盖章） alone is the seal's place
        # Before a label without 负责人 a gap may part it from the name of who signs; before one with it, from the opinion.
        is_name = _is_short_name(line, start)
        opens = _opens_here(line, start, with_gap=not (is_name and match[0].startswith(("（", "(", "签"))))
        if opens or is_name:
            return line[:start].strip() if opens else "", True, line[end:]
    return line, False, ""


def _opens_here(line: str, at: int, *, with_gap: bool) -> bool:
    """Whether a signature label can begin: at the line's beginning, behind a full stop, or (`with_gap`) behind a wide blank."""
    end = at
    while end and line[end - 1] in " \t\u3000":
        end -= 1
    return end == 0 or line[end - 1] in "。；;！!" or (with_gap and (at - end > 1 or "\t" in line[end:at]))


def _is_short_name(line: str, end: int) -> bool:
    """Whether the line up to `end` is a name and no judgement: 承担单位 before 负责人（签名）."""
    return bool(_SHORT_NAME.fullmatch(line, 0, end)) and not _VERDICT.search(line, 0, end)


def _signed_off(line: str) -> tuple[str, str] | None:
    """A line that ends in the day it was signed: the words before (none if they are the seal's place or a name) and the day; None if
    the date is part of a sentence."""
    match = _END_DATE.search(line)
    day = parse_date(match["date"]) if match else None
    if match is None or day is None:
        return None
    before = line[: match.start()]
    said = _SEAL_PLACE.sub("", before).strip(" \t\u3000（(")
    is_sealed = said != before.strip(" \t\u3000（(") or match["seal"] is not None
    is_name = bool(_TITLED.fullmatch(said)) or bool(_SHORT_NAME.fullmatch(said) and not _SAYS.search(said))
    if not said or is_name or _is_unit_name(said):
        return "", day.isoformat()
    is_parted = len(before) - len(before.rstrip(" \t\u3000")) > 1 or said[-1] in "。；！!;"
    return (said, day.isoformat()) if is_sealed or is_parted else None


def _without_furniture(words: list[str]) -> list[str]:
    """The lines of an opinion without units' names, signers, printed guidance and the place of a seal."""
    kept = [
        w
        for w in words
        if not (_is_unit_name(w) or _TITLED.fullmatch(w) or _GUIDANCE.fullmatch(w) or _SEAL_PLACE.fullmatch(w))
    ]
    while len(kept) > 1 and _PERSON.fullmatch(kept[-1]) and not _SAYS.search(kept[-1]):
        kept.pop()
    return kept


def _is_closing(text: str) -> bool:
    """Whether a piece is a date and nothing else: written, or the printed 年 月 日."""
    bare = re.sub(r"^(?:日期|时间|签署日期|填表日期):?", "", arabic(text)).strip("()")
    if not bare:
        return False
    # A scan may have lost part of what stands there: 月 日; 3月16日, its year under a seal.
    return bool(
        re.fullmatch(
            r"[年月日]{1,2}|\d{1,2}月\d{1,2}[日号]|\d{0,4}年\d{0,2}月\d{0,2}[日号]?|\d{4}[./-]\d{1,2}[./-]\d{1,2}\.?|\d{8}",
            bare,
        )
    )


def _without_seal(line: str) -> str:
    """The line without a printed "…（盖章）：" and the unit's name typed behind it."""
    match = _SEAL.match(line)
    if not match or _VERDICT.search(match[0]):
        return re.sub(r"[（(]\s*(?:盖\s*章|公\s*章|签\s*章)\s*[)）]\s*[:：]?\s*$", "", line).strip()
    rest = _SUFFIX.sub("", line[match.end() :].strip(), count=1).strip()
    return "" if _is_name_beside_seal(rest) else rest


def _is_name_beside_seal(text: str) -> bool:
    """Whether what is typed behind （盖章）： is the unit's name: short, without a judgement or a sentence's marks."""
    bare = tidy(text)
    return (
        1 < len(fold(bare)) <= 30
        and not _SAYS.search(bare)
        and not re.search(r"[。；！，,!？?\d]", bare)
        and not _SIGNER.search(bare)
    )


def _is_unit_name(line: str) -> bool:
    return bool(_ORGANISATION.match(fold(line))) and not _SAYS.search(line)
