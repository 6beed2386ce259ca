"""Whether the files of the outbox still are what was put there. Looks only, changes nothing.

In: the home, and the hashes the audit chain names for published files. Out: a `Difference` for each file that is missing or reads
differently, and for each whose entry in the register no longer agrees with the chain. Notes may be deleted and are not looked for; what
was set aside for a person is missed by nobody once it has been taken away.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from formflow.errors import in_words
from formflow.register import models as rows
from formflow.service import files, outbox
from formflow.service.home import SET_ASIDE, Home

# Made to be edited or filled in by a person.
EDITABLE = frozenset({"letter_docx", "review_sheet", "workbook"})
_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Difference:
    """A file that is not as it was entered. `path` is relative to the outbox, `what` as in the register ("" for a file that only the chain
    knows). `contradicted`: the chain and the register's own table name different content, or the table has lost the file."""

    path: str
    what: str
    kind: Literal["missing", "changed", "unreadable", "contradicted"]
    detail: str = ""

    @property
    def is_expected(self) -> bool:
        """Whether it is what people do: a draft edited, a sheet filled in, a letter filed elsewhere."""
        return self.kind == "missing" or (self.kind == "changed" and self.what in EDITABLE)


@dataclass(frozen=True, slots=True)
class Published:
    """How many files were looked for, and what was found of them."""

    count: int
    differences: tuple[Difference, ...]


def compare(home: Home, chained: Mapping[str, str]) -> Published:
    """Looks at every file that the register says was published. `chained`: path in the outbox → SHA-256, as the events say."""
    differences: list[Difference] = []
    count, unknown = 0, dict(chained)
    for row in rows.Publication.objects.iterator(_AT_ONCE):
        path = outbox.target_of(Path(), row).as_posix()
        unknown.pop(path, None)
        if row.state == rows.Publication.State.DONE and row.what != rows.Publication.What.NOTE:
            count += 1
            differences.extend(_differences(home, row, path, chained.get(path, "")))
    lost = (Difference(path, "", "contradicted", "登记库里已没有这份文件的登记") for path in unknown)
    return Published(count, (*differences, *lost))


def _differences(home: Home, row: rows.Publication, path: str, chained: str) -> Iterator[Difference]:
    if chained and chained != row.sha256:
        yield Difference(path, row.what, "contradicted", "登记的校验值与办理记录不一致")
    target = home.outbox / path
    try:
        found = files.sha256_of(target)
    except FileNotFoundError:
        if row.folder != SET_ASIDE:
            yield Difference(path, row.what, "missing")
    except OSError as error:
        yield Difference(path, row.what, "unreadable", in_words(error))
    else:
        if found != (chained or row.sha256):
            yield Difference(path, row.what, "changed")
