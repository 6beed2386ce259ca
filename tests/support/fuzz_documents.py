"""Documents that readers could have given, changed step by step by a string of bytes: what aligners and readers of sheets are tried on.

In: a document and bytes, five to a step. Out: a document whose grids are still true grids (no cell outside, none upon another).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from formflow.model.document import Block, Cell, Document, Paragraph, Table

WORDS = (
    *("", " ", "\n", "\t", "　", "0", "-1", "+5", "05", "1.50", "1,234", "１２", "²", "④", "½", "४२", "٣", "〇", "十", "三百", "9" * 4301),
    *("九" * 400, "1e9", "1e999", "NaN", "Infinity", "-Infinity", "0.1" + "0" * 5000, "100%", "９９.９％", "101%", "－3", "3/5", "1/0", "0/0", "②/①"),
    *("2022年", "2022年3月", "2022年13月45日", "99999年1月1日", "0000年0月0日", "二〇二二年十二月三十一日", "2022.2.30", "2022-03", "22年3月", "９" * 5000 + "年"),
    *("2022年3月至2021年1月", "2022年3月—", "长期", "至今", "年　月　日", "元", "万元", "壹佰万元整", "12345678901234567890元", "-5万元", "亿亿亿元", "1亿", "0.001元"),
    *("是", "否", "延期", "√", "☑", "☐", "■", "☑是☐否", "（盖章）", "签字：", "单位名称", "单位名称：", "合计", "总分", "得分", "满分", "序号", "1.", "1.1", "（一）", "一、"),
    *("项目", "荣誉", "国家级", "省级", "市级", "授予单位", "满意", "不满意", "基本满意", "满意率", "应到会人数", "实发", "收回", "票", "赞成票"),
    *("\u202e甲镇", "甲\u200b镇", "\ufeff", "\x07", "\ud7ff", "\U0001f600", "=1+1", "{{ 单位名称 }}", "{% for x in y %}", "<w:t>", "]]>", "&amp;", "../../x", "CON", "a" * 20_000),
)  # fmt: skip
_STEP = 5


def changed(document: Document, program: bytes) -> Document:
    """The document after every step. Each step says what is done, to which block or paragraph, and with what."""
    for at in range(0, len(program) - _STEP + 1, _STEP):
        deed, *rest = program[at : at + _STEP]
        document = replace(
            document, blocks=_step(document.blocks, deed, rest[0] << 8 | rest[1], rest[2] << 8 | rest[3])
        )
    return document


def _step(blocks: tuple[Block, ...], deed: int, where: int, what: int) -> tuple[Block, ...]:
    if not blocks:
        return blocks
    if deed < 160:
        return _with_text(blocks, where, WORDS[what % len(WORDS)], deed % 4)
    at = where % len(blocks)
    block = blocks[at]
    if deed < 176:
        return (*blocks[:at], *blocks[at + 1 :])
    if deed < 192:
        other = blocks[what % len(blocks)]
        return (*blocks[:at], other, *blocks[at:])
    tables = [number for number, one in enumerate(blocks) if isinstance(one, Table) and one.rows and one.columns]
    if not tables:
        return (*blocks[:at], block, *blocks[at:])
    at = tables[where % len(tables)]
    return (*blocks[:at], _table_step(blocks[at], deed, what), *blocks[at + 1 :])  # type: ignore[arg-type]


def _with_text(blocks: tuple[Block, ...], where: int, word: str, how: int) -> tuple[Block, ...]:
    """Every paragraph is counted, those in cells too; one gets a word: alone, before, behind, or in its middle."""
    total = sum(1 for _ in _paragraphs(blocks))
    if not total:
        return blocks
    left = [where % total]

    def one(paragraph: Paragraph) -> Paragraph:
        left[0] -= 1
        if left[0] != -1:
            return paragraph
        text, middle = paragraph.text, len(paragraph.text) // 2
        fresh = (word, word + text, text + word, text[:middle] + word + text[middle:])[how]
        return replace(paragraph, text=fresh, underlined=())

    def several(found: tuple[Block, ...]) -> tuple[Block, ...]:
        return tuple(one(block) if isinstance(block, Paragraph) else table(block) for block in found)

    def table(found: Table) -> Table:
        return replace(found, cells=tuple(replace(cell, blocks=several(cell.blocks)) for cell in found.cells))

    return several(blocks)


def _paragraphs(blocks: tuple[Block, ...]) -> Iterator[Paragraph]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for cell in block.cells:
                yield from _paragraphs(cell.blocks)


def _table_step(table: Table, deed: int, what: int) -> Table:
    row = what % table.rows
    match deed % 8:
        case 0 | 1:
            return _without_row(table, row)
        case 2 | 3:
            return _with_row_twice(table, row)
        case 4:
            return _turned(_without_row(_turned(table), what % table.columns))
        case 5:
            return _turned(_with_row_twice(_turned(table), what % table.columns))
        case 6:
            return _turned(table)
        case _:
            at = what % len(table.cells) if table.cells else 0
            return replace(table, cells=table.cells[:at] + table.cells[at + 1 :])


def _without_row(table: Table, row: int) -> Table:
    if table.rows < 2:
        return table
    return replace(table, rows=table.rows - 1, cells=_sorted(_above(cell, row) for cell in table.cells))


def _above(cell: Cell, row: int) -> Cell | None:
    """A cell after a row was taken away: up one if it stood below, shorter if it reached into it, gone if it stood in it alone."""
    if cell.row > row:
        return replace(cell, row=cell.row - 1)
    if cell.row + cell.row_span <= row:
        return cell
    return replace(cell, row_span=cell.row_span - 1) if cell.row_span > 1 else None


def _with_row_twice(table: Table, row: int) -> Table:
    cells: list[Cell | None] = []
    for cell in table.cells:
        if cell.row > row:
            cells.append(replace(cell, row=cell.row + 1))
        elif cell.row + cell.row_span - 1 > row or (cell.row + cell.row_span - 1 == row and cell.row_span > 1):
            cells.append(replace(cell, row_span=cell.row_span + 1))
        else:
            cells.append(cell)
            cells += [replace(cell, row=row + 1)] if cell.row == row else []
    return replace(table, rows=table.rows + 1, cells=_sorted(cells))


def _turned(table: Table) -> Table:
    cells = (
        replace(cell, row=cell.column, column=cell.row, row_span=cell.column_span, column_span=cell.row_span)
        for cell in table.cells
    )
    return replace(table, rows=table.columns, columns=table.rows, cells=_sorted(cells))


def _sorted(cells: Iterator[Cell | None] | list[Cell | None] | Iterator[Cell]) -> tuple[Cell, ...]:
    return tuple(sorted((cell for cell in cells if cell), key=lambda cell: (cell.row, cell.column)))
