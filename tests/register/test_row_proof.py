"""Whatever is changed, put in or taken out anywhere in the register behind formflow's back is named, whatever formflow does is not."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from formflow.register.proof import Entry, examine
from formflow.register.setup import close_register, open_register
from support.register_rows import AT, fill

# Kept for themselves, and what a file is called before it stands in the outbox.
NOT_SEALED = {("workbook", "seen"), ("publication", "variant"), ("publication", "sha256")}
TABLES = 19


@pytest.fixture(scope="module")
def filled_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("filled") / "register.sqlite3"
    open_register(path)
    fill()
    close_register()
    return path


@pytest.fixture
def filled(filled_once: Path, tmp_path: Path) -> Iterator[None]:
    open_register(shutil.copyfile(filled_once, tmp_path / "register.sqlite3"))
    from django.db import connection

    with connection.cursor() as cursor:  # whoever writes past formflow is not held by its constraints
        cursor.execute("PRAGMA foreign_keys = OFF")
        cursor.execute("PRAGMA ignore_check_constraints = ON")
    yield
    close_register()


def found() -> list[tuple[str, str, int]]:
    """The rows that are not as the chain says, which is itself sound."""
    from formflow.register import journal

    assert examine(journal.entries(), (), journal.find).broken is None
    return [(kind, table, key) for kind, table, key, _ in faults_of(*journal.entries())[1]]


@contextmanager
def undone() -> Iterator[Any]:
    """A cursor; what is written with it is gone afterwards."""
    from django.db import connection, transaction

    with transaction.atomic():
        with connection.cursor() as cursor:
            yield cursor
        transaction.set_rollback(True)


def tables() -> list[Any]:
    from formflow.register import seals

    return list(seals.kept_models())


def test_every_table_is_sealed_but_the_journal_itself_and_pictures_on_their_way(filled: None) -> None:
    from django.apps import apps

    everything = {model.__name__ for model in apps.get_app_config("register").get_models()}
    assert everything - {model.__name__ for model in tables()} == {"Event", "ReviewPicture"}
    assert len(tables()) == TABLES
    assert all(model.objects.exists() for model in tables())
    assert found() == []


@given(st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_single_change_of_any_column_is_named(filled: None, data: st.DataObject) -> None:
    model = data.draw(st.sampled_from(tables()))
    columns = [
        field for field in model._meta.concrete_fields
        if not field.primary_key and (model._meta.model_name, field.attname) not in NOT_SEALED
    ]  # fmt: skip
    column = data.draw(st.sampled_from(columns))
    key = data.draw(st.sampled_from(list(model.objects.values_list("pk", flat=True))))
    old = model.objects.filter(pk=key).values_list(column.attname, flat=True).get()
    value = data.draw(other_values(column, old))
    with undone() as cursor:
        statement = f'UPDATE "{model._meta.db_table}" SET "{column.column}" = %s WHERE id = %s'
        cursor.execute(statement, [value, key])
        assert found() == [("changed", str(model._meta.verbose_name), key)]


def test_what_is_no_date_in_place_of_none_is_named(filled: None) -> None:
    from formflow.register import models

    letter = models.Letter.objects.filter(deadline=None).first()
    assert letter is not None
    with undone() as cursor:
        cursor.execute(f'UPDATE "{letter._meta.db_table}" SET deadline = %s WHERE id = %s', ["昨天", letter.pk])
        letter.refresh_from_db()
        assert letter.deadline is None
        assert found() == [("changed", "文书", letter.pk)]


def test_a_row_that_the_database_itself_cannot_read_is_named_and_no_other(filled: None) -> None:
    with undone() as cursor:
        cursor.execute("UPDATE register_letter SET subject = CAST(x'ff' AS TEXT) WHERE id = 1")
        assert found() == [("changed", "文书", 1)]


@pytest.mark.parametrize(("table", "column", "value"), [
    ("record", "answers", "{"), ("letter", "content", "{"), ("case", "opened_on", "2022-13-45"), ("letter", "deadline", "2022-02-30"),
    ("paper", "received_at", "2022-13-45 00:00:00"),
])  # fmt: skip
def test_what_can_not_be_such_a_value_is_named(filled: None, table: str, column: str, value: str) -> None:
    with undone() as cursor:
        cursor.execute(f"UPDATE register_{table} SET {column} = %s WHERE id = 1", [value])
        assert [(kind, key) for kind, _, key in found()] == [("changed", 1)]


def test_names_and_hashes_of_files_are_sealed_when_they_stand_in_the_outbox(filled: None) -> None:
    from formflow.register import models

    states = dict(models.Publication.objects.values_list("pk", "state"))
    for key, state in states.items():
        for changed in ("variant = 7", "sha256 = 'anders'"):
            with undone() as cursor:
                cursor.execute(f"UPDATE register_publication SET {changed} WHERE id = {key}")
                assert found() == ([] if state == "pending" else [("changed", "发布", key)])
    assert sorted(states.values()) == ["done", "pending"]


@pytest.mark.parametrize(("table", "column", "value"), [
    ("letter", "is_draft", 2), ("letter", "is_draft", "是"), ("finding", "is_settled", -1), ("documentnumber", "is_void", 2),
    ("letter", "issued_on", "{:%Y%m%d}"), ("letter", "issued_on", "{:%G-W%V-%u}"), ("case", "opened_on", "{} "),
])  # fmt: skip
def test_what_reads_the_same_and_is_found_as_something_else_is_named(
    filled: None, table: str, column: str, value: int | str
) -> None:
    """The file keeps a 2 for a yes or no, and a day in any spelling; searches take them for something else than reading does."""
    from django.apps import apps

    model = apps.get_model("register", table)
    key, old = model.objects.values_list("pk", column).first()
    written = value.format(old) if isinstance(value, str) else value
    with undone() as cursor:
        cursor.execute(f'UPDATE "{model._meta.db_table}" SET {column} = %s WHERE id = %s', [written, key])
        assert found() == [("changed", str(model._meta.verbose_name), key)]


def other_values(column: Any, old: Any) -> st.SearchStrategy[Any]:
    """Values as they stand in the file that are not the old one, sensible ones and others."""
    kind = column.get_internal_type()
    if kind in ("IntegerField", "BigIntegerField", "ForeignKey", "OneToOneField"):
        return st.integers(10_000, 2**40)
    if kind == "BooleanField":
        return st.just(0 if old else 1)
    if kind == "DateField":
        return st.dates().filter(lambda day: day != old).map(str) | st.just("昨天")
    if kind == "DateTimeField":
        return st.integers(1, 10**9).map(lambda more: str((old + timedelta(microseconds=more)).replace(tzinfo=None)))
    if kind == "JSONField":
        return st.sampled_from(({"n": -1}, [], None, "别的")).filter(lambda value: value != old).map(
            json.dumps
        ) | st.just("{")
    text = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=20)
    return text.filter(lambda value: value != old)


@given(st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_row_put_in_or_taken_out_is_named(filled: None, data: st.DataObject) -> None:
    model = data.draw(st.sampled_from(tables()))
    key = data.draw(st.sampled_from(list(model.objects.values_list("pk", flat=True))))
    is_copied = data.draw(st.booleans())
    table, name = model._meta.db_table, str(model._meta.verbose_name)
    with undone() as cursor:
        if is_copied:
            new = data.draw(st.integers(-5, 10**6).filter(lambda number: not model.objects.filter(pk=number).exists()))
            cursor.execute(f"CREATE TABLE copied AS SELECT * FROM {table} WHERE id = %s", [key])
            cursor.execute("UPDATE copied SET id = %s", [new])
            drop_unique_indexes(cursor, table)
            cursor.execute(f"INSERT INTO {table}_anew SELECT * FROM copied")
            cursor.execute(f"ALTER TABLE {table} RENAME TO {table}_old")
            cursor.execute(f"ALTER TABLE {table}_anew RENAME TO {table}")
            assert found() == [("inserted", name, new)]
        else:
            cursor.execute(f"DELETE FROM {table} WHERE id = %s", [key])
            assert found() == [("removed", name, key)]


def drop_unique_indexes(cursor: Any, table: str) -> None:
    """A copy of the table that forbids nothing: whoever can write to the file can do this, too."""
    cursor.execute(f"CREATE TABLE {table}_anew AS SELECT * FROM {table}")


def test_what_formflow_changes_takes_out_and_rolls_back_is_in_order(filled: None) -> None:
    from formflow.register import books
    from formflow.register import models as rows

    with books.transaction():
        rows.Case.objects.filter(number=1).update(outcome="supplement")
        rows.NameRuling.objects.all().delete()
        rows.LedgerBook.objects.update_or_create(programme_id="q", defaults={"last": 1})
        rows.CaseName.objects.bulk_create([rows.CaseName(case_id=1, name="又名", beginning="又名")])
        books.add_event(AT, "decided", "甲")
    assert found() == []

    def fail() -> None:
        with books.transaction():
            rows.Case.objects.filter(number=1).update(outcome="accepted")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert found() == []


def test_what_is_written_without_an_event_gets_one(filled: None) -> None:
    from formflow.register import books
    from formflow.register import models as rows

    with books.transaction():
        rows.Finding.objects.update(is_settled=True)
    event = rows.Event.objects.order_by("-id")[:1].get()
    assert (event.who, event.what, event.object) == ("formflow", "entered", "登记库")
    assert (set(event.rows), event.files) == ({"finding"}, {})
    assert found() == []


def test_a_note_to_oneself_is_no_entry(filled: None) -> None:
    from formflow.register import books
    from formflow.register import models as rows

    before = rows.Event.objects.count()
    with books.transaction():
        rows.Workbook.objects.update(seen=7)
        book = rows.Workbook.objects.get()
        book.seen = 8
        book.save(update_fields=("seen",))
        rows.Paper.objects.filter(original_name="没有").update(text="别的")  # and what changes no row
    assert rows.Event.objects.count() == before
    assert found() == []


def test_an_event_says_what_rows_say_only_once_for_a_transaction(filled: None) -> None:
    from formflow.register import models as rows

    first, second = rows.Event.objects.order_by("id")[:2]
    assert set(first.rows) == {"case", "casename", "paper", "record", "finding", "letter", "publication"}
    assert set(first.rows["paper"]) == {"1", "2"}
    assert second.who == "张三"


def test_rows_written_while_they_are_compared_are_compared_anew(filled: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from formflow.register import books, journal, seals
    from formflow.register import models as rows
    from formflow.register.row_proof import Sealed

    sealed = Sealed()
    for entry in journal.entries():
        sealed.note(entry)
    with books.transaction():  # between the walk along the chain and the look at the rows
        rows.Case.objects.filter(number=1).update(unit="甲镇（更名）")
        books.add_event(AT, "decided", "甲")
    real, times = seals.sealed_now, iter(range(2))

    def busy(model: Any, keys: Any) -> dict[int, str]:
        seen = real(model, keys)
        if next(times, None) is not None:  # and twice more while it is looked at again
            with books.transaction():
                rows.Case.objects.filter(number=1).update(unit=f"甲镇{AT}")
                books.add_event(AT, "decided", "甲")
        return seen

    monkeypatch.setattr(seals, "sealed_now", busy)
    assert sealed.faults()[1] == ()


def faults_of(*entries: Entry) -> tuple[int, list[tuple[str, str, int, int | None]]]:
    """How many rows were compared, and what is said of those that differ, by what these entries say."""
    from formflow.register.row_proof import Sealed

    sealed = Sealed()
    for entry in entries:
        sealed.note(entry)
    count, faults = sealed.faults()
    return count, [(fault.kind, fault.table, fault.key, fault.entry_id) for fault in faults]


def entries() -> list[Entry]:
    from formflow.register import journal

    return list(journal.entries())


@pytest.fixture
def filled_anew(register: Path) -> None:
    """A register of its own: the journal is added to."""
    fill()


@pytest.mark.parametrize("at_once", [1, 2, 500])
def test_every_row_is_sealed_and_counted_once_however_many_are_read_at_once(
    register: Path, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    from formflow.register import seals

    monkeypatch.setattr(seals, "_AT_ONCE", at_once)
    fill()
    assert faults_of(*entries()) == (sum(model.objects.count() for model in tables()), [])


def test_tables_and_rows_are_entered_in_the_order_of_their_names_and_numbers(filled_anew: None) -> None:
    """Whatever order they were written in: the same work gives the same chain."""
    from formflow.register import models as rows

    for event in rows.Event.objects.all():
        assert list(event.rows) == sorted(event.rows)
        assert all(list(digests) == sorted(digests, key=int) for digests in event.rows.values())


def test_each_fault_names_the_entry_that_spoke_of_the_row_last(filled_anew: None) -> None:
    from django.db import connection

    from formflow.register import books
    from formflow.register import models as rows

    with books.transaction():
        rows.Paper.objects.filter(pk=2).update(text="别的")
        books.add_event(AT, "decided", "甲")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE register_paper SET text = '改了' WHERE id IN (1, 2)")
        cursor.execute("DELETE FROM register_workbook")
    for new in (-3, 0, 2, 4000):
        rows.CaseName.objects.create(pk=new, case_id=1, name=f"别名{new}", beginning="别名")  # outside of a transaction
    assert faults_of(*entries())[1] == [
        ("inserted", "案卷名称", -3, None), ("inserted", "案卷名称", 0, None), ("inserted", "案卷名称", 2, None),
        ("inserted", "案卷名称", 4000, None), ("changed", "来件", 1, 1), ("changed", "来件", 2, 3), ("removed", "工作簿", 1, 2),
    ]  # fmt: skip


def test_rows_may_be_entered_in_any_order_and_with_gaps(filled_anew: None) -> None:
    """As in a register whose transactions ended in another order than they took their numbers."""
    from formflow.register import books
    from formflow.register import models as rows

    def name(key: int, text: str) -> None:
        with books.transaction():
            rows.CaseName.objects.create(pk=key, case_id=1, name=text, beginning=text)
            books.add_event(AT, "decided", text)

    name(40, "丁")
    name(7, "乙")
    name(41, "戊")
    assert faults_of(*entries())[1] == []
    rows.CaseName.objects.filter(pk=20).update(name="没有这一行")
    rows.CaseName.objects.create(pk=20, case_id=1, name="丙", beginning="丙")  # outside of a transaction of formflow's
    rows.CaseName.objects.filter(pk=7).delete()
    assert [(kind, key, entry) for kind, _, key, entry in faults_of(*entries())[1]] == [
        ("removed", 7, 4),
        ("inserted", 20, None),
    ]


def test_a_row_in_a_register_that_says_nothing_yet_is_named(register: Path) -> None:
    from formflow.register import models as rows

    rows.LedgerBook.objects.create(programme_id="p", last=1)  # outside of a transaction of formflow's
    ((kind, _, key, entry),) = faults_of()[1]
    assert (kind, key, entry) == ("inserted", 1, None)


def test_what_is_entered_first_while_the_rows_are_compared_is_taken_in(register: Path) -> None:
    fill()
    count, faults = faults_of()  # as if everything had been entered after the walk along the chain
    assert (count > 0, faults) == (True, [])


def test_a_row_that_is_taken_out_while_the_rows_are_compared_is_no_fault(filled_anew: None) -> None:
    from formflow.register import books
    from formflow.register import models as rows

    before = entries()
    with books.transaction():
        rows.NameRuling.objects.all().delete()
        books.add_event(AT, "decided", "甲")
    assert faults_of(*before)[1] == []


def test_a_row_that_formflow_could_not_read_when_it_sealed_it_stays_named_until_it_is_mended(filled_anew: None) -> None:
    from django.db import connection

    from formflow.register import books
    from formflow.register import models as rows

    def touched() -> None:
        with books.transaction():
            rows.Letter.objects.filter(pk=1).update(problem="换了")
            books.add_event(AT, "decided", "甲")

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        cursor.execute("UPDATE register_letter SET is_draft = 2 WHERE id = 1")
        touched()
        assert faults_of(*entries())[1] == [("changed", "文书", 1, 3)]
        cursor.execute("UPDATE register_letter SET is_draft = 1 WHERE id = 1")
        assert faults_of(*entries())[1] == [("changed", "文书", 1, 3)]
        touched()
        assert faults_of(*entries())[1] == []
        cursor.execute("UPDATE register_letter SET is_draft = 2 WHERE id = 1")
        touched()
        cursor.execute("PRAGMA foreign_keys = OFF")
        cursor.execute("DELETE FROM register_letter WHERE id = 1")
    assert faults_of(*entries())[1] == [("removed", "文书", 1, 5)]


def test_a_seal_is_what_the_row_says_but_for_defaults(register: Path) -> None:
    """So that a column which a later version adds breaks no seal of an older register."""
    from formflow.register import models, seals

    said = {"id": 1, "last": 7, "programme_id": "青岛"}
    bare = {"id": 2, "programme_id": "q"}
    for row in (said, bare):
        models.LedgerBook.objects.create(**row)
    assert seals.sealed_now(models.LedgerBook, [1, 2, 3]) == {
        row["id"]: hashlib.sha256(
            json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
        ).hexdigest()[:32]
        for row in (said, bare)
    }


def test_an_older_register_is_sealed_as_it_stands(tmp_path: Path) -> None:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    open_register(tmp_path / "old.sqlite3")
    fill()
    MigrationExecutor(connection).migrate([("register", "0007_evidence")])
    assert "rows" not in columns_of("register_event")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM register_event")
    MigrationExecutor(connection).migrate([("register", "0008_seals")])
    from formflow.register import models as rows

    assert set(rows.Event.objects.values_list("what", flat=True)) == {"register_sealed"}
    assert rows.Event.objects.count() == TABLES
    assert found() == []
    rows.LedgerEntry.objects.filter(number=1).update(amount=1)  # outside of a transaction of formflow's
    assert found() == [("changed", "台账记录", 1)]
    close_register()


def columns_of(table: str) -> list[str]:
    from django.db import connection

    with connection.cursor() as cursor:
        return [column.name for column in connection.introspection.get_table_description(cursor, table)]
