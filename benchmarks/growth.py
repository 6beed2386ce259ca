"""Whether a case costs the same when the register is full: the 10,000th case ÷ the 100th.

A case here is what the service does with the register for one form and two attachments, one of which names its case only in its text: look-ups,
entries, and the publications entered as done. Nothing is read, drawn or put into folders, and the disk is not waited for, as all of that would
hide growth. `python -m benchmarks.growth [CASES]` measures another number of cases.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from benchmarks.row import Row, show

from formflow.model.case import CaseKey
from formflow.model.finding import Finding
from formflow.model.letter import LetterContent
from formflow.model.programme import Programme
from formflow.packs import load_pack
from formflow.register.entries import Arrival, PlannedBundle, PlannedFile
from formflow.register.setup import close_register, open_register
from formflow.rules.decide import unit_key

CASES, EARLY = 10_000, 100
TURNS, TURN, WARM_UP = 5, 25, 5
REACH = 1.1
_TODAY = date(2022, 3, 10)
_NOW = datetime(2022, 3, 10, 9, tzinfo=timezone(timedelta(hours=8)))
_PLAN = "目标任务、功能布局、预算估算与资金筹措方案、政策保障措施。" * 60
_SIGNS = "东西南北中山河湖海川桥塘湾港林田石泉云星"
ROOT = Path(__file__).parents[1]


def rows(cases: int = CASES) -> list[Row]:
    """One row. A small register and a full one take turns, so that a machine that gets slower slows both."""
    programme = load_pack(ROOT / "templates" / "nantong-service-centre")
    early: list[float] = []
    late: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        small, full = Path(folder) / "small.sqlite3", Path(folder) / "full.sqlite3"
        _enter(small, programme, 0, EARLY)
        _enter(full, programme, 0, cases - TURNS * TURN)
        for turn in range(TURNS):
            early += _enter(small, programme, EARLY + turn * TURN, TURN)
            late += _enter(full, programme, cases + (turn - TURNS) * TURN, TURN)
    growth = statistics.median(late) / statistics.median(early)
    note = f"register only, {1000 * statistics.median(late):.1f} ms of the processor, one attachment found by its text"
    name = f"cost of the {cases:,}th case ÷ the {EARLY}th"
    return [Row(name, growth, f"≤ {REACH:g}", growth <= REACH, note)]


def _enter(register: Path, programme: Programme, first: int, count: int) -> list[float]:
    """Enters cases; the processor seconds of each but the first few, which find the database's cache empty."""
    open_register(register)
    try:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous = OFF")  # waiting for the disk is not measured
        return [_spent(programme, number) for number in range(first, first + count)][WARM_UP:]
    finally:
        close_register()


def _spent(programme: Programme, number: int) -> float:
    """Enters a case; its processor seconds. All are of one programme and year, as that is the most there is to search."""
    start = time.process_time()
    _form(programme, number)
    _attachment(number, f"a{number}", submission=f"批次{number}")
    _attachment(number, f"b{number}", submission="")
    return time.process_time() - start


def _form(programme: Programme, number: int) -> None:
    from formflow.register import books, cases, publications

    key = _key(number)
    arrival = Arrival(f"f{number}", "申请表.docx", f"批次{number}", f"{number:064x}", 1, _NOW)
    books.filed_paper(arrival.sha256)
    with books.transaction():
        case = cases.find_case(key, "centre_name") or cases.open_case(programme, key, _TODAY)
        cases.next_version(case, key, _TODAY)
        paper = books.add_paper(
            arrival, kind="application", state="filed", case=case, programme_id=key.programme_id, version_no=1
        )
        original = PlannedFile("original", ".docx", sha256=arrival.sha256)
        publications.add_bundle(
            PlannedBundle(f"original/{arrival.claim_id}", key.folder, "申请表", (original,)), paper=paper
        )
        cases.waiting_for(case)
        cases.enclosed_in(case)
        record = books.add_record(paper, case, {"centre_name": key.unit}, (), "supplement")
        books.add_findings(record, [Finding("missing", "industry", "error", "没有填写", "附件2")] * 3)
        cases.set_outcome(case, "supplement", _TODAY)
        books.dates_of_letters(case)
        content = LetterContent("supplement", "补正通知书", "补正通知书", {})
        letter = books.add_letter(case, content, serial=f"2022-{number:06d}-1", issued_on=_TODAY, deadline=_TODAY)
        files = (PlannedFile("letter_docx", ".docx"), PlannedFile("letter_pdf", ".pdf"))
        publications.add_bundle(PlannedBundle(f"letter/{letter.key}", key.folder, "补正通知书", files), letter=letter)
        books.add_event(_NOW, "form_received", str(case))
    _published()


def _attachment(number: int, claim: str, *, submission: str) -> None:
    from formflow.register import books, cases

    key = _key(number)
    arrival = Arrival(claim, f"{claim}.docx", submission, f"{claim:0>64}", 1, _NOW)
    books.filed_paper(arrival.sha256)
    with books.transaction():
        text = f"{key.unit_key}发展规划{_PLAN}"
        case = cases.case_of_attachment(key.programme_id, submission, arrival.received_on, text)
        assert case is not None
        assert case.unit_key == key.unit_key
        books.add_paper(
            arrival, kind="attachment", state="filed", case=case, attachment=claim[0], programme_id=key.programme_id
        )
        books.settle_attachment(books.current_record(case), claim[0])
        books.add_event(_NOW, "attachment_joined", str(case))


def _published() -> None:
    from formflow.register import books, publications

    with books.transaction():
        pending = publications.pending_bundles()
        publications.mark(pending, "done")
        for bundle in pending:
            if bundle[0].letter:
                books.mark_letter(bundle[0].letter, "issued")


def _key(number: int) -> CaseKey:
    """A unit whose name begins, as they do, with the city."""
    town = f"南通市{_place(number)}镇"
    names = (unit_key(f"{town}职工服务中心"), unit_key(f"{town}总工会"))
    return CaseKey("nantong-service-centre", 2022, f"{town}职工服务中心", names[0], town, names)


def _place(number: int) -> str:
    """The number in figures of twenty signs: place names of three or four characters."""
    figures = ""
    for _ in range(4):
        number, figure = divmod(number, len(_SIGNS))
        figures += _SIGNS[figure]
    return figures


if __name__ == "__main__":
    show(rows(*map(int, sys.argv[1:])))
