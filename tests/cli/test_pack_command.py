from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from support import offices
from support.as_word import as_word
from support.commands import Caller
from support.unknown_forms import UNKNOWN


def test_good_packs_and_what_this_office_has_set(call: Caller, tmp_path: Path) -> None:
    called = call("pack", "check", "--home", tmp_path)
    assert called.code == 0
    assert "职工服务中心赋能创优" in called.out
    assert "没有错误" in called.out
    assert "来源文件没有规定、由本单位确定的" in called.out
    for choice in (
        "补正期限 10 个工作日：补正期限由本单位确定",
        "达标分 80 分：",
        "媒体名录（",
        "文书用语“经费要求”：",
    ):
        assert f"\n    {choice}" in called.out


def test_a_broken_pack_is_located(call: Caller, tmp_path: Path) -> None:
    folder = tmp_path / "templates" / "nantong-service-centre"
    shutil.copytree(offices.TEMPLATES / "nantong-service-centre", folder)
    path = folder / "policy.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("value: 10", "valeu: 10"), encoding="utf-8")
    called = call("pack", "check", folder)
    assert called.code == 3
    assert "policy.yaml:" in called.out
    assert "valeu" in called.out


def _blank(folder: Path) -> Path:
    path = folder / "登记表.docx"
    path.write_bytes(as_word(UNKNOWN[0].blank))
    return path


def test_a_pack_is_drafted_from_a_blank_and_works(
    call: Caller, home: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    blank = _blank(tmp_path_factory.mktemp("blank"))
    drafted = call("pack", "new", blank, "--id", "care-fund", "--home", home)
    assert drafted.code == 0
    for part in ("困难职工登记表", "性别：勾选（男、女）", "form_date", "请填写", "formflow init"):
        assert part in drafted.out
    checked = call("pack", "check", "--home", home)
    assert (checked.code, "没有错误" in checked.out, "处写着“请填写”" in checked.out) == (0, True, True)
    (home / "inbox" / "一份.docx").write_bytes(as_word(UNKNOWN[0].copy))
    ran = call("run", "--home", home)
    assert "海风镇总工会" in ran.out
    assert any(home.glob("outbox/困难职工/2022年/海风镇总工会/补正通知书.pdf"))


def test_a_pack_that_is_there_is_not_overwritten(
    call: Caller, home: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    blank = _blank(tmp_path_factory.mktemp("blank"))
    assert call("pack", "new", blank, "--id", "care-fund", "--home", home).code == 0
    before = offices.tree(home)
    again = call("pack", "new", blank, "--id", "care-fund", "--home", home)
    assert (again.code, "care-fund" in again.err) == (2, True)
    assert offices.tree(home) == before
    assert call("pack", "new", blank, "--home", home).code == 0
    assert (home / "templates" / "programme-1" / "programme.yaml").is_file()


def test_what_cannot_be_drafted_leaves_nothing(call: Caller, home: Path) -> None:
    broken = home / "坏.docx"
    broken.write_bytes(b"")
    assert call("pack", "new", broken, "--home", home).code == 2
    assert call("pack", "new", _blank(home), "--id", "Care Fund", "--home", home).code == 2
    assert not (home / "templates").exists()


def test_a_blank_score_sheet_is_made_from_the_rubric(call: Caller, tmp_path: Path) -> None:
    path = tmp_path / "评分表 （空白）.xlsx"
    called = call("pack", "score-sheet", "nantong-service-centre", path, "--home", tmp_path)
    assert (called.code, "共 33 项" in called.out) == (0, True)
    assert path.read_bytes() == (offices.TEMPLATES / "nantong-service-centre" / "score-sheet.xlsx").read_bytes()
    again = call("pack", "score-sheet", "nantong-service-centre", path, "--home", tmp_path)
    assert (again.code, "没有改动" in again.err) == (2, True)


def test_a_programme_without_a_rubric_has_no_score_sheet(call: Caller, tmp_path: Path) -> None:
    called = call("pack", "score-sheet", "sichuan-demonstration-units", tmp_path / "x.xlsx", "--home", tmp_path)
    assert (called.code, "没有评分标准" in called.err) == (2, True)
    assert not (tmp_path / "x.xlsx").exists()
