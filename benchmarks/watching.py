"""Watching: whether a burst of files into a running service is taken whole and once, and what looking at a full inbox costs.

`rows()` is what the whole benchmark asks for; `python -m benchmarks.watching [FILES]` prints these rows alone. The burst goes into a real
`engine.serve`: its observer, look, gate and claim; nothing is done with the papers. The home lies in memory where there is such a disk, so that what is
measured is the service and not how fast a disk syncs. The floor of a look is listing the folder and asking for each file's stamp.
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.row import Row, ratio, seconds, show

if TYPE_CHECKING:
    from formflow.service.office import Office

FILES, BURST_S = 30_000, 2.0
SIZES = (10_000, 100_000)
LOOK_REACH, SHARE_REACH, GROWTH_REACH = 6.0, 10.0, 1.3
PATIENCE_S = 600.0
_MEMORY = Path("/dev/shm")


def rows(files: int = FILES) -> list[Row]:
    """The burst, and a look at an inbox that is full and stays so."""
    with tempfile.TemporaryDirectory(dir=_MEMORY if _MEMORY.is_dir() else None) as folder:
        return [*_burst(Path(folder) / "burst", files), *_looks(Path(folder))]


def _burst(root: Path, files: int) -> list[Row]:
    """Each file says who it is; what was taken is counted by that."""
    taken: Counter[bytes] = Counter()
    done = threading.Event()

    def received(office: Any, claim: Any) -> tuple[Any, ...]:
        from formflow.service import casework, claims

        taken[claim.path.read_bytes()] += 1
        claim.path.unlink()
        claims.forget(office.home, claim.id)
        if len(taken) >= files:
            done.set()
        return (casework.Done(claim.slip.name, "set_aside", ""),)

    inbox = root / "inbox"
    inbox.mkdir(parents=True)
    stop, wake = threading.Event(), threading.Event()
    service = threading.Thread(target=_serve, args=(root, stop, wake, received))
    service.start()
    time.sleep(2)
    dropped_s = seconds(lambda: [(inbox / f"{n}.txt").write_bytes(b"%d" % n) for n in range(files)])
    begun, used = time.monotonic(), time.process_time()
    done.wait(PATIENCE_S)
    spent, processor = time.monotonic() - begun, time.process_time() - used
    time.sleep(1)
    stop.set()
    wake.set()
    service.join()
    lost = sum(1 for n in range(files) if not taken[b"%d" % n])
    doubled = sum(count - 1 for count in taken.values() if count > 1)
    note = f"dropped in {dropped_s:.1f} s, all taken after {spent:.0f} s ({processor:.0f} s processor)"
    return [
        Row(f"burst of {files:,} files into a running serve: not taken", lost, "0", lost == 0, note),
        Row("the same: taken twice", doubled, "0", doubled == 0, f"{files / spent:.0f} files a second"),
    ]


def _serve(root: Path, stop: threading.Event, wake: threading.Event, received: Any) -> None:
    """`engine.serve` as the command runs it, but for the reading."""
    from formflow.register.setup import close_register, open_register

    office = _office(root)
    open_register(office.home.register)
    try:
        from formflow.service import casework, engine

        kept = casework.handle, engine.deliver
        casework.handle, engine.deliver = received, lambda office, retry=False: ()
        try:
            engine.serve(office, stop, wake)
        finally:
            casework.handle, engine.deliver = kept
    finally:
        close_register()


def _nothing(*arguments: Any) -> Any:
    raise AssertionError("nothing is read or printed here")


def _looks(folder: Path) -> list[Row]:
    """A look that finds everything as it was: what a backlog, or files that nobody can take, costs again and again."""
    found: list[Row] = []
    for size in SIZES:
        office = _office(folder / str(size))
        for number in range(size):
            os.close(os.open(office.home.inbox / f"申请表{number}.docx", os.O_CREAT | os.O_WRONLY))
        row, share = _look(office, size)
        found.append(row)
    growth = (found[1].value or 0) / (found[0].value or 1)
    return [
        *found,
        Row(
            "a look, for each file: 100,000 ÷ 10,000",
            growth,
            f"≤ {GROWTH_REACH}",
            growth <= GROWTH_REACH,
            "linear is 1",
        ),
        Row("looking, % of the time while 100,000 files wait", share, f"≤ {SHARE_REACH}", share <= SHARE_REACH),
    ]


def _office(root: Path) -> Office:
    from formflow.packs import load_packs
    from formflow.service.home import Home, bundled_templates
    from formflow.service.office import Office, shanghai_now

    home = Home(root)
    home.prepare()
    programmes = load_packs(bundled_templates(), with_letters=False)
    return Office(home, programmes, _nothing, _nothing, shanghai_now)


def _look(office: Office, size: int) -> tuple[Row, float]:
    """The row, and the share of the time that looks take while papers are worked on (per cent)."""
    from formflow.service.inboxes import Inbox
    from formflow.service.post import Post

    post, inbox = Post(office, Inbox(office.home.inbox)), office.home.inbox

    def look() -> None:
        post.look_through()
        post.figures()

    value = ratio(look, lambda: _floor(inbox), 5)
    cost_s, floor_s = (min(seconds(work) for _ in range(3)) for work in (look, lambda: _floor(inbox)))
    look()
    share = 100 * cost_s / (cost_s + post.slice_s)
    note = f"{1000 * cost_s:.0f} ms a look, floor {1000 * floor_s:.0f} ms"
    row = Row(
        f"a look at {size:,} files ÷ listing and stat of each", value, f"≤ {LOOK_REACH}", value <= LOOK_REACH, note
    )
    return row, share


def _floor(inbox: Path) -> int:
    with os.scandir(inbox) as listing:
        return sum(entry.stat(follow_symlinks=False).st_size for entry in listing)


if __name__ == "__main__":
    show(rows(int(sys.argv[1]) if len(sys.argv) > 1 else FILES))
