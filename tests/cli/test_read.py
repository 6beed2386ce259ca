from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from support import offices
from support.commands import Caller


def test_one_line_for_each_paper_as_promised(call: Caller) -> None:
    called = call("read", offices.COMPLETE, offices.INCOMPLETE)
    whole, part = called.lines
    assert called.code == 1
    assert list(whole) == ["file", "sha256", "programme", "kind", "fields", "findings", "complete"]
    assert whole["file"] == str(offices.COMPLETE)
    assert whole["sha256"] == hashlib.sha256(offices.COMPLETE.read_bytes()).hexdigest()
    assert whole["fields"]["centre_name"]["value"] == offices.COMPLETE_UNIT
    assert set(whole["fields"]["centre_name"]) == {"value", "confidence", "source"}
    assert whole["complete"]
    assert not part["complete"]
    assert set(part["findings"][0]) == {"code", "field", "severity", "message", "basis"}
    assert call("read", offices.COMPLETE).code == 0


def test_a_folder_is_read_file_by_file_without_what_is_no_paper(call: Caller, tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "x.docx").write_bytes(offices.COMPLETE.read_bytes())
    (tmp_path / "a.docx").write_bytes(b"")
    (tmp_path / "~$a.docx").write_bytes(b"owner")
    called = call("read", tmp_path)
    assert [Path(line["file"]).name for line in called.lines] == ["a.docx", "x.docx"]
    assert [line["kind"] for line in called.lines] == ["unreadable", "application"]


def test_what_cannot_be_read_is_a_line_too(call: Caller, tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(b"no Word file")
    called = call("read", path)
    (line,) = called.lines
    assert called.code == 1
    assert line["kind"] == "unreadable"
    assert set(line["error"]) == {"code", "message"}
    assert called.err == ""


def test_a_file_that_cannot_be_opened_is_a_line_too(call: Caller, tmp_path: Path, monkeypatch) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(b"x")
    read_bytes = Path.read_bytes

    def locked(asked: Path) -> bytes:
        if asked == path:
            raise PermissionError(13, "Permission denied")
        return read_bytes(asked)

    monkeypatch.setattr(Path, "read_bytes", locked)
    (line,) = call("read", path, "--home", tmp_path).lines
    assert line["error"]["code"] == "locked"


def test_an_unknown_form_is_unrecognised(call: Caller) -> None:
    (line,) = call("read", offices.TEMPLATES / "nantong-service-centre/letters/补正通知书.docx").lines
    assert (line["kind"], line["programme"], line["complete"]) == ("unrecognised", None, False)


def test_only_the_programme_that_was_named(call: Caller) -> None:
    (line,) = call("read", offices.COMPLETE, "--programme", "nantong-service-centre").lines
    assert line["programme"] == "nantong-service-centre"
    wrong = call("read", offices.COMPLETE, "--programme", "nonsense")
    assert wrong.code == 2
    assert "nantong-service-centre" in wrong.err


def test_by_a_blank_the_printed_labels_are_the_keys(call: Caller) -> None:
    blank = offices.TEMPLATES / "nantong-service-centre/application.docx"
    (line,) = call("read", offices.COMPLETE, "--blank", blank).lines
    assert line["programme"] is None
    assert line["fields"]["所属行业"]["value"]
    assert call("read", offices.COMPLETE, "--blank", blank, "--programme", "nantong-service-centre").code == 2


def test_json_is_utf8_on_a_console_of_another_code_page() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "cp936", "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "formflow.cli", "read", str(offices.COMPLETE)]
    done = subprocess.run(command, check=False, capture_output=True, env=environment)
    assert offices.COMPLETE_UNIT in done.stdout.decode("utf-8")


def test_nothing_is_changed(call: Caller, home: Path) -> None:
    path = offices.drop(home, offices.COMPLETE)
    before = offices.tree(home)
    call("read", path, "--home", home)
    assert offices.tree(home) == before


def test_a_paper_that_is_no_copy_of_the_blank_is_unrecognised(call: Caller) -> None:
    blank = offices.TEMPLATES / "nantong-service-centre/application.docx"
    said = call("read", offices.PLAN, "--blank", blank)
    (line,) = said.lines
    assert (said.code, line["kind"], line["fields"], line["complete"]) == (1, "unrecognised", {}, False)


def test_a_blank_that_asks_nothing_is_refused(call: Caller, tmp_path: Path) -> None:
    empty = tmp_path / "空白.docx"
    empty.write_bytes(b"")
    for blank in (offices.PLAN, empty):
        said = call("read", offices.COMPLETE, "--blank", blank)
        assert said.code == 2
        assert blank.name in said.err
