"""`formflow read`: one JSON line for each paper. Changes nothing and starts without Django."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from formflow.cli.group import ChineseCommand
from formflow.cli.options import files_argument, files_in, home_option, print_json
from formflow.cli.papers import assess_file, bytes_of, chosen_programmes, look_into_file, opened_reader
from formflow.errors import ExitCode, UnreadableError, UsageError
from formflow.model.programme import Form
from formflow.service.members import Looked, Read, document_of


@click.command(cls=ChineseCommand)
@files_argument
@click.option("--programme", "programme_id", metavar="项目编码", help="只按这个项目识读")
@click.option(
    "--blank",
    metavar="空白表.docx",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="不用项目包，按这份空白表识读；栏目以印在表上的名称为键",
)
@home_option
def read(paths: tuple[Path, ...], programme_id: str | None, blank: Path | None, home_path: Path) -> int:
    """识读文件，每份材料输出一行 JSON；不登记、不移动文件。给文件夹就读其中的文件。"""
    if blank and programme_id:
        raise UsageError("--blank 与 --programme 不能同时用", "按空白表识读时不用项目包，请去掉其中一个。")
    is_whole = True
    with opened_reader(home_path) as reader:
        if blank:
            form = _form_of(blank, reader)
            lines = (_by_blank(paper, form) for path in files_in(paths) for paper in look_into_file(path, reader))
        else:
            programmes = chosen_programmes(home_path, programme_id)
            lines = (one.as_json() for path in files_in(paths) for one in assess_file(path, programmes, reader))
        for line in lines:
            print_json(line, indent=None)
            is_whole = is_whole and line["complete"]
    return int(ExitCode.DONE if is_whole else ExitCode.NEEDS_PERSON)


def _form_of(blank: Path, reader: Read) -> Form:
    from formflow.forms.learn import form_from_blank

    try:
        form = form_from_blank(document_of(reader(bytes_of(blank))))
    except UnreadableError as problem:
        raise UsageError(f"空白表“{blank.name}”读不了：{problem.message}", problem.remedy) from problem
    if not form.fields:
        raise UsageError(
            f"空白表“{blank.name}”里没有找到要填写的栏目", "请核对文件：空白表应印有栏目名称，并留出空格或横线。"
        )
    return form


def _by_blank(paper: Looked, form: Form) -> dict[str, Any]:
    """A paper as the blank asks for it. Nothing is known of what must be filled in: a copy of the form is complete."""
    from formflow.forms.align import align
    from formflow.forms.recognise import is_copy
    from formflow.service.report import fields_json

    line: dict[str, Any] = {"file": paper.name, "sha256": paper.sha256, "programme": None}
    if paper.problem:
        error = {"code": paper.problem.code, "message": paper.problem.message}
        return {**line, "kind": "unreadable", "fields": {}, "findings": [], "complete": False, "error": error}
    if paper.document is None or not is_copy(paper.document, form):
        return {**line, "kind": "unrecognised", "fields": {}, "findings": [], "complete": False}
    fields = fields_json(align(paper.document, form))
    return {**line, "kind": form.kind, "fields": fields, "findings": [], "complete": True}
