"""By which names a text may call an applicant: what his form says, and the forms people shorten it to. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from formflow.model.evidence import Applicant

# “新驿站”户外劳动者关爱项目 is also called “新驿站”项目; 法律援助直通车（二期） goes without the bracket.
_QUOTED = re.compile(r"[“\"「『‘](?P<core>[^”\"」』’]{3,20})[”\"」』’]")
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
    for quoted in _QUOTED.finditer(name):
        core = quoted["core"]
        yield core + _PROJECT if not core.endswith(_PROJECT) else core
