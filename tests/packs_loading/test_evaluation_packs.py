"""The packs with evaluations, quotas and lists of units load whole; broken in any one way they are refused at the right line."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from formflow.errors import PackError
from formflow.model.checks import AnswerIs, Elapsed, RowsElapsed
from formflow.packs import load_pack
from support.draw_demonstration_forms import draw_form, draw_list
from support.draw_home_form import PARTS, draw
from support.office import TEMPLATES

HOMES, UNITS = "beijing-workers-home", "sichuan-demonstration-units"


def test_the_checklist_of_the_notice_is_whole() -> None:
    programme = load_pack(TEMPLATES / HOMES)
    form = programme.form("application")
    assert form is not None
    ticked = [field for field in form.fields if field.options]
    assert [len(items) for _, items, _ in PARTS] == [5, 6, 5, 4]
    assert [field.id for field in ticked] == [id_ for _, items, _ in PARTS for id_, _, _ in items]
    assert all(field.options == ("达到", "未达到") and field.citation.source.startswith("004_") for field in ticked)
    assert form.checks == tuple(
        AnswerIs(f.id, "达到", check.citation) for f, check in zip(ticked, form.checks, strict=True)
    )
    assert (TEMPLATES / HOMES / "application.docx").read_bytes() == draw()


def test_the_rubric_has_the_same_items() -> None:
    (rubric,) = load_pack(TEMPLATES / HOMES).rubrics
    assert [len(group.criteria) for group in rubric.groups] == [5, 6, 5, 4]
    assert rubric.points == Decimal(20)
    assert {criterion.points for criterion in rubric.criteria} == {Decimal(1)}
    labels = [label.split(".", 1)[1] for _, items, _ in PARTS for _, label, _ in items]
    assert [criterion.title for criterion in rubric.criteria] == labels
    assert rubric.citation.is_local


def test_what_votes_count_and_what_is_left_to_name() -> None:
    programme = load_pack(TEMPLATES / HOMES)
    rules = programme.evaluation
    assert rules is not None
    assert [(choice.id, choice.is_satisfied) for choice in rules.choices] == [
        ("satisfied", True), ("fairly_satisfied", True), ("dissatisfied", False), ("abstained", False),
    ]  # fmt: skip
    assert (rules.participation_floor, rules.satisfaction_floor) == (60, 80)
    assert (rules.rectify_working_days, rules.follow_up_working_days) == (30, 40)
    assert all(citation.is_local for citation in rules.floors_citation)
    (quota,) = programme.quotas
    assert (quota.limit, quota.first_year, quota.last_year, quota.every_years) == (1000, 2013, 2017, 2)
    assert quota.citation.clause.startswith("四、保障措施（三）")
    assert any("满意率" in choice for choice in programme.local_choices)


def test_a_pilot_waits_two_years() -> None:
    programme = load_pack(TEMPLATES / UNITS)
    application, pilots = programme.form("application"), programme.form("evidence")
    assert application is not None
    assert pilots is not None
    (waiting,), (row_by_row,) = application.checks, pilots.checks
    assert isinstance(waiting, Elapsed)
    assert isinstance(row_by_row, RowsElapsed)
    assert (waiting.start, waiting.end, waiting.months) == ("pilot_since", "form_date", 24)
    assert (row_by_row.start, row_by_row.end, row_by_row.months) == ("pilot_since", "named_on", 24)
    assert (TEMPLATES / UNITS / "application.docx").read_bytes() == draw_form()
    assert (TEMPLATES / UNITS / "pilot-list.docx").read_bytes() == draw_list()


def test_the_engine_names_no_programme() -> None:
    sources = [path.read_text(encoding="utf-8") for path in (TEMPLATES.parent / "src").rglob("*.py")]
    assert len(sources) > 100
    for words in ("beijing", "sichuan", "signboard", "pilot_since", "五亮", "亮牌子", "综合体", "旺苍"):
        assert not any(words in source for source in sources), words


# Broken in one way ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Broken:
    """One edit of a pack's file (`old` → `new`), and what must be said of it on the line that then holds `at`."""

    pack: str
    file: str
    old: str
    new: str
    at: str
    said: str


BROKEN = (
    Broken(HOMES, "evaluation.yaml", "subjects:", "subject:", "subject:", "是否想写“subjects”"),
    Broken(HOMES, "evaluation.yaml", "satisfied: true\n    basis: {source: local, clause: 基", "satisfied: 是\n    basis: {source: local, clause: 基", "satisfied: 是", "应为 true 或 false"),
    Broken(HOMES, "evaluation.yaml", "also: [比较满意, 较满意, 较为满意]", "also: [比较满意, 很满意]", "- id: fairly_satisfied", "“很满意”在“satisfied”里已经用过"),
    Broken(HOMES, "evaluation.yaml", "id: abstained", "id: returned", "id: returned", "是票数栏目用的名称"),
    Broken(HOMES, "evaluation.yaml", "id: abstained", "id: dissatisfied", "id: dissatisfied", "已在第"),
    Broken(HOMES, "policy.yaml", "id: satisfaction_floor", "id: satisfaction_flor", "parameters:", "就要有参数“satisfaction_floor”"),
    Broken(HOMES, "policy.yaml", "value: 80\n    unit: \"%\"", "value: 80\n    unit: 分", "unit: 分", "应为“%”"),
    Broken(HOMES, "policy.yaml", "value: 80\n    unit: \"%\"", "value: 180\n    unit: \"%\"", "value: 180", "应在 1 至 100"),
    Broken(HOMES, "policy.yaml", "value: 40", "value: 20", "value: 20", "早于整改期限"),
    Broken(HOMES, "policy.yaml", "last_year: 2017", "last_year: 2012", "last_year: 2012", "早于 first_year"),
    Broken(HOMES, "policy.yaml", "limit: 1000", "limit: 1000.0", "limit: 1000.0", "应为整数"),
    Broken(HOMES, "policy.yaml", "every_years: 2", "every_years: 0", "every_years: 0", "不能小于 1"),
    Broken(HOMES, "application.yaml", "fields: [signboard, identity", "fields: [signbord, identity", "fields: [signbord", "是否想写“signboard”"),
    Broken(HOMES, "application.yaml", "fields: [signboard, identity", "fields: [unit, identity", "option: 达到", "的选项里没有“达到”"),
    Broken(HOMES, "application.yaml", "fields: [signboard, identity", "fields: [form_date, identity", "fields: [form_date", "这里要用文字栏"),
    Broken(UNITS, "application.yaml", "start: pilot_since", "start: floor_area", "start: floor_area", "这里要用年月栏"),
    Broken(UNITS, "application.yaml", "months: 24", "months: 0", "months: 0", "不能小于 1"),
    Broken(UNITS, "pilot-list.yaml", "end: named_on", "end: named", "end: named", "没有“named”这一列"),
    Broken(UNITS, "pilot-list.yaml", "label: 所在市（州）", "label: 所在州", "columns:", "没有哪一行表头"),
)  # fmt: skip


@pytest.fixture
def copy(tmp_path: Path) -> Callable[[str], Path]:
    def copied(name: str) -> Path:
        folder = tmp_path / "templates" / name
        shutil.copytree(TEMPLATES / name, folder, ignore=shutil.ignore_patterns("samples"))
        return folder

    return copied


def problems_of(folder: Path) -> tuple[str, ...]:
    with pytest.raises(PackError) as refused:
        load_pack(folder, with_letters=False)
    return refused.value.problems


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: f"{broken.file} {broken.new[:24]!r}")
def test_a_broken_pack_is_refused_at_its_line(broken: Broken, copy: Callable[[str], Path]) -> None:
    folder = copy(broken.pack)
    path = folder / broken.file
    text = path.read_text(encoding="utf-8")
    assert text.count(broken.old) >= 1, "the shipped pack has changed: adapt this row"
    changed = text.replace(broken.old, broken.new, 1)
    path.write_text(changed, encoding="utf-8")
    lines = {number for number, line in enumerate(changed.splitlines(), 1) if broken.at in line}
    found = [problem for problem in problems_of(folder) if broken.said in problem]
    assert found, problems_of(folder)
    assert any(f"/{broken.file}:{number}: " in problem for problem in found for number in lines), (found, lines)


def test_spans_that_share_a_year_are_refused(copy: Callable[[str], Path]) -> None:
    path = copy(HOMES) / "policy.yaml"
    second = (
        path.read_text(encoding="utf-8")
        .partition("quotas:\n")[2]
        .replace("2013", "2017")
        .replace("last_year: 2017", "last_year: 2021")
    )
    path.write_text(path.read_text(encoding="utf-8") + second, encoding="utf-8")
    (problem,) = problems_of(path.parent)
    assert "年份有重叠" in problem


def test_answers_that_all_count_alike_are_refused(copy: Callable[[str], Path]) -> None:
    path = copy(HOMES) / "evaluation.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("satisfied: false", "satisfied: true"), encoding="utf-8")
    (problem,) = problems_of(path.parent)
    assert "算不出满意率" in problem


def test_a_pack_without_evaluation_needs_none_of_it(copy: Callable[[str], Path]) -> None:
    folder = copy(HOMES)
    (folder / "evaluation.yaml").unlink()
    assert load_pack(folder, with_letters=False).evaluation is None
