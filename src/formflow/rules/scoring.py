"""Score sheets → findings: every slip of a sheet at once, and what several sheets say to each other.

Pure. What a sheet with a slip is good for is decided in `aggregate`: it does not count until it comes back corrected.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from formflow.model.citation import Citation
from formflow.model.document import Locator
from formflow.model.finding import Finding, FindingCode, Severity
from formflow.model.rubric import Criterion, Rubric
from formflow.model.scoring import CheckedSheet, Entry, Mark, ScoreSheet
from formflow.rules.aggregate import aggregate
from formflow.rules.decide import unit_key
from formflow.rules.fields import SURE_ENOUGH
from formflow.rules.places import locator_words

__all__ = ["aggregate", "check_sheet", "check_together", "points_words"]

_HEAD = (("centre_name", "单位名称", "请写明被评的服务中心"), ("reviewer", "评分人", "请写明评分人姓名"), ("score_date", "评分日期", "请写明评分的年月日"))  # fmt: skip


def check_sheet(rubric: Rubric, sheet: ScoreSheet) -> tuple[Finding, ...]:
    """Everything that is wrong with one sheet, in the order of the sheet. Field ids are those `formflow read` prints: a slip of a
    criterion or of a group's sum is of `scores`, and its message begins with the number."""
    return (
        *_check_head(rubric, sheet),
        *_check_own_unit(rubric, sheet),
        *_check_scores(rubric, sheet),
        *_check_strays(rubric, sheet),
        *_check_sums(rubric, sheet),
        *_check_rate(rubric, sheet),
    )


def check_together(sheets: Sequence[CheckedSheet]) -> tuple[CheckedSheet, ...]:
    """The sheets, in their order, with what they say to each other: two of one reviewer about one unit cannot both count. Of two that say
    the same the first stays; where they differ nobody but the reviewer knows which one holds. Sheets with a slip do not count anyway."""
    told = list(sheets)
    seen: dict[tuple[str, str, str], list[int]] = {}
    for place, checked in enumerate(sheets):
        sheet = checked.sheet
        if not checked.has_slip and sheet.reviewer.value and sheet.centre_name.value:
            key = (sheet.programme_id, unit_key(sheet.centre_name.value), unit_key(sheet.reviewer.value))
            seen.setdefault(key, []).append(place)
    for places in seen.values():
        for place in _surplus(told, places):
            told[place] = replace(told[place], findings=(*told[place].findings, _twice(told[place], len(places))))
    return tuple(told)


def points_words(points: Decimal) -> str:
    """Points as people write them: 12, 2.5."""
    return format(points, "f") if points != points.to_integral_value() else str(int(points))


def _surplus(sheets: Sequence[CheckedSheet], places: Sequence[int]) -> Sequence[int]:
    first, *others = ({key: mark.value for key, mark in sheets[place].sheet.scores.items()} for place in places)
    return places[1:] if all(other == first for other in others) else places


def _twice(checked: CheckedSheet, count: int) -> Finding:
    reviewer, centre = checked.sheet.reviewer, checked.sheet.centre_name
    return Finding(
        code="duplicate",
        field="reviewer",
        severity="error",
        message=f"{reviewer.value}给{centre.value}交了 {count} 份评分表",
        basis="同一评分人对同一单位只计一份评分表",
        requirement="请评分人说明以哪一份为准，其余的作废",
        label="评分人",
        place=locator_words(reviewer.locator),
        locator=reviewer.locator,
    )


def _finding(
    code: FindingCode,
    field: str,
    message: str,
    requirement: str,
    citation: Citation,
    *,
    label: str = "",
    locator: Locator | None = None,
    severity: Severity = "error",
) -> Finding:
    place = locator_words(locator)
    return Finding(code, field, severity, message, citation.clause, requirement, label, place, locator)


def _check_head(rubric: Rubric, sheet: ScoreSheet) -> Iterator[Finding]:
    for field, label, requirement in _HEAD:
        entry: Entry = getattr(sheet, field)
        if entry.doubt:
            said = f"{label}{entry.doubt}"
            yield _finding("invalid", field, said, requirement, rubric.citation, label=label, locator=entry.locator)
        elif entry.value is None:
            said = f"没有填写{label}"
            yield _finding("missing", field, said, requirement, rubric.citation, label=label, locator=entry.locator)
        elif entry.confidence < SURE_ENOUGH:
            yield _unsure(rubric, field, label, entry.raw, entry.locator)


def _check_own_unit(rubric: Rubric, sheet: ScoreSheet) -> Iterator[Finding]:
    """Only where the pack lists reviewers with their units."""
    name, centre = unit_key(sheet.reviewer.value or ""), unit_key(sheet.centre_name.value or "")
    for reviewer in rubric.reviewers:
        if unit_key(reviewer.name) == name and centre in {unit_key(unit) for unit in reviewer.own_units}:
            said = f"{sheet.reviewer.value}是{sheet.centre_name.value}的人员，不能给本单位评分"
            wanted = "请换其他评分人给这个单位评分"
            where = sheet.reviewer.locator
            yield _finding("not_eligible", "reviewer", said, wanted, rubric.citation, label="评分人", locator=where)


def _check_scores(rubric: Rubric, sheet: ScoreSheet) -> Iterator[Finding]:
    if all(mark.is_blank for mark in sheet.scores.values()):
        yield _nothing(rubric, sheet)
        return
    for criterion in rubric.criteria:
        yield from _check_score(rubric, criterion, sheet.scores[criterion.id], bool(sheet.strays))


def _nothing(rubric: Rubric, sheet: ScoreSheet) -> Finding:
    only_own = "只有自评分，" if sheet.self_scores else ""
    said = f"{only_own}{len(rubric.criteria)} 项都没有得分"
    return _finding("missing", "scores", said, "请逐项打分", rubric.citation, label="得分", locator=sheet.locator)


def _check_score(rubric: Rubric, criterion: Criterion, mark: Mark, has_strays: bool) -> Iterator[Finding]:
    name = f"{criterion.id} {criterion.title}"
    limit = f"0 至 {points_words(criterion.points)} 分"

    def slip(code: FindingCode, said: str, wanted: str, severity: Severity = "error") -> Finding:
        return _finding(
            code, "scores", f"{criterion.id} 项{said}", wanted, criterion.citation, label=name, locator=mark.locator, severity=severity
        )  # fmt: skip

    if mark.doubt:
        yield slip("invalid", f"的得分{mark.doubt}", f"请写一个 {limit}的数")
    elif mark.value is None:
        # Where rows could not be told, this one may be among them: it is for a person here to look.
        if mark.locator is not None or not has_strays:
            yield slip("missing", "没有得分", f"请打分，{limit}")
    elif mark.value < 0:
        yield slip("invalid", f"的得分是 {points_words(mark.value)}，是负数", f"请写一个 {limit}的数")
    elif mark.value > criterion.points:
        said = f"的得分是 {points_words(mark.value)}，超过分值 {points_words(criterion.points)}"
        yield slip("invalid", said, f"请写一个 {limit}的数")
    elif rubric.step and mark.value % rubric.step:
        said = f"的得分是 {points_words(mark.value)}，不是 {points_words(rubric.step)} 的倍数"
        yield slip("invalid", said, f"打分以 {points_words(rubric.step)} 分为最小单位，请核对", "review")
    if mark.value is not None and mark.confidence < SURE_ENOUGH:
        yield _unsure(rubric, "scores", name, mark.raw, mark.locator)


def _unsure(rubric: Rubric, field: str, label: str, raw: str, locator: Locator | None) -> Finding:
    said, wanted = f"{label}识读为“{raw}”，把握不足", "请对照原件核对"
    return _finding(
        "low_confidence", field, said, wanted, rubric.citation, label=label, locator=locator, severity="review"
    )


def _check_strays(rubric: Rubric, sheet: ScoreSheet) -> Iterator[Finding]:
    for stray in sheet.strays:
        words = " ".join(stray.words.split())
        shown = words if len(words) <= 20 else f"{words[:19]}…"
        said, wanted = f"“{shown}”：{stray.reason}", "请对照原件核对这一行"
        yield _finding(
            "low_confidence", "scores", said, wanted, rubric.citation, label="得分", locator=stray.locator, severity="review"
        )  # fmt: skip


def _check_sums(rubric: Rubric, sheet: ScoreSheet) -> Iterator[Finding]:
    """Stated sums against ours; where a number is missing, only what no number there could make right."""
    if all(mark.is_blank for mark in sheet.scores.values()):
        return
    for group in rubric.groups:
        stated = sheet.group_totals.get(group.id)
        own = {criterion.id: sheet.scores[criterion.id] for criterion in group.criteria}
        if stated is not None:
            yield from _check_sum(rubric, stated, own, f"第 {group.id} 组小计", "scores")
    if sheet.total is not None:
        yield from _check_sum(rubric, sheet.total, sheet.scores, "总分", "total")


def _check_sum(rubric: Rubric, stated: Mark, marks: Mapping[str, Mark], name: str, field: str) -> Iterator[Finding]:
    wanted = "请核对各项得分，改正合计"
    if stated.doubt:
        said = f"{name}{stated.doubt}"
        yield _finding("invalid", field, said, wanted, rubric.citation, label=name, locator=stated.locator)
        return
    if stated.value is None:
        return
    ours = sum((mark.value for mark in marks.values() if mark.value is not None), Decimal(0))
    missing = [rubric.criterion(key).points for key, mark in marks.items() if mark.value is None]
    if not ours <= stated.value <= ours + sum(missing):
        said = f"{name}写的是 {points_words(stated.value)}，各项得分相加是 {points_words(ours)}"
        said += f"（有 {len(missing)} 项没有得分）" if missing else ""
        yield _finding("inconsistent", field, said, wanted, rubric.citation, label=name, locator=stated.locator)
    elif stated.confidence < SURE_ENOUGH:
        yield _unsure(rubric, field, name, stated.raw, stated.locator)


def _check_rate(rubric: Rubric, sheet: ScoreSheet) -> Iterator[Finding]:
    """The criterion that is bound to the satisfaction rate."""
    criterion = rubric.banded
    if criterion is None:
        return
    rate, label = sheet.rate, "满意率"
    if rate is None or rate.is_blank:
        said, wanted = f"没有填写满意率，{criterion.id} 项的分档无法核对", "请补上满意度测评结果"
        where = rate.locator if rate else None
        yield _finding(
            "missing", "satisfaction", said, wanted, criterion.citation, label=label, locator=where, severity="review"
        )
    elif rate.value is None:
        said, wanted = f"满意率{rate.doubt}", "请写成百分数，如 92.5%"
        yield _finding("invalid", "satisfaction", said, wanted, criterion.citation, label=label, locator=rate.locator)
    else:
        yield from _check_band(rubric, criterion, rate, rate.value, sheet.scores[criterion.id])


def _check_band(rubric: Rubric, criterion: Criterion, rate: Mark, percent: Decimal, mark: Mark) -> Iterator[Finding]:
    shown, band = f"{points_words(percent)}%", criterion.band(percent)
    if rate.confidence < SURE_ENOUGH:
        yield _unsure(rubric, "satisfaction", "满意率", rate.raw, rate.locator)
    lowest, highest = (band.lowest, band.highest) if band else (Decimal(0), Decimal(0))
    in_reach = mark.value is not None and 0 <= mark.value <= criterion.points
    if in_reach and mark.value is not None and not lowest <= mark.value <= highest:
        rule = f"应在 {points_words(lowest)} 至 {points_words(highest)} 分之间" if band else "不得分"
        said = f"{criterion.id} 项的得分是 {points_words(mark.value)}，满意率是 {shown}，{rule}"
        name = f"{criterion.id} {criterion.title}"
        yield _finding(
            "inconsistent", "scores", said, "请核对满意率和得分", criterion.citation, label=name, locator=mark.locator
        )
    yield from _check_floor(rubric, percent, shown, rate.locator)


def _check_floor(rubric: Rubric, percent: Decimal, shown: str, locator: Locator | None) -> Iterator[Finding]:
    for veto in rubric.vetoes:
        if veto.below_percent is not None and percent < veto.below_percent:
            said = f"满意率 {shown}，低于 {points_words(veto.below_percent)}%：{veto.label}，不具备命名资格"
            wanted = "请核对满意度测评结果"
            yield _finding(
                "not_eligible", "satisfaction", said, wanted, veto.citation, label="满意率", locator=locator, severity="review"
            )  # fmt: skip
