"""`formflow pack check`: validates programme packs and shows what an office has to look at."""

from __future__ import annotations

from pathlib import Path

import click

from formflow.cli.group import ChineseGroup
from formflow.cli.options import home_option
from formflow.errors import ExitCode, PackError
from formflow.model.programme import Programme


@click.group(cls=ChineseGroup)
def pack() -> None:
    """项目包。"""


@pack.command()
@click.argument("folders", metavar="[文件夹…]", nargs=-1, type=click.Path(path_type=Path, exists=True, file_okay=False))
@home_option
def check(folders: tuple[Path, ...], home_path: Path) -> int:
    """检查项目包（默认检查工作文件夹里全部项目包），有错时按文件名和行号列出。"""
    from formflow.packs import load_pack, load_packs
    from formflow.service.home import Home

    try:
        programmes = tuple(load_pack(folder) for folder in folders) or load_packs(Home(home_path).templates)
    except PackError as error:
        click.echo("\n".join(error.problems))
        click.echo(f"共 {len(error.problems)} 处错误。{error.remedy}", err=True)
        return int(ExitCode.CONFIGURATION)
    for programme in programmes:
        click.echo("\n".join(_lines(programme)))
    return int(ExitCode.DONE)


def _lines(programme: Programme) -> list[str]:
    fields = sum(len(form.fields) for form in programme.forms)
    checks = sum(len(form.checks) for form in programme.forms)
    head = f"{programme.id}  {programme.name}  {programme.version}：没有错误"
    size = f"  {len(programme.forms)} 种表，{fields} 个栏目，{checks} 项检查，{len(programme.letters)} 种文书"
    issuer = programme.issuer
    contact = f"  落款：{issuer.name}，{issuer.office}，{issuer.contact}，{issuer.telephone}，{issuer.address}"
    return [head, size, contact, *_local(programme)]


def _local(programme: Programme) -> list[str]:
    """What no source prescribes and this office has set itself."""
    parameters = [
        f"  本单位自定：{parameter.citation.clause}，现为 {parameter.value}{parameter.unit}"
        for parameter in programme.parameters.values()
        if parameter.citation.is_local
    ]
    checks = [
        f"  本单位自定的检查：{check.citation.clause}"
        for form in programme.forms
        for check in form.checks
        if check.citation.is_local
    ]
    return parameters + checks
