"""What fuzzing found once is not found again; and what is fuzzed is what people send.

The inputs in `corpus/<target>/` each ended in a traceback, or did not end, before that was mended. To look for others:
`python -m benchmarks.fuzz --seconds 600`.
"""

from __future__ import annotations

import random
import signal
from pathlib import Path

import pytest

from support.fuzz_documents import changed
from support.fuzz_parts import spoiled_parts
from support.fuzz_seeds import documents, named
from support.fuzz_targets import TARGETS, Target, attempt
from support.watchdog import DoesNotEndError, ends_within

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGVTALRM"), reason="no such signal here")
CORPUS = Path(__file__).parent / "corpus"
FOUND = sorted(path.relative_to(CORPUS).as_posix() for path in CORPUS.rglob("*.bin"))
# Each takes less than two; those that did not end took minutes.
ENOUGH_S = 20.0


@pytest.mark.parametrize("name", FOUND)
def test_what_was_found_is_mended(name: str) -> None:
    target = TARGETS[name.partition("/")[0]]
    with ends_within(ENOUGH_S):
        attempt(target, (CORPUS / name).read_bytes())


def test_there_is_a_collection() -> None:
    assert len(FOUND) > 5
    assert sum(path.stat().st_size for path in CORPUS.rglob("*.bin")) < 1_000_000


@pytest.mark.parametrize("name", sorted(TARGETS))
def test_a_sound_input_of_every_target_gets_through(name: str) -> None:
    """A target whose every input is refused at the door would find nothing."""
    target = TARGETS[name]
    assert any(attempt(target, data) is not None for data in target.seeds()[:4])


def test_bugs_and_what_does_not_end_are_seen() -> None:
    def stumble(data: bytes) -> object:
        while data == b"for ever":
            pass
        return int(data)

    stumbling = Target(lambda: [b"1"], stumble)
    assert attempt(stumbling, b"1") == 1
    with pytest.raises(ValueError, match="invalid literal"):
        attempt(stumbling, b"x")
    with pytest.raises(DoesNotEndError), ends_within(0.1):
        attempt(stumbling, b"for ever")


def test_spoiled_parts_arrive_inside_their_container() -> None:
    """The mutator changes what a reader gets to see, not only the wrapping."""
    (sound,) = named("docx")
    target = TARGETS["docx"]
    spoiled = [spoiled_parts(sound, random.Random(number), bytes.upper) for number in range(60)]
    read = [attempt(target, data) for data in spoiled]
    assert len(set(spoiled)) > 40
    assert 15 < sum(one is not None for one in read) < 60


def test_changed_documents_are_still_true_grids() -> None:
    rng = random.Random(5)
    for number in range(0, len(documents()), 7):
        document = changed(documents()[number], rng.randbytes(200))
        for table in (block for block in document.blocks if hasattr(block, "cells")):
            taken = [
                (row, column)
                for cell in table.cells
                for row in range(cell.row, cell.row + cell.row_span)
                for column in range(cell.column, cell.column + cell.column_span)
            ]
            assert len(taken) == len(set(taken))
            assert all(row < table.rows and column < table.columns for row, column in taken)
