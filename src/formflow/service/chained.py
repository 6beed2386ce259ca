"""What the chain of events says last of each file in the outbox, for as many files as there ever were.

In: what sound entries say of files, in order. Out: the hash of a file by its path, and the paths nobody asked for. It takes the same memory
for ten files and for a million: what does not fit lies in a file without a name, which is gone with the process.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from types import TracebackType

_MEMORY_KB = 16 * 1024


class Chained:
    """Path in the outbox (with /) → SHA-256."""

    def __init__(self) -> None:
        self._table = sqlite3.connect("", isolation_level=None)  # "": one that is nobody else's and never has a name
        for statement in (
            f"PRAGMA cache_size = -{_MEMORY_KB}",
            "PRAGMA journal_mode = OFF",
            "PRAGMA synchronous = OFF",
            "CREATE TABLE file (path BLOB PRIMARY KEY, sha256 TEXT, is_known INTEGER DEFAULT 0) WITHOUT ROWID",
            "BEGIN",  # never ended: nothing of it has to last
        ):
            self._table.execute(statement)

    def __enter__(self) -> Chained:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._table.close()

    def note(self, files: Mapping[str, str]) -> None:
        """What a further entry says."""
        said = ((_key(path), hash_) for path, hash_ in files.items())
        self._table.executemany("INSERT OR REPLACE INTO file (path, sha256) VALUES (?, ?)", said)

    def known(self, path: str) -> str:
        """The hash of a file, "" if none was entered; such a file is not among those `unknown`."""
        key = _key(path)
        found = self._table.execute("SELECT sha256, is_known FROM file WHERE path = ?", (key,)).fetchone()
        if found is None:
            return ""
        if not found[1]:
            self._table.execute("UPDATE file SET is_known = 1 WHERE path = ?", (key,))
        return str(found[0])

    def unknown(self) -> Iterator[str]:
        """The files whose hash nobody has asked for, by their path."""
        for (key,) in self._table.execute("SELECT path FROM file WHERE NOT is_known ORDER BY path"):
            yield key.decode("utf-8", "surrogatepass")


def _key(path: str) -> bytes:
    """A name in a folder need not be text."""
    return path.encode("utf-8", "surrogatepass")
