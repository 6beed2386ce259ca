"""Nothing is written into a register that somebody has taken away or put another in place of."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from formflow.errors import EnvironmentFailure
from support.register_rows import AT


def enter() -> None:
    from formflow.register import books

    with books.transaction():
        books.add_event(AT, "set_aside", "甲")


def test_a_register_that_was_taken_away_and_comes_back(register: Path) -> None:
    enter()
    away = register.with_name("away")
    register.rename(away)
    with pytest.raises(EnvironmentFailure, match="不见了") as caught:
        enter()
    assert caught.value.code == "register_gone"
    away.rename(register)
    enter()


def test_a_register_that_was_replaced_by_a_copy(register: Path) -> None:
    from formflow.register.models import Event
    from formflow.register.setup import open_register

    enter()
    shutil.copyfile(register, register.with_name("copy"))
    register.with_name("copy").replace(register)
    with pytest.raises(EnvironmentFailure, match="换成了另一个文件") as caught:
        enter()
    assert caught.value.code == "register_replaced"
    open_register(register)  # whoever starts anew has looked at it
    before = Event.objects.count()
    enter()
    assert Event.objects.count() == before + 1


def test_a_full_disk_as_the_database_says_it_leaves_nothing_half_entered(register: Path) -> None:
    from django.db import OperationalError, connection

    from formflow.register import books
    from formflow.register.models import Event
    from formflow.service.home import Home
    from formflow.service.trouble import trouble_of

    enter()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        [pages] = cursor.fetchone()
        cursor.execute(f"PRAGMA max_page_count = {pages}")

    def much() -> None:
        with books.transaction():
            for number in range(1000):
                books.add_event(AT, "set_aside", f"{number}" * 100)

    with pytest.raises(OperationalError) as caught:
        much()
    assert Event.objects.count() == 1
    trouble = trouble_of(caught.value, Home(register.parent))
    assert (trouble.code, trouble.message) == ("disk_full", "登记库所在的磁盘已满")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count = 1000000")
    enter()
    assert Event.objects.count() == 2
