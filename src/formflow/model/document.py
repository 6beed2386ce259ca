"""One model for every format of paper: paragraphs, tables as true grids, pictures, each with its place.

A reader turns bytes into a `Document`; nothing here knows Word or PDF. Text is what a person sees: tracked insertions are in it,
deletions are not; check boxes are ☑ or ☐; a soft line break is "\\n", a tab "\\t".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from formflow.model.quick import quick


@quick
@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points from the page's top left corner."""

    x0: float
    y0: float
    x1: float
    y1: float


@quick
@dataclass(frozen=True, slots=True)
class Locator:
    """Where something stands. `part` is English and stable ("table 1, row 2, column 2", "paragraph 5", "header 1, …"; all 1-based);
    `page` is 1-based and None where the format has no pages (Word)."""

    part: str
    page: int | None = None
    box: Box | None = None


# What a picture looks like by its colours: a red seal, dark strokes on nothing (a signature), or anything else.
PictureLook = Literal["seal", "ink", "other"]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that stands in a paragraph. `name` is the file's name inside the container, on a scan what it is part of ("seal",
    "signature", "strokes"); `look` is None if not decoded."""

    name: str
    look: PictureLook | None = None


@quick
@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph. `underlined` are half-open character ranges of `text` that are underlined (blanks to be filled are drawn so).

    `numbering` is the automatic list number Word shows before the text ("一、", "1."), None where there is none or it is unknown.
    `confidence` (0..1) is how sure the text is where it had to be recognised from an image; 1 where it is given.
    """

    text: str
    locator: Locator
    underlined: tuple[tuple[int, int], ...] = ()
    pictures: tuple[Picture, ...] = ()
    style: str | None = None
    numbering: str | None = None
    confidence: float = 1.0


@quick
@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the true grid; a merged cell appears once, at its top left. `row` and `column` are 0-based grid positions."""

    row: int
    column: int
    row_span: int
    column_span: int
    blocks: tuple[Block, ...]
    locator: Locator

    @property
    def text(self) -> str:
        """Paragraphs (nested tables row by row, cells joined by a tab) joined by newlines."""
        return "\n".join(block.text for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Table:
    """A table as a grid of `rows` by `columns`; `cells` in row-major order."""

    rows: int
    columns: int
    cells: tuple[Cell, ...]
    locator: Locator

    @property
    def text(self) -> str:
        lines: dict[int, list[str]] = {}
        for cell in self.cells:
            lines.setdefault(cell.row, []).append(cell.text)
        return "\n".join("\t".join(texts) for _, texts in sorted(lines.items()))


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Document:
    """A paper that was read. `format` is the kind of file ("docx"); `blocks` is the body in reading order, text boxes included where
    they are anchored; `furniture` are headers, footers, footnotes and comments. `remarks` say in Chinese what the reader had to decide
    ("文件含修订痕迹，已按接受修订后的内容读取"). `shows` are the looks whose absence says something: a colour scan without a picture of
    look "seal" bears no seal, a Word file without one is merely not stamped yet; `shows_on` are the pages for which that holds, none
    named: all. `saved_by` is who saved the file last by its own account, ""
    where it does not say. `unread` are those of the remarks that say that a part of the paper was not read: what is not in the document may stand
    there."""

    format: str
    blocks: tuple[Block, ...]
    furniture: tuple[Paragraph, ...] = ()
    remarks: tuple[str, ...] = ()
    shows: tuple[PictureLook, ...] = ()
    saved_by: str = ""
    shows_on: tuple[int, ...] = ()
    unread: tuple[str, ...] = ()

    def would_show(self, look: PictureLook, page: int | None) -> bool:
        """Whether a picture of that look would be seen on a page if it were there."""
        return look in self.shows and (not self.shows_on or page in self.shows_on)

    def paragraphs(self) -> Iterator[Paragraph]:
        """Every paragraph of the body in reading order, those inside cells included."""
        yield from _paragraphs(self.blocks)

    @property
    def text(self) -> str:
        return "\n".join(block.text for block in self.blocks)


def _paragraphs(blocks: tuple[Block, ...]) -> Iterator[Paragraph]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for cell in block.cells:
                yield from _paragraphs(cell.blocks)
