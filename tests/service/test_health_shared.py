"""What doctor says of a register on PostgreSQL."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from formflow.register.location import DatabaseUrl
from formflow.service import apart, health_shared
from formflow.service.health import Condition
from formflow.service.health_machine import structure_condition
from formflow.service.health_shared import shared_register_condition
from formflow.service.home import Home
from formflow.settings import DATABASE_VARIABLE
from support import postgres, shared_register
from support.postgres import Server


@pytest.fixture(scope="module")
def template(server: Server) -> str:
    url = server.create()
    shared_register.alone(shared_register.opened, url)
    return urlsplit(url).path.removeprefix("/")


@pytest.fixture
def url(server: Server, template: str) -> str:
    return server.create(template)


def looked_at(url: str) -> Condition:
    return shared_register_condition(DatabaseUrl(url))


def change(server: Server, url: str, setting: str) -> None:
    name = urlsplit(url).path.removeprefix("/")
    postgres.tell(server.url("postgres"), f"ALTER DATABASE {name} SET {setting}")


def test_one_that_is_new_and_one_that_is_away(server: Server, tmp_path: Path) -> None:
    assert "还没有建表" in looked_at(server.create()).found
    away = looked_at(f"postgresql://formflow:secret@/books?host={tmp_path}")
    assert away.state == "failed"
    assert "数据库没有运行" in away.found
    assert "secret" not in away.found


def test_a_standby_an_old_server_and_another_clock(server: Server, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_APART", -apart._APART)
    wrong = looked_at(url)
    assert wrong.state == "failed"
    assert "本机的时钟" in wrong.found
    monkeypatch.undo()
    change(server, url, "default_transaction_read_only = on")
    standby = looked_at(url)
    assert standby.state == "failed"
    assert "只读" in standby.found
    monkeypatch.setattr(health_shared, "OLDEST_VERSION", 99)
    old = looked_at(url)
    assert old.state == "failed"
    assert "PostgreSQL 99" in old.remedy


def test_papers_that_wait_while_nobody_works(url: str, server: Server) -> None:
    # The tests' own server syncs nothing.
    assert looked_at(url).state == "warning"
    assert "fsync" in looked_at(url).found
    job = "INSERT INTO procrastinate_jobs (queue_name, task_name) VALUES ('inbox', 'formflow.paper')"
    postgres.tell(url, job)
    waiting = looked_at(url)
    assert waiting.state == "warning"
    assert "待办任务 1 个，在岗的 worker 0 个" in waiting.found
    assert "formflow worker" in waiting.remedy


def test_its_structure(server: Server, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = Home(tmp_path)

    def structure(of: str) -> Condition:
        monkeypatch.setenv(DATABASE_VARIABLE, of)
        return structure_condition(home)

    assert structure(server.create()).found == "还没有建立"
    assert structure(f"postgresql://formflow@/books?host={tmp_path}").state == "warning"
    assert (structure(url).state, structure(url).found) == ("ok", "与本版本相符")
    postgres.tell(url, "DELETE FROM django_migrations WHERE name = '0009_letter_lookups'")
    assert (structure(url).state, "pg_dump" in structure(url).remedy) == ("warning", True)
    postgres.tell(url, "INSERT INTO django_migrations (app, name, applied) VALUES ('register', '9999_later', now())")
    assert structure(url).state == "failed"
