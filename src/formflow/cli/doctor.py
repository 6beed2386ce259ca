"""`formflow doctor`: what this machine has, what that means, and what to do about what is missing."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from formflow.cli.group import ChineseCommand
from formflow.cli.options import home_option, json_option, print_json
from formflow.errors import ExitCode

_MARKS = {"ok": "正常", "warning": "注意", "failed": "不行"}


@click.command(cls=ChineseCommand)
@json_option
@home_option
def doctor(as_json: bool, home_path: Path) -> int:
    """检查本机环境和工作文件夹，逐项说明意味着什么、怎么办。"""
    from formflow.service.health import examine
    from formflow.service.home import Home
    from formflow.service.office import shanghai_now

    conditions = examine(Home(home_path), shanghai_now().date())
    if as_json:
        print_json([asdict(condition) for condition in conditions])
    else:
        for condition in conditions:
            click.echo(f"［{_MARKS[condition.state]}］{condition.label}：{condition.found}")
            if condition.meaning:
                click.echo(f"       {condition.meaning}")
            if condition.remedy:
                click.echo(f"       {condition.remedy}")
    is_able = all(condition.state != "failed" for condition in conditions)
    return int(ExitCode.DONE if is_able else ExitCode.ENVIRONMENT)
