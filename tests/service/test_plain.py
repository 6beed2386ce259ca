"""Values of the model, kept as JSON, come back as they were."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

import pytest

from formflow.service.plain import dump, load


@dataclass(frozen=True, slots=True)
class _Part:
    name: str
    due: date | None
    share: Fraction
    kind: Literal["a", "b"] = "a"


@dataclass(frozen=True, slots=True)
class _Whole:
    given: object
    parts: tuple[_Part, ...]
    by_name: Mapping[str, Decimal]
    pair: tuple[str, int]
    is_done: bool
    note: str | None = None


WHOLE = _Whole(
    object(),
    (_Part("一", date(2022, 3, 1), Fraction(1, 3)), _Part("二", None, Fraction(2), "b")),
    {"8.1": Decimal("12.50")},
    ("页", 3),
    True,
)


def test_a_value_comes_back_from_json_text_as_it_was() -> None:
    text = json.dumps(dump(WHOLE, frozenset({"given"})))
    assert load(_Whole, json.loads(text), given=WHOLE.given) == WHOLE


def test_what_was_left_out_is_not_in_the_json() -> None:
    assert "given" not in dump(WHOLE, frozenset({"given"}))


@pytest.mark.parametrize("value", [object(), b"bytes", {1, 2}, datetime(2022, 3, 1)])
def test_what_could_not_be_loaded_again_is_refused(value: Any) -> None:
    with pytest.raises(TypeError):
        dump(value)


def test_a_number_keeps_its_digits() -> None:
    assert dump(Decimal("2.50")) == "2.50"
