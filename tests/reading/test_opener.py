"""From a file to what is in it: in the sandbox, and where need be by way of LibreOffice."""

from __future__ import annotations

from pathlib import Path

import pytest

from formflow.errors import UnreadableError
from formflow.model.document import Document
from formflow.reading import legacy, scan
from formflow.reading.contents import Bundle, Foreign, Scanned
from formflow.reading.legacy import ConversionLimits
from formflow.reading.opener import Opener
from formflow.reading.reader import open_file, read_document
from formflow.reading.sandbox import SandboxLimits
from support.archives import zipped
from support.programs import program
from support.scan_pages import Page
from support.wordml import docx, p

RTF = b"{\\rtf1\\ansi hello}"
PAPER = docx(p("甲"))


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stand-in for LibreOffice that gives what lies in made.docx."""
    monkeypatch.setattr(legacy, "libreoffice", lambda: program(tmp_path, 'cp "$here/made.docx" "$out"'))
    (tmp_path / "made.docx").write_bytes(PAPER)
    return tmp_path / "made.docx"


def test_a_document_by_path_or_content(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(PAPER)
    with Opener() as opener:
        assert opener.open(path) == opener.open(PAPER) == read_document(PAPER)


def test_a_bundle_and_then_its_members() -> None:
    with Opener() as opener:
        bundle = opener.open(zipped({"甲.docx": PAPER, "坏.docx": b"\x01\x02"}))
        assert isinstance(bundle, Bundle)
        assert bundle.kind == "zip"
        found = opener.open(bundle.members[0].data)
        with pytest.raises(UnreadableError) as caught:
            opener.open(bundle.members[1].data)
    assert isinstance(found, Document)
    assert found.text == "甲"
    assert caught.value.code == "not_word"


def test_a_foreign_file_is_converted_and_keeps_its_kind(office: Path) -> None:
    assert open_file(RTF) == Foreign("rtf")
    with Opener(folder=office.parent) as opener:
        document = opener.open(RTF)
        path = office.parent / "x.rtf"
        path.write_bytes(RTF)
        assert opener.open(path) == document
    assert isinstance(document, Document)
    assert (document.format, document.text) == ("rtf", "甲")
    assert "LibreOffice" in document.remarks[0]
    assert [left.name for left in office.parent.iterdir() if left.is_dir()] == []


def test_what_comes_out_of_a_conversion_is_not_trusted(office: Path) -> None:
    office.write_bytes(docx(p("甲")).replace(b"word/document.xml", b"word/documents.xm"))
    with Opener() as opener, pytest.raises(UnreadableError) as caught:
        opener.open(RTF)
    assert caught.value.code in ("damaged", "not_word")


def test_limits_of_reading_and_of_converting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Opener(SandboxLimits(max_file_mb=1)) as opener, pytest.raises(UnreadableError) as caught:
        opener.open(PAPER + bytes(2**20))
    assert caught.value.code == "too_large"
    monkeypatch.setattr(legacy, "libreoffice", lambda: program(tmp_path, "sleep 600"))
    with Opener(conversion=ConversionLimits(wall_s=0.5)) as opener, pytest.raises(UnreadableError) as caught:
        opener.open(RTF)
    assert caught.value.code == "time_out"


def test_a_scan_is_recognised_in_a_child_with_room_for_it() -> None:
    pytest.importorskip("rapidocr", reason="formflow[ocr] is not installed")
    data = Page().text(300, 300, "白鹭镇职工服务中心", 40).png()
    assert open_file(data) == Scanned("image")
    with Opener() as opener:
        document = opener.open(data)
        assert isinstance(document, Document)
        assert document.text == "白鹭镇职工服务中心"
    narrow = SandboxLimits(memory_mb=700)
    with Opener(scans=narrow) as opener, pytest.raises(UnreadableError) as caught:
        opener.open(data)
    # The libraries of the OCR do not all take it well when there is no more memory.
    assert caught.value.code in ("out_of_memory", "crashed")
    assert "扫描件" in caught.value.message
    with Opener(scans=SandboxLimits(memory_mb=3072, cpu_s=60, wall_s=0.2)) as opener:
        with pytest.raises(UnreadableError) as caught:
            opener.open(data)
        assert caught.value.code == "time_out"
        assert "拆分" in caught.value.remedy
        assert opener.open(PAPER) == read_document(PAPER)


def test_without_ocr_a_scan_is_refused_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "available", lambda: (False, "缺少 rapidocr。"))
    with pytest.raises(UnreadableError) as caught:
        open_file(Page(400, 400).png())
    assert caught.value.code == "unsupported"
    assert "formflow[ocr]" in caught.value.remedy


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    with Opener() as opener, pytest.raises(UnreadableError) as caught:
        opener.open(tmp_path / "gone")
    assert caught.value.code == "locked"
