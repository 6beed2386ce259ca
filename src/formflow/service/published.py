"""Whether the files of the outbox still are what was put there. Looks only, changes nothing.

In: the home, and the hashes the audit chain names for published files. Out: a `Difference` for each file that is missing or reads
differently, and for each whose entry in the register no longer agrees with the chain. Notes may be deleted and are not looked for; what
was set aside for a person is missed by nobody once it has been taken away.
"""

from __future__ import annotations

import io
import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Literal

from formflow.errors import in_words_alone
from formflow.register import models as rows
from formflow.service import files, outbox
from formflow.service.chained import Chained
from formflow.service.home import SET_ASIDE, Home

# Made to be edited or filled in by a person.
EDITABLE = frozenset({"letter_docx", "review_sheet", "workbook"})
_AT_ONCE = 1000
_IN_MEMORY = 4 * 1024 * 1024  # bytes of differences
_COLUMNS = ("folder", "stem", "variant", "ending", "what", "state", "sha256")


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


class Differences(Collection[Difference]):
    """All that was found, in the order it was found in. An office that files its years elsewhere has hundreds of thousands that are missing:
    they are not all in memory."""

    def __init__(self) -> None:
        self.unexpected = 0  # how many are not what people do
        self._count = 0
        self._lines = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - as long as the list itself

    def add(self, one: Difference) -> None:
        self._lines.seek(0, io.SEEK_END)
        line = (one.path, one.what, one.kind, one.detail)
        self._lines.write(json.dumps(line).encode() + b"\n")
        self._count += 1
        self.unexpected += not one.is_expected

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Difference]:
        place = 0
        while True:
            self._lines.seek(place)
            line = self._lines.readline()
            if not line:
                return
            place = self._lines.tell()
            yield Difference(*json.loads(line))

    def __contains__(self, one: object) -> bool:
        return any(one == other for other in self)


@dataclass(frozen=True, slots=True)
class Published:
    """How many files were looked for, and what was found of them."""

    count: int
    differences: Differences


def compare(home: Home, chained: Chained) -> Published:
    """Looks at every file that the register says was published, and for those that only the events speak of."""
    differences = Differences()
    count = 0
    for row in rows.Publication.objects.only(*_COLUMNS).iterator(_AT_ONCE):
        path = _path_of(row)
        hash_ = chained.known(path)
        if row.state == rows.Publication.State.DONE and row.what != rows.Publication.What.NOTE:
            count += 1
            for one in _differences(home, row, path, hash_):
                differences.add(one)
    for path in chained.unknown():
        differences.add(Difference(path, "", "contradicted", "登记库里已没有这份文件的登记"))
    return Published(count, differences)


def _path_of(row: rows.Publication) -> str:
    """Where a file stands in the outbox. Whoever wrote into the register need not have left a name that can be one."""
    try:
        return outbox.target_of(Path(), row).as_posix()
    except TypeError:
        return f"{row.folder}/{row.stem}（{row.variant}）{row.ending}"


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
        yield Difference(path, row.what, "unreadable", in_words_alone(error))
    else:
        if found != (chained or row.sha256):
            yield Difference(path, row.what, "changed")
