"""A finished Word letter in, the same letter as a PDF by GB/T 9704-2012 out.

The Word file is the source: its named styles say which element each paragraph is, its words are set as they stand. Geometry is exact
(22 lines of 28 characters in 156 by 225 mm), fonts are embedded, text can be searched and copied, and the same input gives the same
bytes. Not done here: what the letter says, and whether it keeps the standard (`measure`).
"""

from __future__ import annotations

from dataclasses import dataclass

from formflow.letters.elements import TITLE
from formflow.letters.fonts import Fallback, FontBook, Substitution
from formflow.letters.geometry import TOP_MM
from formflow.letters.typeset.draw import Pen, draw, letter_head, red_head
from formflow.letters.typeset.flow import flow
from formflow.letters.typeset.page import Item
from formflow.letters.typeset.source import Letter, Paragraph, TypesetError, read_letter

__all__ = ["Typeset", "TypesetError", "typeset"]


@dataclass(frozen=True, slots=True)
class Typeset:
    """A letter as a PDF. `substitutions` are the official typefaces this machine lacks, `fallbacks` characters taken from another
    face, `remarks` say both in Chinese, for the log and the PDF's own keywords."""

    pdf: bytes
    pages: int
    substitutions: tuple[Substitution, ...]
    fallbacks: tuple[Fallback, ...]
    remarks: tuple[str, ...]


def typeset(docx: bytes, *, fonts: FontBook | None = None) -> Typeset:
    """Set a letter; `fonts` are the machine's official ones with the shipped ones in their place unless given otherwise.

    Raises TypesetError if the bytes are no Word file.
    """
    letter = read_letter(docx)
    book = FontBook.of_machine() if fonts is None else fonts
    pen = Pen(book)
    head, start = _head(letter, pen)
    pages = flow(letter, head, start, pen.measure)
    substitutions = book.substitutions(
        (*pen.roles, "song") if any(page.shows_number for page in pages) else tuple(pen.roles)
    )
    fallbacks = tuple(pen.fallbacks)
    remarks = _remarks(letter, substitutions, fallbacks)
    return Typeset(draw(pages, pen, _title(letter), "；".join(remarks)), len(pages), substitutions, fallbacks, remarks)


def _head(letter: Letter, pen: Pen) -> tuple[list[Item], float]:
    if letter.kind == "letter":
        return letter_head(letter.mark, pen)
    return red_head(letter.mark, pen) if letter.kind == "red_header" else ([], TOP_MM)


def _title(letter: Letter) -> str:
    titles = (b.text for b in letter.blocks if isinstance(b, Paragraph) and b.element.name == TITLE.name)
    return next(titles, "").replace("\n", "")


def _remarks(
    letter: Letter, substitutions: tuple[Substitution, ...], fallbacks: tuple[Fallback, ...]
) -> tuple[str, ...]:
    remarks = [f"字体{one.requested}以{one.used}代替" for one in substitutions]
    for one in fallbacks:
        where = f"取自{one.used}" if one.used else "各字体均无，以〓代替"
        remarks.append(f"“{one.char}”字{one.requested}没有，{where}")
    remarks += [f"样式“{name}”不是公文要素，按正文排版" for name in letter.unknown_styles]
    return tuple(remarks)
