"""`formflow letter`: `check` measures letters against GB/T 9704, rule by rule; `circular` is in a module of its own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from formflow.cli.circular import circular
from formflow.cli.group import ChineseGroup
from formflow.cli.options import files_argument, files_in, home_option, json_option, print_json
from formflow.cli.say import say
from formflow.errors import ExitCode, FormflowError

if TYPE_CHECKING:
    from formflow.letters.measure import Measurement
    from formflow.service.measuring import Measure

_VERDICTS = {"pass": "合格", "fail": "不合格", "not_applicable": "不适用", "not_checkable": "查不出"}
# 规 and 般 are what the standard demands; 荐, 可 and 实 are advice and custom.
_DEMANDS = ("规", "般")


@click.group(cls=ChineseGroup)
def letter() -> None:
    """公文版式。"""


letter.add_command(circular)


@letter.command()
@files_argument
@json_option
@click.option("--all", "show_all", is_flag=True, help="表格里也列出不适用的条目")
@home_option
def check(paths: tuple[Path, ...], as_json: bool, show_all: bool, home_path: Path) -> int:
    """按 GB/T 9704-2012 逐条检查 .docx 或 .pdf 的版式，列出量得的值。"""
    from formflow.service.measuring import measurer
    from formflow.settings import load_settings

    found_files = files_in(paths)
    with measurer(load_settings(home_path).reading) as measure:
        results = [(path, *_measured(path, measure)) for path in found_files]
    if as_json:
        print_json([_json(path, measurements, problem) for path, measurements, problem in results])
    else:
        for path, measurements, problem in results:
            _print(path, measurements, problem, show_all)
    is_good = all(problem is None and not any(map(_fails, found)) for _, found, problem in results)
    return int(ExitCode.DONE if is_good else ExitCode.NEEDS_PERSON)


def _measured(path: Path, measure: Measure) -> tuple[tuple[Measurement, ...], FormflowError | None]:
    try:
        return measure(path), None
    except FormflowError as problem:
        return (), problem


def _fails(measurement: Measurement) -> bool:
    return measurement.verdict == "fail" and measurement.strength in _DEMANDS


def _json(path: Path, measurements: tuple[Measurement, ...], problem: FormflowError | None) -> dict[str, Any]:
    line: dict[str, Any] = {"file": str(path), "passed": problem is None and not any(map(_fails, measurements))}
    line["measurements"] = [
        {
            "rule": found.rule_id,
            "clause": found.clause,
            "strength": found.strength,
            "requirement": found.requirement,
            "measured": found.measured,
            "verdict": found.verdict,
        }
        for found in measurements
    ]
    if problem:
        line["error"] = {"code": getattr(problem, "code", "unreadable"), "message": problem.message}
    return line


def _print(path: Path, measurements: tuple[Measurement, ...], problem: FormflowError | None, show_all: bool) -> None:
    from formflow.cli.console import console, table

    if problem:
        say(f"{path}：{problem.message}\n  {problem.remedy}")
        return
    listed = table("条目", "条款", "强度", "要求", "量得", "结论", title=str(path))
    for found in measurements:
        if show_all or found.verdict != "not_applicable":
            verdict = _VERDICTS[found.verdict]
            listed.add_row(found.rule_id, found.clause, found.strength, found.requirement, str(found.measured), verdict)
    console().print(listed)
    passed = sum(found.verdict == "pass" for found in measurements)
    failed = sum(map(_fails, measurements))
    click.echo(f"合格 {passed} 条，不合格 {failed} 条。")
