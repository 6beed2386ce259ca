"""The other programmes' years by dropping files only: members' votes and 限期整改 in Beijing, a commendation without points in Sichuan."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook

from formflow.packs import load_pack
from support import offices
from support.workbooks_back import filled

BEIJING, SICHUAN = (offices.TEMPLATES / name for name in ("beijing-workers-home", "sichuan-demonstration-units"))


class Clock:
    at = datetime(2022, 11, 1, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def office(tmp_path: Path, clock: Clock, request: pytest.FixtureRequest) -> Iterator[Any]:
    with offices.office(tmp_path / "home", programmes=(load_pack(request.param),), now=clock) as opened:
        yield opened


def drop(office: Any, name: str, data: bytes) -> list[tuple[str, str]]:
    from formflow.service.engine import work_off

    offices.drop(office.home.root, data, name)
    return [(done.result, done.message) for done in work_off(office).done]


def newest(office: Any, title: str) -> bytes:
    [path] = sorted(office.home.outbox.rglob(f"{title}（第*.xlsx"))
    data: bytes = path.read_bytes()
    return data


def approve(office: Any, answers: dict[str, dict[str, str]]) -> list[tuple[str, str]]:
    return drop(office, "审批.xlsx", filled(newest(office, "发文审批表"), answers, "文书"))


def said(office: Any, pattern: str) -> dict[str, Any]:
    [path] = sorted(office.home.outbox.rglob(pattern))
    words: dict[str, Any] = json.loads(path.read_bytes().split(b" ", 1)[1])
    return words


def names(office: Any, word: str) -> list[str]:
    return [name for name in offices.names(office.home.outbox) if word in name]


@pytest.mark.parametrize("office", [BEIJING], indirect=True)
def test_homes_whose_members_are_not_satisfied_are_told_to_put_it_right(office: Any) -> None:
    from formflow.register import models as rows

    sheet = next((BEIJING / "samples").glob("*统计表.xlsx"))
    [(result, message)] = drop(office, sheet.name, sheet.read_bytes())
    assert result == "evaluated"
    wanted = rows.Letter.objects.filter(is_draft=True, kind="rectification_notice").count()
    assert wanted >= 1
    assert f"需限期整改 {wanted} 个" in message
    assert names(office, "会员评议结果.xlsx")
    assert len(names(office, "（拟稿）.docx")) == wanted
    # The same sheet in another file says nothing new.
    assert drop(office, "再报.xlsx", filled(sheet.read_bytes(), {}, "序号"))[0][0] in ("evaluated", "duplicate")
    assert rows.Letter.objects.filter(is_draft=True, kind="rectification_notice", state="issued").count() == wanted
    [(result, message)] = approve(office, {"限期整改通知书": {"批准": "是", "签发人": "李主席"}})
    assert result == "approved", message
    letters = rows.Letter.objects.filter(draft__isnull=False)
    assert len(letters) == wanted
    numbers = [letter.serial.partition("〕")[2] for letter in letters]
    assert numbers == [f"{number}号" for number in range(1, wanted + 1)]
    assert not names(office, "拟稿")


@pytest.mark.parametrize("office", [BEIJING], indirect=True)
def test_a_sheet_whose_counts_cannot_be_right_goes_before_a_person(office: Any) -> None:
    from formflow.register import models as rows

    sheet = next((BEIJING / "samples").glob("*统计表.xlsx")).read_bytes()
    import io

    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(sheet))
    page = book.worksheets[0]
    column = next(cell.column for row in page.iter_rows() for cell in row if "收回" in str(cell.value))
    head = next(cell.row for row in page.iter_rows() for cell in row if "收回" in str(cell.value))
    page.cell(head + 1, column).value = 99999
    out = io.BytesIO()
    book.save(out)
    [(result, message)] = drop(office, "统计表.xlsx", out.getvalue())
    assert result == "set_aside"
    assert "99999" in message
    assert rows.Evaluation.objects.count() == 0


@pytest.mark.parametrize("office", [SICHUAN], indirect=True)
def test_units_are_commended_without_points(office: Any, clock: Clock) -> None:
    accepted = []
    for sample in sorted((SICHUAN / "samples").glob("*.docx")):
        for result, _ in drop(office, sample.name, sample.read_bytes()):
            accepted += [sample.name] if result == "accepted" else []
    assert accepted
    data = newest(office, "核定表")
    # Without points there is nothing to explain behind the page that is filled in.
    assert len(load_workbook(io.BytesIO(data)).worksheets) == 1
    # Nobody scored: the sheet, and what is said of it, do not speak of points.
    assert load_workbook(io.BytesIO(data)).worksheets[0]["A1"].value == "提升职工生活品质示范单位 2023年度核定表"
    [unit] = units(data)[:1]
    [(result, message)] = drop(office, "核定表.xlsx", filled(data, {unit: {"拟命名": "是"}}, "单位", "赵科长"))
    assert (result, message) == ("decided", "核定表上的决定已登记：命名 1 个")
    [(result, message)] = approve(office, {"表彰通报": {"批准": "是"}})
    assert result == "approved", message
    words = said(office, "表彰通报（*.docx")
    assert [line["单位名称"] for line in words["名单"]] == [unit]
    assert "〔2022〕1号" in words["发文字号"]
    # Nothing is left to be drafted.
    assert not names(office, "拟稿")


def units(data: bytes) -> list[str]:
    page = load_workbook(io.BytesIO(data)).worksheets[0]
    head = next(cell for row in page.iter_rows() for cell in row if cell.value == "单位")
    below = (page.cell(row, head.column).value for row in range(head.row + 1, page.max_row + 1))
    return [str(value) for value in below if value]


@pytest.mark.parametrize("office", [BEIJING], indirect=True)
def test_what_is_left_of_the_quota_is_always_shown(office: Any) -> None:
    from formflow.service.ledgers import ledger_of
    from formflow.service.summaries import quota_remarks
    from support.rounds import arrival

    (programme,) = office.programmes
    assert quota_remarks(programme, 2014) == ("2013—2017年市级职工之家名额 1000 个，已命名 0 个，剩余 1000 个",)
    assert quota_remarks(programme, 2012) == ()
    named_in_2013(arrival())
    assert quota_remarks(programme, 2013)[0].endswith("已命名 1 个，剩余 999 个")
    assert ledger_of(programme, 2013, office.now().date()).remarks == quota_remarks(programme, 2013)


def named_in_2013(arrival: Any) -> None:
    from formflow.register import books
    from formflow.register import models as rows

    day = arrival.received_on
    case = rows.Case.objects.create(
        programme_id="beijing-workers-home", programme_name="职工之家", year=2013, number=1, unit="甲厂", unit_key="甲厂",
        folder="甲厂", folder_key="甲厂", outcome="accepted", opened_on=day, updated_on=day,
    )  # fmt: skip
    paper = books.add_paper(arrival, kind="decision_sheet", state="filed")
    rows.Naming.objects.create(
        case=case, programme_id=case.programme_id, year=2013, decision="named", decided_on=day, who="李", paper=paper
    )
