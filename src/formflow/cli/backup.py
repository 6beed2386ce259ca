"""`formflow backup` and `formflow restore`: a whole home as one file, and again from it."""

from __future__ import annotations

from pathlib import Path

import click

from formflow.cli.group import ChineseCommand
from formflow.cli.options import home_option
from formflow.errors import ExitCode, UsageError

_MB = 2**20


@click.command(cls=ChineseCommand)
@click.argument("target", metavar="备份文件", type=click.Path(path_type=Path, dir_okay=False))
@home_option
def backup(target: Path, home_path: Path) -> int:
    """把整个工作文件夹（登记库、收件箱、发件箱、项目包、设置）备份成一个文件；formflow serve 不用停。"""
    from formflow.service.backup import back_up
    from formflow.service.home import Home
    from formflow.service.office import shanghai_now

    made = back_up(Home(home_path), target, shanghai_now())
    count, anchor = len(made.manifest.files), made.manifest.anchor
    click.echo(f"已备份到 {target}：{count} 个文件，{target.stat().st_size / _MB:.1f} MB，已逐个校验。")
    if anchor[0]:
        click.echo(f"办理记录的校验点：{anchor[0]}:{anchor[1]}")
    for line in made.skipped:
        click.echo(f"没有备份：{line}", err=True)
    return int(ExitCode.NEEDS_PERSON if made.skipped else ExitCode.DONE)


@click.command(cls=ChineseCommand)
@click.argument("source", metavar="备份文件", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--home", "home_path", metavar="文件夹", type=click.Path(path_type=Path, file_okay=False), help="恢复到这个新文件夹"
)
def restore(source: Path, home_path: Path | None) -> int:
    """由备份恢复出一个工作文件夹；只恢复到新的或空的文件夹，不覆盖任何文件。"""
    from formflow.service.home import Home
    from formflow.service.restore import restore as restored

    if home_path is None:
        raise UsageError("没有说恢复到哪里", "请用 --home 文件夹 指明一个新的或空的文件夹。")
    manifest = restored(source, Home(home_path))
    click.echo(f"已恢复到 {home_path}：{len(manifest.files)} 个文件，逐个校验无误；备份时间 {manifest.taken_at}。")
    click.echo(
        f"下一步：formflow doctor --home {home_path} 检查环境，formflow audit verify --home {home_path} 校验记录。"
    )
    return int(ExitCode.DONE)
