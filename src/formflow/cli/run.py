"""`formflow run`: works off the inbox once, with a progress bar and a summary."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from formflow.cli.group import ChineseCommand
from formflow.cli.options import home_option
from formflow.cli.say import say
from formflow.errors import ExitCode

if TYPE_CHECKING:
    from formflow.service.engine import OnDone, Summary

RESULTS = {
    "accepted": "受理",
    "supplement": "需补正",
    "review": "待复核",
    "confirmed": "核对归卷",
    "attachment": "附件归卷",
    "scored": "计入评分",
    "returned": "评分表退回",
    "evaluated": "评议登记",
    "listed": "荣誉名单登记",
    "decided": "决定已登记",
    "approved": "文书审批",
    "settled": "补助核定登记",
    "evidence": "佐证材料登记",
    "judged": "佐证材料核定",
    "duplicate": "重复提交",
    "set_aside": "待人工处理",
}

# Papers about a programme's year: entered, whatever is asked about them.
_OF_A_YEAR = {"score_sheet": "评分表", "evaluation": "会员评议结果", "honours": "荣誉名单", "evidence": "佐证材料"}


@click.command(cls=ChineseCommand)
@click.option("--dry-run", is_flag=True, help="只说会怎样处理，不移动文件、不登记、不出文书")
@click.option("--trust-clock", is_flag=True, help="本机日期核对过没有错，比最近一次办理早也照办")
@home_option
def run(dry_run: bool, trust_clock: bool, home_path: Path) -> int:
    """把收件箱里的材料处理完，然后退出。"""
    if dry_run:
        return _foretell(home_path)
    from formflow.service.home import founded
    from formflow.service.office import opened

    home = founded(home_path)
    with opened(home) as office, _progress() as on_done:
        from formflow.service.clock import trust  # these need the register to be open
        from formflow.service.engine import work_off

        if trust_clock:
            trust(office.now())
        summary = work_off(office, on_done)
    _show(summary, home)
    return int(ExitCode.NEEDS_PERSON if summary.needs_person else ExitCode.DONE)


@contextmanager
def _progress() -> Iterator[OnDone]:
    """A bar on a terminal, nothing elsewhere."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    console = Console(stderr=True)
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("正在处理", total=None)

        def on_done(done: Any, left: int) -> None:
            completed = progress.tasks[task].completed + 1
            progress.update(task, completed=completed, total=completed + left, description=done.name)

        yield on_done


def _show(summary: Summary, home: Any) -> None:
    from formflow.cli.console import console, table
    from formflow.service.names import legible

    out = console()
    if summary.done:
        listed = table("文件", "结果", "单位", "说明", title="本次处理")
        for done in summary.done:
            listed.add_row(done.name, RESULTS.get(done.result, done.result), done.unit, done.message)
        out.print(listed)
        counts = Counter(RESULTS.get(done.result, done.result) for done in summary.done)
        out.print("，".join(f"{label} {count} 份" for label, count in counts.items()) + "。")
        out.print(f"案卷和文书在：{home.outbox}")
    else:
        out.print("收件箱里没有可处理的材料。")
    for remark in summary.remarks:
        out.print(f"没有处理 {legible(remark.path.name)}：{remark.text}")
    for problem in summary.problems:
        out.print(f"注意：{problem}")


def _foretell(home_path: Path) -> int:
    """What `run` would make of each file now. Nothing is written; the register is not asked, so repeats are not told apart."""
    from formflow.cli.papers import assess_file, chosen_programmes, opened_reader
    from formflow.service.home import founded
    from formflow.service.inbox import scan
    from formflow.service.names import legible
    from formflow.service.office import shanghai_now
    from formflow.service.waiting import away_words

    home = founded(home_path)
    programmes, today = chosen_programmes(home_path), shanghai_now().date()
    look = scan(home.inbox, time.time())
    is_whole = not look.remarks and not look.away
    with opened_reader(home_path) as reader:
        for seen in look.papers:
            papers = assess_file(seen.path, programmes, reader, today)
            for name, line, is_complete in _prospects(papers):
                is_whole = is_whole and is_complete
                say(f"{legible(seen.path.name + name.removeprefix(str(seen.path)))}：{line}")
    if look.away:
        click.echo(away_words(look))
    for remark in look.remarks:
        say(f"{legible(remark.path.name)}：不处理，{remark.text}")
    click.echo(f"共 {len(look.papers)} 份。这是预演，什么都没有改动。")
    return int(ExitCode.DONE if is_whole else ExitCode.NEEDS_PERSON)


def _prospects(papers: tuple[Any, ...]) -> Iterator[tuple[str, str, bool]]:
    """(name, what would become of it, whether that is all in order) of each paper; several forms in one file are none."""
    from formflow.service import notes

    for name, found in groupby(papers, key=lambda paper: paper.name):
        copies = list(found)
        if len(copies) > 1:
            yield name, notes.several(len(copies))[0], False
        else:
            yield name, _prospect(copies[0]), copies[0].is_complete


def _prospect(assessment: Any) -> str:
    from formflow.rules.decide import decide

    if assessment.problem:
        return f"将转人工处理，{assessment.problem.message}"
    if assessment.programme is None:
        return "将转人工处理，不能确定是哪一种材料"
    if assessment.kind == "decision_sheet":
        return "是填好的审核表或工作簿，将照表办理"
    if assessment.kind in _OF_A_YEAR:
        return f"是{_OF_A_YEAR[assessment.kind]}，将登记"
    if assessment.record is None:
        attachment = assessment.matches[0].attachment
        return f"是{f'附件“{attachment.label}”' if attachment else '其他材料'}，将归入所属单位的案卷"
    decision = decide(assessment.findings)
    if decision.outcome == "review":
        return f"将出审核表，待复核 {len(decision.doubts)} 处"
    return f"将发补正通知，需补正 {len(decision.errors)} 项" if decision.errors else "申请表齐全，将予受理"
