"""会员评议 sheets: a document's tables (or its sentences) → the ballots of each home.

Comes in: a `Document` and the packs. Goes out: one `EvaluationSheet` for each pack that claims it, told by what is printed on it, never by a
file's name; and a `Record` with the fields below. Nothing is judged here (see `rules.evaluations`).

Fields of a record of kind `evaluation`: `reporting_union`, `evaluated_on` ("YYYY-MM-DD" or "YYYY-MM"), `homes` (rows of `home_name`,
`members`, `issued`, `returned`, `valid`, `spoilt`, then one key for each answer of the pack: `satisfied` …; whole numbers or null).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from formflow.forms.ballots import UNKNOWN_ANSWER, Meaning, Vocabulary, read_count, read_rate
from formflow.forms.evaluation_days import when_held
from formflow.forms.sentences import sentence_lines
from formflow.forms.tallies import lines_of
from formflow.forms.tally_grid import Line
from formflow.model.document import Cell, Document, Paragraph, Table
from formflow.model.evaluation import (
    BALLOT_COUNTS,
    SATISFACTION,
    Count,
    EvaluationRules,
    EvaluationSheet,
    HomeTally,
    StatedRate,
)
from formflow.model.programme import Programme
from formflow.model.record import Answer, Record
from formflow.model.text import fold, is_blank

KIND = "evaluation"
_HOME_LINE = re.compile(
    r"^(?:(?:被)?(?:评议|测评|参评)?(?:单位|对象)|职工之家|(?:基层)?工会|建家单位)(?:名称|全称)?:(.+)$"
)
_UNION_LINE = re.compile(
    r"(?:填报|组织|上报|报送|汇总|主管|评议组织)(?:单位|工会)(?:名称)?(?:\((?:盖章|公章)\))?[:：]\s*([^\s:：_＿]{2,40})"
)
# What a program calls a sheet nobody named.
_UNNAMED = re.compile(r"(?:sheet|工作表|表)\d*", re.IGNORECASE)


def evaluation_sheets(document: Document, programmes: tuple[Programme, ...]) -> tuple[EvaluationSheet, ...]:
    """What a document says as an evaluation sheet of each programme that has such sheets; empty where it is none."""
    candidates = [programme for programme in programmes if programme.evaluation]
    if not candidates:
        return ()
    printed = "".join(f"{document.text}{''.join(line.text for line in document.furniture)}".split())
    return tuple(
        sheet
        for programme in candidates
        if (rules := programme.evaluation) and any(subject in printed for subject in rules.subjects)
        if (sheet := _sheet(document, programme.id, rules))
    )


def record_of(sheet: EvaluationSheet, rules: EvaluationRules) -> Record:
    """The sheet as every other paper is kept and printed."""
    keys = (*BALLOT_COUNTS, *(choice.id for choice in rules.choices))
    tallies = (*sheet.homes, *sheet.unsorted)
    rows: list[dict[str, Any]] = [
        {"home_name": tally.home_name or None, **{key: tally.value(key) for key in keys}} for tally in tallies
    ]
    sureness = min((tally.confidence for tally in tallies), default=1.0)
    places = tuple(tally.locator for tally in tallies if tally.locator)
    answers = (
        Answer("reporting_union", sheet.reporting_union or None, sheet.reporting_union, sheet.locator, 1.0),
        Answer("evaluated_on", sheet.evaluated_on, sheet.evaluated_on or "", sheet.locator, 1.0),
        Answer("homes", rows, "", places[0] if places else sheet.locator, sureness, row_locators=places),
    )
    return Record(sheet.programme_id, KIND, {answer.field_id: answer for answer in answers})


def _sheet(document: Document, programme_id: str, rules: EvaluationRules) -> EvaluationSheet | None:
    words = Vocabulary(rules)
    tables = [table for table in document.blocks if isinstance(table, Table)]
    asked = [(table, lines) for table in tables if (lines := lines_of(table, words)) is not None]
    named = [(line, _name_of(line, document, table, len(lines))) for table, lines in asked for line in lines]
    if not asked:
        named = [(line, line.name) for line in sentence_lines(document, words)]
        if not named:
            return None
    tallies = [(line, _tally(line, name, words)) for line, name in named]
    homes = [tally for line, tally in tallies if not line.is_total]
    totals = [tally for line, tally in tallies if line.is_total]
    repeated = {
        line.name for line, _ in tallies if line.item and sum(other.name == line.name for other, _ in tallies) > 1
    }
    held = when_held(document, _texts(document))
    return EvaluationSheet(
        programme_id,
        homes=tuple(home for home in homes if home.home_name and home.home_name not in repeated),
        total=totals[-1] if totals else None,
        unsorted=tuple(home for home in homes if not home.home_name or home.home_name in repeated),
        reporting_union=_first(_UNION_LINE, document),
        evaluated_on=held.on,
        years=held.years,
        locator=asked[0][0].locator if asked else None,
    )


def _name_of(line: Line, document: Document, table: Table, lines: int) -> str:
    """The home's name; for a sheet of one home without it in its table, from the line over it or the sheet's own name."""
    if line.name or line.is_total or lines > 1:
        return line.name
    texts = list(_lines_before(document, table))
    texts += [cell.text for cell in table.cells]
    for text in texts:
        for part in re.split(r"[\n\t]|\s{2,}|\u3000+", text):
            bare = part.strip().replace("：", ":")
            if (found := _HOME_LINE.match(bare)) and not is_blank(found[1]):
                return found[1].strip()
    named = [line.text.strip() for line in document.furniture if line.locator.part == table.locator.part]
    return named[0] if named and not _UNNAMED.fullmatch(named[0]) else ""


def _lines_before(document: Document, table: Table) -> Iterator[str]:
    """The paragraphs between the table before and this one, the nearest first."""
    place = next(index for index, block in enumerate(document.blocks) if block is table)
    for block in reversed(document.blocks[:place]):
        if not isinstance(block, Paragraph):
            return
        yield block.text


def _tally(line: Line, name: str, words: Vocabulary) -> HomeTally:
    counts: dict[str, Count] = {}
    rates: dict[str, StatedRate] = {}
    unmapped: list[tuple[str, Count]] = []
    # 满意率 is the share of one answer where other answers have theirs beside it.
    has_shares = any(meaning.is_rate and meaning.subject in words.choice_ids for meaning, _ in line.cells)
    for meaning, cell in line.cells:
        if meaning.is_rate:
            rates.setdefault(
                _rate_key(meaning, words, has_shares), read_rate(cell.text, cell.locator, is_percent=meaning.is_percent)
            )
            continue
        count, share = read_count(cell.text, cell.locator, _sureness(cell))
        if meaning.subject == UNKNOWN_ANSWER:
            unmapped.append((" ".join(meaning.words.split()), count))
            continue
        counts[meaning.subject] = _joined(counts.get(meaning.subject), count, meaning.subject in words.choice_ids)
        if share:
            rates.setdefault(meaning.subject, share)
    rates = {key: rate for key, rate in rates.items() if rate.raw}
    sureness = min((count.confidence for count in counts.values()), default=1.0)
    return HomeTally(name, counts, rates, tuple(unmapped), line.locator, sureness)


def _rate_key(meaning: Meaning, words: Vocabulary, has_shares: bool) -> str:
    if meaning.subject == SATISFACTION and meaning.is_open and has_shares:
        return next((choice.id for choice in words.rules.choices if fold(choice.label) == "满意"), SATISFACTION)
    return meaning.subject


def _joined(before: Count | None, count: Count, is_answer: bool) -> Count:
    """Two columns of one answer (很满意, 满意) add up; two of one count (应发, 实发) must say the same."""
    if before is None:
        return count
    raw = "、".join(filter(None, (before.raw, count.raw)))
    if before.value is None or count.value is None:
        kept = before.value if not count.raw else count.value if not before.raw else None
    elif is_answer:
        kept = before.value + count.value
    else:
        kept = before.value if before.value == count.value else None
    return Count(kept, raw, before.locator, min(before.confidence, count.confidence))


def _sureness(cell: Cell) -> float:
    return min(
        (part.confidence for part in cell.blocks if isinstance(part, Paragraph) and part.text.strip()), default=1.0
    )


def _texts(document: Document) -> Iterator[str]:
    """The lines of the document, and the cells of each row joined, so that a label and what stands beside it are one text."""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.text
            continue
        rows: dict[int, list[str]] = {}
        for cell in block.cells:
            rows.setdefault(cell.row, []).append(cell.text)
        for texts in rows.values():
            filled = [text.strip() for text in texts if text.strip()]
            yield from filled
            yield from (f"{label.rstrip('：:')}：{value}" for label, value in pairwise(filled))


def _first(pattern: re.Pattern[str], document: Document) -> str:
    return next((found[1].strip() for text in _texts(document) if (found := pattern.search(text))), "")
