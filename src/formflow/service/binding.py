"""Letters that bind: drafted, laid before whoever signs, issued under a number when approved. Nothing is drawn here.

In: the facts of a letter. Out: rows and publications for `delivery`. What is approved is what was drafted: the facts are kept with the
draft, and only the day, the number and the time of a 公示 are added. Everything here belongs inside a transaction of the caller's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from formflow.errors import FormflowError
from formflow.letters.compose_unit import compose_extended, compose_rectify
from formflow.letters.compose_year import compose_announced, compose_circular, compose_named, compose_subsidised
from formflow.letters.phrases import chinese_date
from formflow.model.letter import (
    AnnouncedFacts,
    CircularFacts,
    ExtendedFacts,
    Issue,
    LetterContent,
    ListedUnit,
    NamedFacts,
    NoLetter,
    Publicity,
    RectifyFacts,
    SubsidyFacts,
)
from formflow.model.programme import LetterSpec, Occasion, Programme
from formflow.register import books, numbers, publications, rounds
from formflow.register import models as rows
from formflow.register.entries import PlannedBundle, PlannedFile
from formflow.register.rounds import Round
from formflow.rules.calendar import add_working_days
from formflow.rules.publicity import publicity_period
from formflow.service import payments
from formflow.service.letters_due import case_folder
from formflow.service.names import safe
from formflow.service.office import Office
from formflow.service.plain import dump, load

BindingFacts = AnnouncedFacts | NamedFacts | ExtendedFacts | CircularFacts | RectifyFacts | SubsidyFacts
FACTS: Mapping[Occasion, type[BindingFacts]] = {
    "announced": AnnouncedFacts,
    "named": NamedFacts,
    "extended": ExtendedFacts,
    "circulated": CircularFacts,
    "rectify": RectifyFacts,
    "subsidised": SubsidyFacts,
}
# A 公示 is signed by no number: it is no 文种 of its own (gbt9704.md K01), and binds nobody yet.
UNNUMBERED: frozenset[Occasion] = frozenset({"announced"})
DRAFTS, ISSUED = "拟稿", "发文"
DRAFT_MARK = "（拟稿）"
_KEPT_APART = frozenset({"programme", "issue"})
_STATE = rows.Letter.State


def year_folder(programme: Programme, year: int) -> str:
    """The folder of a programme's year, relative to the outbox."""
    return f"{safe(programme.name)}/{year}年"


def spec_on(programme: Programme, occasion: Occasion) -> LetterSpec | None:
    """The letter a pack writes on an occasion; None if it writes none."""
    return next((spec for spec in programme.letters if spec.on == occasion), None)


def final_spec(programme: Programme) -> LetterSpec | None:
    """The letter that says who was named; a programme without one commends in a 通报."""
    return spec_on(programme, "named") or spec_on(programme, "circulated")


def compose(spec: LetterSpec, facts: BindingFacts) -> LetterContent | NoLetter:
    """What the letter says."""
    match facts:
        case AnnouncedFacts():
            return compose_announced(spec, facts)
        case NamedFacts():
            return compose_named(spec, facts)
        case ExtendedFacts():
            return compose_extended(spec, facts)
        case RectifyFacts():
            return compose_rectify(spec, facts)
        case CircularFacts():
            return compose_circular(spec, facts)
        case SubsidyFacts():
            return compose_subsidised(spec, facts)


def draft(
    office: Office, spec: LetterSpec, facts: BindingFacts, case: rows.Case | None = None, subject: str = ""
) -> rows.Letter | NoLetter:
    """Enters a draft in place of an earlier one about the same; an open draft that says the same stays as it is, and so does one that was
    held: it can still be approved. `subject` is the one unit it is about, if that has no case."""
    about = subject or (case.unit if case else "")
    content = compose(spec, facts)
    if isinstance(content, NoLetter):
        return content
    this, kept = Round(facts.programme.id, facts.year), dump(facts, _KEPT_APART)
    earlier = rounds.open_drafts(this, spec.id, about)
    if earlier and earlier[-1].content["kept"] == kept:
        return earlier[-1]
    overtake(earlier)
    if held := next((held for held in rounds.held_drafts(this, spec.id, about) if held.content["kept"] == kept), None):
        return held
    letter = rounds.add_draft(content, this, case, office.now().date(), kept, subject=about)
    stem = f"{content.file_stem}_{safe(about)}" if about else content.file_stem
    _plan(letter, f"{year_folder(facts.programme, this.year)}/{DRAFTS}", f"{stem}{DRAFT_MARK}")
    books.add_event(office.now(), "letter_drafted", str(letter), after={"letter": letter.key, "facts": kept})
    return letter


def overtake(drafts: list[rows.Letter]) -> None:
    """These drafts are not laid before anybody any more."""
    rounds.mark(drafts, _STATE.REPLACED)
    for letter in drafts:
        publications.take_back(letter)


def _plan(letter: rows.Letter, folder: str, stem: str) -> None:
    files = (PlannedFile("letter_docx", ".docx"), PlannedFile("letter_pdf", ".pdf"))
    publications.add_bundle(PlannedBundle(f"letter/{letter.key}", folder, stem, files), letter=letter)


def try_issue(office: Office, drafted: rows.Letter, day: date) -> NoLetter | None:
    """Why a draft cannot be issued with that day on it; None if it can. Enters nothing. Raises FormflowError as `issue` does."""
    programme, spec = _pack_of(office, drafted)
    if spec.on not in UNNUMBERED:
        _code(programme)
    facts = _completed(programme, spec, drafted, Issue("", day))
    if isinstance(facts, SubsidyFacts) and (against := payments.problems_of(facts)):
        return NoLetter("；".join(against))
    content = compose(spec, facts)
    return content if isinstance(content, NoLetter) else None


def issue(office: Office, drafted: rows.Letter, who: str, on: date | None = None) -> rows.Letter | NoLetter:
    """Approves a draft: it gets its number, once, and goes out; what it pays is entered in the ledger with it. `on` is the day it bears,
    today without one. Raises FormflowError when the pack has lost the letter, or its 机关代字."""
    programme, spec = _pack_of(office, drafted)
    day = on or office.now().date()
    if refused := try_issue(office, drafted, day):
        return refused
    final = rounds.add_final(drafted, day)
    number = "" if spec.on in UNNUMBERED else numbers.printed(numbers.give(_code(programme), day.year, final))
    facts = _completed(programme, spec, drafted, Issue(number, day))
    content = compose(spec, facts)
    assert isinstance(content, LetterContent)
    _enter_content(final, content, facts, who)
    rounds.mark([drafted], _STATE.APPROVED)
    publications.cancel(drafted)
    _plan(final, _folder_of(programme, final), _stem_of(content, number, final))
    if isinstance(facts, SubsidyFacts):
        payments.enter(office, facts, final, who, _folder_of(programme, final))
    after = {"letter": final.key, "number": number, "dated": day.isoformat()}
    books.add_event(office.now(), "letter_approved", str(final), who=who, before={"letter": drafted.key}, after=after)
    return final


def _pack_of(office: Office, letter: rows.Letter) -> tuple[Programme, LetterSpec]:
    programme = office.programme(letter.programme_id)
    spec = next((spec for spec in programme.letters if spec.id == letter.kind), None) if programme else None
    if programme is None or spec is None:
        raise FormflowError(f"项目包里已没有“{letter.title}”这种文书", "请恢复项目包（templates 文件夹）里的文书设置。")
    return programme, spec


def _code(programme: Programme) -> str:
    if not programme.issuer.document_code:
        raise FormflowError(
            f"{programme.name}的项目包没有写机关代字，不能编发文字号",
            "请在 programme.yaml 的 issuer 里填 document_code。",
        )
    return programme.issuer.document_code


def _completed(programme: Programme, spec: LetterSpec, drafted: rows.Letter, given: Issue) -> BindingFacts:
    """What the draft says, with what only its approval settles."""
    kept = drafted.content["kept"]
    facts = load(FACTS[spec.on], kept, programme=programme, issue=given)
    if isinstance(facts, AnnouncedFacts) and given.on:
        return replace(facts, period=publicity_period(given.on, facts.working_days))
    if isinstance(facts, NamedFacts):
        return replace(facts, period=publicity_of(Round(programme.id, facts.year), programme))
    if isinstance(facts, RectifyFacts) and given.on and facts.working_days:
        due = add_working_days(given.on, facts.working_days)
        return replace(facts, deadline=due.day, deadline_note=due.note)
    return facts


def publicity_of(this: Round, programme: Programme) -> Publicity | None:
    """The time of the 公示 that was published last and not withdrawn; None if there is none."""
    spec = spec_on(programme, "announced")
    published = _in_force(this, spec)
    period = published.content["kept"].get("period") if published else None
    return load(Publicity, period) if period else None


def _in_force(this: Round, spec: LetterSpec | None) -> rows.Letter | None:
    """The latest letter of a kind that was issued and not withdrawn."""
    finals = rounds.finals_of(this, spec.id) if spec else []
    return next((final for final in reversed(finals) if final.state != _STATE.VOID), None)


def announced_units(this: Round, programme: Programme) -> tuple[ListedUnit, ...]:
    """Who stood on the 公示 that was published last and not withdrawn."""
    published = _in_force(this, spec_on(programme, "announced"))
    return tuple(load(ListedUnit, unit) for unit in published.content["kept"]["units"]) if published else ()


def _enter_content(final: rows.Letter, content: LetterContent, facts: BindingFacts, signer: str) -> None:
    kept = dump(facts, _KEPT_APART)
    final.serial = facts.issue.number
    final.content = {
        "file_stem": content.file_stem,
        "context": dict(content.context),
        "kept": kept,
        "signer": signer,
        "pack": {"version": facts.programme.version, "sha256": facts.programme.sha256},
    }
    final.save(update_fields=("serial", "content"))


def _folder_of(programme: Programme, final: rows.Letter) -> str:
    return case_folder(final.case) if final.case else f"{year_folder(programme, final.year)}/{ISSUED}"


def _stem_of(content: LetterContent, number: str, final: rows.Letter) -> str:
    """A case's folder holds one of a kind; in a year's they are told apart by whom they are about, or by their numbers."""
    if final.case:
        return content.file_stem
    if final.subject:
        return f"{content.file_stem}_{safe(final.subject)}"
    return f"{content.file_stem}（{safe(number)}）" if number else content.file_stem


def void(office: Office, final: rows.Letter, who: str, reason: str) -> None:
    """Withdraws an issued letter: its number stays in the book as 作废, its files stay where they are with a note beside them; what it paid
    is reversed in the ledger. Raises FormflowError where that cannot be."""
    final.problem = reason
    final.save(update_fields=("problem",))
    rounds.mark([final], _STATE.VOID)
    number = numbers.void(final, reason) if final.serial else None
    first = final.publications.order_by("id").first()
    assert first is not None
    text = (
        f"{final.title}{f'（{number}）' if number else ''}已于{chinese_date(office.now().date())}作废。\n\n原因：{reason or '未写明'}\n"
        f"作废人：{who}\n\n{'该发文字号不再使用。' if number else ''}文件保留备查，请勿再使用、印发。\n"
    )
    bundle = PlannedBundle(
        f"void/{final.key}", first.folder, first.stem, (PlannedFile("note", "_已作废.说明.txt", text=text),)
    )
    publications.add_bundle(bundle, letter=final)
    rows.Naming.objects.filter(letter=final).update(letter=None)
    payments.reverse(office, final, who, reason)
    after = {"letter": final.key, "number": final.serial, "reason": reason}
    books.add_event(office.now(), "letter_voided", str(final), who=who, after=after)


def facts_of(programme: Programme, spec: LetterSpec, letter: rows.Letter) -> Any:
    """The facts a draft or letter was composed from."""
    return load(
        FACTS[spec.on], letter.content["kept"], programme=programme, issue=Issue(letter.serial, letter.issued_on)
    )
