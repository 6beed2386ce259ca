"""The journal as the auditor gets it: nothing lost, nothing that runs, and a chain that can be computed again without formflow."""

from __future__ import annotations

import ast
import hashlib
import json
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook

from formflow.register.proof import Entry
from formflow.service import journal_export
from formflow.service.journal_export import write_json_lines, write_workbook
from formflow.service.office import Office

AT = datetime(2022, 3, 10, 17, 30, 5, 70, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Shanghai")
SOURCES = Path(__file__).parents[2] / "src" / "formflow"
# Where in their arguments these say what happened.
SAYING = {"add_event": 1, "_note": 0}
EVIL = '=HYPERLINK("http://x","y")'


def entry(number: int = 1, **changes: object) -> Entry:
    values: dict[str, object] = {"at": AT, "who": "张三", "what": "form_received", "object": "某案", "before": None, "after": {"outcome": "accepted", "findings": 2},
              "files": {"甲.docx": "a" * 64}, "previous_hash": "0" * 64, "hash": "1" * 64}  # fmt: skip
    return Entry(number, **values | changes)  # type: ignore[arg-type]


def rows_of(path: Path) -> list[list[object]]:
    return [[cell.value for cell in row] for row in load_workbook(path).worksheets[0].iter_rows()]


def test_a_line_of_json_holds_everything_that_is_hashed(tmp_path: Path, register_with_events: int) -> None:
    from formflow.register import journal

    path = tmp_path / "记录.jsonl"
    assert write_json_lines(path, journal.entries()) == register_with_events
    previous = "0" * 64
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert [line["id"] for line in lines] == list(range(1, register_with_events + 1))
    for line in lines:
        hashed = {key: value for key, value in line.items() if key not in ("id", "hash")}
        text = json.dumps(hashed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert line["hash"] == hashlib.sha256(text.encode()).hexdigest()
        assert line["previous_hash"] == previous
        previous = line["hash"]


@pytest.fixture
def register_with_events(tmp_path: Path) -> object:
    from formflow.register.setup import close_register, open_register

    open_register(tmp_path / "register.sqlite3")
    from formflow.register import books

    with books.transaction():
        for number in range(3):
            books.add_event(AT + timedelta(seconds=number), "set_aside", "坏\n.docx", after={"reason": "“读不了”"})
    yield 3
    close_register()


def test_the_sheet_says_who_what_when_in_chinese(tmp_path: Path) -> None:
    path = tmp_path / "记录.xlsx"
    assert write_workbook(path, [entry(before={"outcome": "supplement"})], ZONE) == 1
    heads, first = rows_of(path)
    assert heads[:5] == ["序号", "时间", "经办", "事项", "对象"]
    assert first == [1, "2022-03-11 01:30:05", "张三", "收到申请", "某案", "办理结果：待补正", "办理结果：已受理\n问题数：2",
                     "甲.docx　" + "a" * 64, "0" * 64, "1" * 64]  # fmt: skip


def test_nothing_from_outside_becomes_a_formula_or_breaks_the_sheet(tmp_path: Path) -> None:
    path = tmp_path / "记录.xlsx"
    evil = entry(who="+1", object=EVIL, what="@x", after={"x": "-1\x00"}, files={"=a": "b"})
    write_workbook(path, [evil], ZONE)
    cells = next(load_workbook(path).worksheets[0].iter_rows(min_row=2))[1:]
    assert all(cell.data_type in "sn" and (cell.quotePrefix or cell.value is None) for cell in cells)
    assert EVIL in [cell.value for cell in cells]


def test_nothing_is_left_beside_the_file_though_it_is_cut_short(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A killed export must not fill the disk: what is on the way to the file has no name."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def entries() -> Iterator[Entry]:
        for number in range(1, 200):
            yield entry(number)
        assert list(tmp_path.iterdir()) == []

    write_workbook(tmp_path / "记录.xlsx", entries(), ZONE)
    assert [path.name for path in tmp_path.iterdir()] == ["记录.xlsx"]


def test_what_is_damaged_or_too_long_is_said(tmp_path: Path) -> None:
    path = tmp_path / "记录.xlsx"
    write_workbook(path, [entry(at=None, files="x", after="y"), entry(2, after={"x": "字" * 40_000})], ZONE)
    _, damaged, long = rows_of(path)
    assert damaged[1] == "（已损坏）"
    assert damaged[6:8] == ["y", None]
    assert str(long[6]).endswith("（全文见 JSON 导出）")
    assert len(str(long[6])) < 32_767


def test_more_than_a_sheet_holds_goes_on_in_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal_export, "MOST_ROWS", 2)
    path = tmp_path / "记录.xlsx"
    assert write_workbook(path, [entry(number) for number in range(1, 4)], ZONE) == 3
    book = load_workbook(path)
    assert book.sheetnames == ["办理记录", "办理记录2"]
    assert [sheet.max_row for sheet in book.worksheets] == [3, 2]


def test_an_export_that_fails_leaves_the_earlier_one(tmp_path: Path) -> None:
    path = tmp_path / "记录.jsonl"
    path.write_text("earlier", encoding="utf-8")

    def cut() -> object:
        yield entry()
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        write_json_lines(path, cut())  # type: ignore[arg-type]
    assert path.read_text(encoding="utf-8") == "earlier"


def test_every_kind_of_event_that_is_entered_anywhere_has_its_word(office: Office) -> None:
    from formflow.register.entries import BOOKKEEPING
    from formflow.service.journal_export import WHAT_LABELS
    from formflow.service.put_out import PUBLISHED

    entered = {what for path in SOURCES.rglob("*.py") for what in whats_in(ast.parse(path.read_text(encoding="utf-8")))}
    assert {"form_received", "decided", "ledger_paid", "files_withdrawn", "record_corrected", "other_filed"} <= entered
    assert {"honour_struck", "ledger_recovered"} <= entered
    assert entered | PUBLISHED | BOOKKEEPING <= WHAT_LABELS.keys()
    assert len(set(WHAT_LABELS.values())) == len(WHAT_LABELS)


def whats_in(tree: ast.AST) -> Iterator[str]:
    """What is said in calls of `add_event`, or of those who call it for others: an argument, or either branch of a choice."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (name := getattr(node.func, "attr", "")) in SAYING:
            chosen = node.args[SAYING[name]]
            branches = (chosen.body, chosen.orelse) if isinstance(chosen, ast.IfExp) else (chosen,)
            yield from (one.value for one in branches if isinstance(one, ast.Constant))
