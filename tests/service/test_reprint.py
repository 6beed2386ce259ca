"""Letters that were issued come out the same again, byte by byte; what keeps them from it is named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from formflow.model.letter import AnnouncedFacts, Issue, ListedUnit, NamedFacts, Publicity
from formflow.service.printing import print_letter
from support import money, offices
from support.rounds import nantong

AT = datetime(2022, 11, 1, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
UNITS = (ListedUnit("甲镇职工服务中心", "海门区总工会"), ListedUnit("乙镇职工服务中心", "通州区总工会"))
DRAW = partial(print_letter, official_fonts=False)
ROUND = "nantong-service-centre/2022"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Any]:
    with offices.office(tmp_path, now=lambda: AT, print_letter=DRAW) as opened:
        from formflow.register import books
        from formflow.register import models as rows
        from formflow.service import binding
        from formflow.service.delivery import deliver

        pack = nantong()
        period = Publicity(date(2022, 11, 2), date(2022, 11, 8), 5)
        facts: tuple[tuple[Any, Any, date], ...] = (
            ("announced", AnnouncedFacts(pack, 2022, UNITS, Issue(), 5), date(2022, 11, 1)),
            ("named", NamedFacts(pack, 2022, UNITS, Issue(), period), date(2022, 11, 20)),
        )
        for occasion, said, day in facts:
            spec = binding.spec_on(pack, occasion)
            assert spec is not None
            with books.transaction():
                letter = binding.draft(opened, spec, said)
                issued = binding.issue(opened, letter, "王主席", day)
                assert isinstance(issued, rows.Letter), issued
        assert deliver(opened) == ()
        yield opened


def again(text: str, *programmes: Any) -> list[Any]:
    from formflow.service.reprint import find, reprint

    return [reprint(letter, programmes or offices.programmes(), DRAW) for letter in find(text)]


def test_all_letters_of_a_round(office: Any) -> None:
    made = again(ROUND)
    assert len(made) == 2
    assert all(one.is_same and one.files == 2 and one.pack is None for one in made), made


def test_one_letter_by_its_number_or_key(office: Any) -> None:
    from formflow.register import models as rows

    letter = rows.Letter.objects.exclude(serial="").first()
    assert letter.serial
    assert [one.label for one in again(letter.serial)] == [one.label for one in again(letter.key)]
    assert len(again(letter.serial)) == 1
    assert again("") == again("没有这个") == again("别的/2022") == []


def test_a_letter_that_was_changed_in_the_register_says_something_else_than_its_facts(office: Any) -> None:
    from formflow.register import models as rows

    letter = rows.Letter.objects.exclude(serial="").first()
    kept = dict(letter.content["kept"])
    letter.content = {**letter.content, "kept": {**kept, "units": kept["units"][:1]}}
    letter.save()
    [made] = again(letter.serial)
    assert not made.is_same
    assert all(change.place != "" for change in made.changes)
    letter.content = {
        **letter.content,
        "kept": kept,
        "context": {**letter.content["context"], "成文日期": "2022年12月31日"},
    }
    letter.save()
    [made] = again(letter.serial)
    assert {change.place for change in made.changes} >= {"成文日期"}
    assert len([change for change in made.changes if change.place.endswith((".docx", ".pdf"))]) == 2


def test_a_pack_that_has_changed_or_gone_is_said(office: Any) -> None:
    from formflow.register import models as rows

    serial = rows.Letter.objects.exclude(serial="").first().serial
    newer = replace(nantong(), version="9.9", sha256="0" * 64)
    [made] = again(serial, newer)
    assert made.is_same
    assert made.pack == (nantong().id, nantong().version, "9.9")
    [made] = again(serial, money.qingdao())
    assert (made.is_same, made.pack) == (False, (nantong().id, nantong().version, ""))
    assert "没有这种文书" in made.problem


def test_a_letter_whose_record_is_torn_is_said_and_stops_nothing(office: Any) -> None:
    from formflow.register import models as rows

    letter = rows.Letter.objects.exclude(serial="").first()
    letter.content = {"context": {}, "file_stem": "x", "kept": {}}
    letter.save()
    [made] = again(letter.serial)
    assert "登记的内容不全" in made.problem


def test_a_notice_of_payment(tmp_path: Path) -> None:
    with money.desk(tmp_path, print_letter=DRAW) as desk:
        desk.drop(("名单.xlsx", money.honours(["幸福课堂", "甲中心", "市级", "2022年3月"])))
        desk.pay("幸福课堂")
        [made] = again("青工发〔2022〕1号", money.qingdao())
        assert (made.is_same, made.files) == (True, 2)
        desk.approve("作废", key="已发", 意见="写错了") if False else None
