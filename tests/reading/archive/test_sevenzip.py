from __future__ import annotations

from pathlib import Path

import py7zr
import pytest

from formflow.errors import UnreadableError
from formflow.reading.archive.sevenzip import read_7z
from formflow.reading.limits import DEFAULT, Limits
from support.archives import sevenzip


def refusal(data: bytes, limits: Limits = DEFAULT) -> str:
    with pytest.raises(UnreadableError) as caught:
        read_7z(data, limits)
    return caught.value.code


def test_files_with_their_names_and_content() -> None:
    files = {"材料/申请表.docx": b"1" * 1000, "规划.docx": b"2", "空.txt": b""}
    assert {member.name: member.data for member in read_7z(sevenzip(files), DEFAULT)} == files


@pytest.mark.parametrize("hides_names", [False, True])
def test_a_password(hides_names: bool) -> None:
    assert refusal(sevenzip({"甲.docx": b"1"}, "secret", hides_names=hides_names)) == "encrypted"


def test_bombs() -> None:
    assert refusal(sevenzip({"a.bin": bytes(20_000_000)})) == "hostile"
    assert refusal(sevenzip({"a": b"1", "b": b"2"}), Limits(max_members=1)) == "too_large"


def test_names_that_lead_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(py7zr.SevenZipFile, "_sanitize_archive_arcname", staticmethod(lambda name: name))
    monkeypatch.setattr(py7zr.py7zr, "check_archive_path", lambda name: True)
    for name in ("../x.docx", "/etc/x.docx"):
        assert refusal(sevenzip({name: b"1"})) == "hostile"


def test_links(tmp_path: Path) -> None:
    (tmp_path / "x.docx").symlink_to("/etc/passwd")
    with py7zr.SevenZipFile(tmp_path / "x.7z", "w") as archive:
        archive.write(tmp_path / "x.docx", "x.docx")
    assert refusal((tmp_path / "x.7z").read_bytes()) == "hostile"


def test_cut_or_broken() -> None:
    whole = sevenzip({"甲.docx": b"0123456789" * 100})
    assert refusal(whole[: len(whole) // 2]) == "damaged"
    assert refusal(whole[:6] + bytes(40)) == "damaged"
    assert refusal(whole[:40] + b"\xff\xff" + whole[42:]) == "damaged"
