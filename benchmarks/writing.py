"""How long a form keeps the register on PostgreSQL to itself: a process of its own, for one that has opened a register in a file cannot open
one there. `python -m benchmarks.writing URL` prints the seconds a
form, and how many of them were the processor's here, the database's own not counted."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.service import CASES, _work_off

_spent = [0.0, 0.0]


def main(url: str) -> None:
    """Works off some forms and prints what their transactions took."""
    import os

    os.environ["FORMFLOW_DATABASE_URL"] = url
    from formflow.service.home import Home
    from formflow.service.office import opened

    with tempfile.TemporaryDirectory() as folder, opened(Home(Path(folder))) as office:
        from formflow.register import books

        transaction = books.transaction

        @contextmanager
        def timed() -> Iterator[None]:
            begun, used = time.perf_counter(), time.process_time()
            with transaction():
                yield
            _spent[0] += time.perf_counter() - begun
            _spent[1] += time.process_time() - used

        books.transaction = timed  # type: ignore[assignment]
        _work_off(office, 4, "warm")
        _spent[:] = [0.0, 0.0]
        _work_off(office, CASES, "timed")
    print(*(seconds / CASES for seconds in _spent))


if __name__ == "__main__":
    main(sys.argv[1])
