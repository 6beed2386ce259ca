"""Options and small outputs that several commands share."""

from __future__ import annotations

import json
import sys
import textwrap
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click

from formflow.errors import UsageError
from formflow.settings import home_from_environment

_Function = TypeVar("_Function", bound=Callable[..., Any])


def home_option(function: _Function) -> _Function:
    """`--home DIR`, else $FORMFLOW_HOME, else the working folder."""
    option = click.option(
        "--home",
        "home_path",
        metavar="文件夹",
        type=click.Path(path_type=Path, file_okay=False),
        default=home_from_environment,
        help="工作文件夹；默认取 $FORMFLOW_HOME，否则为当前文件夹",
    )
    return option(function)


def json_option(function: _Function) -> _Function:
    """`--json`."""
    return click.option("--json", "as_json", is_flag=True, help="输出 JSON")(function)


def files_argument(function: _Function) -> _Function:
    """`文件…`, files or folders."""
    return click.argument("paths", metavar="文件…", nargs=-1, required=True, type=click.Path(path_type=Path))(function)


def files_in(paths: tuple[Path, ...]) -> Iterator[Path]:
    """The files given, and those inside the folders given, in order; lock and temporary files left out.

    Raises UsageError before the first file if one of them does not exist.
    """
    missing = [str(path) for path in paths if not path.exists()]
    if missing:
        raise UsageError(f"没有这个文件：{'、'.join(missing)}", "请核对路径；路径里有空格时要加引号。")
    return _files_in(paths)


def _files_in(paths: tuple[Path, ...]) -> Iterator[Path]:
    from formflow.service.ignored import is_ignored_file, is_ignored_folder

    for path in paths:
        if not path.is_dir():
            yield path
            continue
        for found in sorted(path.rglob("*")):
            inside = found.relative_to(path).parts[:-1]
            if found.is_file() and not is_ignored_file(found.name) and not any(map(is_ignored_folder, inside)):
                yield found


def speak_utf8() -> None:
    """JSON is UTF-8 whatever the console is set to."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")


def print_json(value: Any, *, indent: int | None = 2) -> None:
    """One JSON value; `indent` None puts it on one line."""
    speak_utf8()
    click.echo(json.dumps(value, ensure_ascii=False, indent=indent))


def print_json_piecemeal(values: Mapping[str, Any]) -> None:
    """One JSON object, as `print_json` prints it; of values that are iterators each item is written as it comes, as those of a list."""
    speak_utf8()
    begins = "{\n"
    for name, value in values.items():
        click.echo(f"{begins}  {json.dumps(name)}: ", nl=False)
        if isinstance(value, Iterator):
            _print_items(value)
        else:
            click.echo(_indented(value, "  ").lstrip(), nl=False)
        begins = ",\n"
    click.echo("\n}" if values else "{}")


def _print_items(items: Iterator[Any]) -> None:
    begins = "["
    for item in items:
        click.echo(f"{begins}\n{_indented(item, '    ')}", nl=False)
        begins = ","
    click.echo("[]" if begins == "[" else "\n  ]", nl=False)


def _indented(value: Any, by: str) -> str:
    return textwrap.indent(json.dumps(value, ensure_ascii=False, indent=2), by)
