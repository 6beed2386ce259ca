"""What an older register holds is filled in."""

from __future__ import annotations

from datetime import date

import pytest

pytestmark = pytest.mark.usefixtures("register")
_DAY = date(2022, 3, 10)


def test_cases_of_an_older_register_are_found_by_folder_and_text() -> None:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from formflow.register import cases

    before, after = ("register", "0002_archives"), ("register", "0003_flat_lookups")
    executor = MigrationExecutor(connection)
    executor.migrate([before])
    apps = executor.loader.project_state([before]).apps
    case = apps.get_model("register", "Case").objects.create(
        programme_id="p", year=2022, number=1, unit="甲镇中心", unit_key="甲镇职工服务中心", folder="甲镇A", outcome="",
        version=1, opened_on=_DAY, updated_on=_DAY,
    )  # fmt: skip
    apps.get_model("register", "CaseName").objects.create(case=case, name="甲镇职工服务中心")
    MigrationExecutor(connection).migrate([after])
    found = cases.case_named_in("p", "关于甲镇职工服务中心发展规划", _DAY)
    assert found is not None
    assert (found.pk, found.folder_key) == (case.pk, "甲镇a")


def test_letters_of_an_older_register_belong_to_the_year_of_their_case() -> None:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from formflow.register import models as rows

    before, after = ("register", "0004_review_sheets"), ("register", "0005_binding_letters")
    executor = MigrationExecutor(connection)
    executor.migrate([before])
    apps = executor.loader.project_state([before]).apps
    case = apps.get_model("register", "Case").objects.create(
        programme_id="p", year=2021, number=1, unit="甲镇中心", unit_key="甲镇中心", folder="甲镇", folder_key="甲镇", outcome="",
        version=1, opened_on=_DAY, updated_on=_DAY,
    )  # fmt: skip
    apps.get_model("register", "Letter").objects.create(
        key="k", case=case, version_no=1, kind="n", title="通知书", serial="1", content={}, issued_on=_DAY
    )
    MigrationExecutor(connection).migrate([after])
    letter = rows.Letter.objects.get()
    assert (letter.programme_id, letter.year, letter.is_draft) == ("p", 2021, False)
