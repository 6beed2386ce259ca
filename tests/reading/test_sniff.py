"""Files told by their content."""

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
from pathlib import Path

import pytest

from formflow.reading.sniff import is_protected_doc, sniff
from support.wordml import body_part, docx, members, p, zipped

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "real"
KINDS = {
    "forms_docx/*.docx": "docx",
    "notices/*.docx": "docx",
    "notices/*.wps": "wps",
    "notices/*.ofd": "ofd",
    "forms_pdf/*.ofd": "ofd",
    "forms_doc/*.doc": "doc",
    "forms_scan/*": "image",
    "forms_xlsx/*.xlsx": "xlsx",
    "forms_xlsx/*.xls": "xls",
    "robustness/msoffcrypto*": "encrypted_ooxml",
    "robustness/poi_bug53475*": "encrypted_ooxml",
    "robustness/*.rar": "rar",
    "robustness/~$*": "owner",
    "robustness/poi_truncated*": "docx",
    "robustness/poi_invalid.xlsx": "zip",
    "robustness/poi_xor*": "xls",
}


@pytest.mark.parametrize(("pattern", "kind"), KINDS.items())
def test_real_files(pattern: str, kind: str) -> None:
    found = {path.name: sniff(path.read_bytes()) for path in CORPUS.glob(pattern)}
    assert found
    assert set(found.values()) == {kind}, found


def container(*names: str) -> bytes:
    return zipped(dict.fromkeys(names, b"x"))


def tarball(name: str) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        archive.addfile(tarfile.TarInfo(name))
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "empty"),
        (bytes(5000), "empty"),
        (docx(p("甲")), "docx"),
        (container("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
        (container("[Content_Types].xml", "ppt/presentation.xml"), "pptx"),
        (container("[Content_Types].xml", "WORD\\document.xml"), "docx"),
        (container("OFD.xml", "Doc_0/Document.xml"), "ofd"),
        (container("mimetype", "content.xml"), "odt"),
        (zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"x"}), "ods"),
        (container("word/甲.docx", "乙.docx"), "zip"),
        (b"%PDF-1.7\n", "pdf"),
        (b"\r\n%PDF-1.4", "pdf"),
        (gzip.compress("甲".encode(), mtime=0), "packed"),
        (bz2.compress("甲".encode()), "packed"),
        (lzma.compress("甲".encode()), "packed"),
        (tarball("甲.docx"), "packed"),
        (b"{\\rtf1\\ansi", "rtf"),
        (b"7z\xbc\xaf\x27\x1c\x00\x04", "7z"),
        (b"\xff\xd8\xff\xe0", "image"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image"),
        (b"\x00\x00\x00\x18ftypheic\x00", "image"),
        (b"BM" + bytes(12) + b"\x28" + bytes(20), "image"),
        (b"\xef\xbb\xbf<html><body>", "html"),
        (b"<table border=1>", "html"),
        ("<html>".encode("utf-16"), "html"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "html"),
        (b'<?xml version="1.0"?><pkg:package/>', "xml"),
        ("职工服务中心".encode(), "text"),
        ("职工服务中心".encode("gb18030"), "text"),
        ("职工服务中心".encode("utf-16"), "text"),
        ("甲" * 3000).encode()[:4097] and (("a" + "甲" * 3000).encode(), "text"),
        (b"Received: from x\r\nFrom: a@b.c\r\nTo: d@e.f\r\n\r\n", "eml"),
        ("From: 甲\nSubject: 申请\n\n正文".encode("gb18030"), "eml"),
        (b"From: <Saved by Blink>\r\nSubject: x\r\nMIME-Version: 1.0\r\n\r\n<html>", "html"),
        ("时间: 2022年\nFrom: x\nTo: y".encode(), "text"),
        ("职工服务中心\n".encode("utf-16-le"), "text"),
        ("职工服务中心\n".encode("utf-16-be"), "text"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "xml"),
        (b"BM is not always a bitmap", "text"),
        (b"\x01\x02\x03\x04" * 10, "unknown"),
        (b"abc\x00def", "unknown"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "ole"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    ],
)
def test_kinds(data: bytes, kind: str) -> None:
    assert sniff(data) == kind


def test_main_part_in_a_folder_of_another_name() -> None:
    types = members("")["[Content_Types].xml"].replace(b"/word/document.xml", b"/main.xml")
    assert sniff(zipped({"[Content_Types].xml": types, "main.xml": body_part("").encode()})) == "docx"


def test_a_cut_container_is_still_told() -> None:
    data = docx(p("甲" * 5000))
    assert sniff(data[: len(data) - 100]) == "docx"
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("a.txt", "x" * 100)
    assert sniff(whole.getvalue()[:60]) == "zip"


def test_protected_doc() -> None:
    protected = (CORPUS / "robustness" / "poi_PasswordProtected.doc").read_bytes()
    plain = next((CORPUS / "forms_doc").glob("*.doc")).read_bytes()
    assert is_protected_doc(protected)
    assert not is_protected_doc(plain)
    assert not is_protected_doc(b"no compound file" * 100)


def test_a_directory_that_runs_in_a_circle_ends() -> None:
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<H", header, 30, 9)
    struct.pack_into("<I", header, 48, 0)
    struct.pack_into("<I", header, 76, 1)
    assert sniff(bytes(header) + bytes(512) + struct.pack("<128I", *[0] * 128)) == "ole"
