"""A register on PostgreSQL, as several processes see it."""

from __future__ import annotations

import socket
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from formflow.errors import ConfigurationError, EnvironmentFailure
from formflow.register.location import DatabaseUrl
from support import postgres, shared_register
from support.postgres import Server


@pytest.fixture(scope="module")
def template(server: Server) -> str:
    """The name of a database that holds an empty register."""
    url = server.create()
    shared_register.alone(shared_register.verified, url)
    return urlsplit(url).path.removeprefix("/")


@pytest.fixture
def url(server: Server, template: str) -> str:
    return server.create(template)


def test_processes_that_start_and_enter_at_once_leave_no_gap_and_one_chain(server: Server) -> None:
    url = server.create()
    each, count = 15, 4
    with shared_register.processes(count) as pool:
        given = [pool.submit(shared_register.give_numbers, url, each) for _ in range(count)]
        numbers = sorted(number for future in given for number in future.result(timeout=120))
        assert numbers == list(range(1, each * count + 1))
        assert pool.submit(shared_register.verified, url).result(timeout=60) == (each * count, None)
    assert postgres.asked(url, "SELECT count(DISTINCT previous_hash) FROM register_event") == [(each * count,)]


def test_a_database_with_other_habits_gets_one_chain_all_the_same(server: Server, template: str) -> None:
    """What a server has for its default may be a snapshot from before the wait for one's turn, or commits that a power cut undoes."""
    url = server.create(template)
    name = urlsplit(url).path.removeprefix("/")
    for habit in ("default_transaction_isolation = 'serializable'", "synchronous_commit = off"):
        postgres.tell(server.url("postgres"), f"ALTER DATABASE {name} SET {habit}")
    with shared_register.processes(2) as pool:
        given = [pool.submit(shared_register.give_numbers, url, 10) for _ in range(2)]
        assert sorted(number for future in given for number in future.result(timeout=120)) == list(range(1, 21))
    assert shared_register.alone(shared_register.durability_of, url) == "on"


def test_what_came_in_a_folder_is_found_in_any_language(url: str) -> None:
    folders = ["张桥", "张桥/20220310-1", "张桥#二", "张桥 二", "张桥镇", "张桥/2/3"]
    found = shared_register.alone(shared_register.submissions_found, url, folders, "张桥")
    assert found == ["张桥", "张桥/2/3", "张桥/20220310-1"]


def test_a_delivery_is_deferred_with_its_entry_or_not_at_all(url: str) -> None:
    undone, done, figures = shared_register.alone(shared_register.deferred_with_its_entry, url)
    assert (undone, done) == ([], ["某单位"])
    assert (figures["jobs"], figures["workers"], figures["publications"]) == ({"todo": 1}, {"alive": 0}, {"pending": 1})


def test_a_paper_that_ends_its_worker_three_times_is_set_aside(url: str, tmp_path: Path) -> None:
    swept, result = shared_register.alone(shared_register.sweep_three_times, url, tmp_path)
    assert swept == [(1, "todo", True), (2, "todo", True), (3, "todo", True)]
    assert result == "set_aside"


def test_the_same_content_read_by_two_workers_at_once_is_one_case(url: str, tmp_path: Path) -> None:
    assert shared_register.alone(shared_register.enter_twice, url, tmp_path) == ["accepted", "duplicate"]
    assert postgres.asked(url, "SELECT version FROM register_case") == [(1,)]
    assert postgres.asked(url, "SELECT count(*) FROM register_letter") == [(1,)]


def test_what_is_too_long_for_its_column_goes_before_a_person(url: str, tmp_path: Path) -> None:
    assert shared_register.alone(shared_register.too_long_for_its_column, url, tmp_path) == ["set_aside"]


def test_an_archive_is_moved_when_its_copies_have_been_made(url: str, tmp_path: Path) -> None:
    found = shared_register.alone(shared_register.copies_before_the_original, url, tmp_path)
    assert found == (False, True, True, ["乙/套件.zip", "甲/套件.zip"])


def test_what_is_held_back_is_tried_again_beside_the_other_deliveries_of_its_folder(url: str, tmp_path: Path) -> None:
    """A job that waits to be tried again would keep back every later one with the same lock."""
    found = shared_register.alone(shared_register.held_back_beside_the_others, url, tmp_path)
    assert found == (["某单位/乙.txt"], [(None, "某单位", "todo")], True)


def test_a_database_in_another_encoding_is_refused(server: Server) -> None:
    import psycopg

    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute(
            "CREATE DATABASE latin ENCODING 'LATIN1' LOCALE_PROVIDER libc LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0"
        )
    with pytest.raises(EnvironmentFailure, match="编码是 LATIN1"):
        shared_register.alone(shared_register.verified, server.url("latin"))


def test_a_server_that_is_away_is_said_without_the_password(tmp_path: Path) -> None:
    url = f"postgresql://formflow:secret@/books?host={tmp_path}"
    with pytest.raises(EnvironmentFailure) as raised:
        shared_register.alone(shared_register.verified, url)
    assert "连不上登记库" in raised.value.message
    assert "secret" not in str(raised.value)
    assert "secret" not in repr(DatabaseUrl(url)) + str(DatabaseUrl(url))


@pytest.mark.parametrize("url", ["mysql://x/y", "postgresql://host:port/x", "postgresql://host"])
def test_what_is_no_database_url_is_refused(url: str) -> None:
    with pytest.raises(ConfigurationError):
        DatabaseUrl(url).parts()


def test_a_form_waits_for_attachments_that_are_being_read(url: str, tmp_path: Path) -> None:
    found = shared_register.alone(shared_register.forms_wait_for_attachments, url, tmp_path)
    asked, questions, result = found
    assert asked == [True, False, False, False]
    assert len(questions) == 3
    assert {question[1:] for question in questions} == {("inbox", 1)}
    assert result == "accepted"


def test_a_machine_that_lost_its_power_keeps_no_locks(server: Server) -> None:
    """The system's own patience is two hours, and all would wait for a lock of the dead."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with postgres.server(port=port):
        found = shared_register.alone(shared_register.patience_with, f"postgresql://formflow@127.0.0.1:{port}/postgres")
    assert found == [30, 3, 10, 60_000]


def test_a_lock_lets_one_in_or_all_who_share_it(url: str) -> None:
    assert shared_register.alone(shared_register.one_at_a_time, url) == ["first", "second", "beside", "shared"]


def test_a_register_that_was_replaced_meanwhile_is_not_written_into(server: Server, template: str) -> None:
    url, older = server.create(template), server.create(template)
    assert shared_register.alone(shared_register.connected_again, url, partial(len, ())) == ""
    replaced = partial(shared_register.put_in_place, server, url, older)
    assert shared_register.alone(shared_register.connected_again, url, replaced) == "register_replaced"
    # Not even one that has no tables.
    replaced = partial(shared_register.put_in_place, server, url, server.create())
    assert shared_register.alone(shared_register.connected_again, url, replaced) == "register_replaced"


def test_who_works_in_the_house_is_known_there_after_a_cut(url: str) -> None:
    assert shared_register.alone(shared_register.locks_after_a_cut, url) == (1, 1)


def test_tables_are_not_changed_under_those_who_work_with_them(url: str) -> None:
    ours = partial(shared_register.alone, shared_register.opened, url)
    postgres.tell(url, "DELETE FROM django_migrations WHERE app = 'register' AND name = '0009_letter_lookups'")
    postgres.tell(url, "DROP INDEX letter_round, letter_drafts, letter_state")
    upgraded = "SELECT count(*) FROM pg_indexes WHERE indexname = 'letter_round'"
    # Those who work with it have opened it, as they do, before it was in need of that.
    assert shared_register.alone(shared_register.opened_while_at_work, url) == "register_at_work"
    assert postgres.asked(url, upgraded) == [(0,)]
    ours()
    assert postgres.asked(url, upgraded) == [(1,)]
