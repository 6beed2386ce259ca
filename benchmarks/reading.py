"""What reading a Word form costs, as a multiple of unzipping and parsing the same parts.

Run `python -m benchmarks.reading` for the table alone; `rows()` is what the whole benchmark asks for. Each form is read and its parts are
parsed in turn, so that a busy machine slows both; the ratio of a form is the median of the pairs.
"""

from __future__ import annotations

import io
import statistics
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.row import Row
from lxml import etree

from formflow.reading.docx import read_docx
from formflow.reading.package import Package

ROOT = Path(__file__).parents[1]
PAIRS = 15
REACH = 3.0


def rows() -> list[Row]:
    """One row: the median form of the packs' samples, with the cheapest and the dearest beside it."""
    forms = [path.read_bytes() for path in sorted(ROOT.glob("templates/*/samples/*.docx"))]
    if not forms:
        raise FileNotFoundError("templates/*/samples/*.docx")
    ratios = sorted(ratio(data) for data in forms)
    middle = statistics.median(ratios)
    note = f"{len(forms)} samples, {ratios[0]:.2f}–{ratios[-1]:.2f}"
    return [
        Row("read a .docx application ÷ unzip + parse of its parts", middle, f"≤ {REACH:g}×", middle <= REACH, note)
    ]


def ratio(data: bytes) -> float:
    """Time to read ÷ time to unzip and parse the XML parts that reading opens, whole."""
    names = parts_read(data)
    read_docx(data)
    pairs = [(_seconds(read_docx, data), _seconds(unzip_and_parse, data, names)) for _ in range(PAIRS)]
    return statistics.median(read / floor for read, floor in pairs)


def parts_read(data: bytes) -> list[str]:
    """The XML parts that reading opens, found by watching one reading."""
    names: list[str] = []
    plain = Package.parse

    def noted(package: Package, name: str, trim: Callable[[bytes], bytes] | None = None) -> etree._Element:
        names.append(name)
        return plain(package, name, trim)

    Package.parse = noted  # type: ignore[method-assign]
    try:
        read_docx(data)
    finally:
        Package.parse = plain  # type: ignore[method-assign]
    return names


def unzip_and_parse(data: bytes, names: list[str]) -> None:
    """The floor: what any reader of these parts must do at least."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in names:
            etree.fromstring(archive.read(name))


def _seconds(work: Callable[..., object], *arguments: object) -> float:
    start = time.perf_counter()
    work(*arguments)
    return time.perf_counter() - start


def main() -> None:
    for row in rows():
        print(f"{row.name}: {row.value:.2f} (reach {row.reach}, {'ok' if row.ok else 'missed'}; {row.note})")


if __name__ == "__main__":
    main()
