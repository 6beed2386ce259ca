"""`formflow pack check` validates programme packs and shows what an office has to look at; `pack new` drafts one from a blank form."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import click

from formflow.cli.group import ChineseGroup
from formflow.cli.options import home_option
from formflow.cli.score_sheet import score_sheet
from formflow.errors import EnvironmentFailure, ExitCode, PackError, UnreadableError, UsageError, in_words
from formflow.model.programme import FIELD_TYPE_WORDS, Programme

if TYPE_CHECKING:
    from formflow.packs.draft import Draft

# What every value that a clerk must replace begins with (see `packs.draft`).
TO_FILL_IN = "请填写"
_PACK_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


@click.group(cls=ChineseGroup)
def pack() -> None:
    """项目包。"""


pack.add_command(score_sheet)


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


@pack.command()
@click.argument("blank", metavar="空白表.docx", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--id", "pack_id", metavar="项目编码", default=None, help="小写英文字母、数字和短横线；不写就自动编号")
@home_option
def new(blank: Path, pack_id: str | None, home_path: Path) -> int:
    """由空白表起草一个项目包，放进工作文件夹的 templates；不覆盖已有的。"""
    from formflow.cli.papers import bytes_of
    from formflow.packs.draft import draft_pack
    from formflow.service.home import Home

    templates = Home(home_path).root / "templates"
    name = _chosen_id(templates, pack_id)
    try:
        draft = draft_pack(bytes_of(blank), name)
    except UnreadableError as problem:
        raise UsageError(f"空白表“{blank.name}”读不了：{problem.message}", problem.remedy) from problem
    is_first = not templates.is_dir()
    write_pack(templates / name, draft.files)
    click.echo("\n".join(_drafted(draft, templates / name)))
    if is_first:
        click.echo(
            "这个工作文件夹原来没有 templates，以后只用这里的项目包；要用软件自带的项目包，请运行 formflow init。"
        )
    return int(ExitCode.DONE)


def _chosen_id(templates: Path, pack_id: str | None) -> str:
    if pack_id is None:
        return next(name for n in count(1) if not (templates / (name := f"programme-{n}")).exists())
    if not _PACK_ID.fullmatch(pack_id):
        raise UsageError(
            f"“{pack_id}”不能作项目编码", "请用小写英文字母开头，后接小写字母、数字和短横线，如 care-fund。"
        )
    if (templates / pack_id).exists():
        raise UsageError(f"已经有“{pack_id}”这个项目包，没有改动它", "请换一个编码，或先把原来的文件夹移走。")
    return pack_id


def write_pack(folder: Path, files: Mapping[str, bytes]) -> None:
    """Writes a pack beside its place, checks it there, and only then puts it in place. Raises PackError, EnvironmentFailure."""
    from formflow.packs import load_pack

    beside = folder.parent / f".{folder.name}.draft"
    try:
        for name, data in files.items():
            path = beside / folder.name / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        load_pack(beside / folder.name)
        (beside / folder.name).rename(folder)
    except OSError as error:
        raise EnvironmentFailure(f"写不了 {folder}：{in_words(error)}", "请检查磁盘空间和写权限。") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _drafted(draft: Draft, folder: Path) -> list[str]:
    """What was found, and what is left to do."""
    lines = [f"由“{draft.title}”起草了项目包 {folder}", f"找到 {len(draft.fields)} 个栏目："]
    for field in draft.fields:
        kind = "勾选" if field.options else FIELD_TYPE_WORDS[field.type]
        inside = field.options or tuple(column.label for column in field.columns)
        details = f"（{'、'.join(inside)}）" if inside else ""
        lines.append(f"  {field.label}：{kind}{details}，{'必填' if field.is_required else '选填'}，{field.id}")
    return [
        *lines,
        "还要请您完成：",
        "  1. application.yaml：逐栏核对名称、类型、是否必填；由主办单位填写的栏目改成 required: false。",
        f"  2. programme.yaml、letters.yaml：把写着“{TO_FILL_IN}”的地方都改好（发文机关、依据、联系方式、文书用语）。",
        "  3. policy.yaml：核对补正期限；letters 文件夹里的 Word 模板可以直接修改。",
        "  4. 改完运行 formflow pack check；完成以前不要用它出具文书。",
    ]


def _lines(programme: Programme) -> list[str]:
    fields = sum(len(form.fields) for form in programme.forms)
    checks = sum(len(form.checks) for form in programme.forms)
    head = f"{programme.id}  {programme.name}  {programme.version}：没有错误"
    size = f"  {len(programme.forms)} 种表，{fields} 个栏目，{checks} 项检查，{len(programme.letters)} 种文书"
    issuer = programme.issuer
    contact = f"  落款：{issuer.name}，{issuer.office}，{issuer.contact}，{issuer.telephone}，{issuer.address}"
    return [head, size, contact, *_local(programme), *_unfinished(programme)]


def _unfinished(programme: Programme) -> list[str]:
    """What a drafted pack still asks the office for."""
    issuer = programme.issuer
    texts = (programme.name, *programme.legal_basis, issuer.name, issuer.office, issuer.address, issuer.telephone)
    open_places = sum(text.count(TO_FILL_IN) for text in (*texts, issuer.contact, *programme.wording.values()))
    return [f"  还有 {open_places} 处写着“{TO_FILL_IN}”，会原样印在文书上，请改好再用"] if open_places else []


def _local(programme: Programme) -> list[str]:
    """What no source prescribes and this office has set itself."""
    choices = programme.local_choices
    head = [f"  来源文件没有规定、由本单位确定的 {len(choices)} 处，请核对："] if choices else []
    return [*head, *(f"    {choice}" for choice in choices)]
