"""What reading a digital PDF costs, as a multiple of pdfium's own text extraction of the same file.

Run `python -m benchmarks.pdf` for the table alone; `rows()` is what the whole benchmark asks for. The packs' samples are printed to PDF by
LibreOffice first; where it is missing there is nothing to measure.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pypdfium2 as pdfium
from benchmarks.row import Row

from formflow.reading.pdf import read_pdf

ROOT = Path(__file__).parents[1]
PAIRS = 15
REACH = 4.0


def rows() -> list[Row]:
    """One row: the median form of the packs' samples, with the cheapest and the dearest beside it; none without LibreOffice."""
    if shutil.which("soffice") is None:
        return []
    ratios = sorted(ratio(data) for data in printed())
    middle = statistics.median(ratios)
    note = f"{len(ratios)} samples, {ratios[0]:.2f}–{ratios[-1]:.2f}"
    return [Row("read a digital PDF ÷ pdfium's own text extraction", middle, f"≤ {REACH:g}×", middle <= REACH, note)]


def printed() -> list[bytes]:
    """The samples as LibreOffice prints them."""
    sources = sorted(ROOT.glob("templates/*/samples/*.docx"))
    if not sources:
        raise FileNotFoundError("templates/*/samples/*.docx")
    with tempfile.TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        out = Path(folder) / "out"
        command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(out)]
        subprocess.run([*command, *map(str, sources)], check=True, capture_output=True, timeout=300)
        files = [path.read_bytes() for path in sorted(out.glob("*.pdf"))]
    if len(files) != len(sources):
        raise RuntimeError(f"{len(files)} of {len(sources)} printed")
    return files


def ratio(data: bytes) -> float:
    """Time to read ÷ time to extract the text alone."""
    read_pdf(data)
    pairs = [(_seconds(read_pdf, data), _seconds(text_alone, data)) for _ in range(PAIRS)]
    return statistics.median(read / floor for read, floor in pairs)


def text_alone(data: bytes) -> None:
    """The floor: every page's text, without places."""
    document = pdfium.PdfDocument(data)
    for page in document:
        text = page.get_textpage()
        text.get_text_range()
        text.close()
        page.close()
    document.close()


def _seconds(work: Callable[[bytes], object], data: bytes) -> float:
    start = time.perf_counter()
    work(data)
    return time.perf_counter() - start


if __name__ == "__main__":
    for row in rows():
        print(f"{row.name}: {row.value:.2f} (reach {row.reach}, {'ok' if row.ok else 'missed'}; {row.note})")
