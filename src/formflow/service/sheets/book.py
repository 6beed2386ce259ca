"""Workbooks that take the memory of their file and not of their cells: rows that are finished are written and packed at once.

In: openpyxl's cells, put on pages from top to bottom. Out: the workbook's bytes, the same for the same content, with all that openpyxl
writes of a page (looks, widths, print settings, protection, choices, charts). Nothing is written to disk but what is too large for memory,
and that to a file without a name, which is gone with the process.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import datetime
from itertools import chain
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from formflow.reading.authorship import OURS
from formflow.service.sheets.cells import Value, row_xml

# Written into every book in place of the moment it is made.
_EPOCH = datetime(2022, 1, 1)
_ENTRY_TIME = (1980, 1, 1, 0, 0, 0)
_IN_MEMORY = 32 * 1024 * 1024  # packed rows of one page, in bytes: some 300,000 rows of a 年度台账
_PIECE = 64 * 1024
_LAST_ROW = 1_048_576  # of a page, by Excel
_NO_ROWS = re.compile(rb"<sheetData\s*/>|<sheetData></sheetData>")


class _Packed:
    """The XML of the rows that are finished."""

    def __init__(self) -> None:
        self.size = 0
        self._packer = zlib.compressobj(1)
        self._file = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed by `unpacked`

    def add(self, xml: bytes) -> None:
        self.size += len(xml)
        self._file.write(self._packer.compress(xml))

    def unpacked(self) -> Iterator[bytes]:
        """All of it, piece by piece; once."""
        self._file.write(self._packer.flush())
        self._file.seek(0)
        unpacker = zlib.decompressobj()
        with closing(self._file) as file:
            while piece := file.read(_PIECE):
                yield unpacker.decompress(piece)
        yield unpacker.flush()


class Page(Worksheet):  # type: ignore[misc]
    """A page. `computed` is what its formulas give, by row and column, until their row is finished."""

    def __init__(self, book: Book, title: str | None = None) -> None:
        super().__init__(book, title)
        self.computed: dict[tuple[int, int], Value] = {}
        self._packed: _Packed | None = None
        self._finished = 0
        self._bounds: tuple[int, int, int, int] | None = None

    def finish(self, last: int) -> None:
        """The rows up to this one are as they are to be: they are packed, and none of them may be touched any more. Raises ValueError if
        one was touched that was finished before."""
        rows: dict[int, list[Any]] = defaultdict(list)
        for key in sorted(key for key in self._cells if key[0] <= last):
            rows[key[0]].append(self._cells.pop(key))
        heights = {row: self.row_dimensions.pop(row).height for row in [at for at in self.row_dimensions if at <= last]}
        for row in sorted(rows.keys() | heights):
            self._pack(row, rows.get(row, []), heights.get(row))
        self._finished = max(self._finished, last)

    def _pack(self, row: int, cells: list[Any], height: float | None) -> None:
        if row <= self._finished:
            raise ValueError(f"row {row} of {self.title} was finished before")
        if cells:
            self._stretch(row, cells[0].column, cells[-1].column)
        values = {cell.column: self.computed.pop((row, cell.column)) for cell in cells if cell.data_type == "f"}
        self._packed = self._packed or _Packed()
        self._packed.add(row_xml(row, height, cells, values, self.parent.look_of))

    def _stretch(self, row: int, left: int, right: int) -> None:
        top, leftmost, _, rightmost = self._bounds or (row, left, row, right)
        self._bounds = top, min(left, leftmost), row, max(right, rightmost)

    def calculate_dimension(self) -> str:
        """The range of all cells that were finished."""
        top, left, bottom, right = self._bounds or (1, 1, 1, 1)
        return f"{get_column_letter(left)}{top}:{get_column_letter(right)}{bottom}"

    def packed(self) -> tuple[int, Iterator[bytes]]:
        """The XML of all rows, which are finished now: its length, and its pieces. Once only."""
        self.finish(_LAST_ROW)
        return (self._packed.size, self._packed.unpacked()) if self._packed else (0, iter(()))


class Book(Workbook):  # type: ignore[misc]
    """A workbook with one page."""

    def __init__(self) -> None:
        super().__init__()
        # See `steady.dress`.
        self.known_looks: dict[tuple[object, bytes], Any] = {}
        self._look_numbers: dict[bytes, int] = {}
        self._sheets: list[Page] = []
        self.create_sheet()

    def create_sheet(self, title: str | None = None, index: int | None = None) -> Page:
        """A further page."""
        page = Page(self, title)
        self._add_sheet(page, index)
        return page

    def look_of(self, cell: Any) -> int:
        """The number of a cell's look in the file, 0 for none."""
        if cell._style is None:
            return 0
        key = cell._style.tobytes()
        if key not in self._look_numbers:
            self._look_numbers[key] = cell.style_id if cell.has_style else 0
        return self._look_numbers[key]

    def saved(self, *, is_filled_on_every_page: bool = False) -> bytes:
        """The file, with fixed times: what the same content gives must be the same file after a restart. Unless every page is filled in,
        only the first is read when it comes back. Once only."""
        written = io.BytesIO()
        self.write(written, is_filled_on_every_page=is_filled_on_every_page)
        return written.getvalue()

    def write(self, file: BinaryIO, *, is_filled_on_every_page: bool = False) -> None:
        """As `saved`, into a file that is open."""
        self.properties.creator = f"{OURS}（各页填写）" if is_filled_on_every_page else OURS
        self.properties.created = self.properties.modified = _EPOCH
        with _Archive(file, "w", zipfile.ZIP_DEFLATED) as archive:
            _Writer(self, archive).write_data()


class _Archive(zipfile.ZipFile):
    """A file whose parts bear no time."""

    def writestr(self, name: Any, data: Any, *_: Any, **__: Any) -> None:  # type: ignore[override]
        super().writestr(_entry(name), data)

    def write_pieces(self, name: str, size: int, pieces: Iterable[bytes]) -> None:
        """A part that is not in memory as a whole; `size` in bytes."""
        info = _entry(name)
        info.file_size = size
        with self.open(info, "w") as part:
            for piece in pieces:
                part.write(piece)


def _entry(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _ENTRY_TIME)
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


class _Writer(ExcelWriter):  # type: ignore[misc]
    """Writes pages straight into the file: openpyxl would write each to disk first."""

    def write_worksheet(self, page: Page) -> None:
        size, rows = page.packed()
        page._drawing = SpreadsheetDrawing()
        page._drawing.charts, page._drawing.images = page._charts, page._images
        frame = io.BytesIO()
        writer = WorksheetWriter(page, frame)
        writer.write()
        page._rels = writer._rels
        top, bottom = _NO_ROWS.split(frame.getvalue(), maxsplit=1)
        parts = chain((top, b"<sheetData>"), rows, (b"</sheetData>", bottom))
        self._archive.write_pieces(page.path[1:], size + len(frame.getvalue()), parts)
        self.manifest.append(page)
