"""`formflow score`: the contract of its JSON, its exit codes, and what people see."""

from __future__ import annotations

import json
import random
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from formflow.cli import main
from support.score_sheets import Marks, as_docx, as_xlsx, invent, official, with_sums


def sheets(count: int, centre: str = "青禾镇职工服务中心") -> list[Marks]:
    first, *others = (invent(random.Random(at), centre=centre, reviewer=f"专家{at}") for at in range(count))
    eighth = first.scores["8.1"]
    return [first, *(replace(m, rate=first.rate, scores={**m.scores, "8.1": eighth}) for m in others)]


def write(folder: Path, made: list[Marks]) -> list[str]:
    paths = [folder / f"{at}.xlsx" for at in range(len(made))]
    for path, marks in zip(paths, made, strict=True):
        path.write_bytes(as_xlsx({"评分": official(marks)}))
    return [str(path) for path in paths]


def score(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, Any]:
    code = main(["score", "--json", *arguments])
    return code, json.loads(capsys.readouterr().out)


def test_the_json_of_the_contract(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = sheets(2)
    code, printed = score(capsys, *write(tmp_path, made))
    assert code == 0
    assert set(printed) == {"centres"}
    (centre,) = printed["centres"]
    assert set(centre) == {"centre_name", "sheets", "criteria", "total", "rank", "satisfaction_ok", "findings"}
    assert (centre["centre_name"], centre["sheets"], centre["rank"]) == ("青禾镇职工服务中心", 2, 1)
    assert (centre["satisfaction_ok"], centre["findings"]) == (True, [])
    assert Decimal(str(centre["total"])) == (made[0].total + made[1].total) / 2
    assert len(centre["criteria"]) == 33
    assert list(centre["criteria"])[:2] == ["1.1", "1.2"]


def test_a_sheet_with_a_slip_is_reported_and_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad = sheets(2)
    page = with_sums(bad)
    page.rows[-1][4] = 99
    (tmp_path / "bad.docx").write_bytes(as_docx([page]))
    code, printed = score(capsys, *write(tmp_path, [good]), str(tmp_path / "bad.docx"))
    assert code == 1
    (centre,) = printed["centres"]
    assert (centre["sheets"], Decimal(str(centre["total"]))) == (1, good.total)
    (finding,) = centre["findings"]
    assert (finding["code"], finding["field"], finding["severity"]) == ("inconsistent", "total", "error")
    assert "bad.docx" in finding["message"]
    assert "99" in finding["message"]


def test_archives_folders_and_what_is_no_sheet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "sheets"
    folder.mkdir()
    paths = write(folder, sheets(3))
    with zipfile.ZipFile(folder / "packed.zip", "w") as archive:
        archive.write(paths[2], "第三份.xlsx")
    Path(paths[2]).unlink()
    (folder / "notes.docx").write_bytes(as_docx([replace_rows()]))
    (folder / "broken.xlsx").write_bytes(b"PK\x03\x04 cut off")
    code, printed = score(capsys, str(folder))
    assert code == 1
    assert printed["centres"][0]["sheets"] == 3
    assert {(Path(one["file"]).name, one["kind"]) for one in printed["aside"]} == {
        ("notes.docx", "unrecognised"),
        ("broken.xlsx", "unreadable"),
    }


def replace_rows() -> Any:
    page = official(sheets(1)[0])
    page.rows, page.merged = page.rows[:3], []
    return page


def test_a_sheet_that_names_no_unit_is_nobody_s(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = official(sheets(1)[0])
    page.before = ["评分人：张三   评分日期：2022年11月3日"]
    (tmp_path / "a.xlsx").write_bytes(as_xlsx({"评分": page}))
    code, printed = score(capsys, str(tmp_path / "a.xlsx"))
    assert (code, printed["centres"]) == (1, [])
    assert "没有填写单位名称" in printed["aside"][0]["message"]


def test_people_see_a_table_and_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score", *write(tmp_path, sheets(6))]) == 0
    out = capsys.readouterr().out
    assert "青禾镇职工服务中心" in out
    assert "有 6 份评分表，去掉最高的一份" in out
    assert main(["score", str(tmp_path / "0.xlsx"), "--programme", "nantong-service-centre"]) == 0


def test_nothing_to_score(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.docx").write_bytes(as_docx([replace_rows()]))
    assert main(["score", str(tmp_path / "a.docx")]) == 1
    assert "没有评分表" in capsys.readouterr().out
    assert main(["score", str(tmp_path / "none.xlsx")]) == 2
    assert main(["score", str(tmp_path / "a.docx"), "--programme", "none"]) == 2


def test_read_prints_a_line_for_each_sheet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = [invent(random.Random(at)) for at in range(3)]
    (tmp_path / "a.xlsx").write_bytes(as_xlsx({f"表{at}": official(marks) for at, marks in enumerate(made)}))
    assert main(["read", str(tmp_path / "a.xlsx")]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["kind"] for line in lines] == ["score_sheet"] * 3
    for line, marks in zip(lines, made, strict=True):
        fields = {name: field["value"] for name, field in line["fields"].items()}
        assert fields["scores"] == {name: float(value) for name, value in marks.scores.items()}
        assert (fields["centre_name"], fields["reviewer"]) == (marks.centre, marks.reviewer)
        assert (fields["score_date"], fields["total"]) == (marks.day.isoformat(), float(marks.total))
        assert fields["satisfaction"] == float(marks.rate / 100)
        assert line["complete"]
        assert line["fields"]["scores"]["parts"]["1.1"]["source"]["part"].endswith("column 4")
