"""`formflow cases`: the register as a table, a workbook or JSON."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from formflow.cli.group import ChineseCommand
from formflow.cli.options import home_option, json_option, print_json_piecemeal
from formflow.errors import EnvironmentFailure, ExitCode, in_words

if TYPE_CHECKING:
    from formflow.model.ledger import Ledger
    from formflow.register.overview import CaseLine, PaperLine
    from formflow.service.held_back import HeldBack
    from formflow.service.home import Home
    from formflow.service.waiting import Waiting

_HEADINGS = (
    "项目",
    "年度",
    "案卷号",
    "单位",
    "办理结果",
    "版次",
    "待补正",
    "请核对",
    "补正期限",
    "逾期工作日",
    "决定",
    "最近办理",
    "案卷文件夹",
)
# On a console narrower than this: year, unit, outcome, items, deadline.
_WIDE, _SHORT = 110, (1, 3, 4, 6, 8)
_PAPERS = "没有归入案卷的来件"
_PAPER_HEADINGS = ("文件", "收到日期", "状态", "原因")
_WAITING = "收件箱等待"
_WAITING_HEADINGS = ("文件", "从什么时候起", "为什么")
_HELD_BACK = "放不进发件箱"
_HELD_BACK_HEADINGS = ("文件", "从什么时候起", "为什么，怎么办")
# In a table for people; `--json` has all.
_MOST_SHOWN = 30
# Rows of one table of cases.
_MOST_AT_ONCE = 500


@click.command(cls=ChineseCommand)
@click.option("--incomplete", is_flag=True, help="只列还没有受理的")
@click.option("--xlsx", metavar="文件", type=click.Path(path_type=Path, dir_okay=False), help="存为 Excel 工作簿")
@json_option
@home_option
def cases(incomplete: bool, xlsx: Path | None, as_json: bool, home_path: Path) -> int:
    """列出登记的案卷、还没有归入案卷的来件、放不进发件箱的文件，和收件箱里等着的文件。"""
    from formflow.service.registers import looked_into

    with looked_into(home_path) as home:
        count = _write_workbook(xlsx, home, _lines(incomplete), _papers(home)) if xlsx else 0
        if as_json:
            _print_json(_lines(incomplete), _papers(home), _queues(home))
        elif xlsx:
            click.echo(f"已存为 {xlsx}，共 {count} 个案卷。")
        else:
            _print_tables(_lines(incomplete), _papers(home), _queues(home))
    return int(ExitCode.DONE)  # a list does not fail because of what it lists


def _lines(is_incomplete_only: bool) -> Iterator[CaseLine]:
    """One after the other, as they are asked for: a register may hold a hundred thousand."""
    from formflow.register import overview  # needs the register to be open

    return overview.case_lines(incomplete_only=is_incomplete_only)


def _papers(home: Home) -> Iterator[PaperLine]:
    from formflow.register import overview  # needs the register to be open

    return (paper for paper in overview.papers_without_case() if _is_still_there(home, paper))


@dataclass(frozen=True, slots=True)
class _Queues:
    """What waits to be taken, and what was entered and cannot be put into the outbox; the oldest first."""

    waiting: list[Waiting]
    held_back: list[HeldBack]


def _queues(home: Home) -> _Queues:
    from formflow.service import held_back

    return _Queues(_waiting(home), list(held_back.load(home).values()))


def _waiting(home: Home) -> list[Waiting]:
    """What was taken and is not entered yet, then what lies in the inboxes and is not taken, the oldest first; looked up now, whether or not
    a service is running."""
    from formflow.service import given_back
    from formflow.service.inboxes import inboxes_of
    from formflow.service.waiting import looked_up, taken
    from formflow.settings import load_settings

    settings, slips = load_settings(home.root), given_back.load(home, time.time())
    lying = [one for inbox in inboxes_of(home, settings.counties) for one in looked_up(inbox, settings.inbox, slips)]
    return [*taken(home), *lying]


def _print_json(lines: Iterator[CaseLine], papers: Iterator[PaperLine], queues: _Queues) -> None:
    print_json_piecemeal(
        {
            "cases": (line.as_json() for line in lines),
            "papers": (_paper_json(paper) for paper in papers),
            "held_back": [one.as_json() for one in queues.held_back],
            "waiting": [one.as_json() for one in queues.waiting],
        }
    )


def _is_still_there(home: Home, paper: PaperLine) -> bool:
    """A file that a person has taken out of _待人工处理 has been dealt with."""
    from formflow.service.outbox import target_of

    return paper.publication is None or target_of(home.outbox, paper.publication).exists()


def _paper_json(paper: PaperLine) -> dict[str, Any]:
    return {
        "file": paper.name,
        "received_on": paper.received_on.isoformat(),
        "state": paper.state,
        "reason": paper.reason,
    }


def _values(line: CaseLine, today: date) -> tuple[Any, ...]:
    from formflow.model.case import case_number
    from formflow.rules.calendar import days_overdue

    head = (line.programme, line.year, case_number(line.year, line.number), line.unit, line.outcome_label, line.version)
    late = days_overdue(line.deadline, today)
    return (*head, line.errors, line.reviews, line.deadline, late, line.decision, line.updated_on, line.folder)


def _print_tables(lines: Iterator[CaseLine], papers: Iterator[PaperLine], queues: _Queues) -> None:
    from formflow.cli.console import console
    from formflow.service.office import shanghai_now

    out = console()
    shown = _SHORT if out.width < _WIDE else range(len(_HEADINGS) - 1)
    today = shanghai_now().date()
    values = (_values(line, today) for line in lines)
    rows = (tuple("" if row[column] is None else str(row[column]) for column in shown) for row in values)
    if not _print_pieces("案卷", tuple(_HEADINGS[column] for column in shown), rows):
        out.print("没有这样的案卷。")
    _print_pieces(_PAPERS, _PAPER_HEADINGS, (tuple(map(str, _paper_values(paper))) for paper in papers))
    held, waiting = queues.held_back[:_MOST_SHOWN], queues.waiting[:_MOST_SHOWN]
    _print_queue(_HELD_BACK, _HELD_BACK_HEADINGS, [(one.path, one.since_words, one.sentence) for one in held])
    if len(queues.held_back) > len(held):
        out.print(f"……放不进发件箱的共有 {len(queues.held_back)} 份。")
    _print_queue(_WAITING, _WAITING_HEADINGS, [(one.name, one.since_words(), one.reason) for one in waiting])
    if len(queues.waiting) > len(waiting):
        out.print(f"……收件箱里共有 {len(queues.waiting)} 个等着。")


def _print_pieces(title: str, headings: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> bool:
    """Tables of some hundred rows each under the same heads, for a table is in memory as a whole; whether there was a row."""
    is_any = False
    while piece := list(islice(rows, _MOST_AT_ONCE)):
        _print_queue(title, headings, piece)
        is_any = True
    return is_any


def _print_queue(title: str, headings: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    from formflow.cli.console import console, table

    if rows:
        queue = table(*headings, title=title)
        for row in rows:
            queue.add_row(*row)
        console().print(queue)


def _paper_values(paper: PaperLine) -> tuple[Any, ...]:
    state = "等待归卷" if paper.state == "waiting" else "待人工处理"
    return paper.name, paper.received_on, state, paper.reason


def _write_workbook(path: Path, home: Home, lines: Iterator[CaseLine], papers: Iterator[PaperLine]) -> int:
    """The 年度台账 of every programme's year; the register is open. How many cases there are in it."""
    from django.utils.timezone import localdate

    from formflow.model.ledger import LoosePaper
    from formflow.service.ledgers import ledgers_of
    from formflow.service.programmes import load_programmes
    from formflow.service.sheets.ledger import build_ledger
    from formflow.settings import load_settings

    programmes = load_programmes(home, load_settings(home.root), with_letters=False)
    count = 0

    def counted() -> Iterator[Ledger]:
        nonlocal count
        for ledger in ledgers_of(lines, programmes, localdate()):
            count += len(ledger.rows)
            yield ledger

    data = build_ledger(counted(), (LoosePaper(*_paper_values(paper)) for paper in papers))
    try:
        path.write_bytes(data)
    except OSError as error:
        raise EnvironmentFailure(
            f"写不了 {path}：{in_words(error)}", "请检查文件夹是否可写、文件是否正打开着。"
        ) from error
    return count
