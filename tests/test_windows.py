"""Nothing that only POSIX has is needed: every module loads without it, and papers are worked off.

A pretence (`support.pretend_windows`), not a Windows: what is shown is that no import and no main path stands on `fcntl`, `resource`, signals,
folders that can be opened, or hard links.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from support.offices import COMPLETE, names
from support.repository import ROOT

SCRIPT = ROOT / "tests" / "support" / "pretend_windows.py"
# The readers' child starts from a fresh interpreter: it is told by what Python runs at every start.
CHILD = """
import sys
if "-c" in sys.orig_argv[1:4]:
    sys.modules.update(dict.fromkeys(("fcntl", "resource", "pwd", "grp", "termios")))
    sys.platform = "win32"
"""


def pretended(tmp_path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    site = tmp_path / "site"
    site.mkdir(exist_ok=True)
    (site / "sitecustomize.py").write_text(CHILD, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(site), "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, str(SCRIPT), *arguments],
        capture_output=True, encoding="utf-8", env=environment, check=False, timeout=300,
    )  # fmt: skip


def test_every_module_loads(tmp_path: Path) -> None:
    run = pretended(tmp_path, "imports")
    assert run.returncode == 0, run.stderr[-2000:]
    assert int(run.stdout) > 250


def test_a_home_is_made_papers_are_worked_off_and_commands_answer(tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / "inbox").mkdir(parents=True)
    (home / "inbox" / COMPLETE.name).write_bytes(COMPLETE.read_bytes())
    (home / "inbox" / "坏.docx").write_bytes(b"PK\x03\x04broken")
    commands = ("init", "run", "doctor", "cases", "audit verify")
    ran = pretended(
        tmp_path, " + ".join(f"{command} {'' if command == 'init' else '--home '}{home}" for command in commands)
    )
    assert "内部错误" not in ran.stdout + ran.stderr
    assert ran.returncode == 1, ran.stdout + ran.stderr  # one paper needs a person
    out = names(home / "outbox")
    assert any(name.endswith("受理通知书.pdf") for name in out), (ran.stdout, ran.stderr[-2000:])
    assert any(name.startswith("_待人工处理/坏.docx") for name in out)
    assert names(home / "inbox") == []
    assert "校验点" in ran.stdout
