"""The score sheets that are handed to the judges of a round, one file a unit: made when a unit is to be assessed, and made again alone when
what is shown about it has changed.

In: what a round shows of its units. Out: a publication for each sheet that is new or has changed; those of units that are not to be assessed
any more are taken back. A sheet that a judge has filled in on the spot stays. Inside a transaction of the caller's.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from formflow.errors import FormflowError
from formflow.model.programme import Programme
from formflow.model.proposals import CaseProposals
from formflow.model.rubric import Rubric
from formflow.register import publications, rounds
from formflow.register.entries import PlannedBundle, PlannedFile
from formflow.register.rounds import Round
from formflow.rules.proposals import has_proposals
from formflow.service.names import safe
from formflow.service.office import Office
from formflow.service.proposals import handed_out

KIND = "score_sheets"
FOLDER = "评审/待填评分表"


@dataclass(frozen=True, slots=True)
class Handouts:
    """The sheets of a round: what all have in common, and what is shown on each."""

    programme_name: str
    rubric: Rubric
    cases: tuple[CaseProposals, ...]


def rounds_to_score(office: Office) -> list[Round]:
    """Every year of a programme that counts something for its judges."""
    counting = {programme.id for programme in office.programmes if has_proposals(programme)}
    return [this for this in rounds.rounds_with_cases() if this.programme_id in counting] if counting else []


def handouts_of(programme: Programme, this: Round) -> Handouts:
    """The sheets as they would be handed out now."""
    return Handouts(programme.name, programme.rubrics[0], handed_out(programme, this))


def plan(this: Round, shown: Handouts, folder: str, revision: int) -> int:
    """Plans what has to be made and taken back; how many sheets are to be made."""
    prefix = f"{KIND}/{this.programme_id}/{this.year}/"
    there = publications.latest_in(prefix)
    common = sha256(repr((shown.programme_name, shown.rubric)).encode())
    planned = 0
    for one in shown.cases:
        known = common.copy()
        known.update(repr(one).encode())
        earlier = there.pop(series := f"{prefix}{one.code}", None)
        if earlier is None or json.loads(earlier.text)["sha256"] != known.hexdigest():
            about = _about(this, one, revision, known.hexdigest())
            file = PlannedFile("workbook", ".xlsx", text=json.dumps(about))
            publications.add_bundle(PlannedBundle(f"{series}/{revision}", folder, safe(one.unit), (file,), series))
            planned += 1
    for series in there:
        publications.take_back_series(series)
    return planned


def one_of(programme: Programme, shown: Handouts, about: Mapping[str, Any]) -> tuple[Programme, CaseProposals]:
    """What a planned sheet is made of. Raises FormflowError if the unit is not to be assessed any more."""
    for one in shown.cases:
        if one.code == about["case"]:
            return programme, one
    raise FormflowError("这个单位已不在本轮评审之列", "不用处理，这份评分表不再发出。")


def _about(this: Round, one: CaseProposals, revision: int, digest: str) -> Mapping[str, Any]:
    named = {"kind": KIND, "programme": this.programme_id, "year": this.year, "revision": revision}
    return {**named, "case": one.code, "sha256": digest}
