"""Frozen values of the model as plain JSON for the register, and the same values again.

In: a dataclass made of dataclasses, tuples, mappings by text, dates, `Decimal`, `Fraction`, text, numbers, truth values and None. Out:
what `json` takes. A field named in `leave_out` is not kept: it is handed in again when the value is loaded.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

_T = TypeVar("_T")
_WRITTEN = (date, Decimal, Fraction)


def dump(value: Any, leave_out: frozenset[str] = frozenset()) -> Any:
    """The value as JSON holds it. TypeError for a kind of value that could not be loaded again."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: dump(getattr(value, f.name)) for f in fields(value) if f.name not in leave_out}
    if isinstance(value, Mapping):
        return {str(key): dump(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [dump(item) for item in value]
    if isinstance(value, datetime):
        raise TypeError("a moment has no place in a letter or sheet; take its day")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, _WRITTEN):
        return str(value)
    if value is None or isinstance(value, str | int | float):
        return value
    raise TypeError(f"{type(value).__name__} cannot be kept as JSON")


def load(kind: type[_T], data: Any, **handed_in: Any) -> _T:
    """The value again; `handed_in` are the fields that were left out. ValueError or TypeError when the data is not of that kind."""
    value = _load(kind, data, handed_in)
    assert isinstance(value, kind)
    return value


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _load(kind: Any, data: Any, handed_in: Mapping[str, Any]) -> Any:
    origin = get_origin(kind)
    if origin is Literal:
        return data
    if origin in (Union, types.UnionType):
        return None if data is None else _load(_kind_within(kind), data, {})
    if origin is tuple:
        return tuple(_load(part, item, {}) for part, item in zip(_parts(kind, len(data)), data, strict=True))
    if origin is not None and issubclass(origin, Mapping):
        return {key: _load(get_args(kind)[1], item, {}) for key, item in data.items()}
    if is_dataclass(kind):
        return _load_dataclass(kind, data, handed_in)
    if kind is date:
        return date.fromisoformat(data)
    return kind(data) if kind in _WRITTEN else data


def _load_dataclass(kind: Any, data: Mapping[str, Any], handed_in: Mapping[str, Any]) -> Any:
    hints = _hints(kind)
    return kind(**{name: _load(hints[name], item, {}) for name, item in data.items()}, **handed_in)


def _kind_within(kind: Any) -> Any:
    """The kind of a value that may be None."""
    (only,) = [part for part in get_args(kind) if part is not type(None)]
    return only


def _parts(kind: Any, count: int) -> tuple[Any, ...]:
    """The kinds of a tuple's items: one for all (`tuple[int, ...]`) or one for each."""
    given = get_args(kind)
    return (given[0],) * count if len(given) == 2 and given[1] is Ellipsis else given
