from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from formflow.service import complete


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("word/document.xml", "字" * 4000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "is_whole"),
    [
        (archive(), True),
        (archive()[:-200], False),
        (archive()[:-200] + bytes(200), False),
        (archive()[:2000] + bytes(500) + archive()[2500:], False),
        (b"PK\x03\x04", False),
        (b"%PDF-1.7\n" + b"x" * 5000 + b"\n%%EOF\n", True),
        (b"%PDF-1.7\n" + b"x" * 5000, False),
        (b"any other file", True),
        (b"", True),
    ],
)
def test_whole_or_not(tmp_path: Path, data: bytes, is_whole: bool) -> None:
    path = tmp_path / "x"
    path.write_bytes(data)
    assert complete.is_whole(path) is is_whole


def test_an_archive_that_would_unpack_to_too_much_is_left_to_the_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x"
    damaged = archive()[:2000] + bytes(500) + archive()[2500:]
    path.write_bytes(damaged)
    monkeypatch.setattr(complete, "LARGEST_CHECKED_BYTES", 100)
    assert complete.is_whole(path)


def test_what_cannot_be_opened_is_not_whole(tmp_path: Path) -> None:
    assert not complete.is_whole(tmp_path / "gone")
