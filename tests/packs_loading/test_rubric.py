"""The shipped rubric is that of the source; one that does not add up is refused, at the right line."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from formflow.errors import PackError
from formflow.packs import load_pack
from support.office import NANTONG
from support.score_sheets import official_wording, rubric

RUBRIC = "rubric.yaml"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "templates" / NANTONG.name
    shutil.copytree(NANTONG, folder, ignore=shutil.ignore_patterns("samples"))
    return folder


def test_groups_criteria_and_points_are_those_of_the_source() -> None:
    assert [len(group.criteria) for group in rubric().groups] == [5, 5, 4, 4, 6, 4, 4, 1]
    assert [group.points for group in rubric().groups] == [8, 15, 12, 12, 15, 11, 12, 15]
    source = (NANTONG.parents[2] / "shared" / "sources" / "000_53059dd65aca6f79.txt").read_text(encoding="utf-8")
    table = source[source.index("项目 | 内容") : source.index("附件2\n职工")]
    printed = [
        Decimal(cell) for cell in (part.strip() for part in table.replace("\n", "|").split("|")) if cell.isdigit()
    ]
    assert [criterion.points for criterion in rubric().criteria] == printed
    assert rubric().points == 100
    assert all(criterion.citation.clause.startswith("附件1") for criterion in rubric().criteria)


def test_the_words_a_criterion_is_known_by_are_short_and_the_source_s() -> None:
    """Facts carry over, sentences do not."""
    flat = ["".join(text.split()) for text in official_wording()[1]]
    for criterion, text in zip(rubric().criteria, flat, strict=True):
        assert any(fragment in text for fragment in criterion.also), criterion.id
        assert all(len(fragment) <= 18 for fragment in criterion.also), criterion.id
        assert criterion.evidence


@pytest.mark.parametrize(
    ("percent", "band"),
    [("100", (11, 15)), ("90", (11, 15)), ("89.99", (6, 10)), ("89.5", (6, 10)), ("80", (6, 10)), ("79.5", (1, 5)), ("70", (1, 5)), ("69.99", None)],
)  # fmt: skip
def test_bands(percent: str, band: tuple[int, int] | None) -> None:
    banded = rubric().banded
    assert banded is not None
    assert banded.id == "8.1"
    found = banded.band(Decimal(percent))
    assert (found and (found.lowest, found.highest)) == band
    assert rubric().satisfaction_floor == 70


def test_what_this_office_chose_is_shown() -> None:
    local = load_pack(NANTONG, with_letters=False).local_choices
    assert any("达标分 80 分" in line for line in local)
    assert any("打分最小单位 0.5 分" in line for line in local)


def test_a_pack_without_a_rubric_has_none(pack: Path) -> None:
    (pack / RUBRIC).unlink()
    assert load_pack(pack, with_letters=False).rubrics == ()


@pytest.mark.parametrize(
    ("old", "new", "at", "said"),
    [
        ("\npoints: 100", "\npoints: 99", "points: 99", "总分写的是 99 分，各组相加是 100 分"),
        ("    points: 8\n", "    points: 9\n", "    points: 9", "第 1 组写的是 9 分，各项相加是 8 分"),
        ('id: "1.2"', 'id: "1.3"', 'id: "1.3"', "按顺序应为“1.2”"),
        ('id: "2"\n', 'id: "7"\n', 'id: "7"', "这是第 2 组"),
        ('id: "1.1"', "id: 1.1", "id: 1.1", "请加引号"),
        ('value: "0.5"', "value: 0.5", "value: 0.5", "加引号的小数"),
        ('value: "0.5"', 'value: "0"', 'value: "0"', "不能是 0"),
        ('value: "0.5"', 'value: "半分"', 'value: "半分"', "应为整数，或加引号的小数"),
        ("lowest: 6, highest: 10", "lowest: 6, highest: 9", "highest: 9", "两档没有接上"),
        ("lowest: 6, highest: 10", "lowest: 6, highest: 11", "highest: 11", "两档没有接上"),
        ("lowest: 11, highest: 15", "lowest: 11, highest: 14", "highest: 14", "两者应当一致"),
        ("lowest: 1, highest: 5", "lowest: 5, highest: 1", "lowest: 5, highest: 1", "把先后改过来"),
        ("from_percent: 80", "from_percent: 95", "from_percent: 95", "从满意率高的写到低的"),
        ("from_percent: 90", "from_percent: 190", "from_percent: 190", "不能大于 100"),
        ("pass_mark: 80", "pass_mark: 180", "pass_mark: 180", "达标分 180 高于总分 100"),
        ("  below: extend\n", "  below: later\n", "  below: later", "只能是：extend、refuse"),
        ("        title: 服务窗口和服务内容", "        title: 服务场所和设施", "        title: 服务场所和设施", "在“1.1”里已经用过"),
        ("        method: judged\n", "", 'id: "1.1"', "缺少“method”"),
        ("        evidence: [现场查看, 场所照片]\n        basis: 附件1 1\n", "        evidence: [现场查看, 场所照片]\n", 'id: "1.1"', "缺少“basis”（出处）"),
        ("    below_percent: 70", "    below: 70", "    below: 70", "不认识“below”"),
        ("        points: 2\n", "        points: 0\n", "        points: 0", "的分值是 0"),
    ],
)  # fmt: skip
def test_broken_in_one_way(pack: Path, old: str, new: str, at: str, said: str) -> None:
    path = pack / RUBRIC
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PackError) as refused:
        load_pack(pack, with_letters=False)
    told = [problem for problem in refused.value.problems if said in problem]
    assert told, refused.value.problems
    lines = path.read_text(encoding="utf-8").split("\n")
    line = [number for number, words in enumerate(lines, 1) if at in words][-1 if "title" in at else 0]
    assert told[0].startswith(f"templates/{pack.name}/{RUBRIC}:{line}: ")


def test_two_criteria_bound_to_the_rate(pack: Path) -> None:
    path = pack / RUBRIC
    bands = "        bands:\n          - {from_percent: 50, lowest: 0, highest: 2}\n"
    text = path.read_text(encoding="utf-8").replace(
        "        basis: 附件1 7\n  - id", f"        basis: 附件1 7\n{bands}  - id"
    )
    assert bands in text
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PackError, match="只能有一项与满意率挂钩"):
        load_pack(pack, with_letters=False)


GRADES = "  below: extend\n  grades:\n    - {{label: 示范, from_points: {high}}}\n    - {{label: 达标, from_points: {low}}}\n"


def graded(pack: Path, high: int, low: int) -> None:
    path = pack / RUBRIC
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("  below: extend\n", GRADES.format(high=high, low=low)), encoding="utf-8")


def test_grades_are_given_by_points_the_highest_first(pack: Path) -> None:
    graded(pack, 90, 80)
    rule = load_pack(pack, with_letters=False).rubrics[0].naming
    assert rule is not None
    points = (Decimal("95"), Decimal("90"), Decimal("89.99"), Decimal("79"), None)
    assert [rule.grade(given) for given in points] == ["示范", "示范", "达标", "", ""]
    assert [rule.rank(label) for label in ("示范", "达标", "")] == [0, 1, 2]


@pytest.mark.parametrize(("high", "low"), [(80, 90), (80, 80), (180, 80)])
def test_grades_out_of_order_are_refused(pack: Path, high: int, low: int) -> None:
    graded(pack, high, low)
    with pytest.raises(PackError, match="等次要从高到低写"):
        load_pack(pack, with_letters=False)
