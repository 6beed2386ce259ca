"""What an applicant's project is called in quotes: “新驿站” of “新驿站”户外劳动者关爱项目. Pure.

A text calls the project so once it has told who runs it, and so do headlines. By itself a name in quotes proves nothing: many a union has
its “爱心驿站”.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from formflow.model.evidence import Applicant
from formflow.model.text import fold

_QUOTED = re.compile(r"[“\"「『‘](?P<core>[^”\"」』’“「『‘]{2,20})[”\"」』’]")


def cores_of(name: str) -> tuple[str, ...]:
    """What stands in quotes in a name, as written."""
    return tuple(match["core"] for match in _QUOTED.finditer(name))


class Brands:
    """The names in quotes of all applicants; one that several of them use tells nobody."""

    def __init__(self, applicants: Iterable[Applicant]) -> None:
        owners: dict[str, set[str]] = {}
        for applicant in applicants:
            for name in (applicant.name, *applicant.names):
                for core in cores_of(name):
                    owners.setdefault(fold(core), set()).add(applicant.id)
        self._owners = {core: next(iter(ids)) for core, ids in owners.items() if len(ids) == 1}

    def called_in(self, text: str) -> Iterator[tuple[str, str]]:
        """(applicant, the name as it stands in quotes) at every place of a text."""
        for match in _QUOTED.finditer(text) if self._owners else ():
            if applicant := self._owners.get(fold(match["core"])):
                yield applicant, match[0]
