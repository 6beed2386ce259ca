"""Workbooks take the memory of their file: what is finished is packed, stays as it is, and nothing of it is left on disk."""

from __future__ import annotations

import io
import tempfile
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from formflow.service.sheets import book as books
from formflow.service.sheets import steady
from formflow.service.sheets.book import Book


def write(page: Any, rows: range, *, is_finished: bool = True) -> None:
    for row in rows:
        for column in range(1, 11):
            steady.dress(steady.put(page.cell(row, column), f"第{row}行第{column}格"), steady.HEADING)
        steady.fit_rows(page, row, row)
        if is_finished:
            page.finish(row)


def rows_written(rows: int) -> int:
    """The most memory it takes to write so many rows, in bytes."""
    book = Book()
    write(book.active, range(1, 20))
    tracemalloc.start()
    try:
        write(book.active, range(20, 20 + rows))
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_rows_that_are_finished_take_next_to_no_memory() -> None:
    assert rows_written(2_000) - rows_written(200) < 1_800 * 10 * 20  # a cell of openpyxl's alone takes 300 bytes


def test_finished_or_not_is_the_same_file() -> None:
    files = []
    for is_finished in (True, False):
        book = Book()
        write(book.active, range(2, 30), is_finished=is_finished)
        write(book.create_sheet("又一页"), range(5, 9), is_finished=is_finished)
        files.append(book.saved())
    assert files[0] == files[1]


def test_all_that_was_put_on_a_page_is_there() -> None:
    book = Book()
    page = book.active
    page.freeze_panes = "B3"
    write(page, range(3, 500))
    page.auto_filter.ref = "A3:J499"
    steady.protect(page)
    steady.set_print(page, 3)
    found = openpyxl.load_workbook(io.BytesIO(book.saved())).active
    assert [cell.value for cell in found[499]] == [f"第499行第{column}格" for column in range(1, 11)]
    assert (found.dimensions, found.freeze_panes, found.auto_filter.ref) == ("A3:J499", "B3", "A3:J499")
    assert (found.protection.sheet, found.print_title_rows, found["J499"].font.b) == (True, "$3:$3", True)
    assert found.row_dimensions[499].height > 15


def test_a_finished_row_is_not_touched_again() -> None:
    book = Book()
    write(book.active, range(1, 5))
    steady.put(book.active.cell(4, 11), "来晚了")
    with pytest.raises(ValueError, match="row 4"):
        book.saved()


def test_what_is_too_large_for_memory_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even when the process is killed in the middle: the file never has a name."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(books, "_IN_MEMORY", 1)
    book, at_once = Book(), Book()
    write(book.active, range(1, 600))
    write(at_once.active, range(1, 600), is_finished=False)
    assert list(tmp_path.iterdir()) == []
    monkeypatch.undo()
    assert book.saved() == at_once.saved()


def test_the_file_bears_no_moment() -> None:
    entries = zipfile.ZipFile(io.BytesIO(Book().saved())).infolist()
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert b"2022-01-01T00:00:00Z" in zipfile.ZipFile(io.BytesIO(Book().saved())).read("docProps/core.xml")
