"""Official fonts where the machine has them, the shipped ones in their place, every substitution said."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from formflow.letters.fonts import FontBook, Substitution
from formflow.letters.fonts.book import DATA
from formflow.letters.fonts.build import RECIPE, gb2312
from formflow.letters.fonts.machine import FontFile, font_folders, installed
from formflow.letters.fonts.roles import FACES, OFFICIAL

ROLES = tuple(OFFICIAL)


@pytest.mark.parametrize("role", ROLES)
def test_every_shipped_font_has_gb2312(role: str) -> None:
    font = FontBook.shipped().font(role)
    wanted = [chr(code) for code in gb2312() if 0x4E00 <= code <= 0x9FFF]
    assert len(wanted) == 6763
    assert [char for char in wanted if not font.has(char)] == []
    assert all(font.has(char) for char in "〔〕—〇《》（）、。：；，！？“”…0123456789")
    assert all(font.width(char) == 1.0 for char in "国〔。")


def test_the_body_font_stands_as_high_as_its_neighbours() -> None:
    fang, song = (FontBook.shipped().font(role).ink("国") for role in ("body", "song"))
    assert abs((fang[0] + fang[1]) / 2 - (song[0] + song[1]) / 2) < 0.02


def test_shipped_fonts_stand_in_for_all_official_ones() -> None:
    found = FontBook.shipped().substitutions(ROLES)
    assert [one.requested for one in found] == [face.official for face in FACES]
    assert FontBook.shipped().substitutions(("song",)) == (Substitution("宋体", "Noto Serif SC"),)


def test_an_installed_official_font_is_used_and_not_reported(tmp_path: Path) -> None:
    """Any TrueType family under the official name counts; here a stand-in that carries it."""
    named = renamed(DATA / "NotoSansSC-Medium.ttf", tmp_path / "fonts" / "simhei.ttf", "SimHei")
    book = FontBook.of_machine((tmp_path,))
    assert book.official == (("heading", FontFile(named, 0)),)
    assert book.font("heading").is_official
    assert "黑体" not in {one.requested for one in book.substitutions(ROLES)}
    assert "宋体" in {one.requested for one in book.substitutions(ROLES)}


def test_a_font_that_cannot_be_embedded_gives_way_to_the_shipped_one(tmp_path: Path) -> None:
    named = renamed(DATA / "NotoSansSC-Medium.ttf", tmp_path / "simhei.ttf", "SimHei")
    book = FontBook((("heading", FontFile(named, 0)),))
    named.write_bytes(named.read_bytes()[:2000])
    assert not book.font("heading").is_official


def renamed(source: Path, target: Path, family: str) -> Path:
    """A copy under another family name of the same length in the file's own name table."""
    from reportlab.pdfbase.ttfonts import TTFontFile

    target.parent.mkdir(parents=True, exist_ok=True)
    data = source.read_bytes()
    start, length = TTFontFile(str(source)).get_table_pos("name")
    table = data[start : start + length]
    old = "Noto Sans SC Medium".encode("utf-16-be")
    assert old in table
    new = family.ljust(len(old) // 2).encode("utf-16-be")
    target.write_bytes(data[:start] + table.replace(old, new) + data[start + length :])
    return target


def test_what_is_no_font_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "broken.ttf").write_bytes(b"\x00\x01\x00\x00\xff\xff")
    (tmp_path / "empty.ttc").write_bytes(b"")
    shutil.copy(DATA / "NotoSerifSC-Regular.ttf", tmp_path / "a.ttf")
    (tmp_path / "notes.txt").write_text("仿宋_GB2312", encoding="utf-8")
    assert "Noto Serif SC" in installed((tmp_path, tmp_path / "missing"))


def test_font_folders_are_the_systems_and_the_users(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Path("/usr/share/fonts") in font_folders()
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setenv("WINDIR", "D:/Windows")
    assert Path("D:/Windows/Fonts") in font_folders()


def test_every_file_of_the_recipe_is_shipped_with_its_licence() -> None:
    assert (
        {source.target for source in RECIPE}
        == {face.file for face in FACES}
        == {path.name for path in DATA.glob("*.ttf")}
    )
    listed = (Path(__file__).parents[3] / "LICENSES" / "README.md").read_text(encoding="utf-8")
    for name in ("Noto Serif SC", "Noto Sans SC", "LXGW WenKai", "FandolFang"):
        assert name in listed
    assert sum(path.stat().st_size for path in DATA.glob("*.ttf")) < 35 << 20
