"""A 评分汇总 that came back filled in is the decision: who is named, who is given more time, who is not named.

In: the returned sheet. Out: the decisions in the register, drafts of the letters that announce them (`round_letters`), or every reason why
the sheet cannot be taken; then nothing of it is. Inside a transaction of the caller's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from formflow.letters.phrases import chinese_date
from formflow.model.case import CODE_STEP, case_number
from formflow.model.programme import Programme
from formflow.model.scoring import ReturnedDecision, ReturnedSummary, ScoreSummary, SummaryLine
from formflow.register import books, rounds
from formflow.register import models as rows
from formflow.register.overview import outcome_label
from formflow.register.rounds import Round
from formflow.rules.decide import unit_key
from formflow.rules.drafts import not_the_latest
from formflow.rules.quota import check_naming
from formflow.service import round_letters
from formflow.service.office import Office
from formflow.service.sheets.score_summary import sheet_title

_WORDS = dict(rows.Naming.Decision.choices)


@dataclass(frozen=True, slots=True)
class _Decided:
    """One line that can be taken."""

    case: rows.Case
    decision: str
    until: date | None
    reason: str
    grade: str = ""


def problems_of(programme: Programme, shown: ScoreSummary, returned: ReturnedSummary, today: date) -> tuple[str, ...]:
    """Everything that stands against taking the sheet, in Chinese; empty when it can be taken. `shown` is the round as it is now."""
    if returned.revision != shown.revision:
        return (not_the_latest(returned.revision, shown.revision, "此后又有评分表或决定"),)
    published = _published(Round(programme.id, shown.year))
    found = [problem for row in returned.rows for problem in _problems_of_row(row, shown, published, today)]
    found += _unaccepted(programme, returned)
    found += _quota_problems(programme, shown, returned)
    return tuple(found)


def _unaccepted(programme: Programme, returned: ReturnedSummary) -> Iterator[str]:
    """Units that are to be named though their application is not in order."""
    for row in returned.rows:
        case = rounds.case_by_code(programme.id, row.case_number or 0) if row.decision == "name" else None
        if case and case.outcome != "accepted":
            yield f"{row.unit}：申请材料还没有受理（{outcome_label(case.outcome)}），不能命名"


def _problems_of_row(
    row: ReturnedDecision, shown: ScoreSummary, published: dict[int, rows.Naming], today: date
) -> Iterator[str]:
    line = next((line for line in shown.lines if line.case_number == row.case_number), None)
    if line is None:
        yield f"{row.unit or '没有写单位的一行'}：这一轮没有这个单位，不能增加行"
        return
    # A column was sorted by itself, or a name pasted over: which of the two is meant, nobody can tell.
    if unit_key(row.unit) != unit_key(line.result.centre_name):
        yield f"{row.unit}：案卷号 {case_number(*divmod(row.case_number or 0, CODE_STEP))} 是{line.result.centre_name}，与这一行的单位不符"
        return
    if row.doubt:
        yield f"{row.unit}：{row.doubt}"
        return
    stands = published.get(row.case_number or 0)
    if stands and row.decision and rounds.STORED[row.decision] != stands.decision:
        letter = f"{stands.letter.title}（{stands.letter.serial}）" if stands.letter else "已发的文书"
        yield f"{row.unit}：{letter}已经公布“{_WORDS[stands.decision]}”，不能再改；确需改变的，请先在发文审批表上把它作废"
    if row.decision == "name":
        yield from _against_naming(row, line, is_scored=bool(shown.rubric.criteria))
    if row.decision == "extend":
        yield from _against_extending(row, today)


def _against_naming(row: ReturnedDecision, line: SummaryLine, is_scored: bool) -> Iterator[str]:
    if line.result.satisfaction_ok is False:
        yield f"{row.unit}：职工满意率低于命名的最低要求，不能命名"
    if line.result.total is None and is_scored:
        yield f"{row.unit}：没有计入汇总的评分表，不能命名"
    if line.result.returned:
        yield f"{row.unit}：还有 {len(line.result.returned)} 份评分表退回更正、没有交回，不能命名"


def _against_extending(row: ReturnedDecision, today: date) -> Iterator[str]:
    if row.until is None:
        yield f"{row.unit}：延期的要在“延期至”一栏写明日期"
    elif date.fromisoformat(row.until) <= today:
        yield f"{row.unit}：延期至{chinese_date(date.fromisoformat(row.until))}，这一天已经过了，请改成今后的日期"


def _quota_problems(programme: Programme, shown: ScoreSummary, returned: ReturnedSummary) -> Iterator[str]:
    """More units than a round may name, or than are left of what several years may."""
    quota = shown.rubric.naming.quota if shown.rubric.naming else None
    named = sum(row.decision == "name" for row in returned.rows)
    if quota is not None and named > quota:
        yield f"拟命名 {named} 个，超过名额 {quota} 个"
    if named:
        before = rounds.named_by_year(programme.id)
        before.pop(shown.year, None)
        yield from (found.message for found in check_naming(programme.quotas, shown.year, before, named))


def _published(this: Round) -> dict[int, rows.Naming]:
    """What a letter with a number has announced, by the case's code."""
    return {rounds.case_code(naming.case): naming for naming in rounds.namings_of(this) if naming.letter_id}


def enter(
    office: Office,
    programme: Programme,
    paper: rows.Paper,
    returned: ReturnedSummary,
    who: str,
    shown: ScoreSummary | None = None,
) -> str:
    """Enters the decisions of a sheet without problems and drafts what announces them; what came of it, in one Chinese sentence. Named
    units get the grade of their points in `shown`, the round as it is."""
    this = Round(programme.id, returned.year)
    decided = [one for row in returned.rows if (one := _decided(this, row, shown))]
    for one in decided:
        _enter_one(office, this, paper, one, who)
    refused = round_letters.draft_letters(office, programme, this)
    counted = [f"{word} {count} 个" for key, word in _WORDS.items() if (count := _count(decided, key))]
    title = sheet_title(has_points=bool(programme.rubrics))
    said = f"{title}上的决定已登记：{'，'.join(counted) or '没有填写决定'}"
    return "；".join((said, *(letter.reason for letter in refused)))


def _count(decided: list[_Decided], decision: str) -> int:
    return sum(one.decision == decision for one in decided)


def _decided(this: Round, row: ReturnedDecision, shown: ScoreSummary | None) -> _Decided | None:
    if row.decision is None:
        return None
    case = rounds.case_by_code(this.programme_id, row.case_number or 0)
    until = date.fromisoformat(row.until) if row.until and row.decision == "extend" else None
    grade = _grade(row, shown) if shown and row.decision == "name" else ""
    return _Decided(case, rounds.STORED[row.decision], until, row.reason, grade) if case else None


def _grade(row: ReturnedDecision, shown: ScoreSummary) -> str:
    line = next((line for line in shown.lines if line.case_number == row.case_number), None)
    rule = shown.rubric.naming
    return rule.grade(line.result.total) if line and rule else ""


def _enter_one(office: Office, this: Round, paper: rows.Paper, one: _Decided, who: str) -> None:
    earlier = rows.Naming.objects.filter(case=one.case, year=this.year).first()
    until = one.until.isoformat() if one.until else None
    after = {"decision": one.decision, "until": until, "reason": one.reason, "grade": one.grade}
    before = None
    if earlier:
        was = str(earlier.until or "") or None
        before = {"decision": earlier.decision, "until": was, "reason": earlier.reason, "grade": earlier.grade}
        if before == after:
            return
    fields = {"decision": one.decision, "until": one.until, "reason": one.reason, "paper": paper, "who": who}
    fields["grade"] = one.grade
    rows.Naming.objects.update_or_create(
        case=one.case,
        year=this.year,
        defaults={**fields, "programme_id": this.programme_id, "decided_on": office.now().date()},
    )
    books.add_event(office.now(), "decided", str(one.case), who=who, before=before, after=after)
