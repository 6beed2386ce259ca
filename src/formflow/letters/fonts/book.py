"""The fonts a letter is drawn with: an official one where the machine has it, else the shipped open font in its place.

What stands in for what is never hidden: `FontBook.substitutions` says it, and so does every character that had to come from another
face. Fonts are read when first asked for and kept: parsing one costs more than a hundred letters.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from formflow.letters.fonts.machine import FontFile, font_folders, installed
from formflow.letters.fonts.roles import BY_ROLE, FACES, FALLBACK_ROLES, Face
from formflow.letters.fonts.subset import Subsetter

DATA = Path(__file__).parent / "data"
MISSING_SIGN = "〓"  # what printers set for a character they do not have


@dataclass(frozen=True, slots=True)
class Substitution:
    """An official typeface and the family that stands in for it on this machine."""

    requested: str
    used: str


@dataclass(frozen=True, slots=True)
class Fallback:
    """A character that its typeface lacks and where it was taken from; `used` is "" if no font has it (〓 is drawn)."""

    char: str
    requested: str
    used: str


@dataclass(frozen=True)
class LoadedFont:
    """A face ready to draw with. `name` is what the PDF canvas knows it by, `family` what people know it by."""

    name: str
    family: str
    official: str
    face: Any = field(repr=False)

    @property
    def is_official(self) -> bool:
        return self.family == self.official

    def has(self, char: str) -> bool:
        return ord(char) in self.face.charToGlyph

    def width(self, char: str) -> float:
        """Advance in em."""
        return float(self.face.getCharWidth(ord(char))) / 1000

    def ink(self, char: str) -> tuple[float, float]:
        """Lowest and highest point of the character's ink, in em above the baseline; (0, 0) for a blank one."""
        glyph = self.face.charToGlyph.get(ord(char), 0)
        start, end = self.face.glyphPos[glyph], self.face.glyphPos[glyph + 1]
        if start == end:
            return 0.0, 0.0
        base = self.face.get_table_pos("glyf")[0] + start
        low, high = struct.unpack_from(">2xxxhxxh", self.face._ttf_data, base)
        return low / self.face.unitsPerEm, high / self.face.unitsPerEm


@dataclass(frozen=True)
class FontBook:
    """The fonts by role. `official` are files of official fonts by role; the shipped ones stand in for the others."""

    official: tuple[tuple[str, FontFile], ...] = ()

    @classmethod
    def shipped(cls) -> FontBook:
        """The shipped fonts only: the same pages on every machine."""
        return cls()

    @classmethod
    def of_machine(cls, folders: tuple[Path, ...] | None = None) -> FontBook:
        """Official fonts where the machine has them."""
        families = installed(font_folders() if folders is None else folders)
        chosen = ((face.role, _chosen(face, families)) for face in FACES)
        return cls(tuple((role, file) for role, file in chosen if file is not None))

    def font(self, role: str) -> LoadedFont:
        """The font of a role; the shipped one also where the machine's cannot be embedded."""
        file = dict(self.official).get(role)
        if file is not None:
            face = BY_ROLE[role]
            try:
                return _load(str(file.path), file.index, face.official, face.official)
            except (TTFError, OSError, struct.error):
                pass
        return _shipped(role)

    def substitutions(self, roles: tuple[str, ...]) -> tuple[Substitution, ...]:
        """What stands in for what among the roles a letter uses."""
        fonts = (self.font(face.role) for face in FACES if face.role in roles)
        return tuple(Substitution(font.official, font.family) for font in fonts if not font.is_official)

    def font_for(self, char: str, role: str) -> tuple[LoadedFont, Fallback | None]:
        """The font to draw one character in, and what to report if it is not the role's own."""
        own = self.font(role)
        if own.has(char) or char.isspace():
            return own, None
        for other in FALLBACK_ROLES:
            font = _shipped(other)
            if font.has(char):
                return font, Fallback(char, own.official, font.family)
        return self.font("body"), Fallback(char, own.official, "")


def _chosen(face: Face, families: dict[str, FontFile]) -> FontFile | None:
    return next((families[name] for name in (face.official, *face.same) if name in families), None)


@cache
def _shipped(role: str) -> LoadedFont:
    face = BY_ROLE[role]
    return _load(str(DATA / face.file), 0, face.official, face.stand_in)


@lru_cache(maxsize=32)
def _load(path: str, index: int, official: str, family: str) -> LoadedFont:
    name = f"{Path(path).stem}-{index}"
    # Without asciiReadable the subset holds only what is drawn, not all of ASCII as well.
    font = TTFont(name, path, subfontIndex=index, asciiReadable=False, shapable=False)
    font.face.makeSubset = Subsetter(font.face)
    pdfmetrics.registerFont(font)
    return LoadedFont(name, family, official, font.face)
