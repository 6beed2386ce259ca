"""A pattern that is compiled late finds what the same pattern finds."""

from __future__ import annotations

import re

import pytest

from formflow.model.patterns import LatePattern

SOURCE = r"(\d+)年"


@pytest.mark.parametrize("text", ["", "2022年", "2022年和2023年", "年"])
def test_it_finds_the_same(text: str) -> None:
    late, compiled = LatePattern(SOURCE), re.compile(SOURCE)
    for one, other in ((late.search(text), compiled.search(text)), (late.fullmatch(text), compiled.fullmatch(text))):
        assert (one and one.span()) == (other and other.span())
    assert [match[1] for match in late.finditer(text)] == [match[1] for match in compiled.finditer(text)]


def test_it_is_compiled_on_first_use() -> None:
    late = LatePattern("(")
    with pytest.raises(re.error):
        late.search("")
