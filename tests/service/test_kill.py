"""Killed at any instant, a restart leaves the same files, the same entries and nothing beside them."""

from __future__ import annotations

import shutil
import signal
import sys
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from formflow.service.home import Home
from formflow.service.office import Office
from support import offices
from support.archives import zipped
from support.doubtful import SCANNED, crop_all, read_as_scanned
from support.killing import run_killed

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kill -9 and fork are of POSIX systems")

# Two units' forms, an attachment that has to find its case, one that cannot be read: made once, for a zip tells the time.
ARCHIVE = zipped(
    {
        "甲.docx": offices.COMPLETE.read_bytes(),
        "乙.docx": offices.WITH_ATTACHMENTS.read_bytes(),
        "规划.docx": offices.PLAN.read_bytes(),
        "读不了.docx": b"bad",
    }
)


def separate_papers(root: Path) -> None:
    """One paper of every kind of outcome."""
    offices.drop(root, offices.PLAN, "白鹭/发展规划.docx", age_s=900)
    offices.drop(root, offices.WITH_ATTACHMENTS, "白鹭/申请表.docx", age_s=800)
    offices.drop(root, offices.INCOMPLETE, age_s=700)
    offices.drop(root, offices.WITH_ATTACHMENTS, "又一次.docx", age_s=600)
    offices.drop(root, b"PK no Word file", "坏.docx", age_s=500)


def an_archive(root: Path) -> None:
    offices.drop(root, ARCHIVE, "套件.zip", age_s=400)


def a_scan_and_its_sheet(root: Path) -> None:
    """A paper that goes before a person, and the person's answer."""
    offices.drop(root, offices.COMPLETE, f"{SCANNED}.docx", age_s=900)
    offices.drop(root, review_sheet(), "审核表.xlsx", age_s=400)


@cache
def review_sheet() -> bytes:
    """The 审核表 that such a paper has, as it is every time."""
    with tempfile.TemporaryDirectory() as folder, doubtful_office(Path(folder)) as office:
        from formflow.service import engine

        offices.drop(Path(folder), offices.COMPLETE, f"{SCANNED}.docx")
        engine.work_off(office)
        (path,) = office.home.outbox.rglob("审核表.xlsx")
        return path.read_bytes()


def doubtful_office(root: Path) -> AbstractContextManager[Office]:
    """An office that is unsure of the unit's name on files called 扫描…"""
    return offices.office(root, read=read_as_scanned(offices.COMPLETE_UNIT), crops=crop_all)


def scenario(root: Path, register: Path, fill: Callable[[Path], None]) -> None:
    """A home with something in its inbox. `register` is an empty one, made once."""
    Home(root).prepare()
    shutil.copyfile(register, Home(root).register)
    fill(root)


def run(root: Path, kill_at: int = -1) -> tuple[int, int]:
    """Runs in a process of its own; its exit code (minus the signal's number) and how many effects it had."""
    return run_killed(root, doubtful_office, kill_at)


def entries(root: Path) -> dict[str, Any]:
    with offices.office(root):
        from formflow.register import models as rows

        return {
            "cases": list(rows.Case.objects.values_list("unit", "number", "version", "outcome", "folder")),
            "papers": list(rows.Paper.objects.values_list("original_name", "state", "case__unit")),
            "letters": list(rows.Letter.objects.values_list("key", "state")),
            "pictures": rows.ReviewPicture.objects.count(),
            "pending": list(rows.Publication.objects.exclude(state="done").values_list("bundle", flat=True)),
            "events": list(rows.Event.objects.values_list("what", "object")),
        }


def outcome(root: Path) -> tuple[dict[str, str], list[str], dict[str, Any]]:
    home = Home(root)
    left = [
        path.relative_to(root).as_posix()
        for folder in (home.inbox, home.claimed, home.tmp)
        for path in folder.rglob("*")
    ]
    return offices.tree(home.outbox), left, entries(root)


@pytest.mark.parametrize(
    ("fill", "least_effects", "papers"), [(separate_papers, 40, 5), (an_archive, 25, 5), (a_scan_and_its_sheet, 25, 2)]
)
def test_killed_before_every_effect_a_restart_ends_as_an_undisturbed_run_does(
    tmp_path: Path, fill: Callable[[Path], None], least_effects: int, papers: int
) -> None:
    with offices.office(tmp_path / "empty") as office:
        # Imported and loaded here, these need not be in each of the processes that are forked.
        import formflow.service.engine  # noqa: F401

        register = office.home.register
    scenario(tmp_path / "whole", register, fill)
    code, effects = run(tmp_path / "whole")
    expected = outcome(tmp_path / "whole")
    assert code == 0
    assert effects > least_effects
    assert len(expected[2]["papers"]) == papers
    for kill_at in range(effects):
        root = tmp_path / f"killed-{kill_at}"
        scenario(root, register, fill)
        assert run(root, kill_at)[0] == -signal.SIGKILL, kill_at
        assert run(root)[0] == 0, kill_at
        assert outcome(root) == expected, kill_at
