"""Text as typed → an answer's value by its field's type (design.md section 4). Total: what cannot be read is None with a doubt in words.

Pure text work: knows nothing of tables or labels.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from formflow.forms.hints import hints_among, without_hint
from formflow.model.document import Picture, PictureLook
from formflow.model.period import arabic, find_date, parse_date, parse_month, parse_range
from formflow.model.text import fold, is_blank, tidy

# What a blank date prints when nobody filled it in.
_SKELETON = re.compile(r"[年月日至到起止自从.\-~/()]|二〇二|二0二|20(?=年|$)")
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
# A date begun behind a name: 张三　2022年　月　日.
_HALF_DATE = re.compile(r"(?:\d{2,4}年\d{0,2}月?\d{0,2}日?|年\d{1,2}月\d{0,2}日?)$")
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


def read_text(text: str, placeholders: tuple[str, ...], printed: frozenset[str]) -> str | None:
    """Paragraphs joined by newlines, lines and hints in brackets that the blank itself prints left out; None if nothing was written."""
    if fold(text) in printed:
        return None
    hints = hints_among(printed)
    lines = [without_hint(line, hints) for line in tidy(text).split("\n") if fold(line) not in printed]
    value = "\n".join(line for line in lines if line)
    if any(words.endswith(";") for words in printed):
        value = value.rstrip("；; ")  # the mark the blank prints behind the answer
    return None if is_blank(value, placeholders) else value


def cover_value(value: str | None) -> str | None:
    """A cover's answer without what is drawn or printed round it: underscores between characters, a place for the seal; None for the
    *** of the instructions."""
    if value is None or "***" in value or "＊＊＊" in value:
        return None
    bare = re.sub(r"[（(]\s*(?:盖\s*章|公\s*章)\s*[)）]\s*$", "", value)
    # A name over two lines, or with a space between all its characters, is one name.
    bare = re.sub(r"(?<=[\u4e00-\u9fff）])\n(?=[\u4e00-\u9fff（])", "", bare)
    if all(len(piece) == 1 for piece in bare.split()):
        bare = "".join(bare.split())
    return re.sub(r"(?<=[\u4e00-\u9fff])[_＿]+(?=[\u4e00-\u9fff])", "", bare).strip() or None


def read_day(text: str, placeholders: tuple[str, ...]) -> str | None:
    """A date as it was typed; None where only its skeleton stands."""
    value = tidy(text)
    return None if _says_no_date(value) or is_blank(value, placeholders) else value


def read_month(text: str, printed: str, placeholders: tuple[str, ...]) -> tuple[str | None, str]:
    """ "YYYY-MM" and a doubt. `printed` is what the blank itself prints there."""
    month = parse_month(text)
    if month:
        return str(month), ""
    if fold(text) == printed or _says_no_date(text) or is_blank(text, placeholders):
        return None, ""
    return None, f"写的是“{_short(text)}”，看不出完整的年份和月份"


def read_range_part(text: str, part: str, placeholders: tuple[str, ...]) -> tuple[str | None, str]:
    """One end ("start" or "end") of "…至…" as "YYYY-MM", and a doubt."""
    first, last = parse_range(text)
    month = first if part == "start" else last
    if month:
        return str(month), ""
    halves = re.split(r"至|到|~|(?<=[月日号])-+", fold(text), maxsplit=1)
    half = halves[0] if part == "start" else halves[-1]
    if _says_no_date(half) or is_blank(text, placeholders) or (len(halves) == 1 and part == "end" and first):
        return None, ""
    return None, f"写的是“{_short(text)}”，看不出{'起始' if part == 'start' else '结束'}年月"


def read_cell(text: str | None, placeholders: tuple[str, ...]) -> str | None:
    """The text of one cell of a repeating row; None if nothing was written."""
    value = tidy(text or "")
    return None if is_blank(value, placeholders) else value


@dataclass(frozen=True, slots=True)
class OpinionParts:
    """An opinion taken apart: its words, the day it bears, and what was written behind its date (another opinion's words)."""

    text: str
    date: str | None
    is_date_doubtful: bool
    behind: str = ""


NO_OPINION = OpinionParts("", None, False)


def part_opinion(text: str, placeholders: tuple[str, ...], printed: frozenset[str], before: str = "") -> OpinionParts:
    """Takes an opinion apart: the words, not the printed 盖章 and 签名 nor the undersigned's name; the date at its end."""
    words: list[str] = [line for line in tidy(before).split("\n") if line]
    text = _BROKEN.sub(lambda match: re.sub(r"\s+", "", match[0]), text)
    label_line, _, rest_of_text = text.partition("\n")
    if _is_name_beside_seal(label_line):
        text = rest_of_text
    behind: list[str] = []
    day, is_doubtful, is_signed_off = None, False, False
    text = _PARTED_DATE.sub(lambda match: re.sub(r"\s+", "", match[0]), text)
    for line in tidy(text).split("\n"):
        said, signed, rest = _split_signature(_WRITTEN_BESIDE.sub(r"\1", line))
        if not signed and (signed_off := _signed_off(said)):
            said, day = signed_off
            is_signed_off = True
            if said:
                words.append(said)
            continue
        date_words = rest if signed else said
        found = find_date(date_words) if (signed or _is_closing(date_words)) else None
        if found:
            day, said, is_signed_off = found[0].isoformat(), "" if not signed else said, True
        elif signed and _HALF_DATE.search(arabic(date_words)):
            is_doubtful = True
        elif _is_closing(date_words):
            # A date line that names no day: left blank, or half written.
            is_doubtful = is_doubtful or bool(re.search(r"\d", arabic(date_words)))
            said, is_signed_off = "" if not signed else said, True
        elif is_signed_off and not signed:
            behind.append(_without_seal(said))
            continue
        is_signed_off = (is_signed_off and not signed) or bool(found)
        said = _without_seal(said)
        if said and fold(said) not in printed:
            words.append(said)
    value = "\n".join(_without_furniture(words))
    return OpinionParts(
        "" if is_blank(value, placeholders) else value,
        day,
        is_doubtful and day is None,
        "\n".join(filter(None, behind)),
    )


def opinion_value(
    parts: OpinionParts, pictures: tuple[Picture, ...], shown: Collection[PictureLook] = ()
) -> dict[str, Any]:
    """The value of an opinion; a picture that looks like a seal or ink shows it. Without one it is not there if this kind of paper would
    have `shown` it and shows nothing that could be it, else nobody can tell."""
    looks = {picture.look for picture in pictures}
    return {
        "text": parts.text,
        "sealed": True if "seal" in looks else False if "seal" in shown else None,
        "signed": True if "ink" in looks else False if "ink" in shown and "other" not in looks else None,
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


def _says_no_date(text: str) -> bool:
    return not _SKELETON.sub("", re.sub(r"\([^()]*\)", "", fold(text))).strip()


def _short(text: str) -> str:
    flat = " ".join(text.split()).strip("_＿ ")
    return flat if len(flat) <= 30 else flat[:29] + "…"
