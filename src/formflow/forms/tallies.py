"""The lines of an evaluation sheet's table: which cell is which home's number, in the shapes sheets come in.

Comes in: a table. Goes out: `Line`s, one for each home (or for 合计), each with its cells by what they mean. Values are not read here.
"""

from __future__ import annotations

from formflow.forms.ballots import Vocabulary
from formflow.forms.tally_grid import Line, TallyGrid, is_answer
from formflow.forms.tally_pairs import lines_beside_labels
from formflow.forms.tally_rows import lines_in_rows
from formflow.model.document import Table


def lines_of(table: Table, words: Vocabulary) -> list[Line] | None:
    """The lines of a table, none where nobody filled it in; None if it is something else."""
    if not any(is_answer(words.meaning(cell.text)) for cell in table.cells):
        return None
    grid = TallyGrid(table)
    in_rows = lines_in_rows(grid, words)
    return lines_beside_labels(grid, words) if in_rows is None else in_rows
