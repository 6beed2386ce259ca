"""The seals of the register's rows: what each row says, as a digest that goes into the chain of events with the transaction that wrote it.

In: rows. Out: `{model: {key: digest}}` for the event entered last in a transaction, null for a row that was taken out; and, for an audit,
the digest of every row as it is now. A row that is changed, put in or taken out behind formflow's back then says something else than the
chain. Sealed is every column of every table that is `Kept`, but for `kept.UNSEALED`, and but for the name and hash of a file that is still
to be published: those are noted outside of any transaction, and sealed when it stands there.

A column that holds its default, or nothing, is left out of the digest: a column added by a later version breaks no seal.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import DatabaseError
from django.db.models import BooleanField, DateField, ExpressionWrapper, Field, Model, Q
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
_UNREADABLE = (ValueError, TypeError, ArithmeticError, DatabaseError)


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
    sealed = chain.event_hash(_fields(event, rows), event.at, event.previous_hash)
    Event.objects.filter(pk=event.pk).update(rows=rows, hash=sealed)


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
    ordered, found = sorted(keys), {}
    for start in range(0, len(ordered), _AT_ONCE):
        found.update(_digests(model, {"pk__in": ordered[start : start + _AT_ONCE]}))
    return {str(key): found.get(key) for key in ordered}


def sealed_now(model: type[Model], keys: Iterable[int]) -> dict[int, str]:
    """The digests of those of these rows that are there."""
    return {int(key): digest for key, digest in _of_keys(model, keys).items() if digest is not None}


def all_sealed_now(model: type[Model]) -> Iterator[tuple[int, str]]:
    """The digest of every row as it is now, by rising key."""
    after: dict[str, int] = {}
    while keys := list(model._default_manager.filter(**after).order_by("pk").values_list("pk", flat=True)[:_AT_ONCE]):
        yield from _digests(model, {"pk__gte": keys[0], "pk__lte": keys[-1]}).items()
        after = {"pk__gt": keys[-1]}


def _digests(model: type[Model], which: Mapping[str, Any]) -> dict[int, str]:
    columns = [column for column in model._meta.concrete_fields if column.attname not in _unsealed(model)]
    names = [column.attname for column in columns]
    # What is no date is read as none at all: where one may be missing it is asked whether anything is written.
    dates = [at for at, column in enumerate(columns) if isinstance(column, DateField) and column.null]
    written = {f"has_{names[at]}": _is_written(names[at]) for at in dates}
    found = model._default_manager.filter(**which).order_by("pk")
    digests = {}
    try:
        for key, *values in found.annotate(**written).values_list("pk", *names, *written):
            row, is_written = values[: len(names)], values[len(names) :]
            is_legible = all(row[at] is not None or not there for at, there in zip(dates, is_written, strict=True))
            digests[key] = _digest(columns, row) if is_legible else ILLEGIBLE
    except _UNREADABLE:
        return {key: _digest_of_one(model, columns, names, key) for key in found.values_list("pk", flat=True)}
    return digests


def _is_written(column: str) -> Any:
    return ExpressionWrapper(Q(**{f"{column}__isnull": False}), BooleanField())


def _digest_of_one(model: type[Model], columns: list[Any], names: list[str], key: int) -> str:
    try:
        return _digest(columns, model._default_manager.filter(pk=key).values_list(*names).get())
    except _UNREADABLE:
        return ILLEGIBLE


def _unsealed(model: type[Model]) -> frozenset[str]:
    return UNSEALED.get(model._meta.model_name or "", frozenset())


def _digest(columns: list[Any], values: Iterable[Any]) -> str:
    row = {column: value for column, value in zip(columns, values, strict=True) if _says(column, value)}
    said = {column.attname: _plain(value) for column, value in row.items()}
    if "bundle" in said and said.get("state", _PENDING) == _PENDING:
        said = {name: value for name, value in said.items() if name not in _SETTLED_LATER}
    return hashlib.sha256(chain.canonical(said)).hexdigest()[:_DIGITS]


def _says(column: Field[Any, Any], value: Any) -> bool:
    """Whether a column holds more than it does by itself."""
    if column.has_default():
        return bool(value != column.get_default())
    return value is not None and value != ""


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return chain.instant(value)
    return value.isoformat() if isinstance(value, date) else value
