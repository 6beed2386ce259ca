"""Slips are hints: whatever befalls them, nobody is stopped by it."""

from __future__ import annotations

from pathlib import Path

import pytest

from formflow.service import files, slips


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "state" / "held"


def test_a_slip_says_what_was_kept_last_and_nothing_is_beside_it(folder: Path) -> None:
    folder.parent.mkdir()
    for said in ("甲", "原名是字节：\udce9"):
        slips.keep(folder / "1.json", {"said": said})
        assert slips.read(folder / "1.json") == {"said": said}
    assert [path.name for path in folder.iterdir()] == ["1.json"]
    slips.forget(folder / "1.json")
    slips.forget(folder / "1.json")
    assert slips.read(folder / "1.json") is None
    assert list(slips.lying_in(folder)) == []


@pytest.mark.parametrize("content", [b"", b'{"said": "', b"[1]", b"\xff\xfe", b"1"])
def test_what_cannot_be_made_out_is_no_slip_but_lies_there(folder: Path, content: bytes) -> None:
    folder.mkdir(parents=True)
    (folder / "1.json").write_bytes(content)
    (folder / "2.part").write_bytes(b"{}")
    assert slips.read(folder / "1.json") is None
    assert list(slips.lying_in(folder)) == [(folder / "1.json", None)]


def test_where_state_is_gone_it_is_not_made_anew(folder: Path) -> None:
    slips.keep(folder / "1.json", {})
    assert not folder.parent.exists()
    assert list(slips.lying_in(folder)) == []


def test_a_disk_that_takes_or_gives_nothing_stops_nobody(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.parent.mkdir()
    slips.keep(folder / "1.json", {"said": "甲"})

    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", refuse)
    monkeypatch.setattr(files, "remove", refuse)
    slips.keep(folder / "1.json", {"said": "乙"})
    slips.forget(folder / "1.json")
    assert slips.read(folder / "1.json") == {"said": "甲"}
