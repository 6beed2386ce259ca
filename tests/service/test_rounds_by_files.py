"""A year's assessment by dropping files only: sheets in, a summary out; decisions in, letters out."""

from __future__ import annotations

import io
import json
import random
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from openpyxl import Workbook, load_workbook

from support import offices, score_sheets
from support.rounds import nantong

YEAR = Path("职工服务中心赋能创优/2022年")
UNITS = (offices.COMPLETE_UNIT, "甲镇职工服务中心", "乙镇职工服务中心")
# What the pack's rule proposes is filled in already: this decides otherwise for all.
NOBODY = {unit: {"拟命名": "否", "延期至": ""} for unit in UNITS}


class Clock:
    at = datetime(2022, 3, 10, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))

    def __call__(self) -> datetime:
        return self.at

    def set(self, day: date) -> None:
        self.at = self.at.replace(year=day.year, month=day.month, day=day.day)


class Desk:
    """An office that works off what is dropped and says what came of it."""

    def __init__(self, office: Any, clock: Clock) -> None:
        self.office, self.clock = office, clock

    def drop(self, *files: tuple[str, bytes]) -> list[tuple[str, str]]:
        from formflow.service.engine import work_off

        for name, data in files:
            offices.drop(self.office.home.root, data, name)
        return [(done.result, done.message) for done in work_off(self.office).done]

    @property
    def year(self) -> Path:
        found: Path = self.office.home.outbox / YEAR
        return found

    def names(self, folder: str = "") -> list[str]:
        return offices.names(self.year / folder)

    def said(self, name: str) -> dict[str, Any]:
        words: dict[str, Any] = json.loads((self.year / name).read_bytes().split(b" ", 1)[1])
        return words

    def aside(self) -> str:
        notes = sorted((self.office.home.outbox / "_待人工处理").glob("*.txt"))
        return notes[-1].read_text(encoding="utf-8-sig") if notes else ""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    clock = Clock()
    with offices.office(tmp_path / "home", now=clock) as office:
        desk = Desk(office, clock)
        desk.drop(*((f"{unit}申请表.docx", application(unit)) for unit in UNITS))
        clock.set(date(2022, 11, 21))
        yield desk


def application(unit: str) -> bytes:
    """The complete sample under another name."""
    if unit == offices.COMPLETE_UNIT:
        return offices.COMPLETE.read_bytes()
    return offices.rewritten(offices.COMPLETE, {"通泽区临溪科技园区": unit.removesuffix("职工服务中心")})


def marks(unit: str, reviewer: str, seed: int = 1, *, rate: str = "95", day: date = date(2022, 11, 10)) -> Any:
    from dataclasses import replace

    given = score_sheets.invent(random.Random(seed), centre=unit, reviewer=reviewer)
    return replace(given, day=day, rate=Decimal(rate), scores={**given.scores, "8.1": Decimal(_banded(rate))})


def _banded(rate: str) -> str:
    return "12" if Decimal(rate) >= 90 else "8" if Decimal(rate) >= 80 else "0"


def sheet(*given: Any, change: Callable[[Workbook], None] = lambda book: None) -> bytes:
    return score_sheets.as_xlsx(
        {f"表{at}": score_sheets.with_sums(one) for at, one in enumerate(given, 1)}, change=change
    )


def filled(data: bytes, answers: dict[str, dict[str, str]], key: str) -> bytes:
    """A workbook of ours with words written into its columns, by what stands under the heading `key`."""
    book = load_workbook(io.BytesIO(data))
    page = book.worksheets[0]
    heads = next(row for row in page.iter_rows() if any(cell.value == key for cell in row))
    columns = {cell.value: cell.column for cell in heads}
    for row in page.iter_rows(min_row=heads[0].row + 1):
        words = answers.get(str(row[columns[key] - 1].value), {})
        for heading, text in words.items():
            page.cell(row[0].row, columns[heading]).value = text
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def newest(desk: Desk, folder: str, title: str) -> bytes:
    [path] = sorted((desk.year / folder).glob(f"{title}*.xlsx"))
    return path.read_bytes()


def decide(desk: Desk, answers: dict[str, dict[str, str]]) -> list[tuple[str, str]]:
    data = filled(newest(desk, "评审", "评分汇总"), answers, "单位")
    return desk.drop(("评分汇总 已填.xlsx", data))


def approve(desk: Desk, answers: dict[str, dict[str, str]]) -> list[tuple[str, str]]:
    data = filled(newest(desk, "", "发文审批表"), answers, "文书")
    return desk.drop(("发文审批表 已填.xlsx", data))


def scored(desk: Desk, units: tuple[str, ...] = UNITS) -> None:
    for at, reviewer in enumerate(("陈安", "李晓雯", "王博文")):
        given = [marks(unit, reviewer, 10 * at + place) for place, unit in enumerate(units)]
        assert [result for result, _ in desk.drop((f"{reviewer}评分表.xlsx", sheet(*given)))] == ["scored"] * len(units)


def test_sheets_are_counted_and_shown_with_everybody_who_is_due(desk: Desk) -> None:
    assert desk.drop(("陈安.xlsx", sheet(marks(UNITS[0], "陈安"))))[0][0] == "scored"
    assert desk.names("评审") == ["评分汇总（第1稿）.xlsx", "评分表/陈安.xlsx"]
    page = load_workbook(io.BytesIO(newest(desk, "评审", "评分汇总"))).worksheets[0]
    shown = {str(cell.value) for row in page.iter_rows() for cell in row}
    assert set(UNITS) <= shown
    assert "没有收到评分表" in shown


def test_a_new_summary_takes_the_place_of_the_last_unless_somebody_wrote_in_it(desk: Desk) -> None:
    desk.drop(("陈安.xlsx", sheet(marks(UNITS[0], "陈安"))))
    desk.drop(("李晓雯.xlsx", sheet(marks(UNITS[0], "李晓雯"))))
    assert [name for name in desk.names("评审") if "汇总" in name] == ["评分汇总（第2稿）.xlsx"]
    (desk.year / "评审/评分汇总（第2稿）.xlsx").write_bytes(b"filled in")
    desk.drop(("王博文.xlsx", sheet(marks(UNITS[0], "王博文"))))
    assert [name for name in desk.names("评审") if "汇总" in name] == [
        "评分汇总（第2稿）.xlsx",
        "评分汇总（第3稿）.xlsx",
    ]
    # Nothing has happened since: nothing is made again.
    desk.drop()
    assert [name for name in desk.names("评审") if "汇总" in name][-1] == "评分汇总（第3稿）.xlsx"


def test_a_sheet_with_a_slip_goes_back_and_its_correction_counts(desk: Desk) -> None:
    wrong = marks(UNITS[0], "陈安")
    wrong.scores["1.1"] = Decimal("99")
    [(result, message)] = desk.drop(("陈安.xlsx", sheet(wrong)))
    assert (result, "差错" in message) == ("returned", True)
    [name] = [name for name in desk.names("评审/退回的评分表") if name.endswith(".docx")]
    said = json.dumps(desk.said(f"评审/退回的评分表/{name}"), ensure_ascii=False)
    assert "99" in said
    assert f"{wrong.day.year}年{wrong.day.month}月{wrong.day.day}日" in said
    assert wrong.day.isoformat() not in said
    assert desk.drop(("陈安 更正.xlsx", sheet(marks(UNITS[0], "陈安", 2))))[0][0] == "scored"


def test_the_same_expert_counts_once_and_a_later_sheet_takes_the_place_of_the_first(desk: Desk) -> None:
    desk.drop(("1.xlsx", sheet(marks(UNITS[0], "陈安", 1))))
    [(result, message)] = desk.drop(("2.xlsx", sheet(marks(UNITS[0], "陈安", 2))))
    assert result == "returned"
    # The same points again, in another file, change nothing.
    [(result, _)] = desk.drop(("3.xlsx", sheet(marks(UNITS[0], "陈安", 1), change=_touched)))
    assert result == "duplicate"
    [(result, message)] = desk.drop(("4.xlsx", sheet(marks(UNITS[0], "陈安", 2, day=date(2022, 11, 15)))))
    assert (result, "取代" in message) == ("scored", True)


def _touched(book: Workbook) -> None:
    book.properties.title = "再存一次"


def test_a_sheet_of_nobody_we_know_goes_before_a_person_with_the_whole_file(desk: Desk) -> None:
    [(result, message)] = desk.drop(("陈安.xlsx", sheet(marks(UNITS[0], "陈安"), marks("无此单位服务中心", "陈安"))))
    assert result == "set_aside"
    assert "无此单位服务中心" in message
    assert "评审" not in {name.split("/")[0] for name in desk.names()}


def test_the_same_file_again_is_a_duplicate_and_lies_beside(desk: Desk) -> None:
    data = sheet(marks(UNITS[0], "陈安"))
    desk.drop(("陈安.xlsx", data))
    assert desk.drop(("陈安 副本.xlsx", data))[0][0] == "duplicate"
    assert "评审/评分表/重复提交/陈安 副本.xlsx" in desk.names()


def test_sheets_in_an_archive_are_entered_and_the_archive_lies_with_them(desk: Desk) -> None:
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for reviewer in ("陈安", "李晓雯"):
            archive.writestr(f"{reviewer}.xlsx", sheet(marks(UNITS[0], reviewer)))
    assert [result for result, _ in desk.drop(("评分表.zip", out.getvalue()))] == ["scored", "scored"]
    assert desk.names("评审/评分表") == ["李晓雯.xlsx", "评分表.zip", "陈安.xlsx"]


def test_from_decisions_to_numbered_letters(desk: Desk) -> None:
    scored(desk)
    first, second, third = UNITS
    [(result, message)] = decide(
        desk,
        {
            first: {"拟命名": "是"},
            second: {"拟命名": "延期", "延期至": "2023年12月31日", "理由": "场地尚未建成"},
            third: {"拟命名": "否", "理由": "得分未达到要求"},
        },
    )
    assert result == "decided", desk.aside()
    assert "命名 1 个" in message
    assert [name for name in desk.names("拟稿") if name.endswith(".docx")] == [
        "公示（拟稿）.docx",
        f"延期通知_{second}（拟稿）.docx",
    ]
    [(result, message)] = approve(desk, {"公示": {"批准": "是"}, "延期通知": {"批准": "是", "签发人": "王主席"}})
    assert result == "approved", desk.aside()
    words = desk.said("发文/公示.docx")
    assert (words["单位数"], words["公示开始"], words["公示结束"]) == (1, "2022年11月22日", "2022年11月28日")
    assert [name for name in desk.names() if "延期通知" in name and name.endswith(".pdf")] == [
        f"{folder_of(desk, second)}/延期通知.pdf"
    ]
    # What is missing is said as something to do.
    assert desk.said(f"{folder_of(desk, second)}/延期通知.docx")["待完成事项"] == ["补齐发展规划", "补齐实施方案"]
    # The naming can be drafted now, and signed when the time of the 公示 is over.
    assert "命名决定（拟稿）.docx" in desk.names("拟稿")
    [(result, _)] = approve(desk, {"命名决定": {"批准": "是"}})
    assert result == "set_aside"
    assert "公示" in desk.aside()
    desk.clock.set(date(2022, 12, 5))
    [(result, _)] = desk.drop(("发文审批表 12月.xlsx", _again(newest(desk, "", "发文审批表"))))
    assert result == "approved", desk.aside()
    assert desk.said("发文/命名决定（通工发〔2022〕2号）.docx")["名单"][0]["单位名称"] == first
    assert desk.names("拟稿") == []


def _again(data: bytes) -> bytes:
    """The sheet, filled in once more and saved at another moment, so that it is no duplicate."""
    return filled(filled(data, {"命名决定": {"批准": "是"}}, "文书"), {"命名决定": {"签发人": "王主席"}}, "文书")


def folder_of(desk: Desk, unit: str) -> str:
    from formflow.register import models as rows

    return str(rows.Case.objects.get(unit=unit).folder)


def test_decisions_on_an_old_summary_are_refused(desk: Desk) -> None:
    scored(desk)
    old = newest(desk, "评审", "评分汇总")
    desk.drop(("赵一鸣.xlsx", sheet(marks(UNITS[0], "赵一鸣", 77))))
    [(result, _)] = desk.drop(("评分汇总.xlsx", filled(old, {UNITS[0]: {"拟命名": "是"}}, "单位")))
    assert result == "set_aside"
    assert "第3稿" in desk.aside()
    assert "第4稿" in desk.aside()


def test_of_two_summaries_that_contradict_each_other_one_is_taken_and_one_refused(desk: Desk) -> None:
    from formflow.register import models as rows

    scored(desk)
    shown = newest(desk, "评审", "评分汇总")
    yes = filled(shown, {UNITS[0]: {"拟命名": "是"}}, "单位")
    no = filled(shown, {UNITS[0]: {"拟命名": "否"}}, "单位")
    results = desk.drop(("评分汇总 一.xlsx", yes), ("评分汇总 二.xlsx", no))
    assert [result for result, _ in results] == ["decided", "set_aside"]
    assert rows.Naming.objects.get(case__unit=UNITS[0]).decision == "named"
    assert "整张表都没有生效" in desk.aside()
    assert "请在系统重新给出的最新一稿上填写" in desk.aside()


def test_a_unit_whose_members_are_not_satisfied_cannot_be_named(desk: Desk) -> None:
    from formflow.register import models as rows

    for reviewer in ("陈安", "李晓雯"):
        desk.drop((f"{reviewer}.xlsx", sheet(marks(UNITS[0], reviewer, rate="65"))))
    [(result, _)] = decide(desk, {UNITS[0]: {"拟命名": "是"}})
    assert result == "set_aside"
    assert UNITS[0] in desk.aside()
    assert "满意率" in desk.aside()
    assert rows.Naming.objects.count() == 0


def test_what_has_been_announced_with_a_number_cannot_be_decided_otherwise(desk: Desk) -> None:
    scored(desk)
    decide(desk, {**NOBODY, UNITS[1]: {"拟命名": "延期", "延期至": "2023年12月31日"}})
    approve(desk, {"延期通知": {"批准": "是"}})
    [(result, _)] = decide(desk, {UNITS[1]: {"拟命名": "是"}})
    assert result == "set_aside"
    assert "通工发〔2022〕1号" in desk.aside()
    # Withdrawn, the number stays in the book; then it can be decided again.
    [(result, message)] = approve(desk, {"延期通知": {"批准": "作废", "理由": "决定有误"}})
    assert (result, "作废" in message) == ("approved", True)
    [(result, _)] = decide(desk, {UNITS[1]: {"拟命名": "是"}})
    assert result == "decided", desk.aside()


def test_changed_decisions_change_the_drafts(desk: Desk) -> None:
    scored(desk)
    decide(desk, {**NOBODY, UNITS[0]: {"拟命名": "是"}, UNITS[1]: {"拟命名": "延期", "延期至": "2023年12月31日"}})
    assert len([name for name in desk.names("拟稿") if name.endswith(".pdf")]) == 2
    [(result, _)] = decide(desk, {UNITS[0]: {"拟命名": "否"}, UNITS[1]: {"拟命名": "是", "延期至": ""}})
    assert result == "decided", desk.aside()
    assert [name for name in desk.names("拟稿") if name.endswith(".docx")] == ["公示（拟稿）.docx"]
    assert desk.said("拟稿/公示（拟稿）.docx")["名单"][0]["单位名称"] == UNITS[1]


def test_who_filled_in_the_sheet_stands_in_the_journal(desk: Desk) -> None:
    from formflow.register import models as rows

    scored(desk)
    data = filled(newest(desk, "评审", "评分汇总"), {UNITS[0]: {"拟命名": "是"}}, "单位")
    book = load_workbook(io.BytesIO(data))
    book.properties.lastModifiedBy = "张科长"
    out = io.BytesIO()
    book.save(out)
    desk.drop(("评分汇总.xlsx", out.getvalue()))
    assert set(rows.Event.objects.filter(what="decided").values_list("who", flat=True)) == {"张科长"}


def test_the_pack_is_the_one_meant() -> None:
    assert nantong().rubrics


def test_a_unit_whose_application_is_not_in_order_cannot_be_named(desk: Desk) -> None:
    scored(desk)
    lacking = offices.rewritten(offices.COMPLETE, {"通泽区临溪科技园区": "甲镇", "软件和信息技术服务业": "待补充"})
    assert desk.drop(("甲镇 又交.docx", lacking))[0][0] == "supplement"
    [(result, _)] = decide(desk, {**NOBODY, UNITS[1]: {"拟命名": "是", "延期至": ""}})
    assert result == "set_aside"
    assert "甲镇职工服务中心：申请材料还没有受理" in desk.aside()


def test_an_extension_ends_on_a_day_to_come(desk: Desk) -> None:
    scored(desk)
    [(result, _)] = decide(desk, {**NOBODY, UNITS[1]: {"拟命名": "延期", "延期至": "2022年10月1日"}})
    assert result == "set_aside"
    assert "已经过了" in desk.aside()


def test_scores_do_not_change_under_what_has_been_announced(desk: Desk) -> None:
    scored(desk)
    decide(desk, {**NOBODY, UNITS[1]: {"拟命名": "延期", "延期至": "2023年12月31日"}})
    approve(desk, {"延期通知": {"批准": "是"}})
    [(result, message)] = desk.drop(("改评.xlsx", sheet(marks(UNITS[1], "陈安", 55, day=date(2022, 11, 20)))))
    assert result == "set_aside"
    assert "通工发〔2022〕1号" in message


def test_a_letter_is_not_dated_before_it_was_drafted(desk: Desk) -> None:
    scored(desk)
    decide(desk, {**NOBODY, UNITS[1]: {"拟命名": "延期", "延期至": "2023年12月31日"}})
    [(result, _)] = approve(desk, {"延期通知": {"批准": "是", "成文日期": "2022年11月1日"}})
    assert result == "set_aside"
    assert "拟的稿" in desk.aside()


def test_sheets_and_applications_of_one_drop_find_each_other(tmp_path: Path) -> None:
    clock = Clock()
    clock.set(date(2022, 11, 21))
    with offices.office(tmp_path / "other", now=clock) as office:
        together = Desk(office, clock)
        results = together.drop(("陈安.xlsx", sheet(marks(UNITS[0], "陈安"))), ("申请表.docx", application(UNITS[0])))
    assert [result for result, _ in results][-1] == "scored"


def test_a_decision_beside_another_unit_s_number_is_refused(desk: Desk) -> None:
    from formflow.register import models as rows

    scored(desk)
    [(result, _)] = decide(desk, {**NOBODY, UNITS[1]: {"单位": UNITS[2], "拟命名": "否", "延期至": ""}})
    assert result == "set_aside"
    assert f"是{UNITS[1]}，与这一行的单位不符" in desk.aside()
    assert rows.Naming.objects.count() == 0


def test_named_units_are_listed_by_grade_where_a_pack_has_grades(tmp_path: Path) -> None:
    from dataclasses import replace

    from formflow.model.rubric import Grade

    pack = nantong()
    rubric = pack.rubrics[0]
    assert rubric.naming is not None
    grades = (Grade("示范", Decimal(60)), Grade("达标", Decimal(0)))
    graded = replace(rubric, naming=replace(rubric.naming, pass_mark=Decimal(0), grades=grades))
    clock = Clock()
    with offices.office(tmp_path / "graded", now=clock, programmes=(replace(pack, rubrics=(graded,)),)) as office:
        desk = Desk(office, clock)
        desk.drop(*((f"{unit}申请表.docx", application(unit)) for unit in UNITS))
        clock.set(date(2022, 11, 21))
        low, high = marks(UNITS[0], "陈安"), marks(UNITS[1], "陈安")
        nothing = {key: Decimal(0) for key in low.scores}
        most = {criterion.id: criterion.points for criterion in rubric.criteria}
        desk.drop(
            ("陈安.xlsx", sheet(replace(low, scores={**nothing, "8.1": Decimal(12)}), replace(high, scores=most)))
        )
        [(result, _)] = decide(desk, {UNITS[0]: {"拟命名": "是", "延期至": ""}, UNITS[1]: {"拟命名": "是"}})
        assert result == "decided", desk.aside()
        words = desk.said("拟稿/公示（拟稿）.docx")
    assert [(line["等次"], line["单位名称"]) for line in words["名单"]] == [("示范", UNITS[1]), ("达标", UNITS[0])]


def test_nothing_is_proposed_that_would_be_refused(desk: Desk) -> None:
    from dataclasses import replace

    most = {criterion.id: criterion.points for criterion in score_sheets.rubric().criteria}
    for reviewer in ("陈安", "李晓雯"):
        desk.drop((f"{reviewer}.xlsx", sheet(replace(marks(UNITS[0], reviewer), scores=most))))
    wrong = replace(marks(UNITS[0], "赵一鸣"), scores={**most, "1.1": Decimal("99")})
    assert desk.drop(("赵一鸣.xlsx", sheet(wrong)))[0][0] == "returned"
    # Handed back as it is, the sheet is taken; nothing was decided about a unit whose sheet is being put right.
    [(result, message)] = decide(desk, {})
    assert (result, "命名" in message) == ("decided", False), desk.aside()
