"""What the chain says of files is kept outside memory and is the same for it."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from formflow.service import chained
from formflow.service.chained import Chained


def test_what_was_said_last_counts() -> None:
    with Chained() as said:
        said.note({"甲/1.pdf": "aa", "甲/2.pdf": "bb"})
        said.note({"甲/1.pdf": "cc"})
        assert (said.known("甲/1.pdf"), said.known("甲/1.pdf"), said.known("甲/3.pdf")) == ("cc", "cc", "")
        assert list(said.unknown()) == ["甲/2.pdf"]


def test_a_file_that_was_asked_for_and_spoken_of_again_is_to_be_asked_for_again() -> None:
    with Chained() as said:
        said.note({"1": "aa"})
        said.known("1")
        said.note({"1": "bb"})
        assert list(said.unknown()) == ["1"]


def test_names_that_are_no_text_are_told_apart() -> None:
    with Chained() as said:
        said.note({"\udcff.pdf": "aa"})
        said.note({"\udcfe.pdf": "bb"})
        assert said.known("\udcff.pdf") == "aa"
        assert list(said.unknown()) == ["\udcfe.pdf"]


def test_more_than_fits_in_memory_is_found_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SQLITE_TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(chained, "_MEMORY_KB", 64)
    with Chained() as said:
        for folder in range(20):
            said.note({f"{folder}/{number}.pdf": f"{folder}-{number}" for number in range(200)})
        assert [said.known(f"{folder}/7.pdf") for folder in range(20)] == [f"{folder}-7" for folder in range(20)]
        assert sum(1 for _ in said.unknown()) == 20 * 199
        assert list(tmp_path.iterdir()) == []
