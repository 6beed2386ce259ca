"""Waiting for each other where several processes work with one register on PostgreSQL.

A register in a file has one process working with it, and lets one transaction write at a time: nothing is done here then. On PostgreSQL the
same is brought about by advisory locks, which the server lets go of when a process dies or its machine is gone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, InterfaceError, connection

# By this one those who work with the register know of each other: alone, or beside others.
HOUSE = "formflow/house"
_WRITING = "formflow/writing"
_TRY_SHARED = "SELECT pg_try_advisory_lock_shared(%s)"
_kept: set[str] = set()


def is_shared() -> bool:
    """Whether the open register is one that several machines may work with."""
    return connection.vendor == "postgresql"


def write_alone() -> None:
    """Waits until no other transaction writes; lasts until the caller's transaction ends.

    Case numbers, the number books, the ledger and the chain of events each follow from the last one that was entered: the next transaction
    has to see it. In READ COMMITTED, every query after this one sees all that was committed before.
    """
    if is_shared():
        _ask("SELECT pg_advisory_xact_lock(%s)", _WRITING)


@contextmanager
def exclusive(name: str) -> Iterator[None]:
    """Only one process at a time is inside a block of this name. Not to be entered inside a transaction."""
    with _held(name, "SELECT pg_advisory_lock(%s)", "SELECT pg_advisory_unlock(%s)"):
        yield


@contextmanager
def shared(name: str) -> Iterator[None]:
    """Any number of processes may be inside, as long as none is in an `exclusive` block of the same name."""
    with _held(name, "SELECT pg_advisory_lock_shared(%s)", "SELECT pg_advisory_unlock_shared(%s)"):
        yield


def try_exclusive(name: str) -> bool:
    """Takes the lock for as long as this connection lasts, if nobody has it; whether it did."""
    return not is_shared() or bool(_ask("SELECT pg_try_advisory_lock(%s)", name))


def keep_shared(name: str) -> bool:
    """The same beside others who share it, and for as long as this process has any connection: each that is made later takes it, too
    (`take_kept`)."""
    if is_shared() and not _ask(_TRY_SHARED, name):
        return False
    _kept.add(name)
    return True


def take_kept() -> bool:
    """Takes with a connection that has just been made what this process keeps; whether nobody has it for himself meanwhile."""
    return all(_ask(_TRY_SHARED, name) for name in _kept)


def keep_nothing() -> None:
    """What was kept is let go of with the connections."""
    _kept.clear()


def release(name: str) -> None:
    """Lets go of what `try_exclusive` took."""
    if is_shared():
        _let_go("SELECT pg_advisory_unlock(%s)", name)


@contextmanager
def _held(name: str, take: str, give: str) -> Iterator[None]:
    if not is_shared():
        yield
        return
    _ask(take, name)
    try:
        yield
    finally:
        _let_go(give, name)


def _let_go(query: str, name: str) -> None:
    try:
        _ask(query, name)
    except (DatabaseError, InterfaceError):  # the connection is gone, and the lock with it
        connection.close()


def _ask(query: str, name: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(query, [_key(name)])
        return cursor.fetchone()[0]


def _key(name: str) -> int:
    """The 64-bit number that PostgreSQL knows a lock by."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
