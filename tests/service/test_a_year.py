"""A year of three hundred units, from applications to the naming, by dropping files only. Letters are printed for real at the end."""

from __future__ import annotations

import io
import json
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook

from support import offices, score_sheets
from support.workbooks_back import filled

UNITS = 300
REVIEWERS = ("陈安", "李晓雯", "王博文")
PASS_MARK = Decimal(80)
INDUSTRY = "软件和信息技术服务业"


class Clock:
    at = datetime(2022, 3, 10, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))

    def __call__(self) -> datetime:
        return self.at

    def set(self, day: date) -> None:
        self.at = self.at.replace(year=day.year, month=day.month, day=day.day)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def office(tmp_path: Path, clock: Clock) -> Iterator[Any]:
    with offices.office(tmp_path / "home", now=clock) as opened:
        yield opened


def run(office: Any, files: dict[str, bytes]) -> list[tuple[str, str]]:
    from formflow.service.engine import work_off

    for name, data in files.items():
        offices.drop(office.home.root, data, name)
    return [(done.result, done.message) for done in work_off(office).done]


def unit(number: int) -> str:
    return f"第{number:03d}镇职工服务中心"


def application(number: int, *, is_complete: bool = True) -> bytes:
    changes = {"通泽区临溪科技园区": f"第{number:03d}镇"}
    return offices.rewritten(offices.COMPLETE, changes if is_complete else {**changes, INDUSTRY: "待补充"})


def marks(number: int, reviewer: str) -> Any:
    rng = random.Random(f"{number} {reviewer}")
    given = score_sheets.invent(rng, centre=unit(number), reviewer=reviewer)
    full = {criterion.id: criterion.points for criterion in score_sheets.rubric().criteria}
    # Every fifth unit falls short.
    share = Decimal("0.5") if number % 5 == 0 else Decimal("0.9")
    scores = {key: (points * share * 2).to_integral_value() / 2 for key, points in full.items()}
    scores["1.1"] = min(full["1.1"], scores["1.1"] + Decimal(rng.choice(("0", "0.5"))))
    scores["8.1"] = Decimal(rng.randint(11, 15))
    return replace(given, day=date(2022, 11, 10), rate=Decimal(95), scores=scores)


def mean_total(number: int) -> Decimal:
    totals = [sum(marks(number, reviewer).scores.values()) for reviewer in REVIEWERS]
    mean = Fraction(sum(map(Fraction, totals), Fraction(0)), len(totals))
    return (Decimal(mean.numerator) / Decimal(mean.denominator)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def newest(office: Any, title: str) -> bytes:
    paths = sorted(office.home.outbox.rglob(f"{title}（第*.xlsx"))
    data: bytes = max(paths, key=lambda path: int(path.stem.split("第")[1].rstrip("稿）"))).read_bytes()
    return data


def test_three_hundred_units_from_application_to_naming(office: Any, clock: Clock) -> None:
    from formflow.register import models as rows

    # First quarter: applications, some incomplete, their corrections.
    complete = {f"{unit(n)}.docx": application(n, is_complete=n % 10 != 3) for n in range(1, UNITS + 1)}
    results = [result for result, _ in run(office, complete)]
    assert (results.count("accepted"), results.count("supplement")) == (UNITS - UNITS // 10, UNITS // 10)
    clock.set(date(2022, 3, 21))
    corrected = {f"{unit(n)} 补正.docx": application(n) for n in range(1, UNITS + 1) if n % 10 == 3}
    assert {result for result, _ in run(office, corrected)} == {"accepted"}
    # Fourth quarter: each reviewer hands in ten workbooks of thirty units.
    clock.set(date(2022, 11, 21))
    sheets = {}
    for reviewer in REVIEWERS:
        for start in range(1, UNITS + 1, 30):
            pages = {unit(n): score_sheets.with_sums(marks(n, reviewer)) for n in range(start, start + 30)}
            sheets[f"{reviewer}评分 {start}.xlsx"] = score_sheets.as_xlsx(pages)
    assert [result for result, _ in run(office, sheets)] == ["scored"] * UNITS * len(REVIEWERS)
    # The summary proposes by the pass mark; it comes back as it is.
    summary = newest(office, "评分汇总")
    proposed = choices(summary)
    passed = [unit(n) for n in range(1, UNITS + 1) if mean_total(n) >= PASS_MARK]
    assert 0 < len(passed) < UNITS
    assert {name for name, choice in proposed.items() if choice == "是"} == set(passed)
    [(result, message)] = run(office, {"评分汇总.xlsx": filled(summary, {}, "单位", "张科长")})
    assert (result, f"命名 {len(passed)} 个" in message) == ("decided", True), message
    # 公示, extensions, and when its time is over the naming.
    approve(office, {"公示": {"批准": "是"}, "延期通知": {"批准": "是"}})
    extended = UNITS - len(passed)
    assert rows.DocumentNumber.objects.count() == extended
    clock.set(date(2022, 12, 5))
    approve(office, {"命名决定": {"批准": "是", "签发人": "王主席"}})
    numbers = list(rows.DocumentNumber.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, extended + 2))
    naming = rows.Letter.objects.get(kind="naming", is_draft=False)
    assert naming.content["context"]["单位数"] == len(passed)
    assert [line["单位名称"] for line in naming.content["context"]["名单"]] == passed
    assert rows.Naming.objects.filter(letter=naming).count() == len(passed)
    assert_it_is_a_sound_document(office, naming)
    # Nothing is left over: no draft, nothing before a person, nothing in the inbox.
    assert not list(office.home.outbox.rglob("*（拟稿）*"))
    assert not list((office.home.outbox / "_待人工处理").glob("*"))
    assert [path for path in office.home.inbox.rglob("*") if path.is_file()] == []


def choices(summary: bytes) -> dict[str, str]:
    page = load_workbook(io.BytesIO(summary)).worksheets[0]
    heads = next(row for row in page.iter_rows() if any(cell.value == "拟命名" for cell in row))
    columns = {cell.value: cell.column for cell in heads}
    below = range(heads[0].row + 1, page.max_row + 1)
    lines = ((page.cell(row, columns["单位"]).value, page.cell(row, columns["拟命名"]).value) for row in below)
    return {str(name): str(choice or "") for name, choice in lines if name}


def approve(office: Any, answers: dict[str, dict[str, str]]) -> None:
    [(result, message)] = run(office, {"审批表.xlsx": filled(newest(office, "发文审批表"), answers, "文书")})
    assert result == "approved", message


def assert_it_is_a_sound_document(office: Any, letter: Any) -> None:
    """The naming, printed for real: both files break no rule of GB/T 9704."""
    from formflow.letters.measure import measure
    from formflow.register import books
    from formflow.service.printing import print_letter
    from support.rounds import nantong

    spec = next(spec for spec in nantong().letters if spec.id == letter.kind)
    printed = print_letter(spec, books.letter_content(letter), official_fonts=False)
    for ending, data in ((".docx", printed.docx), (".pdf", printed.pdf)):
        path = office.home.root / f"命名决定{ending}"
        path.write_bytes(data)
        failed = [found.rule_id for found in measure(path).measurements if found.verdict == "fail"]
        assert failed == [], ending
    assert json.dumps(letter.content, ensure_ascii=False).count("职工服务中心") > 100
