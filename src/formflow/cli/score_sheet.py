"""`formflow pack score-sheet`: the blank score sheet of a programme's rubric, to be handed out to reviewers."""

from __future__ import annotations

from pathlib import Path

import click

from formflow.cli.group import ChineseCommand
from formflow.cli.options import home_option
from formflow.errors import EnvironmentFailure, ExitCode, UsageError, in_words


@click.command("score-sheet", cls=ChineseCommand)
@click.argument("programme_id", metavar="项目编码")
@click.argument("path", metavar="文件.xlsx", type=click.Path(path_type=Path, dir_okay=False))
@home_option
def score_sheet(programme_id: str, path: Path, home_path: Path) -> int:
    """由项目的评分标准（rubric.yaml）生成空白评分表，发给评分人填写；不覆盖已有的文件。"""
    from formflow.cli.papers import chosen_programmes
    from formflow.service.sheets.score_blank import build_score_sheet

    (programme,) = chosen_programmes(home_path, programme_id)
    if not programme.rubrics:
        raise UsageError(
            f"项目“{programme.name}”没有评分标准", "请先在项目文件夹里写 rubric.yaml，再用 formflow pack check 检查。"
        )
    try:
        with path.open("xb") as file:
            file.write(build_score_sheet(programme, programme.rubrics[0]))
    except FileExistsError as error:
        raise UsageError(f"已经有 {path}，没有改动它", "请换一个文件名，或先把它移走。") from error
    except OSError as error:
        raise EnvironmentFailure(
            f"写不了 {path}：{in_words(error)}", "请检查文件夹是否可写、磁盘空间是否足够。"
        ) from error
    click.echo(f"空白评分表已存为 {path}，共 {len(programme.rubrics[0].criteria)} 项。")
    return int(ExitCode.DONE)
