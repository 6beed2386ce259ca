"""`formflow score`: rubric checks and the aggregate of score sheets. Changes nothing and starts without Django."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from formflow.cli.group import ChineseCommand
from formflow.cli.options import files_argument, files_in, home_option, json_option, print_json
from formflow.errors import ExitCode

if TYPE_CHECKING:
    from formflow.model.scoring import CentreResult
    from formflow.service.score_files import RoundResult, Scores

_NAMEABLE = {True: "可以", False: "不具备资格", None: "不明"}


@click.command(cls=ChineseCommand)
@files_argument
@click.option("--programme", "programme_id", metavar="项目编码", help="只按这个项目的评价指标")
@json_option
@home_option
def score(paths: tuple[Path, ...], programme_id: str | None, as_json: bool, home_path: Path) -> int:
    """核对评分表，按单位汇总平均分和名次；有差错的表不计入。不登记、不移动文件。"""
    from formflow.cli.papers import chosen_programmes, look_into_file, opened_reader
    from formflow.service.score_files import score_papers

    programmes = chosen_programmes(home_path, programme_id)
    with opened_reader(home_path) as reader:
        papers = [paper for path in files_in(paths) for paper in look_into_file(path, reader)]
    scores = score_papers(papers, programmes)
    if as_json:
        print_json(_json(scores))
    else:
        _print(scores)
    return int(ExitCode.DONE if scores.is_clean else ExitCode.NEEDS_PERSON)


def _json(scores: Scores) -> dict[str, Any]:
    """As in design.md section 5; `aside` only where something was left aside."""
    printed: dict[str, Any] = {"centres": [_centre_json(c) for one in scores.rounds for c in one.centres]}
    if scores.aside:
        printed["aside"] = [{"file": a.file, "kind": a.kind, "message": a.message} for a in scores.aside]
    return printed


def _centre_json(centre: CentreResult) -> dict[str, Any]:
    from formflow.forms.score_record import json_number
    from formflow.service.report import findings_json

    return {
        "centre_name": centre.centre_name,
        "sheets": len(centre.sheets),
        "criteria": {name: json_number(_rounded(mean)) for name, mean in centre.means.items()},
        "total": json_number(centre.total),
        "rank": centre.rank,
        "satisfaction_ok": centre.satisfaction_ok,
        "findings": findings_json(centre.findings),
    }


def _rounded(mean: Fraction) -> Any:
    from formflow.rules.aggregate import half_up

    return half_up(mean)


def _print(scores: Scores) -> None:
    from formflow.cli.console import console

    out = console()
    for one in scores.rounds:
        out.print(_table(one))
        for centre in one.centres:
            for line in _notes(centre):
                out.print(line)
    for aside in scores.aside:
        out.print(f"{aside.file}：{aside.message}")
    if not scores.rounds:
        out.print("没有评分表。")


def _table(one: RoundResult) -> Any:
    from formflow.cli.console import table
    from formflow.rules.aggregate import group_means

    groups = [group.title for group in one.rubric.groups]
    made = table("名次", "单位", "份数", *groups, "总分", "满意率", "命名资格", title=one.programme.name)
    for centre in one.centres:
        means = group_means(one.rubric, centre)
        made.add_row(
            str(centre.rank or "—"),
            centre.centre_name,
            str(len(centre.sheets)),
            *(str(_rounded(means[group.id])) if means else "—" for group in one.rubric.groups),
            str(centre.total if centre.total is not None else "—"),
            f"{centre.rate}%" if centre.rate is not None else "—",
            _NAMEABLE[centre.satisfaction_ok],
        )
    return made


def _notes(centre: CentreResult) -> list[str]:
    """How the mean came about, where the unit's own scores differ, and what is wrong."""
    notes = [centre.explanation] if centre.explanation else []
    if own := centre.self_comparison:
        notes.append(f"自评 {own.total} 分，比专家平均{_apart(own.total_difference)}")
    notes += [finding.message for finding in centre.findings]
    return [f"{centre.centre_name}：{note}" for note in notes]


def _apart(difference: Fraction) -> str:
    if not difference:
        return "不多不少"
    return f"{'高' if difference > 0 else '低'} {_rounded(abs(difference))} 分"
