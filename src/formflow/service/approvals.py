"""发文审批表: what lies before whoever signs, and what follows when the sheet comes back.

In: a programme's year, or the returned sheet. Out: the sheet to be written; or letters issued, held and withdrawn, or every reason why
the sheet cannot be taken, and then nothing of it is. What enters belongs inside a transaction of the caller's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from formflow.errors import FormflowError
from formflow.letters.phrases import chinese_date
from formflow.model.approval import ApprovalDecision, ApprovalHead, ApprovalLine, ApprovalSheet, ReturnedApproval
from formflow.model.letter import NoLetter
from formflow.model.programme import Programme
from formflow.model.text import quoted
from formflow.register import books, publications, rounds
from formflow.register import models as rows
from formflow.register.rounds import Round
from formflow.rules.drafts import not_the_latest
from formflow.service import binding, payments, round_letters, subsidy_notice
from formflow.service.names import joined
from formflow.service.office import Office

_STATE = rows.Letter.State
_STATES = {
    _STATE.REFUSED: "暂不印发",
    _STATE.VOID: "已作废",
    _STATE.ISSUED: "已印发",
    _STATE.PENDING: "正在印发",
    _STATE.RETRY: "未能印发",
}
NO_NUMBER = "（不编文号）"


def sheet_of(programme: Programme, this: Round, revision: int) -> ApprovalSheet:
    """Every draft that waits or was held, then every letter that was issued."""
    head = ApprovalHead(programme.id, programme.name, this.year, revision)
    drafts = [_draft_line(letter) for letter in _waiting(this)]
    return ApprovalSheet(head, (*drafts, *(_final_line(letter) for letter in rounds.finals_of(this))))


def _waiting(this: Round) -> list[rows.Letter]:
    return sorted((*rounds.open_drafts(this), *rounds.held_drafts(this)), key=lambda letter: letter.pk)


def _draft_line(letter: rows.Letter) -> ApprovalLine:
    is_held = letter.state == _STATE.REFUSED
    return ApprovalLine(
        document=letter.title,
        title=_title(letter),
        key=letter.key,
        file=_file(letter),
        state=_STATES[_STATE.REFUSED] if is_held else "拟稿",
        verdict="hold" if is_held else None,
        reason=letter.problem if is_held else "",
    )


def _final_line(letter: rows.Letter) -> ApprovalLine:
    return ApprovalLine(
        document=letter.title,
        title=_title(letter),
        key=letter.key,
        file=_file(letter),
        state=_STATES[_STATE(letter.state)],
        number=letter.serial or NO_NUMBER,
        verdict="void" if letter.state == _STATE.VOID else "approve",
        signer=letter.content.get("signer", ""),
        dated=letter.issued_on,
        reason=letter.problem if letter.state == _STATE.VOID else "",
    )


def _title(letter: rows.Letter) -> str:
    """What it is about, as whoever signs knows it."""
    title = letter.content["context"].get("公文标题") or letter.title
    return f"{title}（{letter.subject}）" if letter.subject else str(title)


def _file(letter: rows.Letter) -> str:
    first = letter.publications.filter(what=rows.Publication.What.LETTER_DOCX).first()
    return f"{first.folder.rpartition('/')[2]}/{joined(first.stem, first.variant, first.ending)}" if first else ""


def problems_of(
    office: Office, programme: Programme, shown: ApprovalSheet, returned: ReturnedApproval
) -> tuple[str, ...]:
    """Everything that stands against taking the sheet, in Chinese; empty when it can be taken. `shown` is what lies there now."""
    if returned.revision != shown.head.revision:
        return (not_the_latest(returned.revision, shown.head.revision, "此后文书有变化"),)
    letters = {letter.key: letter for letter in _letters(Round(programme.id, returned.year))}
    found = list(returned.problems)
    for decision in returned.decisions:
        letter = letters.get(decision.key)
        found += _problems_of(office, decision, letter) if letter else [f"没有编码为“{decision.key}”的文书，不能增加行"]
    return tuple(found)


def _letters(this: Round) -> list[rows.Letter]:
    return [*_waiting(this), *rounds.finals_of(this)]


def _problems_of(office: Office, decision: ApprovalDecision, letter: rows.Letter) -> Iterator[str]:
    is_final = not letter.is_draft
    if letter.state == _STATE.VOID and decision.verdict != "void":
        yield f"“{letter}”已经作废，不能恢复；需要的话请重新拟稿"
    elif is_final and decision.verdict == "void":
        yield from payments.problems_of_voiding(letter)
    elif is_final and decision.verdict == "hold":
        yield f"“{letter}”已经印发，不能改为不批准；确需撤回的请写“作废”并写明理由"
    elif not is_final and decision.verdict == "void":
        yield f"{quoted(letter.title)}还是拟稿，没有编号，不用作废；不同意印发的请写“否”"
    elif not is_final and decision.verdict == "approve":
        yield from _against_issuing(office, decision, letter)


def _against_issuing(office: Office, decision: ApprovalDecision, letter: rows.Letter) -> Iterator[str]:
    today = office.now().date()
    if decision.dated and decision.dated > today:
        yield f"{quoted(letter.title)}的成文日期{chinese_date(decision.dated)}还没有到，请核对"
        return
    if decision.dated and decision.dated < letter.issued_on:
        yield f"{quoted(letter.title)}是{chinese_date(letter.issued_on)}拟的稿，成文日期{chinese_date(decision.dated)}在它前面，请核对"
        return
    try:
        refused = binding.try_issue(office, letter, decision.dated or today)
    except FormflowError as problem:
        yield f"{quoted(letter.title)}：{problem.message}"
        return
    if refused:
        yield f"{quoted(letter.title)}：{refused.reason}"


def enter(office: Office, programme: Programme, returned: ReturnedApproval, who: str) -> tuple[str, ...]:
    """Does what the sheet says, line by line; one Chinese sentence for each letter that something became of."""
    this = Round(programme.id, returned.year)
    letters: Mapping[str, rows.Letter] = {letter.key: letter for letter in _letters(this)}
    said = [
        sentence
        for decision in returned.decisions
        if (sentence := _enter_one(office, programme, letters[decision.key], decision, who))
    ]
    if said:
        round_letters.draft_letters(office, programme, this)
        subsidy_notice.draft_notice(office, programme)
    return tuple(said)


def _enter_one(office: Office, programme: Programme, letter: rows.Letter, decision: ApprovalDecision, who: str) -> str:
    signer = decision.signer or who
    if decision.verdict == "void" and letter.state != _STATE.VOID:
        binding.void(office, letter, signer, decision.reason)
        return f"{letter}已作废"
    if letter.is_draft and decision.verdict == "hold":
        return _hold(office, letter, decision.reason, signer)
    if letter.is_draft and decision.verdict == "approve":
        return _issue(office, programme, letter, decision.dated, signer)
    return ""


def _hold(office: Office, letter: rows.Letter, reason: str, who: str) -> str:
    if letter.state == _STATE.REFUSED and letter.problem == reason:
        return ""
    letter.problem = reason
    letter.save(update_fields=("problem",))
    publications.cancel(letter)
    rounds.mark([letter], _STATE.REFUSED)
    books.add_event(office.now(), "letter_held", str(letter), who=who, after={"letter": letter.key, "reason": reason})
    return f"{letter.title}暂不印发"


def _issue(office: Office, programme: Programme, drafted: rows.Letter, dated: date | None, who: str) -> str:
    final = binding.issue(office, drafted, who, dated)
    if isinstance(final, NoLetter):  # has been tried before anything was entered
        raise FormflowError(f"{drafted.title}：{final.reason}", "请核对后重新拟稿。")
    spec = next(spec for spec in programme.letters if spec.id == final.kind)
    announced = rows.Naming.objects.filter(programme_id=final.programme_id, year=final.year, letter=None)
    if spec == binding.final_spec(programme):
        announced.filter(decision="named").update(letter=final)
    elif spec.on == "extended":
        announced.filter(decision="extended", case=final.case).update(letter=final)
    return f"{final}已签发"
