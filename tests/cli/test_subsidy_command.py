"""`formflow subsidy`: the JSON of the contract, the table for people, exit codes, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from formflow.cli import main
from formflow.packs import load_pack
from support import offices
from support.honours_lists import workbook
from support.office import TEMPLATES

HEAD = ["项目名称", "社会组织", "级别", "命名时间"]
ROW = ["新驿站", "暖阳中心", "市级", "2022年3月15日"]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "templates").symlink_to(TEMPLATES)
    return tmp_path


def put(home: Path, name: str, *rows: list[Any], head: list[str] = HEAD) -> str:
    (home / name).write_bytes(workbook([head, *rows]))
    return str(home / name)


def run(home: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, Any]]:
    code = main(["subsidy", *arguments, "--json", "--home", str(home)])
    return code, json.loads(capsys.readouterr().out)


def test_batches_in_the_order_given(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = put(home, "2022.xlsx", ROW)
    second = put(home, "2023.xlsx", ["“新驿站”", "暖阳中心", "省级", "2023年3月15日"])
    code, said = run(home, capsys, first, second)
    assert code == 0
    assert list(said) == ["batches", "total", "total_words"]
    assert [batch["file"] for batch in said["batches"]] == [first, second]
    (project,) = said["batches"][1]["projects"]
    assert project == {
        "project": "“新驿站”", "organisation": "暖阳中心", "highest": "provincial", "entitlement": 20_000, "paid": 10_000, "payable": 10_000,
        "payable_words": "壹万元整", "working": "山东省 20,000 − 已补助青岛市 10,000 = 10,000", "findings": [],
    }  # fmt: skip
    assert [batch["total"] for batch in said["batches"]] == [10_000, 10_000]
    assert (said["total"], said["total_words"]) == (20_000, "贰万元整")
    # The other way round the provincial honour is paid at once.
    _, turned = run(home, capsys, second, first)
    assert [batch["total"] for batch in turned["batches"]] == [20_000, 0]


def test_the_ledger_counts(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    listed = put(home, "名单.xlsx", ROW)
    ledger = put(home, "台账.xlsx", ["新驿站", 10000], head=["项目名称", "已补助金额（元）"])
    code, said = run(home, capsys, listed, "--paid", ledger)
    assert code == 0
    assert (said["total"], said["total_words"]) == (0, "零元整")
    assert said["batches"][0]["projects"][0]["paid"] == 10_000


def test_without_a_ledger_the_register_counts(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    listed = put(
        home,
        "名单.xlsx",
        ["新驿站", "暖阳中心", "省级", "2023年3月15日"],
        ["乐学堂", "童心中心", "市级", "2023年3月15日"],
    )
    before = ["新驿站项目", "暖阳中心", "市级", "2022年1月15日", "10000"]
    with offices.office(home, programmes=(load_pack(TEMPLATES / "qingdao-social-organisations"),)) as office:
        from formflow.service.engine import work_off

        first = workbook([[*HEAD, "已补助金额（元）"], before, ["乐学堂", "童心中心", "省级", "2022年1月15日", ""]])
        offices.drop(home, first, "往年名单.xlsx")
        assert [done.result for done in work_off(office).done] == ["listed"]
    code, said = run(home, capsys, listed)
    one, other = said["batches"][0]["projects"]
    # The names are nearly one: nothing is paid before somebody says so.
    assert (code, one["payable"], other["payable"]) == (1, 0, 20_000)
    _, said = run(home, capsys, listed, "--same", "新驿站=新驿站项目")
    assert [project["paid"] for project in said["batches"][0]["projects"]] == [10_000, 0]
    assert said["total"] == 30_000


def test_questions_need_a_person_until_answered(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    listed = put(home, "名单.xlsx", ROW, ["新驿站项目", "暖阳中心", "省级", "2023年3月15日"])
    code, said = run(home, capsys, listed)
    assert (code, said["total"]) == (1, 0)
    assert {finding["code"] for project in said["batches"][0]["projects"] for finding in project["findings"]} == {
        "inconsistent"
    }
    assert run(home, capsys, listed, "--same", "新驿站=新驿站项目")[1]["total"] == 20_000
    assert run(home, capsys, listed, "--different", "新驿站=新驿站项目")[1]["total"] == 30_000


def test_a_file_that_is_no_list_is_said(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "说明.txt").write_text("并不是名单", encoding="utf-8")
    listed = put(home, "名单.xlsx", ROW)
    code, said = run(home, capsys, listed, str(home / "说明.txt"))
    assert code == 1
    assert said["total"] == 10_000
    assert said["errors"][0]["file"].endswith("说明.txt")


def test_a_ledger_that_is_not_understood_stops_everything(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    listed = put(home, "名单.xlsx", ROW)
    bad = put(home, "台账.xlsx", ["王某", 1], head=["姓名", "数"])
    assert main(["subsidy", listed, "--paid", bad, "--home", str(home)]) == 2
    assert "台账" in capsys.readouterr().err


def test_the_table_says_it_in_words(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    listed = put(home, "名单.xlsx", ROW, ["童心托管班", "童心中心", "济南市", "2022年3月15日"])
    assert main(["subsidy", listed, "--home", str(home)]) == 1
    out = capsys.readouterr().out
    assert "总计 10,000 元（壹万元整）" in out
    assert "青岛市 10,000 − 已补助 0 = 10,000" in out
    assert "“济南市”是外省市的荣誉，不在补助范围内" in out


def test_read_tells_a_list(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    listed = put(home, "名单.xlsx", ROW)
    assert main(["read", listed, "--home", str(home)]) == 0
    line = json.loads(capsys.readouterr().out)
    assert (line["kind"], line["programme"], line["complete"]) == ("honours", "qingdao-social-organisations", True)
    assert line["fields"]["honours"]["value"] == [
        {
            "project": "新驿站",
            "organisation": "暖阳中心",
            "level": "municipal",
            "date": "2022-03-15",
            "document": None,
            "paid": None,
        }
    ]


@pytest.mark.parametrize(
    "arguments",
    [
        ("--same", "新驿站"),
        ("--different", "=新驿站"),
        ("--programme", "nantong-service-centre"),
        ("--programme", "无"),
    ],
)
def test_wrong_usage(home: Path, arguments: tuple[str, str]) -> None:
    assert main(["subsidy", put(home, "名单.xlsx", ROW), *arguments, "--home", str(home)]) == 2
