"""By which names a text may call an applicant: what his form says, and the forms people shorten it to. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from formflow.model.evidence import Applicant
from formflow.rules.evidence_brands import cores_of

# “新驿站”户外劳动者关爱项目 is also called “新驿站”项目; 法律援助直通车（二期） goes without the bracket.
_SHORTEST_CORE = 3
_BRACKETED = re.compile(r"[（(〔\[][^（()）〔〕\[\]]*[)）〕\]]")
_PROJECT = "项目"
_SHORTEST = 4


def applicant_of(id_: str, label: str, names: Iterable[str]) -> Applicant:
    """An applicant by what his form says: `label` is what people see, `names` are the names of his project and organisation."""
    own = tuple(dict.fromkeys(name for name in names if name))
    short = (one for name in own for one in _shortened(name))
    return Applicant(id_, label, tuple(dict.fromkeys((*own, *short))))


def _shortened(name: str) -> Iterator[str]:
    """Each is as telling as the name; that they are long enough to be looked for is seen to there (`evidence_names`)."""
    bare = _BRACKETED.sub("", name).strip()
    if bare != name and len(bare) >= _SHORTEST:
        yield bare
    for core in cores_of(name):
        if len(core) >= _SHORTEST_CORE:
            yield core if core.endswith(_PROJECT) else core + _PROJECT
