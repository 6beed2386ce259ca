"""What reading a Word form costs, as a multiple of unzipping and parsing.

Three floors: the parts that reading opens, whole (design.md section 7), XML parsed by lxml and pictures decoded by Pillow; the same without
the pictures; and, harsher still, the main part alone. `python -m benchmarks.reading`
prints these rows; `rows()` is what the whole benchmark asks for.
"""

from __future__ import annotations

import io
import statistics
import zipfile
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from benchmarks.row import Row, ratios, show
from lxml import etree
from PIL import Image

from formflow.reading.docx import read_docx
from formflow.reading.package import Package

ROOT = Path(__file__).parents[1]
PAIRS = 25
REACH = 3.0
MAIN = ["word/document.xml"]


def rows() -> list[Row]:
    """The median form and the dearest of the packs' samples against their parts; then against less."""
    forms = {path.name: path.read_bytes() for path in sorted(ROOT.glob("templates/*/samples/*.docx"))}
    if not forms:
        raise FileNotFoundError("templates/*/samples/*.docx")
    by_parts = against(forms.values(), parts_read)
    by_xml = against(forms.values(), lambda data: [part for part in parts_read(data) if is_xml(part)])
    by_main = against(forms.values(), lambda data: MAIN)
    middle, (highest, dearest) = statistics.median(by_parts), max(zip(by_parts, forms, strict=True))
    what, reach = "read a .docx application ÷ unzip + parse of its parts", f"≤ {REACH:g}×"
    return [
        Row(what, middle, reach, middle <= REACH, f"median of {len(forms)} samples"),
        Row("the same, the dearest sample", highest, reach, highest <= REACH, dearest),
        Row("the same, pictures not counted among its parts", max(by_xml), note="the dearest sample"),
        Row("the same ÷ unzip + parse of document.xml alone", statistics.median(by_main), note="median"),
    ]


def against(forms: Iterable[bytes], parts: Callable[[bytes], list[str]]) -> list[float]:
    """Time to read each form ÷ time to unzip and parse these parts of it."""
    return ratios([(partial(read_docx, data), partial(unzip_and_parse, data, parts(data))) for data in forms], PAIRS)


def parts_read(data: bytes) -> list[str]:
    """The parts that reading opens, found by watching one reading."""
    names: list[str] = []
    plain = Package.read

    def noted(package: Package, name: str) -> bytes:
        names.append(name)
        return plain(package, name)

    Package.read = noted  # type: ignore[method-assign]
    try:
        read_docx(data)
    finally:
        Package.read = plain  # type: ignore[method-assign]
    return names


def is_xml(name: str) -> bool:
    return name.endswith((".xml", ".rels"))


def unzip_and_parse(data: bytes, names: list[str]) -> None:
    """The floor: what any reader of these parts must do at least."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in names:
            part = archive.read(name)
            if is_xml(name):
                etree.fromstring(part)
            else:
                Image.open(io.BytesIO(part)).load()


if __name__ == "__main__":
    show(rows())
