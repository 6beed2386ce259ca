from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from support import offices
from support.commands import Caller

EVIL = '=HYPERLINK("http://x","y")'


@pytest.fixture
def worked(call: Caller, home: Path) -> Path:
    offices.drop(home, offices.COMPLETE)
    offices.drop(home, offices.INCOMPLETE)
    offices.drop(
        home, offices.rewritten(offices.COMPLETE, {offices.COMPLETE_UNIT: EVIL.replace('"', "&quot;")}), "x.docx"
    )
    offices.drop(home, b"", "空.docx")
    assert call("run", "--home", home).code == 1
    return home


def test_cases_as_a_table(call: Caller, worked: Path) -> None:
    called = call("cases", "--home", worked)
    assert called.code == 0
    assert offices.COMPLETE_UNIT in called.out
    assert "已受理" in called.out
    assert "待补正" in called.out
    year = call("cases", "--json", "--home", worked).json["cases"][0]["year"]
    assert f"{year}-0001" in called.out
    assert "空.docx" in called.out
    assert offices.COMPLETE_UNIT not in call("cases", "--incomplete", "--home", worked).out


def test_cases_as_json(call: Caller, worked: Path) -> None:
    told = call("cases", "--json", "--home", worked).json
    whole = next(case for case in told["cases"] if case["unit"] == offices.COMPLETE_UNIT)
    assert (whole["outcome"], whole["version"], whole["errors"], whole["deadline"]) == ("accepted", 1, 0, None)
    part = next(case for case in told["cases"] if case["outcome"] == "supplement")
    assert part["errors"] > 0
    assert part["deadline"] > part["updated_on"]
    assert [(paper["file"], paper["state"]) for paper in told["papers"]] == [("空.docx", "set_aside")]
    assert len(call("cases", "--json", "--incomplete", "--home", worked).json["cases"]) == 2


def test_json_that_is_written_piece_by_piece_reads_as_one(call: Caller, worked: Path) -> None:
    called = call("cases", "--json", "--home", worked)
    assert called.out == json.dumps(called.json, ensure_ascii=False, indent=2) + "\n"


def test_a_long_register_is_printed_in_tables_of_some_rows_each(
    call: Caller, worked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("formflow.cli.cases._MOST_AT_ONCE", 2)
    monkeypatch.setattr("formflow.cli.console.PIPED_WIDTH", 200)
    out = call("cases", "--home", worked).out
    assert (out.count("办理结果"), out.count("没有归入案卷的来件")) == (2, 1)


def test_a_paper_that_a_person_has_taken_away_is_not_listed(call: Caller, worked: Path) -> None:
    (worked / "outbox/_待人工处理/空.docx").unlink()
    assert call("cases", "--json", "--home", worked).json["papers"] == []


def test_nothing_from_outside_becomes_a_formula(call: Caller, worked: Path, tmp_path: Path) -> None:
    path = tmp_path / "案卷.xlsx"
    assert call("cases", "--xlsx", path, "--home", worked).code == 0
    book = load_workbook(path)
    pages = [page for page in book if page["A4"].value == "案卷号"]
    cells = [cell for page in book for row in page.iter_rows() for cell in row]
    evil = [cell for cell in cells if cell.value == EVIL]
    assert evil
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in evil)
    assert not [cell for cell in cells if cell.data_type == "f"]
    head = [cell.value for cell in pages[0][4]]
    rows = [row for page in pages for row in page.iter_rows(min_row=5)]
    lines = [dict(zip(head, (cell.value for cell in row), strict=True)) for row in rows]
    assert len(lines) == 3
    whole = next(line for line in lines if line["单位"] == offices.COMPLETE_UNIT)
    assert (whole["办理结果"], whole["待补内容"], whole["逾期工作日"]) == ("已受理", "发展规划；实施方案", None)
    assert whole["文书"].startswith("受理通知书 ")
    assert any(line["办理结果"] == "待补正" and line["待补内容"] and line["补正期限"] for line in lines)
    others = book["没有归入案卷的来件"]
    assert [cell.value for cell in others[1]] == ["文件", "收到日期", "状态", "原因"]
    assert (others["A2"].value, others["C2"].value) == ("空.docx", "待人工处理")


@pytest.mark.parametrize(("width", "is_whole"), [("60", False), ("200", True)])
def test_a_narrow_console_shows_less_but_cuts_nothing(
    call: Caller, worked: Path, monkeypatch: pytest.MonkeyPatch, width: str, is_whole: bool
) -> None:
    monkeypatch.setattr("formflow.cli.console.PIPED_WIDTH", int(width))
    out = call("cases", "--home", worked).out
    assert "…" not in out
    assert ("最近办理" in out) is is_whole
    assert "待补正" in out
    assert offices.COMPLETE_UNIT[:6] in out


def test_a_file_that_cannot_be_written_is_said(call: Caller, worked: Path) -> None:
    assert call("cases", "--xlsx", worked / "gone" / "x.xlsx", "--home", worked).code == 4


def test_what_is_overdue_and_decided_is_shown(call: Caller, worked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from formflow.register.setup import close_register, open_register
    from formflow.service.home import Home

    open_register(Home(worked).register)
    try:
        from formflow.register import models as rows

        waiting = rows.Case.objects.filter(outcome="supplement").first()
        done = rows.Case.objects.get(unit=offices.COMPLETE_UNIT)
        deadline = rows.Letter.objects.filter(case=waiting, deadline__isnull=False).latest("id").deadline
        paper = done.papers.first()
        rows.Naming.objects.create(
            case=done, programme_id=done.programme_id, year=2022, decision="named", decided_on=done.opened_on, who="李",
            paper=paper,
        )  # fmt: skip
    finally:
        close_register()
    later = datetime(deadline.year, deadline.month, deadline.day, tzinfo=ZoneInfo("Asia/Shanghai"))
    monkeypatch.setattr("formflow.service.office.shanghai_now", lambda: later.replace(year=deadline.year + 1))
    monkeypatch.setattr("formflow.cli.console.PIPED_WIDTH", 220)
    out = call("cases", "--home", worked).out
    assert "2022年命名" in out
    assert "逾期工作日" in out
    from formflow.rules.calendar import days_overdue

    assert f" {days_overdue(deadline, later.replace(year=deadline.year + 1).date())} " in out
