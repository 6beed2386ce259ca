"""`formflow letter circular`: drafts a 通报 of incomplete submissions as of any day."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from formflow.cli.group import ChineseCommand
from formflow.cli.options import home_option
from formflow.cli.say import say
from formflow.errors import ExitCode, UsageError

_NO_CASES = "还没有登记过案卷，没有要通报的。"


@click.command(cls=ChineseCommand)
@click.option("--programme", "programme_id", metavar="项目编码", help="哪个项目；只有一个项目有案卷时不用写")
@click.option("--year", type=int, metavar="年度", help="哪一年度，默认是统计日期那一年")
@click.option(
    "--on", "day", type=click.DateTime(["%Y-%m-%d"]), metavar="日期", help="统计到哪一天，默认今天（如 2022-04-01）"
)
@home_option
def circular(programme_id: str | None, year: int | None, day: datetime | None, home_path: Path) -> int:
    """拟一份未完成申报情况的通报，按上级工会分组，写明缺什么、逾期多少个工作日。"""
    from formflow.model.letter import NoLetter
    from formflow.service.home import founded
    from formflow.service.office import opened
    from formflow.service.registers import has_register

    home = founded(home_path)
    if not has_register(home):
        click.echo(_NO_CASES)
        return int(ExitCode.DONE)
    with opened(home) as office:
        from formflow.service import held_back, workbooks
        from formflow.service.circulars import draft_circular
        from formflow.service.delivery import deliver

        as_of: date = day.date() if day else office.now().date()
        wanted = programme_id or _only_programme()
        if not wanted:
            click.echo(_NO_CASES)
            return int(ExitCode.DONE)
        programme = office.programme(wanted)
        if programme is None:
            known = "、".join(known.id for known in office.programmes)
            raise UsageError(f"没有项目“{programme_id}”", f"请用 --programme 写明：{known}。")
        drafted = draft_circular(office, programme, year or as_of.year, as_of)
        if isinstance(drafted, NoLetter):
            click.echo(drafted.reason)
            return int(ExitCode.DONE)
        workbooks.renew(office)
        problems = (*deliver(office), *held_back.sentences(home))
    click.echo(f"通报已拟稿，在 outbox 的“拟稿”文件夹；同意印发的，请在发文审批表上批准。截至 {as_of}。")
    for problem in problems:
        say(f"注意：{problem}")
    return int(ExitCode.NEEDS_PERSON if problems else ExitCode.DONE)


def _only_programme() -> str:
    """The one that has cases, "" if none has."""
    from formflow.register import rounds

    ids = dict.fromkeys(this.programme_id for this in rounds.rounds_with_cases())
    if len(ids) > 1:
        raise UsageError("有几个项目都有案卷，不知道通报哪一个", f"请用 --programme 写明：{'、'.join(ids)}。")
    return next(iter(ids), "")
