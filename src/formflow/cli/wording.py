"""What click complains about, in Chinese."""

from __future__ import annotations

import re

import click
from click.exceptions import NoArgsIsHelpError

# click's own sentences, by their shape.
_SENTENCES = (
    (r"(?:File|Directory|Path) '(?P<what>.+)' does not exist\.", "没有“{what}”"),
    (r"(?:File|Path) '(?P<what>.+)' is a directory\.", "“{what}”是文件夹，不是文件"),
    (r"(?:Directory|Path) '(?P<what>.+)' is a file\.", "“{what}”是文件，不是文件夹"),
    (r"(?:File|Directory|Path) '(?P<what>.+)' is not (?:readable|writable)\.", "“{what}”没有读写权限"),
    (r"Option '(?P<what>.+)' requires an argument\.", "{what} 后面要写内容"),
    (r"Option '(?P<what>.+)' does not take a value\.", "{what} 后面不写内容"),
    (r"Got unexpected extra arguments? \((?P<what>.+)\)", "多出了“{what}”"),
    (r"No such command '(?P<what>[^']+)'\..*", "没有“{what}”这个命令"),
    (r"Missing command\..*", "请写明子命令"),
)


def usage_sentence(error: click.ClickException) -> str:
    """One sentence for a wrong call; click's own words where we have none."""
    if isinstance(error, click.NoSuchOption):
        near = f"，是否想写 {'、'.join(error.possibilities)}" if error.possibilities else ""
        return f"没有 {error.option_name} 这个选项{near}"
    if isinstance(error, click.MissingParameter):
        return f"缺少 {_name(error.param)}"
    if isinstance(error, click.BadParameter):
        return f"{_name(error.param)} 的值不对：{_in_chinese(error.message)}"
    if isinstance(error, click.FileError):
        return f"打不开文件 {error.ui_filename}：{error.message}"
    if isinstance(error, NoArgsIsHelpError):
        return "请写明要做什么\n" + error.format_message()
    return _in_chinese(error.format_message())


def _in_chinese(message: str) -> str:
    for pattern, sentence in _SENTENCES:
        if match := re.fullmatch(pattern, message, re.DOTALL):
            return sentence.format(what=match["what"]) if "{what}" in sentence else sentence
    return message


def _name(parameter: click.Parameter | None) -> str:
    if isinstance(parameter, click.Option):
        return parameter.opts[-1]
    return parameter.human_readable_name.strip("[]") if parameter else "参数"
