"""Papers out of an archive, laid out."""

from __future__ import annotations

from pathlib import Path

from formflow.service import unpacked
from formflow.service.home import Home


def test_papers_laid_out_are_told_from_claims_and_from_those_of_others(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.prepare()
    for name in (
        "20220310-a",
        "20220310-a.001",
        "20220310-a.002",
        "20220310-ab.001",
        "20220310-a.001.003",
        "20220310-a.x",
    ):
        (home.claimed / name).mkdir()
    (home.claimed / "20220310-a.004").write_bytes(b"")
    (home.claimed / "20220310-a.json").write_bytes(b"")
    inner = ["20220310-a.001", "20220310-a.001.003", "20220310-a.002"]
    assert unpacked.laid_out(home, "20220310-a") == inner
    assert unpacked.laid_out(home, "20220310-a.001") == ["20220310-a.001.003"]
    assert unpacked.laid_out(home) == [*inner, "20220310-ab.001"]
