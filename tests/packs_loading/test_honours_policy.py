"""What honours are rewarded with, as the pack states it; and every way of stating it wrongly, each told at its line."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from formflow.errors import PackError
from formflow.packs import load_pack
from support.office import TEMPLATES

PACK = TEMPLATES / "qingdao-social-organisations"
POLICY, HONOURS, MEASURES, LETTERS = "policy.yaml", "honours.yaml", "measures.yaml", "letters.yaml"
OPEN = '        from: "2021-12-09"\n        basis: 加强组织领导（三）加强经费保障\n        quote: 评为青岛市'
AMENDED = """        from: "2021-12-09"
        until: "2024-12-31"
        basis: 加强组织领导（三）加强经费保障
        quote: 旧
      - value: 1500000
        from: "{since}"
        basis: 加强组织领导（三）加强经费保障
        quote: 评为青岛市"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PACK, tmp_path / "templates" / PACK.name, ignore=shutil.ignore_patterns("samples")))


def change(pack: Path, name: str, old: str, new: str) -> None:
    text = (pack / name).read_text(encoding="utf-8")
    assert old in text, "the shipped pack has changed: adapt this row"
    (pack / name).write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_sums_of_the_source() -> None:
    honours = load_pack(PACK, with_letters=False).honours
    assert honours is not None
    first = date(2021, 12, 9)
    found = {level.id: honours.amount(level.id, first, first) for level in honours.levels}
    assert {key: value[0] for key, value in found.items() if value} == {
        "municipal": 1_000_000,
        "provincial": 2_000_000,
        "national": 3_000_000,
    }
    assert [level.id for level in honours.levels] == ["municipal", "provincial", "national"]
    assert all("经费保障" in value[1].clause for value in found.values() if value)
    assert honours.amount("national", date(2021, 12, 8), date(2021, 12, 8)) is None
    assert honours.amount("national", date(2021, 12, 1), date(2021, 12, 31)) is None
    assert len(honours.uses) == 3


def test_an_amendment_is_a_new_entry(pack: Path) -> None:
    change(pack, POLICY, OPEN, AMENDED.format(since="2025-01-01"))
    honours = load_pack(pack, with_letters=False).honours
    assert honours is not None
    sums = [honours.amount("municipal", day, day) for day in (date(2024, 12, 31), date(2025, 1, 1))]
    assert [found[0] for found in sums if found] == [1_000_000, 1_500_000]


@dataclass(frozen=True)
class Mode:
    name: str
    file: str
    old: str
    new: str
    said: str


MODES = (
    Mode("overlap", POLICY, OPEN, AMENDED.format(since="2024-12-31"), "重叠"),
    Mode("gap", POLICY, OPEN, AMENDED.format(since="2025-01-02"), "空档"),
    Mode("open before the end", POLICY, OPEN, AMENDED.format(since="2025-01-01").replace('        until: "2024-12-31"\n', ""), "没有写 until"),
    Mode("no such day", POLICY, 'from: "2021-12-09"', 'from: "2021-02-30"', "没有“2021-02-30”这一天"),
    Mode("until before from", POLICY, OPEN, OPEN.replace("\n", '\n        until: "2020-01-01"\n', 1), "早于"),
    Mode("day not quoted", POLICY, 'from: "2021-12-09"', "from: 2021-12-09", "会被当成日期"),
    Mode("day in words", POLICY, 'from: "2021-12-09"', 'from: "2021年12月9日"', "加引号的日期"),
    Mode("money as float", POLICY, "value: 3000000", "value: 30000.00", "应为整数"),
    Mode("no quote", POLICY, "        quote: 评为全国……优秀项目的，给予经费补助3万元\n", "", "缺少“quote”"),
    Mode("no basis", POLICY, "        basis: 加强组织领导（三）加强经费保障\n        quote: 评为全国", "        quote: 评为全国", "缺少“basis”"),
    Mode("unknown key", POLICY, '        from: "2021-12-09"', '        form: "2021-12-09"', "是否想写“from”"),
    Mode("dated value twice", POLICY, "id: subsidy_provincial", "id: subsidy_national", "已在第"),
    Mode("sum in yuan", POLICY, "label: 全国优秀项目补助\n    unit: 分", "label: 全国优秀项目补助\n    unit: 元", "金额的单位应为“分”"),
    Mode("sum that is nowhere", HONOURS, "amount: subsidy_national", "amount: subsidy_state", "没有“subsidy_state”"),
    Mode("word of two levels", HONOURS, "words: [省级,", "words: [省级, 市级,", "一个说法只能指一个级别"),
    Mode("level twice", HONOURS, "id: provincial", "id: municipal", "已在第"),
    Mode("no uses", HONOURS, "uses:", "use:", "缺少“uses”"),
    Mode("matching of no level", HONOURS, "matching: []", 'matching:\n  - {district: 市北区, level: county, value: 1, unit: 分, from: "2022-01-01", basis: x, quote: y}', "没有“county”这一级"),
    Mode("measure of no criterion", MEASURES, 'criterion: "5.1"', 'criterion: "9.1"', "没有“9.1”这一项"),
    Mode("measure of a judged item", MEASURES, 'criterion: "1.1"', 'criterion: "1.2"', "是 judged"),
    Mode("measure twice", MEASURES, 'criterion: "2.1"', 'criterion: "1.1"', "只能有一种算法"),
    Mode("measure of another type", MEASURES, "field: satisfaction", "field: people_served", "这里要用比率栏"),
    Mode("option that is nowhere", MEASURES, "options: [登记证书]", "options: [营业执照]", "没有“营业执照”这一项"),
    Mode("column that is nowhere", MEASURES, "column: level", "column: rank", "没有“rank”这一列"),
    Mode("steps upside down", MEASURES, "from_percent: 90", "from_percent: 75", "从高的写到低的"),
    Mode("pieces of no option", MEASURES, "pieces: {合同和实施方案: 2}", "pieces: {合同: 2}", "options 里没有“合同”"),
    Mode("an option of one piece", MEASURES, "pieces: {合同和实施方案: 2}", "pieces: {合同和实施方案: 1}", "不能小于 2"),
    Mode("proof by a column that is nowhere", MEASURES, "proof: {medium: medium", "proof: {medium: newspaper", "没有“newspaper”这一列"),
    Mode("a level of media nobody counts", "media.yaml", "label: 省部级", "label: 省部委级", "media.yaml 里“省部委级”一级"),
    Mode("money and no letter for it", LETTERS, """  - id: subsidy_notice
    title: 补助通知
    when: subsidised
    layout: red_header
    binding: true
    template: letters/补助通知.docx
""", "", "却没有补助通知"),
    Mode("word of two kinds", MEASURES, "words: [省部级,", "words: [省部级, 市级,", "一个说法只能指一级"),
)  # fmt: skip


@pytest.mark.parametrize("mode", MODES, ids=[mode.name for mode in MODES])
def test_stated_wrongly(pack: Path, mode: Mode) -> None:
    change(pack, mode.file, mode.old, mode.new)
    with pytest.raises(PackError) as caught:
        load_pack(pack, with_letters=False)
    told = [problem for problem in caught.value.problems if mode.said in problem]
    assert told, caught.value.problems
    assert all(re.match(rf"templates/{PACK.name}/\w+\.yaml:\d+: ", problem) for problem in told)


def test_reports_are_held_against_a_registry_of_media(pack: Path) -> None:
    (pack / "media.yaml").unlink()
    with pytest.raises(PackError) as caught:
        load_pack(pack, with_letters=False)
    assert [problem for problem in caught.value.problems if "要有媒体名录" in problem and MEASURES in problem]


def test_a_way_of_counting_of_ones_own_is_told(pack: Path) -> None:
    change(pack, MEASURES, "basis: 附件2 七", "basis: {source: local, clause: 按本单位的算法}")
    choices = load_pack(pack, with_letters=False).local_choices
    assert "评分项 7.1 的算法：按本单位的算法" in choices
