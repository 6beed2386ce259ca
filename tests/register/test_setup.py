from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from formflow.errors import EnvironmentFailure
from formflow.register.setup import close_register, forget_statements, open_register


@pytest.fixture(autouse=True)
def closed():
    yield
    close_register()


def pragma(path: Path, name: str) -> object:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {name}")
        return cursor.fetchone()[0]


def test_makes_the_tables_with_the_safe_settings(tmp_path: Path) -> None:
    path = tmp_path / "state" / "register.sqlite3"
    open_register(path)
    from formflow.register.models import Case

    assert Case.objects.count() == 0
    assert pragma(path, "journal_mode") == "wal"
    assert pragma(path, "synchronous") == 2  # FULL
    assert pragma(path, "foreign_keys") == 1
    assert pragma(path, "busy_timeout") == 30_000


def test_opening_another_home_leaves_the_first(tmp_path: Path) -> None:
    open_register(tmp_path / "a.sqlite3")
    open_register(tmp_path / "b.sqlite3")
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA database_list")
        assert cursor.fetchone()[2] == str(tmp_path / "b.sqlite3")


def test_what_a_connection_keeps_is_let_go_of_and_the_next_query_opens_another(tmp_path: Path) -> None:
    open_register(tmp_path / "register.sqlite3")
    from django.db import connection

    from formflow.register.models import Case

    Case.objects.count()
    kept = connection.connection
    forget_statements()
    assert connection.connection is None
    assert Case.objects.count() == 0
    assert connection.connection is not kept
    assert pragma(tmp_path, "synchronous") == 2


def test_a_connection_with_a_transaction_is_kept(tmp_path: Path) -> None:
    open_register(tmp_path / "register.sqlite3")
    from django.db import connection

    from formflow.register import books
    from formflow.register.models import Event

    with books.transaction():
        Event.objects.count()
        kept = connection.connection
        forget_statements()
        assert connection.connection is kept


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "smb3", "fuse.sshfs", "9p"])
def test_refused_on_a_network_file_system(tmp_path: Path, kind: str) -> None:
    mountinfo = f"1 0 8:1 / / rw - ext4 /dev/sda rw\n2 1 0:9 / {tmp_path} rw - {kind} server:/x rw\n"
    with pytest.raises(EnvironmentFailure) as caught:
        open_register(tmp_path / "register.sqlite3", mountinfo=mountinfo)
    assert "网络磁盘" in caught.value.message
    assert kind in caught.value.message
    assert not (tmp_path / "register.sqlite3").exists()


def test_a_register_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "register.sqlite3"
    open_register(path)
    close_register()
    with sqlite3.connect(path) as connection:
        connection.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('register', '9999_later', '2030-01-01')"
        )
    with pytest.raises(EnvironmentFailure, match="更新版本"):
        open_register(path)


def earlier(path: Path) -> None:
    """A register of an earlier version, with something in it."""
    open_register(path)
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    MigrationExecutor(connection).migrate([("register", "0003_flat_lookups")])
    close_register()
    with sqlite3.connect(path) as connected:
        connected.execute("CREATE TABLE IF NOT EXISTS witness (word TEXT)")
        connected.execute("INSERT INTO witness VALUES ('before')")


def test_before_an_upgrade_a_copy_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "register.sqlite3"
    open_register(path)
    assert not (tmp_path / "backup").exists()  # a new register has nothing to lose
    earlier(path)
    open_register(path)
    (copy,) = (tmp_path / "backup").iterdir()
    assert copy.name.startswith("register-before-0004")
    with sqlite3.connect(copy) as kept:
        assert kept.execute("SELECT word FROM witness").fetchone() == ("before",)
        applied = {row[0] for row in kept.execute("SELECT name FROM django_migrations WHERE app = 'register'")}
    assert max(applied) == "0003_flat_lookups"
    open_register(path)
    assert len(list((tmp_path / "backup").iterdir())) == 1
    earlier(path)
    open_register(path)
    assert len(list((tmp_path / "backup").iterdir())) == 2  # an earlier copy is never overwritten


def test_no_upgrade_without_a_copy(tmp_path: Path) -> None:
    path = tmp_path / "register.sqlite3"
    earlier(path)
    (tmp_path / "backup").write_text("no folder", encoding="utf-8")
    with pytest.raises(EnvironmentFailure):
        open_register(path)
    with sqlite3.connect(path) as connection:
        applied = {row[0] for row in connection.execute("SELECT name FROM django_migrations WHERE app = 'register'")}
    assert max(applied) == "0003_flat_lookups"


def test_a_file_that_is_no_database_is_an_environment_failure(tmp_path: Path) -> None:
    path = tmp_path / "register.sqlite3"
    path.write_bytes(b"this is no database, and long enough to be looked at " * 50)
    with pytest.raises(EnvironmentFailure, match="已损坏"):
        open_register(path)


def test_a_register_in_use_elsewhere_is_not_called_damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "register.sqlite3"
    open_register(path)
    close_register()
    from django.db import connections

    monkeypatch.setitem(connections["default"].settings_dict["OPTIONS"], "timeout", 0.1)
    with sqlite3.connect(path) as other:
        other.execute("PRAGMA journal_mode=DELETE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(EnvironmentFailure) as caught:
            open_register(path)
        other.rollback()
    assert "占用" in caught.value.message
    assert "损坏" not in caught.value.message
    assert "备份" not in caught.value.remedy


@pytest.mark.parametrize(
    ("problem", "says", "is_backup"),
    [
        ("database or disk is full", "磁盘空间", False),
        ("attempt to write a readonly database", "写权限", False),
        ("database disk image is malformed", "备份", True),
    ],
)
def test_what_to_do_depends_on_what_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, problem: str, says: str, is_backup: bool
) -> None:
    from django.db import OperationalError
    from django.db.migrations import executor

    def fail(*arguments: object) -> None:
        raise OperationalError(problem)

    monkeypatch.setattr(executor.MigrationExecutor, "__init__", fail)
    with pytest.raises(EnvironmentFailure) as caught:
        open_register(tmp_path / "register.sqlite3")
    assert says in caught.value.remedy
    assert ("备份" in caught.value.remedy) is is_backup
    assert problem not in caught.value.message


def test_models_and_migrations_agree(tmp_path: Path) -> None:
    open_register(tmp_path / "register.sqlite3")
    from django.core.management import call_command

    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_books_cannot_be_imported_before_the_register_is_open() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import formflow.register.setup, sys; sys.exit('django' in sys.modules)"], check=False
    )
    assert done.returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="paths are limited in another way there")
def test_a_path_too_long_for_sqlite_is_refused_as_such(tmp_path: Path) -> None:
    def at(length: int) -> Path:
        parts, rest = [], length - len(f"{tmp_path}//register.sqlite3")
        while rest > 200:
            parts.append("a" * 100)
            rest -= 101
        return tmp_path.joinpath(*parts, "b" * rest, "register.sqlite3")

    assert len(str(at(500))) == 500
    open_register(at(500))
    with pytest.raises(EnvironmentFailure, match="路径太长"):
        open_register(at(501))
