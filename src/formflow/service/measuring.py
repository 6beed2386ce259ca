"""Measuring a letter where a hostile one can do no harm: in a child process, under the limits papers are read under.

In: a .docx or PDF, ours or not. Out: what `letters.measure` finds. Raises UnreadableError where the file is too large, hangs, takes too much
memory or brings its child down, MeasureError where it is no letter that can be measured.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from formflow.letters.measure import MeasureError, Measurement
from formflow.reading.sandbox import Sandbox
from formflow.service.opening import limits_of
from formflow.settings import ReadingSettings

MEASURER = "formflow.letters.measure.plain:measure_plainly"
Measure = Callable[[Path], tuple[Measurement, ...]]


@contextmanager
def measurer(settings: ReadingSettings) -> Iterator[Measure]:
    """What measures a file, for as long as the block lasts."""
    with Sandbox(limits_of(settings), reader=MEASURER) as sandbox:

        def measured(path: Path) -> tuple[Measurement, ...]:
            rows, problem = sandbox.call(MEASURER, path, path.name)
            if problem:
                raise MeasureError(problem)
            return tuple(Measurement(*row) for row in rows)

        yield measured
