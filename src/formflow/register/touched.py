"""Which rows one transaction enters, changes or takes out, and which event it entered last: remembered until it ends. Knows no table.

In: notes by the tables themselves (`models.kept`) and by `books.add_event`. Out: a `Touched` for `seals`. Outside of a transaction nothing
is remembered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Touched:
    """Primary keys by the model's name (lower case), and the event entered last as it was entered, None if none was."""

    keys: dict[str, set[int]] = field(default_factory=dict)
    event: Any = None


_current: ContextVar[Touched | None] = ContextVar("rows touched", default=None)


@contextmanager
def remembered() -> Iterator[Touched]:
    """Remembers everything that is noted inside the block."""
    touched = Touched()
    token = _current.set(touched)
    try:
        yield touched
    finally:
        _current.reset(token)


def is_remembering() -> bool:
    """Whether a transaction is under way."""
    return _current.get() is not None


def note(model: str, keys: Iterable[int]) -> None:
    """These rows of a model are not what they were."""
    touched = _current.get()
    if touched is not None:
        touched.keys.setdefault(model, set()).update(keys)


def note_event(event: Any) -> None:
    """An event was entered."""
    touched = _current.get()
    if touched is not None:
        touched.event = event


def last_event() -> Any:
    """The event this transaction entered last; None if it has entered none, or there is no transaction."""
    touched = _current.get()
    return touched.event if touched is not None else None
