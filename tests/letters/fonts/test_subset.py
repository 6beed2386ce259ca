"""What is cut out of a font is what the library would cut out by itself."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import pytest
from reportlab.pdfbase.ttfonts import TTFont, TTFontFace

from formflow.letters.fonts import FontBook
from formflow.letters.fonts.book import DATA
from formflow.letters.fonts.roles import BY_ROLE, OFFICIAL
from formflow.letters.fonts.subset import Subsetter

HEAD = [0, *[32] * 32]  # how the library begins every subset
LETTER = [*HEAD, *map(ord, "关于公示，Āéñü①㎡〔2022〕1号")]


@cache
def plain(role: str) -> TTFontFace:
    """A face as the library reads it, left as it is."""
    return TTFont(f"plain-{role}", str(DATA / BY_ROLE[role].file), shapable=False).face


def cut(role: str, codes: Sequence[int]) -> bytes:
    made: bytes = FontBook.shipped().font(role).face.makeSubset(codes)
    return made


@pytest.mark.parametrize("role", OFFICIAL)
@pytest.mark.parametrize(
    "codes",
    [
        LETTER,
        HEAD,
        [*HEAD, ord("一")],
        [*HEAD, *map(ord, "1234567890—")],
        [*HEAD, 0xE000, ord("国"), ord("国"), 0x10FFFF],  # characters that no font has, and one that comes twice
        [*HEAD, *range(0x4E00, 0x4E00 + 223)],
    ],
)
def test_the_library_cuts_out_the_same(role: str, codes: list[int]) -> None:
    assert cut(role, codes) == cut(role, codes) == plain(role).makeSubset(codes)


def test_so_it_does_when_offsets_are_long() -> None:
    face = plain("body")
    codes = [*HEAD, *[code for code in range(0x4E00, 0xA000) if code in face.charToGlyph][-300:]]
    assert len(cut("body", codes)) > 2 * 0xFFFF
    assert cut("body", codes) == face.makeSubset(codes)


def test_so_it_does_with_what_is_put_together_of_others() -> None:
    """Two dots over a letter: two outlines of one dot."""
    face = plain("script")
    glyph = face.charToGlyph[ord("¨")]
    assert face._ttf_data[face.get_table_pos("glyf")[0] + face.glyphPos[glyph]] >= 0x80
    codes = [*LETTER, ord("¨"), ord("国")]
    assert cut("script", codes) == face.makeSubset(codes)


def test_an_outline_that_stands_outside_of_its_table_is_left_to_the_library() -> None:
    face: Any = TTFont("moved", str(DATA / BY_ROLE["song"].file), shapable=False).face
    end = face.get_table_pos("glyf")[1]
    face.glyphPos[face.charToGlyph[ord("国")] + 1] = end + 100
    subsetter, codes = Subsetter(face), [*HEAD, ord("国")]
    assert subsetter(codes) == face.makeSubset(codes)


def test_the_library_is_not_asked_for_what_a_letter_is_made_of(monkeypatch: pytest.MonkeyPatch) -> None:
    """It adds up megabytes for each."""
    asked: list[Sequence[int]] = []
    monkeypatch.setattr(TTFontFace, "makeSubset", lambda face, codes: asked.append(codes))
    for role in OFFICIAL:
        assert isinstance(FontBook.shipped().font(role).face.makeSubset, Subsetter)
        Subsetter(plain(role))([*HEAD, *map(ord, "补正通知书（2022）")])
    assert asked == []
