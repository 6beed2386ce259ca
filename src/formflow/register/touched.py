"""Which rows one transaction enters, changes or takes out, and which event it entered last: remembered until it ends. Knows no table.

In: notes by the tables themselves (`models.kept`) and by `books.add_event`. Out: a `Touched` for `seals`. Outside of a transaction nothing
is remembered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field


@dataclass(slots=True)
class Touched:
    """Primary keys by the model's name (lower case), and the id of the event entered last, None if none was."""

    keys: dict[str, set[int]] = field(default_factory=dict)
    event: int | None = None


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


def note_event(key: int) -> None:
    """An event was entered."""
    touched = _current.get()
    if touched is not None:
        touched.event = key
