"""What a paper says about all rows of its lists: title, level, date and number of a 命名 document, the unit of money; and lists that are
typed as lines, not as a table.

Comes in: a document and the policy. Goes out: `Surroundings` of each table, and lines as names. Decides nothing about a single row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from formflow.forms.honour_levels import LevelReading, level_in_title, names_honour, read_level
from formflow.forms.honour_texts import document_number, name_of, year_in
from formflow.model.document import Document, Locator, Paragraph, Table
from formflow.model.money import MoneyUnit, unit_in
from formflow.model.period import arabic, parse_date
from formflow.model.policy import HonoursPolicy
from formflow.model.text import fold

_NAMING = re.compile("命名|表彰|公布|认定|授予|通报|决定|评选结果|入选名单")
_REVOKING = re.compile("撤销|取消|撤消")
# A title that tells who drew up a list of honours of several levels, not who conferred them.
_COMPILED = re.compile("汇总|统计|一览|台账|情况|明细|申报|补助|推荐")
_CONFERRED = re.compile("命名|授予|评为|获评|认定|表彰|名单|入选")
# Lists drawn up before an honour is conferred.
_CANDIDATES = re.compile("候选|拟(?:命名|推荐|表彰|授予|认定|入选|获评|评)|公示|初评|初审|入围|提名|预评")
_PUT_FORWARD = re.compile("推荐|申报|推选|征集|报送")
_HONOURED = re.compile("命名|授予|评为|获评|认定|表彰|荣誉|获奖|入选|公布|通报")
_ABOUT_MONEY = re.compile("补助|经费|资金|奖补")
_UNIT_LINE = re.compile(r"单位:(?:人民币)?[亿万千百]?元|^\(?(?:人民币)?[亿万千百]?元\)?$")
_AWARD_DAY = re.compile("命名|表彰|公布|发文|认定|授予|成文|印发")
_ITEM = re.compile(r"^\s*(?:[（(]?\d{1,3}[)）.．、]|[（(][一二三四五六七八九十]{1,3}[)）]|[①-⑳])")
_NEAR_LINES, _TITLE_LINES, _LONGEST_TITLE = 6, 14, 80


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What holds for every row of a list unless the row says otherwise. `year` is the one its title names."""

    title: str
    level: LevelReading | None
    date: str | None
    document: str | None
    unit: MoneyUnit | None
    year: int | None
    is_revoking: bool
    names_honour: bool
    # The title of a list whose projects may not have been honoured yet (推荐, 候选, 公示); "" if it is none.
    pending: str
    # The workbook has formulas nobody computed: an empty cell may hold a sum.
    has_uncomputed: bool
    # That of the least sure of the lines a title, day or number was taken from.
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Paper:
    """A document as seen from its lists: the lines outside of tables, with the position of each among the blocks."""

    document: Document
    lines: tuple[tuple[int, Paragraph], ...]
    head: str

    @classmethod
    def of(cls, document: Document) -> Paper:
        lines = tuple((at, b) for at, b in enumerate(document.blocks) if isinstance(b, Paragraph) and fold(b.text))
        return cls(document, lines, "".join(fold(line.text) for _, line in lines[:_TITLE_LINES]))

    @property
    def is_naming(self) -> bool:
        """Whether the paper itself confers or announces the honours."""
        return bool(_NAMING.search(self.head))


def surroundings(paper: Paper, table: Table | None, above: Sequence[str], policy: HonoursPolicy) -> Surroundings:
    """What is said around a table (None: around the lines of the text); `above` are the lines over its heads inside of it."""
    before = [line.text for line in _before(paper, table)]
    near = [*above[::-1], *before[:_NEAR_LINES]]
    name = _sheet_name(paper.document, table)
    title = next((line for line in near if names_honour(line, policy)), near[0] if near else name)
    naming = _REVOKING.search(paper.head) or any(
        _REVOKING.search(fold(line)) and names_honour(line, policy) for line in near
    )
    return Surroundings(
        title=" ".join(title.split()),
        level=_level(near, paper, name, policy),
        date=_own_date(paper, [*above, *before[:_NEAR_LINES]]),
        document=_own_number(paper, near),
        unit=next((unit for line in near if _UNIT_LINE.search(fold(line)) and (unit := unit_in(line))), None),
        year=next((year for line in (*near, name) if (year := year_in(line))), None),
        is_revoking=bool(naming),
        names_honour=names_honour(f"{paper.head}{''.join(near)}{name}", policy),
        pending=_pending([*near, *(line.text for _, line in paper.lines[:_TITLE_LINES])], policy),
        has_uncomputed=any("公式没有计算结果" in remark for remark in paper.document.remarks),
        confidence=min((line.confidence for line in _saying(paper, table, policy)), default=1.0),
    )


def _saying(paper: Paper, table: Table | None, policy: HonoursPolicy) -> Iterator[Paragraph]:
    """The lines that may tell level, day and number of what a table lists."""
    for line in (*_before(paper, table)[:_NEAR_LINES], *(line for _, line in paper.lines)):
        if names_honour(line.text, policy) or _stands_alone(line.text) or document_number(line.text):
            yield line


def _pending(lines: Sequence[str], policy: HonoursPolicy) -> str:
    """The nearest title, if it is that of a list of candidates."""
    title = next(
        (" ".join(line.split()) for line in lines if len(line) <= _LONGEST_TITLE and names_honour(line, policy)), ""
    )
    folded = fold(title)
    if _ABOUT_MONEY.search(folded) or folded.endswith((".", ":", ";")):
        return ""
    is_candidates = _CANDIDATES.search(folded) or (_PUT_FORWARD.search(folded) and not _HONOURED.search(folded))
    return title if is_candidates else ""


def _before(paper: Paper, table: Table | None) -> list[Paragraph]:
    """The lines before a table, the nearest first, up to the table before it."""
    if table is None:
        return [line for _, line in paper.lines[:_TITLE_LINES]][::-1]
    blocks = paper.document.blocks
    at = next((position for position, block in enumerate(blocks) if block is table), len(blocks))
    found: list[Paragraph] = []
    for block in blocks[:at][::-1]:
        if isinstance(block, Table):
            break
        if fold(block.text):
            found.append(block)
    return found


def _sheet_name(document: Document, table: Table | None) -> str:
    if table is None:
        return ""
    return next((p.text for p in document.furniture if p.locator.part == table.locator.part), "")


def _level(near: Sequence[str], paper: Paper, sheet_name: str, policy: HonoursPolicy) -> LevelReading | None:
    """The level the nearest title names; that of the sheet's name or the paper's head where no line does."""
    for line in near:
        reading = level_in_title(line, policy)
        if reading and (not _is_compiled(line) or reading.elsewhere):
            return reading
        if reading:
            return None
    named = level_in_title(sheet_name, policy) or read_level(sheet_name, policy)
    if named and named.is_clear:
        return named
    return level_in_title(paper.head, policy) if not _is_compiled(paper.head) else None


def _is_compiled(title: str) -> bool:
    folded = fold(title)
    return bool(_COMPILED.search(folded)) and not _CONFERRED.search(folded)


def _own_date(paper: Paper, near: Sequence[str]) -> str | None:
    """The day a 命名 document bears at its end; or one that a line near the list calls the day of naming."""
    for line in near:
        folded = arabic(line)
        if _AWARD_DAY.search(folded) and re.search("(?:时间|日期):", folded) and (day := parse_date(folded)):
            return day.isoformat()
    if not paper.is_naming:
        return None
    dates = [parse_date(line.text) for _, line in paper.lines if _stands_alone(line.text)]
    days = {day for day in dates if day}
    return days.pop().isoformat() if len(days) == 1 else None


def _stands_alone(text: str) -> bool:
    folded = arabic(text)
    return bool(re.fullmatch(r"\(?\d{4}(?:年|[./-])\d{1,2}(?:月|[./-])\d{1,2}[日号]?\)?", folded))


def _own_number(paper: Paper, near: Sequence[str]) -> str | None:
    """The number a 命名 document bears in its head, on a line of its own; or one named beside the list."""
    for line in near:
        if re.search("文号:|字号:|文件:", fold(line)) and (number := document_number(line)):
            return number
    if not paper.is_naming:
        return None
    for _, paragraph in paper.lines[:_TITLE_LINES]:
        number = document_number(paragraph.text)
        if number and len(fold(number)) >= len(re.sub(r"签发人:?[\u4e00-\u9fff·]*", "", fold(paragraph.text))) - 2:
            return number
    return None


@dataclass(frozen=True, slots=True)
class LineItem:
    """A line of a list that is no table: a project and who runs it, under a heading. `doubt` holds it until a person has looked."""

    project: str
    organisation: str | None
    heading: str
    locator: Locator
    confidence: float
    doubt: str = ""


_BRACKETED = re.compile(
    r"^(?P<project>.+?)\s*[（(](?P<organisation>[^（()）]*(?:[（(][^（()）]*[)）])?[^（()）]*)[)）]\s*[；;。.]?$"
)
_PARTED = re.compile(r"^(?P<a>\S.*?)(?:\t+|[ \u3000]{2,}|\u3000|\s*(?:——|—|--|－－|:|：)\s*)(?P<b>\S.*)$")
ORGANISATION = re.compile(
    r"(?:中心|协会|学会|组织|基金会|促进会|联合会|服务社|工作室|服务站|研究院|商会|公益|机构|社|院|会|所|队|公司)$"
)


def items(paper: Paper, policy: HonoursPolicy) -> Iterator[LineItem]:
    """The numbered lines of a naming paper's list, each with the heading it stands under."""
    if not (paper.is_naming and names_honour(paper.head, policy)):
        return
    heading, is_open = "", False
    for _, line in paper.lines:
        folded = fold(line.text)
        is_numbered = bool(_ITEM.match(line.text)) or bool(line.numbering and re.search(r"\d", line.numbering))
        is_heading = (
            len(folded) <= 40 and names_honour(line.text, policy) and level_in_title(line.text, policy) is not None
        )
        if is_open and not is_heading and (is_numbered or _names_organisation(line.text)):
            if (found := _item(line, heading)) is not None:
                yield found
        elif is_open and is_heading:
            heading = line.text
        elif re.search("名单", folded) and len(folded) < 60 and not re.search("[。;]$|现将|如下", folded.rstrip(".:")):
            heading, is_open = line.text, True
        elif len(folded) <= 30 and (level_in_title(line.text, policy) or read_level(line.text, policy)) and is_open:
            heading = line.text
        elif folded.endswith(("如下:", "名单:", "项目:")):
            is_open = True


def _names_organisation(text: str) -> bool:
    """Whether a line without a number is a name and, parted from it, who runs it."""
    match = _PARTED.match(name_of(text)) or _BRACKETED.match(name_of(text))
    return match is not None and any(ORGANISATION.search(part.strip()) for part in match.groups()) and len(text) <= 80


def _item(line: Paragraph, heading: str) -> LineItem | None:
    text = name_of(line.text).rstrip("；;。")
    if not text or len(text) > 80:
        return None
    project, organisation = text, None
    bracketed = _BRACKETED.match(text)
    if bracketed and ORGANISATION.search(bracketed["organisation"].strip()):
        project, organisation = bracketed["project"].strip(), bracketed["organisation"].strip()
    elif match := _PARTED.match(text):
        first, second = match["a"].strip(), match["b"].strip()
        is_turned = bool(ORGANISATION.search(first)) and not ORGANISATION.search(second)
        project, organisation = (second, first) if is_turned else (first, second)
    return LineItem(project, organisation, heading, line.locator, line.confidence)
