"""What reading an .xlsx score sheet costs, as a multiple of calamine's own read of the same bytes.

The sheet is drawn here as 附件1 is laid out: eight groups of criteria, the group's cell merged over its rows, points and marks beside them.
The pack's own blank is told beside it: a third of what is in it are formats, and rules for what may be typed, which a reader has to look at
and calamine passes over. `python -m benchmarks.workbooks` prints the rows.
"""

from __future__ import annotations

import io
from pathlib import Path

from benchmarks.row import Row, ratio, show
from openpyxl import Workbook
from python_calamine import CalamineWorkbook

from formflow.reading.workbook import read_xlsx

BLANK = Path(__file__).parents[1] / "templates" / "nantong-service-centre" / "score-sheet.xlsx"
PAIRS = 25
REACH = 2.0
_GROUPS = (5, 5, 4, 4, 6, 4, 4, 1)


def rows() -> list[Row]:
    """The sheet drawn here, and the pack's."""
    data = score_sheet()
    value = ratio(lambda: read_xlsx(data), lambda: calamine_alone(data), PAIRS)
    note = f"{sum(_GROUPS)} criteria in {len(_GROUPS)} groups"
    blank = BLANK.read_bytes()
    formatted = ratio(lambda: read_xlsx(blank), lambda: calamine_alone(blank), PAIRS)
    return [
        Row("read an .xlsx score sheet ÷ calamine's own read", value, f"≤ {REACH:g}×", value <= REACH, note),
        Row("the same, the pack's blank with its formats and rules", formatted, note=BLANK.name),
    ]


def score_sheet() -> bytes:
    """A filled score sheet."""
    book = Workbook()
    sheet = book.active
    sheet.append(("职工服务中心赋能创优评价表",))
    sheet.append(("单位名称", "某某镇职工服务中心", "评审人", "某某"))
    sheet.append(("项目", "内容", "分值", "得分"))
    for number, items in enumerate(_GROUPS, 1):
        first = sheet.max_row + 1
        for item in range(items):
            sheet.append((f"{number}.某一项目", f"内容{item}：设施齐全，制度完善，服务规范，职工满意。" * 3, 3, 2.5))
        sheet.merge_cells(start_row=first, end_row=first + items - 1, start_column=1, end_column=1)
    sheet.append(("总分", None, 100, f"=SUM(D4:D{sheet.max_row})"))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def calamine_alone(data: bytes) -> None:
    """The floor: every sheet's values and merged ranges."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        sheet.to_python()
        _ = sheet.merged_cell_ranges


if __name__ == "__main__":
    show(rows())
