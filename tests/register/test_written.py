"""Rows that are written for every paper: the same as Django writes them, without its putting the SQL together anew."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from support import offices
from support.forms_of_cases import key

TODAY = date(2022, 3, 10)


@pytest.fixture
def case(register: Path) -> object:
    from formflow.register import cases

    return cases.open_case(offices.programmes()[0], key("甲镇职工服务中心", "甲镇总工会"), TODAY)


@pytest.fixture
def no_django(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on, Django puts no statement together that writes."""
    from django.db.models.sql import compiler

    def refuse(*_: object) -> None:
        raise AssertionError("put together by Django")

    for kind in (compiler.SQLInsertCompiler, compiler.SQLUpdateCompiler):
        monkeypatch.setattr(kind, "as_sql", refuse)


def names(case: object, count: int) -> list[object]:
    from formflow.register.models import CaseName

    return [CaseName(case=case, name=f"名{number}", beginning="名") for number in range(count)]


def test_rows_are_put_in_and_changed_without_django(case: object, no_django: None) -> None:
    from formflow.register import books, cases
    from formflow.register.models import Case, CaseName, Event

    cases.set_outcome(case, "accepted", date(2022, 3, 11))
    assert Case.objects.values_list("outcome", "updated_on").get() == ("accepted", date(2022, 3, 11))
    made = CaseName.objects.bulk_create(names(case, 3))
    assert [row.pk for row in made] == list(CaseName.objects.order_by("id").values_list("pk", flat=True))
    assert [row.name for row in CaseName.objects.order_by("id")] == ["名0", "名1", "名2"]
    event = books.add_event(offices.NOW, "decided", "甲", before=None, after={"版次": [1, None]}, files={})
    read = Event.objects.get()
    assert (read.pk, read.at, read.before, read.after, read.files, read.rows) == (
        event.pk,
        offices.NOW,
        None,
        {"版次": [1, None]},
        {},
        None,
    )


def test_many_rows_are_put_in_as_django_does(case: object) -> None:
    from formflow.register.models import CaseName

    made = CaseName.objects.bulk_create(names(case, 40))
    assert [row.pk for row in made] == list(CaseName.objects.order_by("id").values_list("pk", flat=True))
    assert CaseName.objects.bulk_create([]) == []


def test_what_is_no_plain_value_is_djangos(case: object) -> None:
    from django.db.models import F, Value
    from django.db.models.functions import Upper

    from formflow.register.models import Case, CaseName

    case.version = F("version") + 5  # type: ignore[attr-defined]
    case.save(update_fields=("version",))  # type: ignore[attr-defined]
    assert Case.objects.values_list("version", flat=True).get() == 5
    CaseName.objects.create(case=case, name=Upper(Value("abc")), beginning="a")
    assert CaseName.objects.values_list("name", flat=True).get() == "ABC"


def test_a_conflict_is_settled_as_asked(case: object) -> None:
    from django.db import IntegrityError, transaction

    from formflow.register.models import CaseName

    CaseName.objects.bulk_create(names(case, 1))
    CaseName.objects.bulk_create(names(case, 2), ignore_conflicts=True)
    assert CaseName.objects.count() == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseName.objects.bulk_create(names(case, 1))


def test_a_row_that_is_gone_is_not_changed_in_silence(case: object) -> None:
    from django.db import DatabaseError

    from formflow.register.models import Case

    Case.objects.all().delete()
    with pytest.raises(DatabaseError):
        case.save(update_fields=("outcome",))  # type: ignore[attr-defined]
