"""Whether the rows of the register still say what the chain says of them, and which do not. Looks only.

In: the entries of a sound chain, gathered as they are walked. Out: a `RowFault` for each row that was changed, put in or taken out behind
formflow's back, with the entry that spoke of it last. A row that formflow writes meanwhile is looked at again with what the chain says by
then. Memory: 24 bytes for each row there ever was.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import Model

from formflow.register import journal, seals
from formflow.register.proof import Entry

_WIDTH = 16
_NOTHING, _ILLEGIBLE = bytes(_WIDTH), b"\xff" * _WIDTH
# How often rows that differ are looked at again while somebody writes.
_LOOKS = 5


@dataclass(frozen=True, slots=True)
class RowFault:
    """`table` is its Chinese name, `key` the row's number in it; `entry_id` is the entry that spoke of it last, None if none ever did."""

    kind: Literal["changed", "inserted", "removed"]
    table: str
    key: int
    entry_id: int | None


class _Table:
    """What the chain says last of each row of a table, by the row's number."""

    def __init__(self) -> None:
        self._digests = bytearray()
        self._entries = array("q")

    def note(self, key: int, digest: str | None, entry_id: int) -> None:
        if key >= len(self._entries):
            more = key + 1 - len(self._entries)
            self._digests.extend(bytes(more * _WIDTH))
            self._entries.extend([0] * more)
        sealed = _ILLEGIBLE if digest == seals.ILLEGIBLE else bytes.fromhex(digest) if digest else _NOTHING
        self._digests[key * _WIDTH : (key + 1) * _WIDTH] = sealed
        self._entries[key] = entry_id

    def digest(self, key: int) -> str:
        """The digest of a row, "" for a row that is not to be there; `ILLEGIBLE` for one that could not be read when it was sealed."""
        found = bytes(self._digests[key * _WIDTH : (key + 1) * _WIDTH]) if key >= 0 else b""
        return seals.ILLEGIBLE if found == _ILLEGIBLE else found.hex() if any(found) else ""

    def entry(self, key: int) -> int | None:
        return self._entries[key] or None if 0 <= key < len(self._entries) else None

    def keys(self) -> Iterator[int]:
        """The rows that are to be there, rising."""
        return (key for key in range(len(self._entries)) if self.digest(key))


class Sealed:
    """What the chain says of all rows. `note` takes each entry once, in order."""

    def __init__(self) -> None:
        self._tables: dict[str, _Table] = {}
        self._last = 0

    def note(self, entry: Entry) -> None:
        self._last = entry.id
        for name, digests in (entry.rows or {}).items():
            table = self._tables.setdefault(name, _Table())
            for key, digest in digests.items():
                table.note(int(key), digest, entry.id)

    def faults(self) -> tuple[int, tuple[RowFault, ...]]:
        """How many rows were compared, and those that differ."""
        count = 0
        found: list[RowFault] = []
        for model in seals.kept_models():
            compared, keys = self._differing(model)
            count += compared
            found.extend(self._settled(model, keys))
        return count, tuple(found)

    def _table_of(self, model: type[Model]) -> _Table:
        return self._tables.setdefault(model._meta.model_name or "", _Table())

    def _differing(self, model: type[Model]) -> tuple[int, list[int]]:
        """How many rows there are, and the keys of those that are not as they are to be."""
        table, differing, count = self._table_of(model), [], 0
        expected = table.keys()
        due = next(expected, None)
        for key, digest in seals.all_sealed_now(model):
            count += 1
            while due is not None and due < key:
                differing.append(due)
                due = next(expected, None)
            if due == key:
                due = next(expected, None)
            if _differ(digest, table.digest(key)):
                differing.append(key)
        return count, [*differing, *((due,) if due is not None else ()), *expected]

    def _settled(self, model: type[Model], keys: list[int]) -> Iterator[RowFault]:
        """The rows that still differ when all is taken in that was entered since."""
        table, now = self._table_of(model), {}
        for _ in range(_LOOKS if keys else 0):
            now = seals.sealed_now(model, keys)
            if not self._catch_up():
                break
        for key in keys:
            there, due = now.get(key, ""), table.digest(key)
            if _differ(there, due):
                kind: Any = "changed" if there and due else "inserted" if there else "removed"
                yield RowFault(kind, str(model._meta.verbose_name), key, table.entry(key))

    def _catch_up(self) -> bool:
        """Takes in what was entered since; whether anything was."""
        before = self._last
        for entry in journal.entries(after=before):
            self.note(entry)
        return self._last != before


def _differ(there: str, due: str) -> bool:
    """Whether a row is not as it is to be. One that cannot be read never is, even if it could not be when it was sealed."""
    return there != due or there == seals.ILLEGIBLE
