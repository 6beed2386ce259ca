"""`python -m benchmarks.storm [--kills 1000] [--papers 500] [--seed 1] [--database URL|own]`: rages, looks, and prints what was found.

Exit code 1 on any breach; the home is kept then, and its place is said. With a database (an empty one on PostgreSQL, or a server of its own) a `serve` and two workers are
killed in turn, and now and then all at once; a server of its own is, too.
"""

from __future__ import annotations

import argparse
import json
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.storm.proof import Verdict
from benchmarks.storm.weather import Tally
from benchmarks.storm.whole import YEARS, Measure, rage
from rich.console import Console
from rich.table import Table

from support import postgres


def main() -> int:
    """Rages, looks, prints."""
    asked = _arguments()
    # Told to stop, it ends what it has started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    begun = time.monotonic()
    folder = Path(tempfile.mkdtemp(prefix="formflow-storm-"))
    with _database(asked.database) as (url, shake):
        found = rage(folder, Measure(asked.kills, asked.papers, asked.years, asked.seed, asked.steps), url, shake)
    _print(found, time.monotonic() - begun, asked.seed)
    is_sound = not any(verdict.breaches for verdict in found[1])
    if is_sound:
        shutil.rmtree(folder)
    else:
        print(f"kept: {folder}")
    return 0 if is_sound else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.storm")
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--papers", type=int, default=500)
    parser.add_argument("--years", type=int, default=len(YEARS), choices=range(1, len(YEARS) + 1))
    parser.add_argument("--steps", type=int, default=99, help="of each year, at least 6")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--database",
        default="",
        metavar="URL",
        help="an empty database on PostgreSQL, or own: one that is started for it",
    )
    return parser.parse_args()


@contextmanager
def _database(asked: str) -> Iterator[tuple[str, Callable[[], None] | None]]:
    """The URL, with a server of the storm's own behind it if that is asked for; that one can be shaken."""
    if asked != "own":
        yield asked, None
        return
    with postgres.server(is_durable=True) as server:
        yield server.create(), server.restart


def _print(found: tuple[Tally, tuple[Verdict, ...]], seconds: float, seed: int) -> None:
    tally, verdicts = found
    fallen = Table("killed while", "kills")
    for room, count in tally.rooms.most_common():
        fallen.add_row(room, str(count))
    judged = Table("promise", "looked at", "breaches")
    for verdict in verdicts:
        judged.add_row(verdict.promise, str(verdict.count), str(len(verdict.breaches)))
    console = Console() if sys.stdout.isatty() else Console(width=120)
    commands = json.dumps(dict(tally.commands))
    console.print(
        f"{tally.kills} kills of {commands} over {len(tally.dropped)} papers in {seconds / 60:.0f} minutes, seed {seed}; {tally.aimed} aimed; {tally.let_be} lives let be; {tally.shaken} crashes of the database"
    )
    console.print(fallen)
    console.print(judged)
    for verdict in verdicts:
        for breach in verdict.breaches[:20]:
            console.print(f"{verdict.promise}: {breach}", markup=False)


if __name__ == "__main__":
    sys.exit(main())
