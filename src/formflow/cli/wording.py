"""What click complains about, in Chinese."""

from __future__ import annotations

import click
from click.exceptions import NoArgsIsHelpError


def usage_sentence(error: click.ClickException) -> str:
    """One sentence for a wrong call; click's own words where we have none."""
    if isinstance(error, click.NoSuchOption):
        near = f"，是否想写 {'、'.join(error.possibilities)}" if error.possibilities else ""
        return f"没有 {error.option_name} 这个选项{near}"
    if isinstance(error, click.MissingParameter):
        return f"缺少 {_name(error.param)}"
    if isinstance(error, click.BadParameter):
        return f"{_name(error.param)} 的值不对（{error.message}）"
    if isinstance(error, click.FileError):
        return f"打不开文件 {error.ui_filename}：{error.message}"
    if isinstance(error, NoArgsIsHelpError):
        return "请写明要做什么\n" + error.format_message()
    message = error.format_message()
    if message.startswith("No such command"):
        return f"没有{message.removeprefix('No such command').split('.')[0]} 这个命令"
    if message.startswith("Missing command"):
        return "请写明子命令"
    return message


def _name(parameter: click.Parameter | None) -> str:
    return parameter.human_readable_name if parameter else "参数"
