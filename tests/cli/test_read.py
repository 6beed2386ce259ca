from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from support import offices
from support.archives import link, zipped
from support.commands import Caller
from support.programs import needs_libreoffice, saved_as
from support.sheets import xlsx


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


def archive(folder: Path) -> Path:
    """A form with one of its attachments, something else, and something broken."""
    path = folder / "套件.zip"
    members = {"材料/申请表.docx": offices.WITH_ATTACHMENTS, "材料/规划.docx": offices.PLAN}
    files = {name: source.read_bytes() for name, source in members.items()}
    path.write_bytes(zipped({**files, "证明.xlsx": xlsx({"A1": "营业额"}), "坏.docx": b"bad", "Thumbs.db": b"x"}))
    return path


def test_each_paper_in_an_archive_is_a_line(call: Caller, tmp_path: Path) -> None:
    path = archive(tmp_path)
    lines = {line["file"].removeprefix(f"{path}/"): line for line in call("read", path).lines}
    assert {name: line["kind"] for name, line in lines.items()} == {
        "材料/申请表.docx": "application",
        "材料/规划.docx": "attachment",
        "证明.xlsx": "evidence",
        "坏.docx": "unreadable",
    }
    form = lines["材料/申请表.docx"]
    assert form["sha256"] == hashlib.sha256(offices.WITH_ATTACHMENTS.read_bytes()).hexdigest()
    missing = [found["field"] for found in form["findings"] if found["code"] == "attachment_missing"]
    assert missing == ["implementation_plan"]
    assert form["complete"]
    assert lines["证明.xlsx"]["complete"]


def test_with_forms_of_two_units_an_attachment_answers_for_its_own(call: Caller, tmp_path: Path) -> None:
    path = tmp_path / "两份.zip"
    sources = {"甲.docx": offices.INCOMPLETE, "乙.docx": offices.WITH_ATTACHMENTS, "规划.docx": offices.PLAN}
    path.write_bytes(zipped({name: source.read_bytes() for name, source in sources.items()}))
    asked = {
        Path(line["file"]).name: {found["field"] for found in line["findings"] if found["code"] == "attachment_missing"}
        for line in call("read", path).lines
    }
    assert asked["乙.docx"] == {"implementation_plan"}
    assert asked["甲.docx"] == {"implementation_plan", "development_plan"}


def test_a_hostile_archive_is_one_line(call: Caller, tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(link("x.docx"))
    (line,) = call("read", path).lines
    assert (line["kind"], line["error"]["code"]) == ("unreadable", "hostile")


def test_by_a_blank_an_archive_is_read_paper_by_paper(call: Caller, tmp_path: Path) -> None:
    blank = offices.TEMPLATES / "nantong-service-centre/application.docx"
    kinds = [line["kind"] for line in call("read", archive(tmp_path), "--blank", blank).lines]
    assert sorted(kinds) == ["application", "unreadable", "unrecognised", "unrecognised"]


@needs_libreoffice
def test_an_old_word_file_says_the_same_as_the_new_one(call: Caller, tmp_path: Path) -> None:
    path = tmp_path / "旧.doc"
    path.write_bytes(saved_as(offices.COMPLETE, "doc", tmp_path))
    (old,), (new,) = call("read", path).lines, call("read", offices.COMPLETE).lines
    assert {key: field["value"] for key, field in old["fields"].items()} == {
        key: field["value"] for key, field in new["fields"].items()
    }
    assert old["complete"]
