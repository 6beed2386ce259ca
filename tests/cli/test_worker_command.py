from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from formflow.settings import DATABASE_VARIABLE
from support.commands import Caller


@pytest.fixture(autouse=True)
def no_url(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(DATABASE_VARIABLE, raising=False)


def test_a_worker_needs_a_register_that_is_shared(call: Caller, home: Path) -> None:
    result = call("worker", "--home", str(home))
    assert result.code == 3
    assert DATABASE_VARIABLE in result.err


def test_inboxes_of_counties_need_workers(call: Caller, home: Path) -> None:
    settings = home / "formflow.toml"
    settings.write_text('[[inbox.counties]]\nname = "东县"\npath = "east"\n', encoding="utf-8")
    for command in ("run", "serve"):
        result = call(command, "--home", str(home))
        assert result.code == 3
        assert "inbox.counties" in result.err


def test_a_database_that_is_away_is_an_environment_failure(home: Path) -> None:
    # In a process of its own: one that has opened a register in a file cannot go on with a database.
    command = [sys.executable, "-m", "formflow.cli", "worker", "--home", str(home)]
    url = f"postgresql://formflow:secret@/books?host={home}"
    result = subprocess.run(
        command, env={DATABASE_VARIABLE: url, "PATH": ""}, capture_output=True, text=True, timeout=60
    )
    assert result.returncode == 4
    assert "连不上登记库" in result.stderr
    assert "secret" not in result.stderr + result.stdout


def test_a_backup_says_who_copies_a_database(call: Caller, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DATABASE_VARIABLE, f"postgresql://formflow@/books?host={home}")
    result = call("backup", str(home.parent / "x.zip"), "--home", str(home))
    assert result.code == 2
    assert "pg_dump" in result.err


def test_a_register_in_a_file_needs_nothing_of_a_database(home: Path) -> None:
    script = (
        "import sys; from formflow.service.home import Home; from formflow.service.office import opened\n"
        f"with opened(Home(__import__('pathlib').Path({str(home)!r}))) as office:\n"
        "    from formflow.service import engine\n"
        "    engine.work_off(office)\n"
        "found = {'psycopg', 'procrastinate'} & set(sys.modules); assert not found, found"
    )
    subprocess.run([sys.executable, "-c", script], check=True, env={"PATH": ""}, timeout=120)
