"""通报 of incomplete submissions, as of any day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from formflow.errors import ConfigurationError
from formflow.model.finding import Finding
from formflow.model.letter import NoLetter
from support import offices
from support.rounds import AT, case_of, nantong

ERROR = Finding("missing", "industry", "error", "没有填写", "附件2", label="所属行业")
DEADLINE = date(2022, 11, 10)  # a Thursday


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Any]:
    with offices.office(tmp_path / "home", now=lambda: AT) as opened:
        yield opened


def test_it_lists_what_is_incomplete_and_nothing_else(office: Any) -> None:
    from formflow.service.circulars import facts_of

    case_of("甲镇职工服务中心", ERROR, county="海门区总工会", deadline=DEADLINE)
    case_of("乙镇职工服务中心", county="通州区总工会")
    facts = facts_of(nantong(), 2022, date(2022, 11, 14))
    [unit] = facts.incomplete
    assert (unit.name, unit.county, unit.missing, unit.days_overdue) == (
        "甲镇职工服务中心",
        "海门区总工会",
        ("所属行业",),
        2,
    )
    assert facts.received == 2


def test_the_draft_goes_the_way_of_every_binding_letter(office: Any) -> None:
    from formflow.service.circulars import draft_circular

    case_of("甲镇职工服务中心", ERROR, county="海门区总工会", deadline=DEADLINE)
    letter = draft_circular(office, nantong(), 2022, date(2022, 11, 14))
    assert not isinstance(letter, NoLetter)
    assert letter.is_draft
    found = offices.names(office.home.outbox)
    assert "职工服务中心赋能创优/2022年/拟稿/通报（拟稿）.docx" in found


def test_when_nothing_is_incomplete_there_is_no_letter(office: Any) -> None:
    from formflow.service.circulars import draft_circular

    case_of("乙镇职工服务中心")
    assert isinstance(draft_circular(office, nantong(), 2022, date(2022, 11, 14)), NoLetter)
    assert offices.names(office.home.outbox) == []


def test_a_pack_without_such_a_letter_says_so(office: Any) -> None:
    from formflow.service.circulars import draft_circular

    pack = nantong()
    without = replace(pack, letters=tuple(spec for spec in pack.letters if spec.on != "circulated"))
    with pytest.raises(ConfigurationError, match="通报"):
        draft_circular(office, without, 2022, date(2022, 11, 14))
