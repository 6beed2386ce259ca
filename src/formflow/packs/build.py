"""Schema values → the values of `model.programme`. Everything that can be wrong has been said before; nothing is checked here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from formflow.model.checks import (
    AllChosen,
    AnswerIs,
    Check,
    CreditCode,
    Elapsed,
    EndsWith,
    HandedInWithin,
    Ordered,
    RowsComplete,
    RowsElapsed,
    RowsWithin,
    SpanYears,
    StillValid,
    WithinYears,
    YearsBefore,
    YearWithin,
)
from formflow.model.citation import Citation
from formflow.model.document import Document
from formflow.model.programme import Attachment, CaseRule, Column, Field, Form, Issuer, LetterSpec, Parameter
from formflow.packs import checks_schema as c
from formflow.packs import schema as s
from formflow.packs.parts import Basis

# Units that stand after a number only with 个 between them.
_COUNTED = {"工作日": "个工作日", "月": "个月"}
_SEVERITY: Mapping[str, Literal["error", "review"]] = {"ask": "review", "hold": "error"}


def citation(basis: Basis, source: str) -> Citation:
    """`source` is the programme's own, for a basis that names none."""
    return Citation(basis.source or source, basis.clause)


def form(part: s.FormFile, blank: Document, source: str) -> Form:
    return Form(
        kind=part.kind,
        title=part.title,
        blank=blank,
        fields=tuple(_field(field, source) for field in part.fields),
        checks=tuple(one for check in part.checks for one in _checks(check, citation(check.basis, source))),
        placeholders=tuple(part.placeholders),
    )


def _field(part: s.FieldPart, source: str) -> Field:
    return Field(
        id=part.id,
        label=part.label,
        type=part.type,
        anchor=part.anchor,
        region=part.region,
        is_required=part.required,
        citation=citation(part.basis, source),
        range_part=part.range_part,
        columns=tuple(Column(column.id, column.label) for column in part.columns),
        accepts_none=part.accepts_none,
        also=tuple(part.also),
        options=tuple(part.options),
        wants_seal="seal" in part.wants,
        wants_signature="signature" in part.wants,
        wants_date="date" in part.wants,
    )


def _checks(part: c.CheckPart, basis: Citation) -> Iterator[Check]:
    match part:
        case c.EndsWithPart():
            yield EndsWith(part.field, tuple(part.suffixes), basis)
        case c.CreditCodePart():
            yield CreditCode(part.field, basis)
        case c.YearsBeforePart():
            yield YearsBefore(part.field, part.years, part.at, _SEVERITY[part.weight], basis)
        case c.WithinYearsPart():
            yield WithinYears(part.field, part.years, part.at, basis)
        case c.StillValidPart():
            yield StillValid(part.field, part.at, basis)
        case c.AllChosenPart():
            yield AllChosen(part.field, _SEVERITY[part.weight], basis)
        case c.OrderedPart():
            yield Ordered(part.first, part.then, basis)
        case c.SpanYearsPart():
            yield SpanYears(part.start, part.end, tuple(part.years), basis)
        case c.YearWithinPart():
            yield YearWithin(part.field, part.first, part.last, basis)
        case c.RowsCompletePart():
            yield RowsComplete(part.field, basis)
        case c.RowsWithinPart():
            yield RowsWithin(part.field, part.column, part.start, part.end, basis)
        case c.HandedInWithinPart():
            yield HandedInWithin(part.field, part.first_month, part.last_month, basis)
        case c.AnswersArePart():
            yield from (AnswerIs(field, part.option, basis) for field in part.fields)
        case c.ElapsedPart():
            yield Elapsed(part.start, part.end, part.months, basis)
        case c.RowsElapsedPart():
            yield RowsElapsed(part.field, part.start, part.end, part.months, basis)


def issuer(part: s.IssuerPart) -> Issuer:
    return Issuer(
        name=part.name,
        office=part.office,
        address=part.address,
        telephone=part.telephone,
        contact=part.contact,
        document_code=part.document_code or "",
        recipients=part.recipients or "",
        copies_to=tuple(part.copies_to),
        printed_by=part.printed_by or "",
    )


def case_rule(part: s.CasePart) -> CaseRule:
    return CaseRule(tuple(part.unit), tuple(part.folder), tuple(part.year), tuple(part.county))


def attachments(parts: list[s.AttachmentPart], source: str) -> tuple[Attachment, ...]:
    return tuple(
        Attachment(
            id=part.id,
            label=part.label,
            title_words=tuple(part.title_words),
            contents=part.contents,
            severity="error" if part.absence == "hold" else "review",
            citation=citation(part.basis, source),
        )
        for part in parts
    )


def parameters(part: s.PolicyFile, source: str) -> dict[str, Parameter]:
    return {p.id: Parameter(p.id, p.value, p.unit, citation(p.basis, source)) for p in part.parameters}


def letters(part: s.LettersFile, templates: Mapping[str, bytes]) -> tuple[LetterSpec, ...]:
    return tuple(
        LetterSpec(p.id, p.title, p.when, p.layout, p.binding, p.template, templates[p.template]) for p in part.letters
    )


def wording(part: s.LettersFile) -> dict[str, str]:
    return {key: words.text for key, words in part.wording.items()}


def local_choices(
    programme: s.ProgrammeFile, forms: list[s.FormFile], policy: s.PolicyFile, letters: s.LettersFile
) -> tuple[str, ...]:
    """What the sources do not give and this federation chose, one line each, for `pack check` and `doctor`."""
    return tuple(
        f"{name}：{basis.clause}"
        for name, basis in _bases(programme, forms, policy, letters)
        if basis.source == "local"
    )


def _bases(
    programme: s.ProgrammeFile, forms: list[s.FormFile], policy: s.PolicyFile, letters: s.LettersFile
) -> Iterator[tuple[str, Basis]]:
    issuer = programme.issuer
    yield f"{issuer.name}（{issuer.office}，{issuer.contact}，{issuer.telephone}，{issuer.address}）", issuer.basis
    yield f"份数 {programme.copies}", programme.copies_basis
    yield from ((f"附件“{part.label}”", part.basis) for part in programme.attachments)
    for form in forms:
        yield from ((f"“{field.label}”一栏", field.basis) for field in form.fields)
        labels = {field.id: field.label for field in form.fields}
        yield from ((f"对{_told(check, labels)}的核对", check.basis) for check in form.checks)
    yield from (
        (f"{part.label} {part.value} {_COUNTED.get(part.unit, part.unit)}", part.basis) for part in policy.parameters
    )
    for dated in policy.dated:
        yield from (
            (f"{dated.label} {value.value} {dated.unit}（{value.since}起）", value.basis) for value in dated.values
        )
    yield from ((f"文书用语“{key}”", words.basis) for key, words in letters.wording.items())


def _told(check: c.CheckPart, labels: Mapping[str, str]) -> str:
    """The fields a check is about, by what is printed."""
    said = [one for value in check.model_dump().values() for one in (value if isinstance(value, list) else [value])]
    return "".join(f"“{labels[one]}”" for one in dict.fromkeys(map(str, said)) if one in labels) or "各栏"
