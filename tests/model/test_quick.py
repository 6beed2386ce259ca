"""Values made in less time: still the frozen dataclasses they were."""

from __future__ import annotations

import dataclasses
import inspect
import pickle

import pytest

from formflow.model.document import Box, Cell, Locator, Paragraph
from formflow.model.quick import maker, quick


@quick
@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    row: int
    column: int = 7
    names: tuple[str, ...] = ()


def test_fields_and_defaults() -> None:
    assert [(p.row, p.column, p.names) for p in (Place(1), Place(1, 2), Place(row=1, names=("a",)))] == [
        (1, 7, ()),
        (1, 2, ()),
        (1, 7, ("a",)),
    ]
    assert repr(Place(1)).endswith("Place(row=1, column=7, names=())")
    assert list(inspect.signature(Place).parameters) == ["row", "column", "names"]


def test_wrong_calls_are_refused_as_ever() -> None:
    for arguments, named in (((), {}), ((1, 2, (), 4), {}), ((1,), {"colour": 1})):
        with pytest.raises(TypeError):
            Place(*arguments, **named)  # type: ignore[arg-type]


def test_frozen_equal_hashable_and_copied() -> None:
    place = Place(1, 2)
    with pytest.raises(dataclasses.FrozenInstanceError):
        place.row = 3  # type: ignore[misc]
    assert place == Place(1, 2) != Place(1, 3)
    assert len({place, Place(1, 2)}) == 1
    assert dataclasses.replace(place, row=5) == Place(5, 2)


def test_documents_go_through_a_pipe() -> None:
    place = Locator("table 1", 2, Box(0, 1, 2, 3))
    cell = Cell(0, 0, 1, 1, (Paragraph("甲", place),), place)
    assert pickle.loads(pickle.dumps(cell)) == cell
    assert cell.text == "甲"


def test_a_maker_makes_what_the_class_makes() -> None:
    made = maker(Place)
    for arguments, named in (((1,), {}), ((1, 2, ("a",)), {}), ((), {"names": ("a",), "row": 1})):
        place = made(*arguments, **named)  # type: ignore[arg-type]
        assert type(place) is Place
        assert place == Place(*arguments, **named)  # type: ignore[arg-type]
        assert (pickle.loads(pickle.dumps(place)), hash(place)) == (place, hash(Place(*arguments, **named)))  # type: ignore[arg-type]
    for arguments, named in (((), {}), ((1, 2, (), 4), {}), ((1,), {"colour": 1})):
        with pytest.raises(TypeError):
            made(*arguments, **named)  # type: ignore[arg-type]


def test_what_a_maker_made_is_frozen() -> None:
    place = maker(Place)(1)
    with pytest.raises(dataclasses.FrozenInstanceError):
        place.row = 3  # type: ignore[misc]
    with pytest.raises((AttributeError, TypeError)):
        place.colour = 3  # type: ignore[attr-defined]
    assert dataclasses.replace(place, row=5) == Place(5)
