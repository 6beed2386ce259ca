"""通报 of incomplete submissions: who, county by county, has not handed in what is needed by a day, and for how long it is overdue.

In: a programme's year and a day. Out: the facts, or a draft of the letter. The draft goes the way of every binding letter.
"""

from __future__ import annotations

from datetime import date

from formflow.errors import ConfigurationError
from formflow.model.letter import CircularFacts, IncompleteUnit, Issue, NoLetter
from formflow.model.programme import Programme
from formflow.register import books
from formflow.register import models as rows
from formflow.register.standing import Standing, standings
from formflow.rules.calendar import days_overdue
from formflow.service import binding
from formflow.service.delivery import deliver
from formflow.service.office import Office


def facts_of(programme: Programme, year: int, as_of: date) -> CircularFacts:
    """Everything that is incomplete with the papers that had come by the end of a day."""
    lines = standings(programme, year, as_of)
    incomplete = tuple(_unit(line, as_of) for line in lines if line.outcome == "supplement")
    return CircularFacts(programme, year, Issue(), as_of, incomplete, received=len(lines))


def _unit(line: Standing, as_of: date) -> IncompleteUnit:
    return IncompleteUnit(line.unit, line.county, line.missing, line.deadline, days_overdue(line.deadline, as_of))


def draft_circular(office: Office, programme: Programme, year: int, as_of: date) -> rows.Letter | NoLetter:
    """Enters the draft and puts it into the outbox. Raises ConfigurationError if the pack has no such letter."""
    spec = binding.spec_on(programme, "circulated")
    # Where nothing names, the 通报 commends: it has no place for what is missing.
    if spec is None or spec == binding.final_spec(programme):
        raise ConfigurationError(
            f"项目“{programme.name}”没有通报这种文书", "请在它的 letters.yaml 里加一种 when: circulated 的文书和模板。"
        )
    with books.transaction():
        drafted = binding.draft(office, spec, facts_of(programme, year, as_of))
    if not isinstance(drafted, NoLetter):
        deliver(office)
    return drafted
