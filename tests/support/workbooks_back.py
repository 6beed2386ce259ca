"""A workbook of ours as a clerk hands it back: filled in, by what stands under a heading."""

from __future__ import annotations

import io
from collections.abc import Mapping

from openpyxl import load_workbook


def filled(data: bytes, answers: Mapping[str, Mapping[str, str]], key: str, who: str = "") -> bytes:
    """The first page with words written into its columns: `answers` by what stands in a row under the heading `key`, then by heading.
    `who` saved it, by his own account."""
    book = load_workbook(io.BytesIO(data))
    page = book.worksheets[0]
    heads = next(row for row in page.iter_rows() if any(cell.value == key for cell in row))
    columns = {cell.value: cell.column for cell in heads}
    for row in page.iter_rows(min_row=heads[0].row + 1):
        words = answers.get(str(row[columns[key] - 1].value), {})
        for heading, text in words.items():
            page.cell(row[0].row, columns[heading]).value = text
    if who:
        book.properties.lastModifiedBy = who
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
