"""A copy of the register's database as it is at one moment, taken while others write; and what such a copy knows of files.

In: paths of SQLite files. Out: a single file that has been looked through, or plain values. Django is not asked: a copy is no register
anybody works in.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from formflow.errors import EnvironmentFailure, in_words

_BUSY_S = 30


@dataclass(frozen=True, slots=True)
class Place:
    """Where a published file stands, as the parts of its name in the register."""

    folder: str
    stem: str
    variant: int
    ending: str


def copy_register(register: Path, target: Path) -> None:
    """Copies the database into a new file, with SQLite's online backup. Raises EnvironmentFailure when it cannot be copied or the copy is
    not sound; nothing is left then."""
    try:
        with _opened(register) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
            found = [row[0] for row in copy.execute("PRAGMA quick_check(5)")]
    except (sqlite3.Error, OSError) as error:
        target.unlink(missing_ok=True)
        raise EnvironmentFailure(
            f"登记库备份不了：{in_words(error)}",
            "请检查存放备份的磁盘有没有空间、state 文件夹有没有读写权限，再用 formflow doctor 复查。",
        ) from error
    if found != ["ok"]:
        target.unlink(missing_ok=True)
        raise EnvironmentFailure(
            f"登记库已损坏：{'；'.join(found)}", "请停止办理，用最近一次完好的备份恢复（formflow restore）。"
        )


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    uri = f"{path.resolve().as_uri()}?mode=rw"
    with closing(sqlite3.connect(uri, uri=True, timeout=_BUSY_S)) as connection:
        yield connection


def received_since(copy: Path, moment: datetime) -> frozenset[str]:
    """The SHA-256 of every file that was received from a moment on, to the second."""
    since = moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")  # a whole second is stored without a fraction
    with _opened(copy) as connection:
        found = connection.execute("SELECT sha256 FROM register_paper WHERE received_at >= ?", (since,))
        return frozenset(row[0] for row in found)


def finished_claims(copy: Path) -> frozenset[str]:
    """The claims whose files are not needed in the state folder any more: entered, and published or without anything to publish."""
    with _opened(copy) as connection:
        found = connection.execute(
            "SELECT claim_id FROM register_paper WHERE state <> 'waiting' AND NOT EXISTS (SELECT 1 FROM"
            " register_publication WHERE paper_id = register_paper.id AND register_publication.state = 'pending')"
        )
        return frozenset(row[0] for row in found)


def last_publication(copy: Path) -> int:
    """The number of the publication that was entered last; 0 if there is none."""
    with _opened(copy) as connection:
        return int(connection.execute("SELECT coalesce(max(id), 0) FROM register_publication").fetchone()[0])


def published_after(register: Path, last: int) -> tuple[Place, ...]:
    """Where everything stands that was entered after the publication with this number and is in place."""
    with _opened(register) as connection:
        found = connection.execute(
            "SELECT folder, stem, variant, ending FROM register_publication WHERE id > ? AND state = 'done'", (last,)
        )
        return tuple(Place(*row) for row in found)


def end_of_journal(copy: Path) -> tuple[int, str]:
    """How many events there are, and the hash of the last: (0, "") if there are none."""
    with _opened(copy) as connection:
        count = connection.execute("SELECT count(*) FROM register_event").fetchone()[0]
        last = connection.execute("SELECT hash FROM register_event ORDER BY id DESC LIMIT 1").fetchone()
        return int(count), last[0] if last else ""
