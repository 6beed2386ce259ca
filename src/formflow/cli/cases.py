"""`formflow cases`: the register as a table, a workbook or JSON."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from formflow.cli.group import ChineseCommand
from formflow.cli.options import home_option, json_option, print_json
from formflow.errors import EnvironmentFailure, ExitCode, UsageError, in_words

if TYPE_CHECKING:
    from formflow.register.overview import CaseLine, PaperLine
    from formflow.service.home import Home

_HEADINGS = (
    "项目",
    "年度",
    "序号",
    "单位",
    "办理结果",
    "版次",
    "待补正",
    "请核对",
    "补正期限",
    "最近办理",
    "案卷文件夹",
)


@click.command(cls=ChineseCommand)
@click.option("--incomplete", is_flag=True, help="只列还没有受理的")
@click.option("--xlsx", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), help="存为 Excel 工作簿")
@json_option
@home_option
def cases(incomplete: bool, xlsx: Path | None, as_json: bool, home_path: Path) -> int:
    """列出登记的案卷，和还没有归入案卷的来件。"""
    from formflow.register.setup import close_register, open_register
    from formflow.service.home import Home

    home = Home(home_path)
    if not home.register.is_file():
        raise UsageError(
            f"{home.root.resolve()} 里还没有登记过材料", "请先用 formflow run 处理，或用 --home 指明工作文件夹。"
        )
    open_register(home.register)
    try:
        from formflow.register import overview  # needs the register to be open

        lines = overview.case_lines(incomplete_only=incomplete)
        papers = [paper for paper in overview.papers_without_case() if _is_still_there(home, paper)]
    finally:
        close_register()
    _give_out(lines, papers, xlsx, as_json)
    return int(ExitCode.DONE)  # a list does not fail because of what it lists


def _give_out(lines: list[CaseLine], papers: list[PaperLine], xlsx: Path | None, as_json: bool) -> None:
    if xlsx:
        _write_workbook(xlsx, lines)
    if as_json:
        print_json({"cases": [line.as_json() for line in lines], "papers": [_paper_json(paper) for paper in papers]})
    elif xlsx:
        click.echo(f"已存为 {xlsx}，共 {len(lines)} 个案卷。")
    else:
        _print_tables(lines, papers)


def _is_still_there(home: Home, paper: PaperLine) -> bool:
    """A file that a person has taken out of _待人工处理 has been dealt with."""
    from formflow.service.outbox import target_of

    return paper.publication is None or target_of(home.outbox, paper.publication).exists()


def _paper_json(paper: PaperLine) -> dict[str, Any]:
    return {
        "file": paper.name,
        "received_on": paper.received_on.isoformat(),
        "state": paper.state,
        "reason": paper.reason,
    }


def _values(line: CaseLine) -> tuple[Any, ...]:
    head = (line.programme, line.year, line.number, line.unit, line.outcome_label, line.version)
    return (*head, line.errors, line.reviews, line.deadline, line.updated_on, line.folder)


def _print_tables(lines: list[CaseLine], papers: list[PaperLine]) -> None:
    from rich.table import Table

    from formflow.cli.console import console

    out = console()
    table = Table(*_HEADINGS[:-1], title="案卷")
    for line in lines:
        table.add_row(*("" if value is None else str(value) for value in _values(line)[:-1]))
    out.print(table if lines else "没有这样的案卷。")
    if papers:
        others = Table("文件", "收到日期", "状态", "原因", title="没有归入案卷的来件")
        for paper in papers:
            state = "等待归卷" if paper.state == "waiting" else "待人工处理"
            others.add_row(paper.name, str(paper.received_on), state, paper.reason)
        out.print(others)


def _write_workbook(path: Path, lines: list[CaseLine]) -> None:
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    sheet = book.create_sheet("案卷", 0)
    del book["Sheet"]
    for column, heading in enumerate(_HEADINGS, 1):
        sheet.cell(1, column, heading).font = Font(bold=True)
    for row, line in enumerate(lines, 2):
        for column, value in enumerate(_values(line), 1):
            _write(sheet.cell(row, column), value)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    for letter, width in zip("ABCDEFGHIJK", (24, 8, 8, 40, 10, 8, 8, 8, 12, 12, 40), strict=True):
        sheet.column_dimensions[letter].width = width
    try:
        book.save(path)
    except OSError as error:
        raise EnvironmentFailure(
            f"写不了 {path}：{in_words(error)}", "请检查文件夹是否可写、文件是否正打开着。"
        ) from error


def _write(cell: Any, value: Any) -> None:
    """A text from outside stays text: it is never taken for a formula, here or when the sheet is saved again elsewhere."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.data_type = "s"
        cell.quotePrefix = True
    else:
        cell.value = value
