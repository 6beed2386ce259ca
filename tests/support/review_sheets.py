"""审核表 as people and their programs fill them in and save them."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lxml import etree
from openpyxl import load_workbook

from support.packing import pack, unpack

_NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_SHEET, _TEXTS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"


def rows_of(data: bytes) -> dict[str, dict[str, str]]:
    """What stands on a sheet: code → heading → text, in the sheet's order."""
    page, head, columns = _table(data)
    found = {}
    for row in page.iter_rows(min_row=head + 1):
        texts = {heading: row[column - 1].value or "" for heading, column in columns.items()}
        found[texts["栏目编码"]] = texts
    return found


def pictures_of(data: bytes) -> list[int]:
    """The rows that show a picture, counted from 1."""
    return sorted(image.anchor._from.row + 1 for image in load_workbook(io.BytesIO(data)).active._images)


def row_of(data: bytes, code: str) -> int:
    page, head, columns = _table(data)
    codes = [page.cell(row, columns["栏目编码"]).value for row in range(head + 1, page.max_row + 1)]
    return head + 1 + codes.index(code)


def filled(
    data: bytes, corrections: Mapping[str, str], who: str = "王敏", changes: Mapping[str, str] | None = None
) -> bytes:
    """The sheet with corrections written beside lines, saved by somebody. `changes`: cells by their place."""
    book = load_workbook(io.BytesIO(data))
    page, head, columns = _parts(book.active)
    for code, text in corrections.items():
        codes = [page.cell(row, columns["栏目编码"]).value for row in range(head + 1, page.max_row + 1)]
        page.cell(head + 1 + codes.index(code), columns["更正"]).value = text
    for place, text in (changes or {}).items():
        page[place] = text
    book.properties.lastModifiedBy = who or None
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def _table(data: bytes) -> tuple[Any, int, dict[str, int]]:
    return _parts(load_workbook(io.BytesIO(data)).active)


def _parts(page: Any) -> tuple[Any, int, dict[str, int]]:
    head = next(row[0].row for row in page.iter_rows() if "栏目编码" in [cell.value for cell in row])
    return page, head, {cell.value: cell.column for cell in page[head] if cell.value}


def with_shared_texts(data: bytes) -> bytes:
    """As WPS saves it: every text in the shared table, in runs of its own formatting, and no dimension."""
    parts = unpack(data)
    sheet = etree.fromstring(parts[_SHEET])
    table = etree.Element(f"{_NS}sst")
    for number, cell in enumerate(sheet.findall(f".//{_NS}c[@t='inlineStr']")):
        text = "".join(cell.itertext())
        del cell[:]
        cell.set("t", "s")
        etree.SubElement(cell, f"{_NS}v").text = str(number)
        entry = etree.SubElement(table, f"{_NS}si")
        for piece in (text[:1], text[1:]):
            shown = etree.SubElement(etree.SubElement(entry, f"{_NS}r"), f"{_NS}t")
            shown.text = piece
            shown.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    sheet.remove(sheet.find(f"{_NS}dimension"))
    return pack({**parts, _SHEET: etree.tostring(sheet), _TEXTS: etree.tostring(table)})


def has_calc() -> bool:
    """Whether LibreOffice is here with the part that opens workbooks."""
    program = shutil.which("soffice")
    return program is not None and (Path(program).resolve().parent / "libsclo.so").exists()


def resaved(data: bytes, folder: Path) -> bytes:
    """The sheet as LibreOffice saves it."""
    source, out = folder / "in.xlsx", folder / "out"
    source.write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out)]
    subprocess.run([*command, str(source)], check=True, capture_output=True, timeout=120)
    return (out / source.name).read_bytes()
