"""Homes that pay for honours: lists dropped, workbooks of ours filled in and dropped again, by files only."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from openpyxl import load_workbook

from formflow.model.programme import Programme
from formflow.packs import load_pack
from support import offices
from support.honours_lists import workbook

HEAD = ["项目名称", "社会组织", "级别", "命名时间"]
HEAD_PAID = [*HEAD, "已补助金额（元）"]
Answers = Mapping[str, Mapping[str, object]]


@cache
def qingdao() -> Programme:
    return load_pack(offices.TEMPLATES / "qingdao-social-organisations")


def honours(*rows: list[Any], head: list[str] = HEAD) -> bytes:
    """A list."""
    return workbook([head, *rows])


def filled(data: bytes, page: str, key: str, answers: Answers) -> bytes:
    """A workbook of ours with words written into its columns, by what stands under the heading `key`."""
    book = load_workbook(io.BytesIO(data))
    heads = next(row for row in book[page].iter_rows() if any(cell.value == key for cell in row))
    columns = {cell.value: cell.column for cell in heads}
    met = set()
    for row in book[page].iter_rows(min_row=heads[0].row + 1):
        name = str(row[columns[key] - 1].value)
        for heading, text in answers.get(name, {}).items():
            met.add(name)
            book[page].cell(row[0].row, columns[heading]).value = text
    assert met == set(answers), (met, answers)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def shown(data: bytes, page: str, key: str) -> dict[str, dict[str, Any]]:
    """A page's rows by heading, by what stands under the heading `key`; formulas by the values stored with them."""
    sheet = load_workbook(io.BytesIO(data), data_only=True)[page]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    at = next(number for number, row in enumerate(rows) if key in row)
    told = (dict(zip(rows[at], row, strict=True)) for row in rows[at + 1 :])
    return {str(row[key]): row for row in told if row[key] is not None}


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self, day: date = date(2022, 12, 1)) -> None:
        self.at = datetime(day.year, day.month, day.day, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))

    def __call__(self) -> datetime:
        return self.at

    def set(self, day: date) -> None:
        self.at = self.at.replace(year=day.year, month=day.month, day=day.day)


class Desk:
    """A clerk who has nothing but the folder."""

    def __init__(self, office: Any, clock: Clock) -> None:
        self.office, self.clock = office, clock

    def drop(self, *files: tuple[str, bytes]) -> list[tuple[str, str]]:
        """What became of files that were dropped together."""
        from formflow.service.engine import work_off

        for name, data in files:
            offices.drop(self.office.home.root, data, name)
        summary = work_off(self.office)
        assert summary.problems == ()
        return [(done.result, done.message) for done in summary.done]

    @property
    def outbox(self) -> Path:
        found: Path = self.office.home.outbox / "社会组织服务职工优秀项目"
        return found

    def names(self, folder: str = "") -> list[str]:
        return offices.names(self.outbox / folder)

    def newest(self, title: str, year: int = 2022) -> bytes:
        [path] = (self.outbox / f"{year}年").glob(f"{title}*.xlsx")
        return path.read_bytes()

    def rows(self, page: str = "补助测算", key: str = "项目名称", year: int = 2022) -> dict[str, dict[str, Any]]:
        return shown(self.newest("补助测算", year), page, key)

    def settle(
        self, answers: Answers, page: str = "补助测算", key: str = "项目名称", year: int = 2022
    ) -> list[tuple[str, str]]:
        """Fills in the 补助测算 and drops it."""
        return self.drop((f"测算{len(self.names())}.xlsx", filled(self.newest("补助测算", year), page, key, answers)))

    def approve(self, said: str = "是", year: int = 2022, key: str = "拟稿", **more: str) -> list[tuple[str, str]]:
        """Signs what lies on the 发文审批表 in this state."""
        line = {key: {"批准": said, "签发人": "王主席", **more}}
        return self.drop(
            (f"审批{len(self.names())}.xlsx", filled(self.newest("发文审批表", year), "发文审批表", "状态", line))
        )

    def pay(self, *projects: str, year: int = 2022) -> None:
        """From the 补助测算 to the notice."""
        [(result, said)] = self.settle({name: {"核定": "是"} for name in projects}, year=year)
        assert result == "settled", said
        [(result, said)] = self.approve(year=year)
        assert result == "approved", said

    def notice(self, number: int, year: int = 2022) -> dict[str, Any]:
        """What an issued notice says."""
        path = self.outbox / f"{year}年/发文/补助通知（青工发〔{year}〕{number}号）.docx"
        words: dict[str, Any] = json.loads(path.read_bytes().split(b" ", 1)[1])
        return words

    def aside(self) -> str:
        notes = sorted((self.office.home.outbox / "_待人工处理").glob("*.txt"), key=lambda path: path.stat().st_mtime)
        return notes[-1].read_text(encoding="utf-8-sig") if notes else ""

    def ledger(self) -> list[tuple[str, str, int]]:
        """(project, kind, yuan) of every entry."""
        from formflow.register import ledger

        found = ledger.entries_of(qingdao().id)
        return [(entry.project, entry.get_kind_display(), entry.amount // 100) for entry in found]


@contextmanager
def desk(root: Path, **changes: object) -> Iterator[Desk]:
    """A home of the programme that pays, alone, with a clock that can be set."""
    clock = Clock()
    with offices.office(root, **{"programmes": (qingdao(),), "now": clock, **changes}) as office:
        yield Desk(office, clock)
