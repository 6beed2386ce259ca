"""A Word file with its paragraphs told apart by element: what every group of checks looks at."""

from __future__ import annotations

import re

from formflow.letters.elements import Kind
from formflow.letters.fonts.roles import BY_ROLE
from formflow.letters.geometry import MM, PITCH_MM
from formflow.letters.measure.classify import Seen, classify
from formflow.letters.measure.wordfile import Para, WordFile


def is_red(color: str) -> bool:
    """R ≥ 0.75, G and B ≤ 0.25."""
    if not re.fullmatch(r"[0-9A-Fa-f]{6}", color):
        return False
    red, green, blue = (int(color[i : i + 2], 16) for i in (0, 2, 4))
    return red >= 191 and green <= 64 and blue <= 64


def is_face(font: str, role: str) -> bool:
    """Whether a font name is the role's official face, another name of it, or its declared stand-in."""
    face = BY_ROLE[role]
    return font in (face.official, *face.same, face.stand_in)


class WordPage:
    """One file as one kind of paper. `items` are (element, paragraph) outside tables, `marks` red texts of the first page's header."""

    def __init__(self, file: WordFile, kind: Kind) -> None:
        self.file, self.kind = file, kind
        self.section = file.sections[-1]
        paras = [p for p in file.paragraphs if p.where != "table" and p.text.strip()]
        seen = [_seen(para) for para in paras]
        self.items = list(zip(classify(seen), paras, strict=True))
        self.marks = [p for p in file.furniture(self.section, "header first") if is_red(p.color) and p.text.strip()]

    def of(self, *names: str) -> list[Para]:
        return [para for name, para in self.items if name in names]

    def gap_lines(self, name: str) -> float | None:
        """Lines of 3号 left empty above the first paragraph of an element: its spacing and the empty paragraphs before it."""
        target = next(iter(self.of(name)), None)
        if target is None:
            return None
        paras = [p for p in self.file.paragraphs if p.where != "table"]
        index, empty = paras.index(target), 0.0
        while index > 0 and not paras[index - 1].text.strip():
            index -= 1
            empty += (paras[index].pitch or PITCH_MM * MM) / (PITCH_MM * MM)
        after = paras[index - 1].after_pt if index else 0.0
        return empty + (target.before_pt + after) / (PITCH_MM * MM)


def _seen(para: Para) -> Seen:
    is_flush = para.align in ("left", "start", "both") and abs(para.left_mm + para.first_mm) < 1
    return Seen(para.text.strip(), para.size, is_red(para.color), para.align == "center", is_flush)
