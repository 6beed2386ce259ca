"""Frozen values of the model as plain JSON for the register, and the same values again.

In: a dataclass made of dataclasses, tuples, mappings by text, dates, `Decimal`, `Fraction`, text, numbers, truth values and None. Out:
what `json` takes. A field named in `leave_out` is not kept: it is handed in again when the value is loaded.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cache, partial
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

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
    value = kind(**_parts_of(kind, data), **handed_in) if is_dataclass(kind) else _loader(cast(Any, kind))(data)
    assert isinstance(value, kind)
    return value


_Load = Callable[[Any], Any]


@cache
def _loader(kind: Any) -> _Load:
    """What makes a value of a kind again: looked up in its type once, for there are thousands of them in a year's sheets."""
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        within = _loader(_kind_within(kind))
        return lambda data: None if data is None else within(data)
    if origin is tuple:
        return _tuple_loader(get_args(kind))
    if origin is not None and origin is not Literal and issubclass(origin, Mapping):
        item = _loader(get_args(kind)[1])
        return lambda data: {key: item(value) for key, value in data.items()}
    if origin is None and isinstance(kind, type) and is_dataclass(kind):
        return partial(_dataclass_of, kind)
    if kind is date:
        return date.fromisoformat
    return kind if kind in _WRITTEN else _as_it_is


def _as_it_is(data: Any) -> Any:
    return data


def _dataclass_of(kind: Any, data: Mapping[str, Any]) -> Any:
    return kind(**_parts_of(kind, data))


def _parts_of(kind: Any, data: Mapping[str, Any]) -> dict[str, Any]:
    loaders = _loaders(kind)
    return {name: loaders[name](item) for name, item in data.items()}


@cache
def _loaders(kind: type) -> dict[str, _Load]:
    """Of the fields of a dataclass."""
    return {name: _loader(hint) for name, hint in get_type_hints(kind).items()}


def _kind_within(kind: Any) -> Any:
    """The kind of a value that may be None."""
    (only,) = [part for part in get_args(kind) if part is not type(None)]
    return only


def _tuple_loader(given: tuple[Any, ...]) -> _Load:
    """One kind for all items (`tuple[int, ...]`) or one for each."""
    if len(given) == 2 and given[1] is Ellipsis:
        item = _loader(given[0])
        return lambda data: tuple(map(item, data))
    loaders = tuple(map(_loader, given))
    return lambda data: tuple(load(item) for load, item in zip(loaders, data, strict=True))
