"""Experts' sheets: each is entered for its unit, counted, or returned with every slip in it.

In: the sheets of one file. Out: rows, and a 评分表退回通知 for each that cannot count. A file that holds a sheet nobody can place, or one that
was not read surely, goes before a person whole: half of it would leave him guessing which half. Inside a transaction of the caller's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from formflow.forms.score_sheets import ReadSheet
from formflow.letters.compose_unit import compose_sheet_returned
from formflow.letters.phrases import chinese_date
from formflow.model.finding import Finding
from formflow.model.letter import LetterContent, SheetReturnedFacts
from formflow.model.period import parse_date
from formflow.model.programme import Programme
from formflow.model.scoring import CheckedSheet, ScoreSheet
from formflow.register import books, publications, rounds
from formflow.register import models as rows
from formflow.register.entries import Arrival, PlannedBundle, PlannedFile
from formflow.rules.decide import unit_key
from formflow.rules.scoring import check_sheet
from formflow.service import binding, filing, notes
from formflow.service.filing import Done
from formflow.service.names import safe
from formflow.service.office import Office
from formflow.service.plain import dump, load

KIND = "score_sheet"
SHEETS, RETURNED = "评审/评分表", "评审/退回的评分表"
# Sheets signed after the new year belong to the assessment of the fourth quarter before.
_LATE_MONTHS = 3
_STATE = rows.ScoreSheet.State


@dataclass(frozen=True, slots=True)
class _Placed:
    """A sheet whose unit is known. `earlier` is the one of the same expert that counts already."""

    programme: Programme
    checked: CheckedSheet
    case: rows.Case
    year: int
    dated: date | None
    earlier: rows.ScoreSheet | None = None


def receive_scores(office: Office, arrival: Arrival, sheets: tuple[ReadSheet, ...]) -> tuple[Done, ...]:
    """Enters the sheets of a file, or puts it before a person."""
    placed: list[_Placed] = []
    problems: list[str] = []
    for read in sheets:
        found = _place(office, arrival, read)
        if isinstance(found, str):
            problems.append(found)
        else:
            placed.append(found)
    if problems:
        return (filing.put_aside(office, arrival, *notes.scores_unclear(tuple(problems))),)
    programme, year = placed[0].programme, placed[0].year
    folder = f"{binding.year_folder(programme, year)}/{SHEETS}"
    paper = filing.file_in_year(arrival, KIND, programme, folder)
    return tuple(_enter(office, paper, position, one) for position, one in enumerate(placed, 1))


def _place(office: Office, arrival: Arrival, read: ReadSheet) -> _Placed | str:
    """The sheet with its unit; a Chinese sentence when it cannot be placed or was not read surely."""
    sheet = read.sheet
    where = sheet.label or sheet.centre_name.value or arrival.name
    findings = check_sheet(read.rubric, sheet)
    unsure = [finding.message for finding in findings if finding.code == "low_confidence"]
    if unsure:
        return f"“{where}”识读把握不足：{'；'.join(unsure)}"
    if not sheet.centre_name.value:
        return f"“{where}”没有写明是哪个单位的评分表"
    year, dated = _round_year(arrival, sheet)
    case = rounds.case_by_name(read.programme.id, year, unit_key(sheet.centre_name.value))
    if case is None:
        return f"“{sheet.centre_name.value}”没有可以评分的案卷（单位名称要与申请表一致）"
    if letter := rounds.announced_by(case, year):
        return f"{case.unit}已由{letter}公布结果，不能再改评分；确需更正的，请先在发文审批表上把它作废"
    checked = CheckedSheet(sheet, findings, arrival.name)
    earlier = rounds.counted_sheet(case, year, _reviewer_key(sheet))
    return _Placed(read.programme, _against_earlier(checked, dated, earlier), case, year, dated, earlier)


def _round_year(arrival: Arrival, sheet: ScoreSheet) -> tuple[int, date | None]:
    """The round a sheet belongs to, by its date, else by the day it arrived; and its date if that is a whole one."""
    dated = parse_date(sheet.score_date.value) if sheet.score_date.value else None
    day = dated or arrival.received_on
    return day.year - (day.month <= _LATE_MONTHS), dated


def _reviewer_key(sheet: ScoreSheet) -> str:
    return unit_key(sheet.reviewer.value or "")


def _against_earlier(checked: CheckedSheet, dated: date | None, earlier: rows.ScoreSheet | None) -> CheckedSheet:
    """A further sheet of the same expert about the same unit takes the place of the first only if it is dated later."""
    if earlier is None or checked.has_slip or _is_same(checked, earlier) or _is_later(dated, earlier):
        return checked
    name = checked.sheet.reviewer.value or ""
    slip = Finding(
        code="duplicate",
        field="reviewer",
        severity="error",
        message=f"{name}对这个单位已有一份计入汇总的评分表，两份分数不同",
        basis="同一评分人对同一单位只计一份",
        requirement="以前一份为准的不用再交；确要更正的，请把评分日期改为更正当天后再交",
        label="评分人",
    )
    return replace(checked, findings=(*checked.findings, slip))


def _is_same(checked: CheckedSheet, earlier: rows.ScoreSheet) -> bool:
    return _points(checked.sheet) == _points(load(CheckedSheet, earlier.content).sheet)


def _points(sheet: ScoreSheet) -> dict[str, Any]:
    return {criterion: mark.value for criterion, mark in sheet.scores.items()}


def _is_later(dated: date | None, earlier: rows.ScoreSheet) -> bool:
    written = load(CheckedSheet, earlier.content).sheet.score_date.value
    before = parse_date(written) if written else None
    return dated is not None and before is not None and dated > before


def _enter(office: Office, paper: rows.Paper, position: int, one: _Placed) -> Done:
    sheet = one.checked.sheet
    reviewer = sheet.reviewer.value or ""
    if one.earlier and not one.checked.has_slip:
        if _is_same(one.checked, one.earlier):
            return _done(paper, one, "duplicate", f"{reviewer}的评分与已计入的一份相同，未重复计入")
        rounds.replace_counted(one.earlier)
    state = _STATE.RETURNED if one.checked.has_slip else _STATE.COUNTED
    if state == _STATE.COUNTED:
        rounds.replace_returned(one.case, one.year, _reviewer_key(sheet))
    content = dump(_without_places(one.checked))
    row = rounds.add_sheet(paper, position, one.case, one.year, (reviewer, _reviewer_key(sheet)), content, state)
    after = {"case": one.case.pk, "year": one.year, "reviewer": reviewer, "state": state, "sheet": row.pk}
    files = {paper.original_name: paper.sha256}
    before = {"sheet": one.earlier.pk} if one.earlier and state == _STATE.COUNTED else None
    books.add_event(office.now(), "score_sheet_received", str(one.case), before=before, after=after, files=files)
    if state == _STATE.COUNTED:
        total = sheet.total_value
        instead = "，取代其前一份" if before else ""
        return _done(paper, one, "scored", f"{reviewer}评 {total} 分，计入汇总{instead}")
    _return(office, paper, position, one)
    slips = sum(finding.severity == "error" for finding in one.checked.findings)
    return _done(
        paper, one, "returned", f"{reviewer or '评分人未写明'}的评分表有 {slips} 处差错，已出退回通知，未计入汇总"
    )


def _done(paper: rows.Paper, one: _Placed, result: filing.Result, message: str) -> Done:
    return Done(filing.label_of(paper), result, message, one.case.unit, binding.year_folder(one.programme, one.year))


def _without_places(checked: CheckedSheet) -> CheckedSheet:
    """The register keeps what was said and how sure it was, not where it stood."""
    sheet = checked.sheet
    scores = {criterion: replace(mark, locator=None) for criterion, mark in sheet.scores.items()}
    sums = {group: replace(mark, locator=None) for group, mark in sheet.group_totals.items()}
    own = {criterion: replace(mark, locator=None) for criterion, mark in sheet.self_scores.items()}
    findings = tuple(replace(finding, locator=None) for finding in checked.findings)
    kept = replace(sheet, scores=scores, group_totals=sums, self_scores=own, locator=None)
    return replace(checked, sheet=kept, findings=findings)


def _return(office: Office, paper: rows.Paper, position: int, one: _Placed) -> None:
    """Plans the notice that names every slip; a pack without such a letter has the slips in the summary alone."""
    spec = binding.spec_on(one.programme, "sheet_returned")
    if spec is None:
        return
    letters = rounds.returned_letters(rounds.Round(one.programme.id, one.year), spec.id)
    facts = _facts(office, paper, one, f"{one.year}-退-{letters + 1:03d}")
    content = compose_sheet_returned(spec, facts)
    if not isinstance(content, LetterContent):
        return
    letter = rounds.add_notice(content, f"{paper.claim_id}-{position}", one.case, one.year, facts)
    folder = f"{binding.year_folder(one.programme, one.year)}/{RETURNED}"
    stem = "_".join(filter(None, (content.file_stem, safe(one.case.unit), safe(facts.reviewer))))
    files = (PlannedFile("letter_docx", ".docx"), PlannedFile("letter_pdf", ".pdf"))
    publications.add_bundle(PlannedBundle(f"letter/{letter.key}", folder, stem, files), letter=letter)


def _facts(office: Office, paper: rows.Paper, one: _Placed, serial: str) -> SheetReturnedFacts:
    sheet, today = one.checked.sheet, office.now().date()
    slips: Iterator[Finding] = (finding for finding in one.checked.findings if finding.severity == "error")
    return SheetReturnedFacts(
        programme=one.programme,
        year=one.year,
        serial=serial,
        issued_on=today,
        received_on=paper.received_at.astimezone(office.now().tzinfo).date(),
        file_name=filing.label_of(paper),
        slips=tuple(slips),
        unit=one.case.unit,
        reviewer=sheet.reviewer.value or "",
        dated=chinese_date(one.dated) or sheet.score_date.raw or sheet.score_date.value or "",
    )
