"""The seals of the register's rows: what each row says, as a digest that goes into the chain of events with the transaction that wrote it.

In: rows. Out: `{model: {key: digest}}` for the event entered last in a transaction, null for a row that was taken out; and, for an audit,
the digest of every row as it is now. A row that is changed, put in or taken out behind formflow's back then says something else than the
chain. Sealed is every column of every table that is `Kept`, but for `kept.UNSEALED`, and but for the name and hash of a file that is still
to be published: those are noted outside of any transaction, and sealed when it stands there.

A column that holds its default, or nothing, is left out of the digest: a column added by a later version breaks no seal.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from django.apps import apps
from django.db import DatabaseError, connection
from django.db.models import BooleanField, DateField, DateTimeField, Field, Model
from django.utils import timezone

from formflow.register import chain, touched
from formflow.register.models.journal import Event
from formflow.register.models.kept import UNSEALED, Kept

Rows = dict[str, dict[str, str | None]]
# Of a file that does not stand in the outbox yet.
_PENDING, _SETTLED_LATER = "pending", frozenset({"variant", "sha256"})
# 128 bits: nobody finds other content for a digest that is given.
_DIGITS = 32
_AT_ONCE = 500
# What stands in place of the digest of a row that can no longer be read, and how such a one shows.
ILLEGIBLE = "?"
_UNREADABLE = (DatabaseError, ValueError, TypeError, ArithmeticError)
# A day as SQLite is given it. Read are other spellings, too, but searched for is this one.
_DAY = "-".join("[0-9]" * digits for digits in (4, 2, 2))


def kept_models() -> tuple[type[Model], ...]:
    """Every table whose rows are sealed."""
    return tuple(model for model in apps.get_app_config("register").get_models() if issubclass(model, Kept))


def seal(changed: touched.Touched) -> None:
    """Enters what the rows that were touched say now with the event entered last; with one of its own if none was."""
    touched_keys = {name: keys for name, keys in sorted(changed.keys.items()) if keys}
    rows = {name: _of_keys(apps.get_model("register", name), keys) for name, keys in touched_keys.items()}
    if not rows:
        return
    if changed.event is None:
        enter_sealing(Event, rows, "entered")
        return
    event = changed.event
    event.rows, event.hash = rows, chain.event_hash(_fields(event, rows), event.at, event.previous_hash)
    event.save(update_fields=("rows", "hash"))


def enter_sealing(events: type[Model], rows: Rows, what: str) -> None:
    """Enters an event that says nothing but what rows say. `events`: the model, or that of a migration."""
    last = events._default_manager.order_by("-id").values_list("hash", flat=True).first()
    event = events(who="formflow", what=what, object="登记库", before=None, after=None, files={}, rows=rows)
    event.at, event.previous_hash = timezone.now(), last or chain.FIRST  # type: ignore[attr-defined]
    event.hash = chain.event_hash(_fields(event, rows), event.at, event.previous_hash)  # type: ignore[attr-defined]
    event.save()


def _fields(event: Any, rows: Rows) -> dict[str, Any]:
    names = ("who", "what", "object", "before", "after", "files")
    return {**{name: getattr(event, name) for name in names}, "rows": rows}


def _of_keys(model: type[Model], keys: Iterable[int]) -> dict[str, str | None]:
    """The digests of these rows; None for those that are not there any more."""
    ordered, found, sealing = sorted(keys), dict[int, str](), _sealing(model)
    for start in range(0, len(ordered), _AT_ONCE):
        some = ordered[start : start + _AT_ONCE]
        found.update(sealing.digests(f"IN ({', '.join(['%s'] * len(some))})", some))
    return {str(key): found.get(key) for key in ordered}


def sealed_now(model: type[Model], keys: Iterable[int]) -> dict[int, str]:
    """The digests of those of these rows that are there."""
    return {int(key): digest for key, digest in _of_keys(model, keys).items() if digest is not None}


def all_sealed_now(model: type[Model]) -> Iterator[tuple[int, str]]:
    """The digest of every row as it is now, by rising key."""
    after: dict[str, int] = {}
    while keys := list(model._default_manager.filter(**after).order_by("pk").values_list("pk", flat=True)[:_AT_ONCE]):
        yield from sorted(_sealing(model).digests("BETWEEN %s AND %s", (keys[0], keys[-1])).items())
        after = {"pk__gt": keys[-1]}


def _sealing(model: type[Model]) -> _Sealing:
    return _sealing_of(model, connection.vendor)


@cache
def _sealing_of(model: type[Model], vendor: str) -> _Sealing:
    """Of a table, as this kind of database answers."""
    unsealed = UNSEALED.get(model._meta.model_name or "", frozenset())
    return _Sealing(model, tuple(column for column in model._meta.concrete_fields if column.attname not in unsealed))


class _Sealing:
    """What is sealed of a table, asked for in SQL that is put together once: every transaction asks it of most tables."""

    def __init__(self, model: type[Model], columns: tuple[Field[Any, Any], ...]) -> None:
        self._columns = columns
        self._silent = [(column.attname, _silence(column)) for column in columns]
        expressions = [column.get_col(model._meta.db_table) for column in columns]
        self._converters = [(one, _converters(one)) for one in expressions]
        # What is no date is read as none at all: where one may be missing it is asked whether anything is written.
        self._dates = [at for at, column in enumerate(columns) if isinstance(column, DateField) and column.null]
        quoted = [connection.ops.quote_name(str(column.column)) for column in columns]
        self._key = connection.ops.quote_name(str(model._meta.pk.column))
        there = (f"{quoted[at]} IS NOT NULL" for at in self._dates)
        self._asked = ", ".join([self._key, *quoted, *there, _spelled_otherwise(columns)])
        self._table = connection.ops.quote_name(model._meta.db_table)

    def digests(self, which: str, values: Sequence[int]) -> dict[int, str]:
        """The digests of the rows whose key is so, by key. `which`: a condition in SQL."""
        try:
            return {key: self._digest_of(read) for key, *read in self._ask(self._asked, which, values)}
        except _UNREADABLE:  # of one row that cannot be read, all of them
            return {key: self._digest_of_one(key) for (key,) in self._ask(self._key, which, values)}

    def _ask(self, what: str, which: str, values: Sequence[int]) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {what} FROM {self._table} WHERE {self._key} {which}", values)
            found: list[tuple[Any, ...]] = cursor.fetchall()
        return found

    def _digest_of_one(self, key: int) -> str:
        try:
            ((_, *read),) = self._ask(self._asked, "= %s", (key,))
        except _UNREADABLE:  # a day that is none is told by the driver
            return ILLEGIBLE
        return self._digest_of(read)

    def _digest_of(self, read: list[Any]) -> str:
        """What a row says, as it was read: its columns, whether there is anything in those that may hold a date, and whether anything is
        spelled as formflow does not."""
        count = len(self._columns)
        try:
            row = [
                _converted(value, *how) if how[1] else value
                for value, how in zip(read[:count], self._converters, strict=True)
            ]
            *there, is_odd = read[count:]
            is_legible = not is_odd and all(
                row[at] is not None or not is_there for at, is_there in zip(self._dates, there, strict=True)
            )
            return self._digest(row) if is_legible else ILLEGIBLE
        except _UNREADABLE:
            return ILLEGIBLE

    def _digest(self, row: list[Any]) -> str:
        said = {
            name: _plain(value)
            for (name, nothing), value in zip(self._silent, row, strict=True)
            if value not in nothing
        }
        if "bundle" in said and said.get("state", _PENDING) == _PENDING:
            said = {name: value for name, value in said.items() if name not in _SETTLED_LATER}
        return hashlib.sha256(chain.canonical(said)).hexdigest()[:_DIGITS]


def _spelled_otherwise(columns: Iterable[Field[Any, Any]]) -> str:
    """Asks SQLite, which keeps whatever it is given, whether a column holds what reads as a value and is searched for as another: 2 for a yes
    or no, a day without its hyphens."""
    if connection.vendor != "sqlite":
        return "0"
    odd = []
    for column in columns:
        name = connection.ops.quote_name(str(column.column))
        if isinstance(column, BooleanField):
            odd.append(f"coalesce({name} NOT IN (0, 1), 0)")
        elif isinstance(column, DateField) and not isinstance(column, DateTimeField):
            odd.append(f"coalesce({name} NOT GLOB '{_DAY}', 0)")
    return " OR ".join(odd) or "0"


def _silence(column: Field[Any, Any]) -> tuple[Any, ...]:
    """What a column holds by itself: its default, else nothing."""
    return (column.get_default(),) if column.has_default() else (None, "")


def _converters(expression: Any) -> tuple[Any, ...]:
    return (*connection.ops.get_db_converters(expression), *expression.get_db_converters(connection))


def _converted(value: Any, expression: Any, converters: Iterable[Any]) -> Any:
    for convert in converters:
        value = convert(value, expression, connection)
    return value


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return chain.instant(value)
    return value.isoformat() if isinstance(value, date) else value
