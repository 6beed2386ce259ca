"""The base of every table that is written for each paper: its rows are put in and changed with SQL that is put together once, where Django would
do so anew for each row, which takes longer than writing it.

What a row is, how its values are made ready for the database and what saving it means is Django's. What is more than plain values in plain columns
(an expression, a conflict to be settled) goes Django's way altogether.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import connections, models

# So many rows are put in by one statement; of more, Django makes as few statements as the database allows.
MOST_AT_ONCE = 16
if TYPE_CHECKING:
    _Field = models.Field[Any, Any]


class Written(models.Model):
    """A row that is written so."""

    class Meta:
        abstract = True

    def _do_insert(self, manager: Any, using: str, fields: Any, returning_fields: Any, raw: bool) -> Any:
        keys = None if raw else put_in(type(self), [self], tuple(fields), tuple(returning_fields), using)
        return keys or super()._do_insert(manager, using, fields, returning_fields, raw)  # type: ignore[misc]

    def _do_update(self, *how: Any, **more: Any) -> Any:
        _, using, key, values, *_ = how
        is_done = _change(type(self), key, values, using)
        return super()._do_update(*how, **more) if is_done is None else is_done


def put_in(
    model: type[models.Model],
    rows: Sequence[models.Model],
    fields: tuple[_Field, ...],
    returning: tuple[_Field, ...],
    using: str,
) -> list[tuple[int]] | None:
    """Puts new rows in; their keys in the same order, None if these rows are to be put in by Django."""
    if not 0 < len(rows) <= MOST_AT_ONCE or returning != (model._meta.pk,):
        return None
    connection, ready = connections[using], []
    for row in rows:
        values = [field.pre_save(row, add=True) for field in fields]
        if not _is_plain(fields, values):
            return None
        ready += [field.get_db_prep_save(value, connection) for field, value in zip(fields, values, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(_putting_in(model, fields, len(rows), connection.vendor), ready)
        keys: list[tuple[int]] = cursor.fetchall()
    return keys


def _change(model: type[models.Model], key: int, values: Sequence[tuple[_Field, Any, Any]], using: str) -> bool | None:
    """Changes columns of a row, given as Django gives them; whether it is there, None if Django has to do it."""
    fields, new = tuple(field for field, _, _ in values), [value for _, _, value in values]
    if not _is_plain(fields, new):
        return None
    connection = connections[using]
    ready = [field.get_db_prep_save(value, connection) for field, value in zip(fields, new, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(_changing(model, fields, connection.vendor), [*ready, key])
        return bool(cursor.rowcount > 0)


def _is_plain(fields: Sequence[_Field], values: Iterable[Any]) -> bool:
    if any(hasattr(field, "get_placeholder") for field in fields):
        return False
    return bool(fields) and not any(hasattr(value, "resolve_expression") for value in values)


@cache
def _putting_in(model: type[models.Model], fields: tuple[_Field, ...], count: int, vendor: str) -> str:
    quoted = _quoted(model, fields)
    row = f"({', '.join(['%s'] * len(fields))})"
    columns, rows = ", ".join(quoted[2:]), ", ".join([row] * count)
    return f"INSERT INTO {quoted[0]} ({columns}) VALUES {rows} RETURNING {quoted[1]}"


@cache
def _changing(model: type[models.Model], fields: tuple[_Field, ...], vendor: str) -> str:
    table, key, *columns = _quoted(model, fields)
    return f"UPDATE {table} SET {', '.join(f'{column} = %s' for column in columns)} WHERE {key} = %s"


def _quoted(model: type[models.Model], fields: tuple[_Field, ...]) -> list[str]:
    """The names of the table, its key and these columns as they stand in SQL."""
    names = (model._meta.db_table, str(model._meta.pk.column), *(str(field.column) for field in fields))
    return [f'"{name}"' for name in names]
