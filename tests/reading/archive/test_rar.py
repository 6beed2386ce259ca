from __future__ import annotations

from pathlib import Path

import pytest

from formflow.errors import UnreadableError
from formflow.reading.archive import rar
from formflow.reading.archive.rar import programs, read_rar
from formflow.reading.limits import DEFAULT, Limits
from support.archives import stored_rar, zipped

CORPUS = Path(__file__).parents[4] / "shared" / "corpus" / "real"
REAL = CORPUS / "robustness" / "关于开展专业岗位领导干部遴选工作的通知.rar"
needs_program = pytest.mark.skipif(not programs(), reason="no program for rar is installed")


def refusal(data: bytes, limits: Limits = DEFAULT) -> UnreadableError:
    with pytest.raises(UnreadableError) as caught:
        read_rar(data, limits)
    return caught.value


@needs_program
def test_a_real_archive() -> None:
    found = {member.name.rsplit("/", 1)[-1]: len(member.data) for member in read_rar(REAL.read_bytes(), DEFAULT)}
    assert len(found) == 6
    assert found["附件1：淳安县专业岗位领导干部遴选报名推荐表.doc"] == 58880


@needs_program
def test_files_are_parted_by_their_sizes() -> None:
    files = {"a.txt": b"first", "b/c.txt": b"second one"}
    assert {member.name: member.data for member in read_rar(stored_rar(files), DEFAULT)} == files


@needs_program
def test_stored_word_files_are_not_taken_for_the_archive() -> None:
    files = {"甲.docx": zipped({"word/document.xml": b"x" * 500}), "乙.txt": b"x"}
    for order in (files, dict(reversed(files.items()))):
        assert {member.name: member.data for member in read_rar(stored_rar(order), DEFAULT)} == files


def test_without_a_program_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rar.shutil, "which", lambda name: None)
    error = refusal(REAL.read_bytes())
    assert error.code == "unsupported"
    assert "解压" in error.remedy


def test_a_program_that_cannot_leaves_it_to_the_next(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken, good = tmp_path / "broken", tmp_path / "good"
    broken.write_text("#!/bin/sh\necho nonsense\n")
    good.write_text("#!/bin/sh\nprintf first\n")
    for path in (broken, good):
        path.chmod(0o755)
    monkeypatch.setattr(rar, "programs", lambda: ((str(broken),), (str(good),)))
    assert read_rar(stored_rar({"a.txt": b"first"}), DEFAULT)[0].data == b"first"
    monkeypatch.setattr(rar, "programs", lambda: ((str(broken),),))
    assert refusal(stored_rar({"a.txt": b"first"})).code == "damaged"


def test_a_wrong_checksum(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    lying = tmp_path / "lying"
    lying.write_text("#!/bin/sh\nprintf FIRST\n")
    lying.chmod(0o755)
    monkeypatch.setattr(rar, "programs", lambda: ((str(lying),),))
    assert refusal(stored_rar({"a.txt": b"first"})).code == "damaged"


def test_hostile_ones_are_refused_before_any_program_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    def start(*args: object) -> bytes:
        raise AssertionError("started")

    monkeypatch.setattr(rar, "_output", start)
    assert refusal(stored_rar({"../x.txt": b"x"})).code == "hostile"
    assert refusal(stored_rar({"a.txt": b"x"}, flags=0x04)).code == "encrypted"
    assert refusal(stored_rar({"a": b"x", "b": b"y"}), Limits(max_members=1)).code == "too_large"
    assert refusal(stored_rar({"a.txt": b"/etc/passwd"}, attributes=0o120777)).code == "hostile"


def test_cut_or_broken() -> None:
    data = REAL.read_bytes()
    assert refusal(data[:20]).code in ("damaged", "empty")
    assert refusal(data[: len(data) // 2]).code == "damaged"
