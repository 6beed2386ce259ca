"""The journal of events for the auditor: JSON lines, from which the chain can be computed again, or a workbook to be read.

In: entries. Out: a file that is there whole or not at all. A line of JSON has the keys `id`, `at` (UTC), `who`, `what`, `object`, `before`,
`after`, `files`, `previous_hash` and `hash`, and `rows` (the seals, see `register.seals`) where there are any; `hash` is the SHA-256 of the line without `id` and `hash`, written with sorted keys and
without white space in UTF-8.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from formflow.register import chain
from formflow.register.proof import Entry
from formflow.service import files
from formflow.service.journal_words import in_words
from formflow.service.sheets import steady
from formflow.service.sheets.book import Book

WHAT_LABELS = {
    "form_received": "收到申请",
    "container_received": "收到压缩包或邮件",
    "duplicate_received": "收到重复材料",
    "attachment_waits": "附件等待归卷",
    "attachment_joined": "附件归卷",
    "other_filed": "其他材料归卷",
    "set_aside": "转人工处理",
    "record_corrected": "更正记录",
    "record_confirmed": "确认记录",
    "score_sheet_received": "收到评分表",
    "evaluation_received": "收到会员评议",
    "workbook_returned": "收到填好的工作簿",
    "decided": "作出决定",
    "evidence_received": "收到佐证材料",
    "evidence_joined": "佐证材料归卷",
    "evidence_attributed": "佐证材料归属有变",
    "evidence_decided": "核定佐证材料",
    "honours_received": "收到荣誉名单",
    "honour_struck": "荣誉作废",
    "names_ruled": "答复名称问题",
    "subsidy_decided": "核定补助",
    "ledger_paid": "补助记入台账",
    "ledger_reversed": "台账冲销",
    "ledger_recovered": "收回补助",
    "ledger_dated": "登记拨付日期",
    "letter_drafted": "拟稿",
    "draft_published": "拟稿送审",
    "letter_approved": "核准文书",
    "letter_held": "暂缓发文",
    "letter_voided": "文书作废",
    "letter_issued": "出具文书",
    "letter_failed": "文书没有写成",
    "original_filed": "原件归档",
    "sheet_published": "出具审核表",
    "workbook_published": "出具工作簿",
    "note_published": "出具说明",
    "files_withdrawn": "撤回文件",
    "workbooks_opened": "建立工作簿",
    "workbook_renewed": "更新工作簿",
    "clock_trusted": "核对时钟",
    "entered": "登记变动",
    "register_sealed": "登记库封存",
}
_COLUMNS = (
    ("序号", 8),
    ("时间", 20),
    ("经办", 14),
    ("事项", 18),
    ("对象", 40),
    ("之前", 40),
    ("之后", 40),
    ("文件及其校验值（SHA-256）", 60),
    ("前一条校验值", 20),
    ("校验值", 20),
)
_TITLE = "办理记录"
_HEADING = steady.Look(font=Font(bold=True), alignment=Alignment(vertical="top"))
_LINE = steady.Look(alignment=Alignment(vertical="top"))
_LINES = steady.Look(alignment=Alignment(vertical="top", wrap_text=True))
# Excel takes 32,767 characters in a cell and 1,048,576 rows in a sheet.
_LONGEST_CELL = 32_000
MOST_ROWS = 1_000_000
_CUT = "……（全文见 JSON 导出）"


def as_json_line(entry: Entry) -> str:
    """One entry, with everything that is hashed."""
    at = chain.instant(entry.at) if entry.at else None
    line = {"id": entry.id, "at": at, **entry.fields, "previous_hash": entry.previous_hash, "hash": entry.hash}
    return json.dumps(line, ensure_ascii=False)


def write_json_lines(path: Path, entries: Iterable[Entry]) -> int:
    """Writes all entries, one a line; how many."""
    count = 0
    draft = path.with_name(f".part-{path.name}")
    with draft.open("w", encoding="utf-8", newline="\n") as file:
        for entry in entries:
            file.write(as_json_line(entry) + "\n")
            count += 1
    files.settle(draft, path)
    return count


def write_workbook(path: Path, entries: Iterable[Entry], zone: ZoneInfo) -> int:
    """Writes all entries as sheets with Chinese headings, times in `zone`; how many. What comes from outside stays text."""
    book = Book()
    remaining, count = iter(entries), 0
    page = book.active
    while True:
        page.title = f"{_TITLE}{len(book.worksheets) if len(book.worksheets) > 1 else ''}"
        some = _fill(page, islice(remaining, MOST_ROWS), zone)
        count += some
        if some < MOST_ROWS:
            break
        page = book.create_sheet()
    draft = path.with_name(f".part-{path.name}")
    with draft.open("wb") as file:
        book.write(file)
    files.settle(draft, path)
    return count


def _fill(page: Any, entries: Iterable[Entry], zone: ZoneInfo) -> int:
    """An empty page with these entries; how many."""
    for column, (heading, width) in enumerate(_COLUMNS, 1):
        page.column_dimensions[get_column_letter(column)].width = width
        steady.dress(steady.put(page.cell(1, column), heading), _HEADING)
    page.freeze_panes = "A2"
    row = 1
    for row, entry in enumerate(entries, 2):
        for column, value in enumerate(_values(entry, zone), 1):
            _write(page.cell(row, column), value)
        page.finish(row)
    return row - 1


def _values(entry: Entry, zone: ZoneInfo) -> tuple[int | str, ...]:
    at = f"{entry.at.astimezone(zone):%Y-%m-%d %H:%M:%S}" if entry.at else "（已损坏）"
    what = WHAT_LABELS.get(entry.what, entry.what)
    hashes = (
        "\n".join(f"{name}　{hash_}" for name, hash_ in entry.files.items()) if isinstance(entry.files, dict) else ""
    )
    return (
        *(entry.id, at, entry.who, what, entry.object, in_words(entry.before), in_words(entry.after)),
        *(hashes, entry.previous_hash, entry.hash),
    )


def _write(cell: Any, value: int | str) -> None:
    if isinstance(value, int):
        cell.value = value
    elif value:
        text = value if len(value) <= _LONGEST_CELL else value[:_LONGEST_CELL] + _CUT
        steady.dress(steady.put(cell, text), _LINES if "\n" in text else _LINE)
