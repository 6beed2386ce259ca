"""Differences are counted as they come and read again from where they lie."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from formflow.service.office import Office

pytestmark = pytest.mark.usefixtures("office")


def test_all_are_there_in_their_order_as_often_as_they_are_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from formflow.service import published
    from formflow.service.published import Difference, Differences

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(published, "_IN_MEMORY", 100)
    found = Differences()
    all_ = [
        Difference(f"甲/{number}\n\udcff.pdf", "letter_pdf", "changed" if number % 3 else "missing", "原因")
        for number in range(50)
    ]
    for one in all_:
        found.add(one)
    assert list(found) == list(found) == all_
    assert [(one, other) for one, other in zip(found, found, strict=True) if one != other] == []
    assert (len(found), found.unexpected) == (50, 33)
    assert all_[7] in found
    assert all(path.is_dir() for path in tmp_path.iterdir()), "nothing with a name"


def test_nothing_is_all_right(office: Office) -> None:
    from formflow.service.chained import Chained
    from formflow.service.published import compare

    with Chained() as said:
        result = compare(office.home, said)
    assert (result.count, len(result.differences), list(result.differences)) == (0, 0, [])


def test_what_only_the_chain_knows_is_named(office: Office) -> None:
    from formflow.service.chained import Chained
    from formflow.service.published import compare

    with Chained() as said:
        said.note({"甲/受理通知书.pdf": "aa"})
        result = compare(office.home, said)
    assert [(one.path, one.kind) for one in result.differences] == [("甲/受理通知书.pdf", "contradicted")]
    assert result.differences.unexpected == 1
