"""待复核 and 审核表 as the command line tells of them: a Word form in which two cells could answer one label."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest
from lxml import etree

from support import offices, review_sheets
from support.commands import Caller
from support.packing import pack, unpack

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STORY = "word/document.xml"


@pytest.fixture
def doubtful(home: Path) -> Path:
    """A paper in the inbox that is read unsurely."""
    return offices.drop(home, with_two_answers(offices.COMPLETE.read_bytes(), "所属行业"), "两格.docx")


def with_two_answers(data: bytes, label: str) -> bytes:
    """The form with the cell behind a label there twice, the second time with another answer."""
    parts = unpack(data)
    story = etree.fromstring(parts[_STORY])
    cells = list(story.iter(f"{W}tc"))
    at = next(at for at, cell in enumerate(cells) if "".join(cell.itertext(f"{W}t")).strip() == label)
    answer = cells[at + 1]
    second = copy.deepcopy(answer)
    texts = list(second.iter(f"{W}t"))
    texts[0].text = "食品加工"
    for text in texts[1:]:
        text.text = ""
    answer.addnext(second)
    return pack({**parts, _STORY: etree.tostring(story)})


def test_what_is_read_unsurely_is_foretold(call: Caller, home: Path, doubtful: Path) -> None:
    called = call("run", "--dry-run", "--home", home)
    assert (called.code, "将出审核表，待复核 1 处" in called.out) == (1, True)
    called = call("check", doubtful)
    assert (called.code, "待复核 1 处" in called.out) == (1, True)
    called = call("read", doubtful)
    assert (called.code, called.lines[0]["complete"]) == (1, False)


def test_it_waits_for_its_sheet_and_is_listed_until_that_comes_back(
    call: Caller, home: Path, doubtful: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    called = call("run", "--home", home)
    assert called.code == 1
    assert "待复核 1 份" in called.out
    [case] = call("cases", "--incomplete", "--json", "--home", home).json["cases"]
    assert (case["outcome"], case["doubts"]) == ("review", 1)
    monkeypatch.setattr("formflow.cli.console.PIPED_WIDTH", 200)
    assert "待复核 1 处" in call("cases", "--incomplete", "--home", home).out
    [path] = home.glob("outbox/*/*/*/审核表.xlsx")
    returned = offices.drop(home, review_sheets.filled(path.read_bytes(), {"industry": "食品加工"}), "审核表.xlsx")

    [line] = call("read", "--home", home, returned).lines
    assert (line["kind"], line["programme"], line["complete"]) == ("decision_sheet", "nantong-service-centre", True)
    assert "填过的审核表" in call("check", "--home", home, returned).out
    assert "是填好的审核表或工作簿，将照表办理" in call("run", "--dry-run", "--home", home).out

    called = call("run", "--home", home)
    assert (called.code, "受理 1 份" in called.out) == (0, True)
    assert call("cases", "--incomplete", "--json", "--home", home).json["cases"] == []


def test_a_sheet_without_corrections_for_a_case_that_is_decided(call: Caller, home: Path) -> None:
    offices.drop(home, offices.COMPLETE)
    call("run", "--home", home)
    [path] = home.glob("outbox/*/*/*/审核表.xlsx")
    offices.drop(home, path.read_bytes(), "审核表.xlsx")
    called = call("run", "--home", home)
    assert (called.code, "核对归卷 1 份" in called.out) == (0, True)
