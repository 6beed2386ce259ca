"""The sums a score sheet states: of its groups, and of all. What they should be is for `rules.scoring`.

Comes in: a block and one of its columns. Goes out: `Mark`s; a sum that is blank (a formula nobody computed) is not stated.
"""

from __future__ import annotations

from formflow.forms.score_align import Alignment
from formflow.forms.score_blocks import Block
from formflow.forms.score_labels import LabelKey, confidence_of
from formflow.forms.score_lines import Row
from formflow.forms.score_numbers import read_points
from formflow.model.document import Cell
from formflow.model.rubric import Rubric
from formflow.model.scoring import Mark
from formflow.model.text import fold


def total_of(block: Block, at: int | None, rubric: Rubric, key: LabelKey = "total") -> Mark | None:
    """The total stated under a column of marks, or in words beside the table; None where none is stated."""
    rows = [row for row in block.rows if row.kind == "total" and _is_last(row, block, rubric)]
    cells = [cell for row in rows if at is not None and (cell := row.marks.get(at)) and fold(cell.text)]
    if cells:
        return read_points(cells[-1].text, cells[-1].locator, confidence_of(cells[-1]))
    said = [one for line in block.labels for one in line.said if one.key == key and one.text]
    return read_points(said[-1].text, said[-1].locator, said[-1].confidence) if said else None


def group_totals(block: Block, at: int, rubric: Rubric, alignment: Alignment) -> dict[str, Mark]:
    """By group: the sum stated in a row of its own, in the row of its title, or in a merged cell beside its criteria."""
    stated: dict[str, Mark] = {}
    for group_id, cell in (*_in_rows(block, at, rubric, alignment), *_beside(rubric, alignment)):
        if fold(cell.text):
            stated.setdefault(group_id, read_points(cell.text, cell.locator, confidence_of(cell)))
    return {group.id: stated[group.id] for group in rubric.groups if group.id in stated}


def _is_last(row: Row, block: Block, rubric: Rubric) -> bool:
    """Whether a row called 合计 sums up everything: its printed maximum is the rubric's, or no criterion follows."""
    maximum = read_points(row.points.text).value if row.points else None
    if maximum is not None and row.points is not None and row.points.row == row.row:
        return maximum == rubric.points
    later = block.rows[block.rows.index(row) + 1 :]
    return not any(other.kind == "criterion" for other in later)


def _in_rows(block: Block, at: int, rubric: Rubric, alignment: Alignment) -> list[tuple[str, Cell]]:
    """Rows of sums: of the group they name, else of the group all rows since the last sum are in."""
    own = {id(placed.row): name for name, placed in alignment.placed.items()}
    found: list[tuple[str, Cell]] = []
    since: list[str] = []
    for row in block.rows:
        if id(row) in own:
            since.append(own[id(row)])
        elif row.kind == "group" and row.group and (cell := row.marks.get(at)):
            found.append((row.group.id, cell))
        elif row.kind == "subtotal" or (row.kind == "total" and not _is_last(row, block, rubric)):
            group = _group_since(since, rubric)
            if group and (cell := row.marks.get(at)):
                found.append((group, cell))
            since = []
    return found


def _group_since(since: list[str], rubric: Rubric) -> str | None:
    """The group whose criteria, all of them and no other, stand above a sum."""
    return next((g.id for g in rubric.groups if {c.id for c in g.criteria} == set(since)), None)


def _beside(rubric: Rubric, alignment: Alignment) -> list[tuple[str, Cell]]:
    """Cells under 小计 that belong to the rows of one group alone."""
    found: list[tuple[str, Cell]] = []
    for group in rubric.groups:
        rows = [alignment.placed[c.id].row for c in group.criteria if c.id in alignment.placed]
        cells = {id(row.group_total): row.group_total for row in rows if row.group_total and fold(row.group_total.text)}
        if len(cells) == 1 and len(rows) == len(group.criteria):
            found.extend((group.id, cell) for cell in cells.values() if cell)
    return found
