"""A record and the papers beside it → what is proposed to the judges, and what it was counted from. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from formflow.model.evidence_kept import CaseEvidence
from formflow.model.measures import ByMaterials, ByPieces, Press
from formflow.model.programme import Form, Programme
from formflow.model.proposals import CaseProposals, Listed, Ticked
from formflow.model.record import Record
from formflow.rules.evidence import asked
from formflow.rules.measured import propose


def has_proposals(programme: Programme) -> bool:
    """Whether a programme counts anything for its judges."""
    return bool(programme.rubrics and programme.measures)


def case_proposals(
    programme: Programme, record: Record, unit: str = "", code: int = 0, evidence: CaseEvidence | None = None
) -> CaseProposals:
    """What is proposed for a record of a programme that `has_proposals`. `evidence`: None where nobody has looked for papers."""
    form = programme.form("application")
    return CaseProposals(
        unit=unit,
        code=code,
        proposals=propose(programme.rubrics[0], programme.measures, record, _press(programme, evidence)),
        materials=tuple(_materials(programme, form, record)) if form else (),
        listed=tuple(_listed(programme, form, record)) if form else (),
        evidence=evidence,
    )


def _press(programme: Programme, evidence: CaseEvidence | None) -> Press | None:
    if programme.media is None:
        return None
    if evidence is None:
        return Press(programme.media)
    # What is asked about reports that are his is asked again where they are counted, in the light of what the form says.
    own = set(asked(evidence.reports, evidence.applicant))
    more = tuple(question for question in evidence.questions if question not in own)
    return Press(programme.media, evidence.applicant, evidence.reports, more)


def _materials(programme: Programme, form: Form, record: Record) -> Iterator[Ticked]:
    """Every box of the fields that materials are ticked in."""
    measures = [measure for measure in programme.measures if isinstance(measure, ByMaterials)]
    for name in dict.fromkeys(measure.field for measure in measures):
        ticked = record.value(name)
        for option in form.field(name).options:
            criteria = tuple(m.criterion for m in measures if option in {material.option for material in m.materials})
            yield Ticked(option, None if ticked is None else option in ticked, criteria)


def _listed(programme: Programme, form: Form, record: Record) -> Iterator[Listed]:
    """The rows of every field that is counted by rows."""
    for measure in programme.measures:
        if isinstance(measure, ByPieces):
            field = form.field(measure.field)
            rows = record.value(measure.field) or ()
            yield Listed(
                label=field.label,
                criterion=measure.criterion,
                heads=tuple(column.label for column in field.columns),
                rows=tuple(tuple(str(row.get(column.id) or "") for column in field.columns) for row in rows),
            )
