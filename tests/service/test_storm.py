"""A year of an office while it is killed at moments of chance; and that the proof afterwards would notice what it is there to notice."""

from __future__ import annotations

import hashlib
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from benchmarks.storm import proof
from benchmarks.storm.books import Books
from benchmarks.storm.proof import Remains

from formflow.service.home import Home
from formflow.service.printing import print_letter
from support import offices

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kill -9 and fork are of POSIX systems")

PAPERS = {"甲.docx": offices.COMPLETE, "乙.docx": offices.INCOMPLETE, "又一次.docx": offices.COMPLETE}


def test_a_year_of_an_office_under_kills_ends_as_one_without(tmp_path: Path) -> None:
    """Every kind of paper, from the applications to the first payments."""
    size = ["--kills", "12", "--papers", "20", "--years", "1", "--steps", "6"]
    command = [sys.executable, "-m", "benchmarks.storm", *size]
    environment = {"TMPDIR": str(tmp_path), "PATH": "/usr/bin:/bin", "PYTHONPATH": ":".join(filter(None, sys.path))}
    done = subprocess.run(command, cwd=offices.ROOT, env=environment, capture_output=True, text=True, check=False)
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    [(kills, papers)] = re.findall(r"^(\d+) kills of .* over (\d+) papers", said, re.MULTILINE)
    assert int(kills) >= 12
    assert int(papers) >= 28
    # Each promise was held against something.
    looked_at = {
        line.split("│")[1].strip(): int(line.split("│")[2]) for line in said.splitlines() if line.count("│") == 4
    }
    assert len(looked_at) == 22
    assert [promise for promise, count in looked_at.items() if not count] == []


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which everything is in order."""
    root = tmp_path_factory.mktemp("storm") / "home"
    with offices.office(root, print_letter=lambda *letter: print_letter(*letter, official_fonts=False)) as office:
        from formflow.service.engine import work_off

        for name, source in PAPERS.items():
            offices.drop(root, source, name)
            work_off(office)
    return root


def remains_of(root: Path) -> Remains:
    dropped = [(name, hashlib.sha256(source.read_bytes()).hexdigest()) for name, source in PAPERS.items()]
    return Remains(root, Books(Home(root).register), dropped, {})


def only(root: Path, pattern: str) -> Path:
    return sorted((root / "outbox").rglob(pattern))[0]


def lost(root: Path) -> None:
    only(root, "甲.docx").unlink()


def doubled(root: Path) -> None:
    path = only(root, "甲.docx")
    shutil.copyfile(path, path.with_name("甲（2）.docx"))


def torn(root: Path) -> None:
    path = only(root, "受理通知书.pdf")
    path.write_bytes(path.read_bytes()[:2000])


def left_over(root: Path) -> None:
    (root / "outbox" / ".part-7").write_bytes(b"PK")


def left_behind(root: Path) -> None:
    (Home(root).claimed / "x.json").write_text("{}")


def entry(statement: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        connection = sqlite3.connect(Home(root).register)
        connection.execute(statement)
        connection.commit()
        connection.close()

    return change


COLUMNS = "original_name, submission, size, received_at, kind, attachment, state, reason, text, version_no, programme_id, pack_version, pack_sha256, case_id, sha256"  # fmt: skip
ENTERED_TWICE = entry(
    f"INSERT INTO register_paper (claim_id, {COLUMNS}) SELECT 'x', {COLUMNS} FROM register_paper LIMIT 1"
)
NUMBER_MISSING = entry(
    "UPDATE register_case SET number = number + 1 WHERE number = (SELECT max(number) FROM register_case)"
)


@pytest.mark.parametrize(
    ("harm", "promises"),
    [
        (lost, {"every dropped file", "the outbox holds"}),
        (doubled, {"every dropped file", "the outbox holds"}),
        (torn, {"every letter and workbook", "the outbox holds", "audit verify"}),
        (left_over, {"every letter and workbook", "the outbox holds"}),
        (left_behind, {"nothing is left"}),
        (ENTERED_TWICE, {"every paper is entered", "audit verify"}),
        (NUMBER_MISSING, {"numbers without gap", "audit verify"}),
        (entry("UPDATE register_event SET who = 'x' WHERE id = 2"), {"the journal is one chain", "audit verify"}),
    ],
)
def test_the_proof_notices(whole: Path, tmp_path: Path, harm: Callable[[Path], None], promises: set[str]) -> None:
    root = tmp_path / "home"
    shutil.copytree(whole, root)
    harm(root)
    # Without the further run, which would put in order what it can.
    verdicts = [
        proof.verdict_of(promise, remains_of(root)) for promise in proof.PROMISES if "further run" not in promise
    ]
    broken = {verdict.promise for verdict in verdicts if verdict.breaches}
    assert {next((word for word in promises if promise.startswith(word)), promise) for promise in broken} == promises


def test_the_proof_finds_nothing_where_nothing_is(whole: Path, tmp_path: Path) -> None:
    root = tmp_path / "home"
    shutil.copytree(whole, root)
    assert [verdict.promise for verdict in proof.examine(remains_of(root)) if verdict.breaches] == []
    offices.drop(root, offices.PLAN)
    assert proof.verdict_of("a further run has nothing to do", remains_of(root)).breaches
