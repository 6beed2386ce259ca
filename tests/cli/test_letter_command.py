from __future__ import annotations

import io
from pathlib import Path

import pytest
from docx import Document
from docx.shared import Pt

from support import offices
from support.commands import Caller


@pytest.fixture
def letters(call: Caller, home: Path) -> list[Path]:
    offices.drop(home, offices.COMPLETE)
    call("run", "--home", home)
    return sorted(home.glob("outbox/*/*/*/受理通知书.*"))


def test_our_letters_pass_in_both_formats(call: Caller, letters: list[Path]) -> None:
    assert [path.suffix for path in letters] == [".docx", ".pdf"]
    called = call("letter", "check", *letters, "--json")
    assert called.code == 0
    for told in called.json:
        assert told["passed"]
        assert set(told["measurements"][0]) == {"rule", "clause", "strength", "requirement", "measured", "verdict"}
        assert "pass" in {found["verdict"] for found in told["measurements"]}


def test_a_table_for_people(call: Caller, letters: list[Path]) -> None:
    called = call("letter", "check", letters[0], "--home", letters[0].parent)
    assert "不合格 0 条" in called.out
    assert len(call("letter", "check", letters[0], "--all").out.splitlines()) >= len(called.out.splitlines())


def test_a_letter_that_breaks_a_demand_is_exit_code_1(call: Caller, letters: list[Path], tmp_path: Path) -> None:
    document = Document(io.BytesIO(letters[0].read_bytes()))
    document.sections[0].page_width = Pt(500)
    document.save(tmp_path / "x.docx")
    called = call("letter", "check", tmp_path / "x.docx")
    assert called.code == 1
    assert "不合格" in called.out


def test_what_cannot_be_read_is_said(call: Caller, tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(b"no Word file")
    called = call("letter", "check", path)
    assert called.code == 1
    assert "Traceback" not in called.out + called.err
    assert call("letter", "check", path, "--json").json[0]["error"]["code"]


def test_a_letter_that_would_hang_is_left_and_the_next_one_measured(
    call: Caller, home: Path, letters: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    from formflow.service import measuring

    (home / "formflow.toml").write_text("[reading]\nwall_s = 1\n", encoding="utf-8")
    (home / "挂起.docx").write_text("sleep", encoding="utf-8")
    monkeypatch.setattr(measuring, "MEASURER", "support.bad_readers:misbehave_at_length")
    called = call("letter", "check", home / "挂起.docx", letters[1], "--json", "--home", home)
    assert called.code == 1
    assert [told["error"]["code"] for told in called.json] == [
        "time_out",
        "crashed",
    ]  # no words of ours: no letter here
    assert "Traceback" not in called.out + called.err
