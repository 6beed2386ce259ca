"""`formflow init`: makes a home."""

from __future__ import annotations

from pathlib import Path

import click

from formflow.cli.group import ChineseCommand
from formflow.errors import ExitCode
from formflow.settings import home_from_environment


@click.command(cls=ChineseCommand)
@click.argument("folder", metavar="[文件夹]", required=False, type=click.Path(path_type=Path, file_okay=False))
@click.option("--samples", is_flag=True, help="把各项目的样例放进收件箱，供试用")
@click.option(
    "--home", "home_path", metavar="文件夹", type=click.Path(path_type=Path, file_okay=False), help="同上：工作文件夹"
)
def init(folder: Path | None, samples: bool, home_path: Path | None) -> int:
    """建立工作文件夹；已有的文件一律保留不动。"""
    from formflow.service.home import Home, found

    home = Home(folder or home_path or home_from_environment())
    count, packs = found(home, with_samples=samples)
    click.echo(f"工作文件夹：{home.root.resolve()}")
    click.echo("  inbox/         收件箱：把收到的申请材料放在这里")
    click.echo("  outbox/        案卷和文书出在这里")
    click.echo(f"  templates/     项目包：{'、'.join(packs)}")
    click.echo("  formflow.toml  设置")
    if samples:
        click.echo(f"已把 {count} 份样例放进收件箱。")
    where = "" if home.root.resolve() == home_from_environment().resolve() else f" --home {home.root}"
    click.echo(f"下一步：formflow run{where}（处理一次）或 formflow serve{where}（一直守着）。")
    return int(ExitCode.DONE)
