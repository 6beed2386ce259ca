"""Whatever is done to a paper, its reader gives a document or a refusal in words: never a bug of ours, never the end of the child.

Runs the same examples each time, in seconds. FORMFLOW_FUZZ_EXAMPLES=20000 looks for new ones; what it finds goes into `FOUND` as it was
printed, and stays there when it has been mended.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from formflow.errors import UnreadableError
from formflow.reading.sandbox import Sandbox, SandboxLimits
from support.mutations import DEEDS, TOKENS, Edit, spoiled
from support.seeds import SEEDS, seed

EXAMPLES = int(os.environ.get("FORMFLOW_FUZZ_EXAMPLES", "100"))
IS_LONG = "FORMFLOW_FUZZ_EXAMPLES" in os.environ
# (seed, edits, part): each ended the child or came out as a traceback once.
FOUND = (
    ("ofd", (Edit("cut", 16794, 65308, b""),), None),
    ("ofd", (Edit("swap", 53463, 16564, b""), Edit("double", 14976, 7755, b"")), None),
    ("ofd", (Edit("replace", 19602, 18004, b"<w:tbl>"), Edit("swap", 9114, 25246, b"")), None),
    ("xls", (Edit("double", 3010, 25369, b""), Edit("double", 4758, 63148, b""), Edit("swap", 5949, 36417, b"")), None),
)
LIMITS = SandboxLimits(memory_mb=1024, cpu_s=20, wall_s=20)
EDITS = st.lists(
    st.builds(
        Edit,
        st.sampled_from(DEEDS),
        st.integers(0, 65535),
        st.integers(0, 65535),
        st.one_of(st.sampled_from(TOKENS), st.binary(max_size=6)),
    ),
    min_size=1,
    max_size=5,
)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(LIMITS, recycle_after=2000) as made:
        yield made


def bug(sandbox: Sandbox, data: bytes) -> str:
    """What went wrong that must not: our own traceback, or that the child died; "" if a document or a refusal came."""
    try:
        sandbox.read(data)
    except UnreadableError as problem:
        if problem.code == "crashed":
            return "".join(getattr(problem, "__notes__", ["the child died"]))
        return "" if problem.message else "a refusal without words"
    return ""


@pytest.mark.parametrize("name", sorted(SEEDS))
def test_seeds_are_sound(sandbox: Sandbox, name: str) -> None:
    sandbox.read(seed(name))


@pytest.mark.parametrize("name", sorted(SEEDS))
def test_spoiled_papers_are_read_or_refused(sandbox: Sandbox, name: str) -> None:
    @settings(
        max_examples=EXAMPLES,
        derandomize=not IS_LONG,
        database=None,
        deadline=None,
        phases=(Phase.generate, Phase.shrink) if IS_LONG else (Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(EDITS, st.one_of(st.none(), st.integers(0, 40)))
    def spoil(edits: list[Edit], part: int | None) -> None:
        found = bug(sandbox, spoiled(seed(name), edits, part))
        assert found == ""

    spoil()


@pytest.mark.parametrize(("name", "edits", "part"), FOUND)
def test_what_was_found_once_is_not_found_again(
    sandbox: Sandbox, name: str, edits: tuple[Edit, ...], part: int | None
) -> None:
    assert bug(sandbox, spoiled(seed(name), edits, part)) == ""


def test_the_fuzz_sees_a_bug() -> None:
    with Sandbox(LIMITS, reader="support.bad_readers:misbehave") as bad:
        assert "a bug of ours" in bug(bad, b"bug")
        assert bug(bad, b"exit") == "the child died"
        assert bug(bad, b"good") == ""
