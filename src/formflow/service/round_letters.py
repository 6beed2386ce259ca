"""What the decisions of a round are announced with: the 公示, the 命名决定 or 表彰通报, and a notice for each unit that is given more time.

In: a round. Out: drafts of the letters that follow from its decisions as they are now (`binding`), with those that no longer follow
overtaken, and what could not be drafted. Numbers and issues nothing. Inside a transaction of the caller's.
"""

from __future__ import annotations

from collections.abc import Iterator

from formflow.errors import FormflowError
from formflow.model.letter import (
    AnnouncedFacts,
    CircularFacts,
    ExtendedFacts,
    Issue,
    ListedUnit,
    NamedFacts,
    NoLetter,
    Publicity,
)
from formflow.model.programme import LetterSpec, Programme
from formflow.register import models as rows
from formflow.register import rounds
from formflow.register.rounds import Round
from formflow.register.standing import Standing, standings
from formflow.service import binding
from formflow.service.office import Office

# The parameter of a pack that says for how many working days a list is laid before everybody.
_PUBLICITY_DAYS = "publicity_working_days"


def draft_letters(office: Office, programme: Programme, this: Round) -> tuple[NoLetter, ...]:
    """Drafts what follows from the decisions of a round as they are now: the 公示 of who is to be named, or, when that has ended or a pack
    has none, the 命名决定; and for each unit that is given more time a notice. What does not follow any more is overtaken."""
    namings = [naming for naming in rounds.namings_of(this) if not naming.letter_id]
    standing = _standings(programme, namings)
    refused = [
        *_draft_naming(office, programme, this, namings, standing),
        *_draft_extensions(office, programme, this, namings, standing),
    ]
    return tuple(refused)


def _standings(programme: Programme, namings: list[rows.Naming]) -> dict[int, Standing]:
    years = {naming.case.year for naming in namings}
    return {line.case_id: line for year in years for line in standings(programme, year)}


def _draft_naming(
    office: Office, programme: Programme, this: Round, namings: list[rows.Naming], standing: dict[int, Standing]
) -> Iterator[NoLetter]:
    rule = programme.rubrics[0].naming if programme.rubrics else None
    named = [naming for naming in namings if naming.decision == "named"]
    named.sort(key=lambda naming: rule.rank(naming.grade) if rule else 0)
    units = tuple(_listed(naming, standing[naming.case_id]) for naming in named)
    announced, final = binding.spec_on(programme, "announced"), binding.final_spec(programme)
    period = binding.publicity_of(this, programme)
    is_announced = announced is None or binding.announced_units(this, programme) == units
    if announced and not is_announced:
        _overtake(this, final)
        facts = AnnouncedFacts(programme, this.year, units, Issue(), _publicity_days(programme))
        yield from _drafted(office, this, announced, facts)
    elif final and units:
        _overtake(this, announced)
        yield from _drafted(office, this, final, _final_facts(office, programme, final, units, this, period))


def _final_facts(
    office: Office,
    programme: Programme,
    final: LetterSpec,
    units: tuple[ListedUnit, ...],
    this: Round,
    period: Publicity | None,
) -> NamedFacts | CircularFacts:
    """A 命名决定, or the 表彰通报 of a programme that commends without naming."""
    if final.on == "named":
        return NamedFacts(programme, this.year, units, Issue(), period)
    return CircularFacts(programme, this.year, Issue(), office.now().date(), commended=units)


def _publicity_days(programme: Programme) -> int:
    parameter = programme.parameters.get(_PUBLICITY_DAYS)
    if parameter is None:
        raise FormflowError(f"{programme.name}的项目包没有写公示期", f"请在 policy.yaml 里填 {_PUBLICITY_DAYS}。")
    return parameter.value


def _listed(naming: rows.Naming, line: Standing) -> ListedUnit:
    return ListedUnit(line.unit, line.county, naming.grade)


def _drafted(
    office: Office, this: Round, spec: LetterSpec, facts: AnnouncedFacts | NamedFacts | CircularFacts
) -> Iterator[NoLetter]:
    if not (facts.commended if isinstance(facts, CircularFacts) else facts.units):
        _overtake(this, spec)
        return
    drafted = binding.draft(office, spec, facts)
    if isinstance(drafted, NoLetter):
        yield drafted


def _overtake(this: Round, spec: LetterSpec | None) -> None:
    if spec:
        binding.overtake(rounds.open_drafts(this, spec.id))


def _draft_extensions(
    office: Office, programme: Programme, this: Round, namings: list[rows.Naming], standing: dict[int, Standing]
) -> Iterator[NoLetter]:
    spec = binding.spec_on(programme, "extended")
    if spec is None:
        return
    extended = {naming.case_id: naming for naming in namings if naming.decision == "extended" and naming.until}
    for drafted in rounds.open_drafts(this):
        if drafted.kind == spec.id and drafted.case_id not in extended:
            binding.overtake([drafted])
    for naming in extended.values():
        result = binding.draft(office, spec, _extension(programme, this, naming, standing[naming.case_id]), naming.case)
        if isinstance(result, NoLetter):
            yield result


def _extension(programme: Programme, this: Round, naming: rows.Naming, line: Standing) -> ExtendedFacts:
    assert naming.until is not None
    earlier = naming.case.namings.filter(decision="extended", year__lt=this.year).order_by("-year")
    last = earlier.first()
    return ExtendedFacts(
        programme=programme,
        year=this.year,
        unit=line.unit,
        applicant=line.applicant,
        issue=Issue(),
        until=naming.until,
        formerly_until=last.until if last else None,
        reasons=(naming.reason,) if naming.reason else (),
        missing=tuple(f"补齐{label}" for label in line.missing),
        times=earlier.count() + 1,
    )
