"""The cells of one row of a list by what their columns hold. Comes in: a row of a block. Goes out: its texts by role; judges none of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from formflow.forms.honour_columns import Column, Role
from formflow.forms.honour_papers import Surroundings
from formflow.forms.honour_tables import Block, Entry, ListRow
from formflow.model.policy import HonoursPolicy
from formflow.model.text import fold, is_blank

_CROSSES = re.compile(r"^(?:[×xX☐□否无0]|未.*|没有|不是)$")

Group = Mapping[Role, Column]


@dataclass(frozen=True, slots=True)
class Cells:
    """A row's cells by role. A `group` are the columns of one level, where heads name levels: they come before the row's own."""

    row: ListRow
    block: Block
    around: Surroundings
    policy: HonoursPolicy
    is_workbook: bool

    def entry(self, role: Role, group: Group | None = None) -> Entry | None:
        column = (group or {}).get(role) or self.block.columns.by_role.get(role)
        return self.row.entries.get(column.index) if column else None

    def text(self, role: Role, group: Group | None = None) -> str:
        entry = self.entry(role, group)
        return entry.text if entry and not is_blank(entry.text) else ""

    def has(self, group: Group) -> bool:
        """Whether the cells under a level's heads say that there was this honour."""
        texts = [
            fold(self.row.entries[column.index].text)
            for role, column in group.items()
            if role != "paid" and column.index in self.row.entries
        ]
        return any(text and not is_blank(text) and not _CROSSES.match(text) for text in texts)
