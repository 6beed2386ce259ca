"""Honours lists: a table of projects with their honours, or a 命名 document with its list, read into honours.

Comes in: a document of any format and the programmes. Goes out: the lists of every programme that rewards honours, each row an honour,
with findings for what is not sure. Never goes by a file's name; entitles nobody to anything (see `rules.subsidy`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from formflow.forms.honour_columns import Column, may_tell_level
from formflow.forms.honour_levels import level_in_title, level_of_honour, names_honour, read_level
from formflow.forms.honour_notes import held_by_notes, told_of_gaps
from formflow.forms.honour_papers import Paper, Surroundings, items, surroundings
from formflow.forms.honour_prose import prose_items
from formflow.forms.honour_rows import RowHonour, honour_of_item, honours_of_row
from formflow.forms.honour_settled import FIELD
from formflow.forms.honour_tables import Block, ListRow, blocks_in, going_on
from formflow.model.document import Block as DocumentBlock
from formflow.model.document import Document, Table
from formflow.model.finding import Finding
from formflow.model.honours import Honour, HonoursList
from formflow.model.money import yuan_number
from formflow.model.policy import HonoursPolicy
from formflow.model.programme import Programme
from formflow.model.record import Answer, Record
from formflow.model.text import fold, quoted


def honours_lists(document: Document, programmes: Sequence[Programme]) -> tuple[HonoursList, ...]:
    """The honours of a document, one list for each programme that claims it; none if it is no honours list."""
    found = (_of_programme(document, programme) for programme in programmes if programme.honours)
    return tuple(honours for honours in found if honours is not None)


def record_of_list(found: HonoursList) -> Record:
    """The list as the record `formflow read` prints: rows of project, organisation, level, date, document, paid (yuan)."""
    rows = [row_json(honour) for honour in found.honours]
    places = tuple(honour.locator for honour in found.honours)
    answer = Answer(FIELD, rows, "", found.locator, found.confidence, row_locators=places)
    return Record(found.programme_id, "honours", {FIELD: answer})


def row_json(honour: Honour) -> dict[str, str | int | float | None]:
    return {
        "project": honour.project or None,
        "organisation": honour.organisation,
        "level": honour.level,
        "date": honour.date,
        "document": honour.document,
        "paid": None if honour.paid is None else yuan_number(honour.paid),
    }


def _of_programme(document: Document, programme: Programme) -> HonoursList | None:
    policy = programme.honours
    assert policy is not None
    paper = Paper.of(document)
    found: list[tuple[Surroundings, RowHonour]] = []
    for block in _blocks(document, policy):
        around = surroundings(paper, block.table, block.above, policy)
        rows = [one for row in block.rows for one in honours_of_row(row, block, around, policy, document.format)]
        if _is_honours_list(block, around, rows, policy):
            found += [(around, row) for row in rows]
    if not found:
        around = surroundings(paper, None, (), policy)
        named = tuple(items(paper, policy)) or tuple(prose_items(paper, policy))
        found = [(around, honour_of_item(item, around, policy)) for item in named]
    held = told_of_gaps(document, held_by_notes(document, [row for _, row in found], policy), policy)
    return _collected(programme, found[0][0].title, held) if found else None


def _blocks(document: Document, policy: HonoursPolicy) -> Iterator[Block]:
    width, carried = 0, tuple[Block, ...]()
    for table in tables_in(document):
        found = blocks_in(table, policy, carried if width == table.columns else ())
        blocks = tuple(_with_levels(block, policy) for block in found)
        yield from blocks
        if blocks:
            width, carried = table.columns, going_on(blocks)


def _with_levels(block: Block, policy: HonoursPolicy) -> Block:
    """A block whose levels stand under a head that does not say so (类别): told by what stands in the column."""
    columns = block.columns
    if {"level", "honour", "issuer"} & columns.by_role.keys() or columns.by_level:
        return block
    for column in (*columns.by_role.values(), *columns.others):
        if may_tell_level(column) and _are_levels(block, column, policy):
            by_role = {role: one for role, one in columns.by_role.items() if one is not column}
            return replace(block, columns=replace(columns, by_role={**by_role, "level": replace(column, role="level")}))
    return block


def _are_levels(block: Block, column: Column, policy: HonoursPolicy) -> bool:
    texts = [entry.text for row in block.rows if (entry := row.entries.get(column.index)) and fold(entry.text)]
    readings = [read_level(text, policy) for text in texts]
    return any(reading and reading.level for reading in readings) and all(
        reading and reading.is_clear for reading in readings
    )


def tables_in(document: Document) -> Iterator[Table]:
    """Every table of a document, nested ones behind the one they stand in."""
    yield from _tables(document.blocks)


def _tables(blocks: Sequence[DocumentBlock]) -> Iterator[Table]:
    for block in blocks:
        if isinstance(block, Table):
            yield block
            for cell in block.cells:
                yield from _tables(cell.blocks)


def _is_honours_list(block: Block, around: Surroundings, rows: Sequence[RowHonour], policy: HonoursPolicy) -> bool:
    """Whether a table with projects lists honours: its title names them, or its columns tell levels that we know."""
    if not rows:
        return False
    if around.names_honour or block.columns.by_level:
        return True
    if not ({"level", "honour", "issuer"} & set(block.columns.by_role)):
        if _stand_under_levels(block, policy):
            return True
        is_sheet_of_a_level = around.level is not None and around.level.level is not None
        return is_sheet_of_a_level and bool({"date", "document"} & set(block.columns.by_role))
    return any(_names_level(row, block, policy) for row in block.rows)


def _stand_under_levels(block: Block, policy: HonoursPolicy) -> bool:
    """Whether every row stands under a heading inside the table that names a level (一、全国优秀项目); a bare place (市北区) would not do
    without a column of days or documents."""
    headings = {row.heading for row in block.rows}
    if not all(reading and reading.is_clear for reading in (level_of_honour(heading, policy) for heading in headings)):
        return False
    return bool({"date", "document"} & set(block.columns.by_role)) or all(names_honour(h, policy) for h in headings)


def _names_level(row: ListRow, block: Block, policy: HonoursPolicy) -> bool:
    for role in ("level", "honour", "issuer"):
        column = block.columns.by_role.get(role)
        entry = row.entries.get(column.index) if column else None
        if entry and (level_in_title(entry.text, policy) or read_level(entry.text, policy)):
            return True
    return False


def _collected(programme: Programme, title: str, rows: Sequence[RowHonour]) -> HonoursList:
    findings = [finding for row in rows for finding in row.findings]
    return HonoursList(
        programme_id=programme.id,
        title=title,
        honours=tuple(row.honour for row in rows),
        findings=(*findings, *_repeated(rows, programme)),
        locator=rows[0].honour.locator,
        confidence=min(row.confidence for row in rows),
    )


def _repeated(rows: Sequence[RowHonour], programme: Programme) -> Iterator[Finding]:
    """Rows that say the same as one before them."""
    seen: set[tuple[str | None, ...]] = set()
    for row in rows:
        honour = row.honour
        key = (
            fold(honour.project),
            fold(honour.organisation or ""),
            honour.level,
            honour.date,
            fold(honour.document or ""),
        )
        if honour.project and key in seen and programme.honours:
            said = f"{quoted(honour.project)}：与前面的一行重复，只计算一次"
            yield Finding(
                "duplicate",
                FIELD,
                "info",
                said,
                programme.honours.citation.clause,
                label=honour.project,
                locator=honour.locator,
            )
        seen.add(key)
