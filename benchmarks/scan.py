"""What reading a scanned page costs: seconds at 200 dots an inch, and as a share of stock rapidocr on the same pages.

Run `python -m benchmarks.scan` for the table alone. Drawn form pages (tests/support/scan_pages.py) are read in turn by all, so that a
busy machine slows all; the ratio of a page is the median of its rounds. Stock rapidocr finds and reads the text of a page and knows
nothing of tables, seals or slant: what ours does besides must not cost more than that.
"""

from __future__ import annotations

import importlib
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.row import Row

ROOT = Path(__file__).parents[1]
ROUNDS = 5
REACH, SAME_REACH = 0.5, 1.3


def rows() -> list[Row]:
    """The ratios to the stock engine on onnxruntime and on our own runtime; none without the OCR extra."""
    from formflow.reading.scan import available
    from formflow.reading.scan.networks import runtime

    if not available()[0]:
        return []
    engine = runtime() or "onnxruntime"
    pages, own = _pages(), _own()
    stock, same = _stock("onnxruntime"), _stock(engine)
    for page in pages:
        for read in (own, stock, same):
            read(page)
    rounds = [
        [(_timed(own, page), _seconds(stock, page), _seconds(same, page)) for _ in range(ROUNDS)] for page in pages
    ]
    ratio = statistics.median(statistics.median(ours / theirs for (ours, _), theirs, _ in page) for page in rounds)
    cost = statistics.median(statistics.median(ours / theirs for (ours, _), _, theirs in page) for page in rounds)
    seconds = statistics.median(statistics.median(ours for (ours, _), _, _ in page) for page in rounds)
    inside = statistics.median(statistics.median(spent / ours for (ours, spent), _, _ in page) for page in rounds)
    megapixels = statistics.mean(page.width * page.height for page in pages) / 1e6
    note = f"{seconds:.2f} s a page, {seconds / megapixels:.2f} s a megapixel, {len(pages)} pages"
    return [
        Row("read a scanned page ÷ stock rapidocr on onnxruntime", ratio, f"≤ {REACH:g}×", ratio <= REACH, note),
        Row(
            f"read a scanned page ÷ stock rapidocr on {engine}", cost, f"≤ {SAME_REACH:g}×", cost <= SAME_REACH,
            f"{inside:.0%} of it inside the networks",
        ),
    ]  # fmt: skip


def _pages() -> list[Any]:
    sys.path.insert(0, str(ROOT / "tests"))
    drawn = importlib.import_module("support.scan_pages")
    page = drawn.form().seal(700, 1420).signature(1050, 1600)
    dense = drawn.Page().text(180, 160, "\n".join(drawn.broken(line * 3, 1290) for line in drawn.WORK * 4), 30)
    return [page.image, drawn.noisy(page.image), drawn.turned(page.image, 1.5), dense.image]


def _own() -> Callable[[Any], object]:
    from formflow.reading.scan import read_pages
    from formflow.reading.scan.images import PageImage

    return lambda image: read_pages([PageImage(image, 1, (595.3, 841.9), 200)])


def _stock(engine: str) -> Callable[[Any], object]:
    import logging

    import numpy as np
    from rapidocr import EngineType, RapidOCR

    logging.disable(logging.WARNING)
    kind = EngineType(engine)
    read = RapidOCR(params={"Global.use_cls": False, "Det.engine_type": kind, "Rec.engine_type": kind})
    return lambda image: read(np.asarray(image.convert("RGB"))[:, :, ::-1].copy())


def _seconds(work: Callable[[Any], object], page: Any) -> float:
    start = time.perf_counter()
    work(page)
    return time.perf_counter() - start


def _timed(work: Callable[[Any], object], page: Any) -> tuple[float, float]:
    """Seconds in all, and those inside of the networks."""
    with _watched() as spent:
        whole = _seconds(work, page)
    return whole, sum(spent)


@contextmanager
def _watched() -> Iterator[list[float]]:
    """The seconds of every call of the networks while this is open."""
    from formflow.reading.scan import reader
    from formflow.reading.scan.networks import Networks, networks

    spent: list[float] = []

    def timed(network: Callable[[Any], Any]) -> Callable[[Any], Any]:
        def run(batch: Any) -> Any:
            start = time.perf_counter()
            try:
                return network(batch)
            finally:
                spent.append(time.perf_counter() - start)

        return run

    plain = networks()
    watched = Networks(timed(plain.detect), timed(plain.recognise), plain.characters, plain.runtime)
    reader.networks = lambda: watched  # type: ignore[assignment, attr-defined]
    try:
        yield spent
    finally:
        reader.networks = networks  # type: ignore[attr-defined]


def main() -> None:
    for row in rows():
        print(f"{row.name}: {row.value:.2f} (reach {row.reach}, {'ok' if row.ok else 'missed'}; {row.note})")


if __name__ == "__main__":
    main()
