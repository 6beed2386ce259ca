"""Killed at any instant while evidence is entered or decided on, a restart enters every article once, and what was said of it once."""

from __future__ import annotations

import shutil
import signal
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from formflow.service.home import Home
from formflow.service.office import Office
from support import offices
from support.draw_evidence_samples import PAGE
from support.killing import run_killed
from support.money import Clock, Desk, desk, filled, qingdao

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kill -9 and fork are of POSIX systems")

FORM = offices.TEMPLATES / "qingdao-social-organisations" / "samples" / "新驿站优秀项目推荐表.docx"


def opened(root: Path) -> AbstractContextManager[Office]:
    return offices.office(root, programmes=(qingdao(),), now=Clock())


def came(found: Desk) -> None:
    """A page of a newspaper lies in the inbox, in the folder in which the form came."""
    found.drop(("甲/表.docx", FORM.read_bytes()))
    offices.drop(found.office.home.root, PAGE.encode(), "甲/报.txt")


def decided(found: Desk) -> None:
    """The filled sheet lies in the inbox."""
    came(found)
    found.drop()
    [path] = (found.outbox / "2022年/评审").glob("佐证材料*.xlsx")
    answers = {"1": {"媒体级别": "设区市级", "计入": "是"}, "2": {"归属单位": "无关"}}
    offices.drop(found.office.home.root, filled(path.read_bytes(), "佐证材料", "编号", answers), "佐证.xlsx")


def outcome(root: Path) -> tuple[dict[str, str], list[str], dict[str, Any]]:
    home = Home(root)
    folders = (home.inbox, home.claimed, home.tmp)
    left = [path.relative_to(root).as_posix() for folder in folders for path in folder.rglob("*") if path.is_file()]
    with opened(root):
        from formflow.register import models as rows

        columns = ("paper__original_name", "position", "title", "case__unit", "standing", "level", "is_counted", "who")
        entries = {
            "articles": list(rows.EvidenceArticle.objects.values_list(*columns)),
            "papers": list(rows.Paper.objects.values_list("original_name", "state", "case__unit")),
            "pending": list(rows.Publication.objects.filter(state="pending").values_list("bundle", flat=True)),
            "told": sorted(rows.Event.objects.filter(what__startswith="evidence").values_list("what", "object")),
        }
    return offices.tree(home.outbox), left, entries


@pytest.mark.parametrize(("begin", "standings"), [(came, "attributed none none"), (decided, "settled settled none")])
def test_killed_before_every_effect_evidence_is_entered_once(
    tmp_path: Path, begin: Callable[[Desk], None], standings: str
) -> None:
    with desk(tmp_path / "begun") as found:
        begin(found)
    shutil.copytree(tmp_path / "begun", tmp_path / "whole")
    code, effects = run_killed(tmp_path / "whole", opened)
    expected = outcome(tmp_path / "whole")
    assert code == 0
    assert effects > 10
    assert [article[4] for article in expected[2]["articles"]] == standings.split()
    assert expected[1] == expected[2]["pending"] == []
    for kill_at in range(effects):
        root = tmp_path / f"killed-{kill_at}"
        shutil.copytree(tmp_path / "begun", root)
        assert run_killed(root, opened, kill_at)[0] == -signal.SIGKILL, kill_at
        assert run_killed(root, opened)[0] == 0, kill_at
        assert outcome(root) == expected, kill_at
        shutil.rmtree(root)
