"""Score sheets as offices send them: the same marks in many layouts, as workbooks and Word files, with what must be read from them."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from docx import Document as WordDocument
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from formflow.model.document import Locator
from formflow.model.programme import Programme
from formflow.model.rubric import Rubric
from formflow.model.scoring import Entry, Mark, ScoreSheet
from formflow.packs import load_pack
from support.office import NANTONG, ROOT

_SOURCE = ROOT.parent / "shared" / "sources" / "000_53059dd65aca6f79.txt"
_PLACES = (
    "青禾镇",
    "望潮街道",
    "柳湾镇",
    "星沙港镇",
    "双桥埠镇",
    "墨河街道",
    "临溪科技园区",
    "石梁镇",
    "菱塘镇",
    "白鹭镇",
)
_NAMES = ("陈安", "李晓雯", "王博文", "赵一鸣", "周海燕", "吴桐", "郑秋实", "孙立群", "钱程", "冯雨晴")
_WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")
_CHINESE = "零一二三四五六七八九十"


@cache
def programme() -> Programme:
    return load_pack(NANTONG, with_letters=False)


def rubric() -> Rubric:
    return programme().rubrics[0]


@cache
def official_wording() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The source's own words: of each group, and of each criterion."""
    text = _SOURCE.read_text(encoding="utf-8")
    lines = text[text.index("项目 | 内容") : text.index("附件2\n职工")].split("\n")[1:]
    groups, criteria = [], []
    for line in filter(str.strip, lines):
        first, second, *_ = (part.strip() for part in line.split("|"))
        is_group = re.match(r"\d\.", first)
        if is_group:
            groups.append(first)
        criteria.append(second if is_group else first)
    return tuple(groups), tuple(criteria)


@dataclass(frozen=True)
class Marks:
    """What one reviewer gave one unit."""

    centre: str
    reviewer: str
    day: date
    scores: dict[str, Decimal]
    rate: Decimal
    own: dict[str, Decimal] | None = None

    @property
    def total(self) -> Decimal:
        return sum(self.scores.values(), Decimal(0))

    def group(self, group_id: str) -> Decimal:
        return sum((value for key, value in self.scores.items() if key.startswith(f"{group_id}.")), Decimal(0))


def invent(rng: random.Random, *, centre: str = "", reviewer: str = "", with_own: bool = False) -> Marks:
    """Marks without a slip."""
    rate = Decimal(rng.randrange(1400, 2000)) / 20
    scores = {c.id: Decimal(rng.randrange(int(c.points * 2) + 1)) / 2 for c in rubric().criteria}
    lowest, highest = next(band for floor, *band in ((90, 11, 15), (80, 6, 10), (70, 1, 5)) if rate >= floor)
    scores["8.1"] = Decimal(rng.randrange(lowest * 2, highest * 2 + 1)) / 2
    own = {c.id: c.points for c in rubric().criteria} if with_own else None
    return Marks(
        centre or f"{rng.choice(_PLACES)}职工服务中心",
        reviewer or rng.choice(_NAMES),
        date(2022, rng.randrange(10, 13), rng.randrange(1, 29)),
        scores,
        rate,
        own,
    )


@dataclass
class Page:
    """One page: lines before the table, its rows with merged ranges (0-based, both ends included), lines behind it."""

    before: list[str] = field(default_factory=list)
    rows: list[list[Any]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    after: list[str] = field(default_factory=list)

    def add(self, *row: Any) -> int:
        self.rows.append(list(row))
        return len(self.rows) - 1


Style = Callable[[Decimal], Any]


def plain(value: Decimal) -> Any:
    return int(value) if value == int(value) else float(value)


def with_unit(value: Decimal) -> str:
    return f"{plain(value)}分"


def full_width(value: Decimal) -> str:
    return str(plain(value)).translate(_WIDE)


def in_chinese(value: Decimal) -> str:
    whole = int(value)
    tens, units = divmod(whole, 10)
    ten = "十" if tens == 1 else f"{_CHINESE[tens]}十"
    word = f"{ten}{_CHINESE[units] if units else ''}" if tens else _CHINESE[units]
    return f"{word}分半" if value != whole else f"{word}分"


STYLES: tuple[Style, ...] = (
    plain,
    with_unit,
    full_width,
    in_chinese,
    lambda value: f" {plain(value)} ",
    lambda value: f"{value:.2f}",
)


def as_day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def as_rate(rate: Decimal) -> str:
    return f"{plain(rate)}%"


def head_line(marks: Marks) -> str:
    return f"单位名称：{marks.centre}    评分人：{marks.reviewer}    评分日期：{as_day(marks.day)}    满意率：{as_rate(marks.rate)}"


def each(official: bool) -> list[tuple[str, str, str, Decimal, str]]:
    """Group id, group words, criterion id, points, words."""
    groups, criteria = official_wording()
    found = []
    words = iter(criteria)
    for group, printed in zip(rubric().groups, groups, strict=True):
        title = printed if official else f"{group.id}.{group.title}（{group.points}分）"
        for criterion in group.criteria:
            text = next(words)
            found.append((group.id, title, criterion.id, criterion.points, text if official else criterion.title))
    return found


def _merge_groups(page: Page, column: int, ids: list[tuple[int, str]]) -> None:
    """Merges the cells of a column over rows of one group, given as (row, group id)."""
    start = 0
    for at in range(1, len(ids) + 1):
        if at == len(ids) or ids[at][1] != ids[start][1]:
            if at - start > 1:
                page.merged.append((ids[start][0], column, ids[at - 1][0], column))
            start = at


def official(marks: Marks, style: Style = plain) -> Page:
    """附件1 as printed, with a head line."""
    page = Page(["附件1", rubric().title, "（总分100分）", head_line(marks)])
    page.add("项目", "内容", "分值", "得分")
    rows = []
    for group, title, name, points, words in each(True):
        rows.append((page.add(title, words, plain(points), style(marks.scores[name])), group))
    _merge_groups(page, 0, rows)
    return page


def with_sums(marks: Marks, style: Style = plain) -> Page:
    """Our titles with numbers, 小计 under every group, 合计 at the end; labels and values in cells of their own."""
    page = Page([f"{rubric().title}评分表"])
    page.add("被评单位", marks.centre, "", "评分专家", marks.reviewer, "")
    page.add("评分时间", marks.day.isoformat(), "", "满意度", as_rate(marks.rate), "")
    page.add("序号", "评分项目", "评分内容", "分值", "得分", "备注")
    before = "1"
    for group, title, name, points, words in [*each(False), ("", "", "", Decimal(0), "")]:
        if group != before:
            page.add(
                "",
                "小计",
                "",
                plain(sum(c.points for c in rubric().groups[int(before) - 1].criteria)),
                style(marks.group(before)),
                "",
            )
            before = group
        if name:
            page.add(name, title, words, plain(points), style(marks.scores[name]), "材料齐全" if points > 3 else "")
    page.add("", "合计", "", 100, style(marks.total), "")
    return page


def moved(marks: Marks, style: Style = plain) -> Page:
    """Columns in another order, rows in another order, a remark column, signature below."""
    page = Page(["职工服务中心赋能创优评分表", f"服务中心名称：{marks.centre}"])
    page.add("得分", "标准分", "评价内容", "评价项目", "评分依据", "备注")
    rows = each(True)
    random.Random(marks.centre + marks.reviewer).shuffle(rows)
    for _, title, name, points, words in rows:
        page.add(
            style(marks.scores[name]),
            plain(points),
            words[:24],
            title,
            "现场查看",
            f"满意率{as_rate(marks.rate)}" if name == "8.1" else "",
        )
    page.add(style(marks.total), 100, "总分", "", "", "")
    page.after = [f"评委（签名）：{marks.reviewer}      {as_day(marks.day)}"]
    return page


def group_rows(marks: Marks, style: Style = plain) -> Page:
    """A row of its own for each group, with its sum; heads repeated as on a new page."""
    page = Page([head_line(marks)])
    head = ("编号", "评价指标", "满分", "评分")
    page.add(*head)
    before = ""
    for count, (group, title, name, points, words) in enumerate(each(False), 1):
        if group != before:
            if group in "47":
                page.add(*head)
            page.add("", title, plain(rubric().groups[int(group) - 1].points), style(marks.group(group)))
            before = group
        page.add(count, words, plain(points), style(marks.scores[name]))
    page.after = [f"总分：{style(marks.total)}"]
    return page


def own_and_expert(marks: Marks, style: Style = plain) -> Page:
    """Own scores and the expert's side by side, heads over heads, sums in a merged column."""
    page = Page([head_line(marks)])
    page.add("组别", "考核内容", "分值", "得分", "", "小计", "备注")
    page.add("", "", "", "自评", "专家评分", "", "")
    page.merged += [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 1, 2), (0, 3, 0, 4), (0, 5, 1, 5), (0, 6, 1, 6)]
    rows = []
    own = marks.own or {}
    for group, title, name, points, words in each(True):
        is_first = not rows or rows[-1][1] != group
        total = style(marks.group(group)) if is_first else ""
        rows.append(
            (
                page.add(
                    title if is_first else "",
                    words,
                    plain(points),
                    plain(own.get(name, points)),
                    style(marks.scores[name]),
                    total,
                    "",
                ),
                group,
            )
        )
    _merge_groups(page, 0, rows)
    _merge_groups(page, 5, rows)
    page.add("合计", "", 100, plain(sum(own.values(), Decimal(0)) or Decimal(100)), style(marks.total), "", "")
    return page


def vertical_head(marks: Marks, style: Style = plain) -> Page:
    """Labels over values; only our titles, no maximum but in the title."""
    page = Page()
    page.add("申报单位", "评审人", "评审日期", "职工满意率")
    page.add(marks.centre, marks.reviewer, as_day(marks.day), as_rate(marks.rate))
    page.add("", "", "", "")
    page.add("序号", "二级指标", "分值", "专家打分")
    for _, _, name, points, words in each(False):
        page.add(name, f"{words}", plain(points), style(marks.scores[name]))
    page.add("总得分", "", "", style(marks.total))
    return page


LAYOUTS: tuple[Callable[[Marks, Style], Page], ...] = (
    official,
    with_sums,
    moved,
    group_rows,
    own_and_expert,
    vertical_head,
)


def assert_read(sheets: Sequence[ScoreSheet], expected: Sequence[Marks]) -> None:
    """Every score, sum and line of the head, exactly."""
    assert [told(sheet) for sheet in sheets] == [
        (m.centre, m.reviewer, m.day.isoformat(), m.scores, m.total, m.rate) for m in expected
    ]


def told(sheet: ScoreSheet) -> tuple[Any, ...]:
    scores = {name: mark.value for name, mark in sheet.scores.items()}
    rate = sheet.rate.value if sheet.rate else None
    head = (sheet.centre_name.value, sheet.reviewer.value, sheet.score_date.value)
    return (*head, scores, sheet.total_value, rate)


def sheet_of(marks: Marks, **changes: Any) -> ScoreSheet:
    """The sheet as it would be read, without a paper; `changes` replace what it says."""
    place = Locator("table 1, row 2, column 4")
    sheet = ScoreSheet(
        programme_id="nantong-service-centre",
        centre_name=Entry(marks.centre, marks.centre, place),
        reviewer=Entry(marks.reviewer, marks.reviewer, place),
        score_date=Entry(marks.day.isoformat(), as_day(marks.day), place),
        scores={name: Mark(value, str(value), place) for name, value in marks.scores.items()},
        total=Mark(marks.total, str(marks.total), place),
        group_totals={group.id: Mark(marks.group(group.id), "", place) for group in rubric().groups},
        rate=Mark(marks.rate, as_rate(marks.rate), place),
        self_scores={name: Mark(value, str(value), place) for name, value in (marks.own or {}).items()},
    )
    return replace(sheet, **changes)


def side_by_side(all_marks: list[Marks], style: Style = plain) -> Page:
    """One reviewer's marks for several units, a column each."""
    first = all_marks[0]
    page = Page([f"评分人：{first.reviewer}　　日期：{as_day(first.day)}"])
    page.add("项目", "内容", "分值", *(marks.centre for marks in all_marks))
    rows = []
    for group, title, name, points, words in each(True):
        rows.append((page.add(title, words, plain(points), *(style(marks.scores[name]) for marks in all_marks)), group))
    _merge_groups(page, 0, rows)
    page.add("职工满意率", "", "", *(as_rate(marks.rate) for marks in all_marks))
    page.add("合计", "", 100, *(style(marks.total) for marks in all_marks))
    return page


def stacked(pages: list[Page]) -> Page:
    """Several pages one under the other on one sheet."""
    whole = Page()
    for page in pages:
        for line in page.before:
            whole.add(line)
        offset = len(whole.rows)
        whole.rows += page.rows
        whole.merged += [(top + offset, left, bottom + offset, right) for top, left, bottom, right in page.merged]
        for line in page.after:
            whole.add(line)
        whole.add()
        whole.add()
    return whole


def as_xlsx(pages: dict[str, Page], *, change: Callable[[Workbook], None] = lambda book: None) -> bytes:
    """A workbook with a sheet for each page; lines around tables are merged rows."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, page in pages.items():
        sheet = book.create_sheet(name)
        whole = stacked([page])
        width = max(map(len, whole.rows))
        for at, row in enumerate(whole.rows, 1):
            for column, value in enumerate(row, 1):
                if value != "":
                    sheet.cell(at, column, value)
            if len(row) == 1 and width > 1:
                sheet.merge_cells(start_row=at, end_row=at, start_column=1, end_column=width)
        for top, left, bottom, right in whole.merged:
            sheet.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
        thin = Side(style="thin")
        for cells in sheet.iter_rows(min_row=1, max_row=len(whole.rows), max_col=width):
            for cell in cells:
                cell.border, cell.alignment = Border(thin, thin, thin, thin), Alignment(wrap_text=True)
        for column in range(1, width + 1):
            longest = max((len(str(row[column - 1])) for row in whole.rows if len(row) == width), default=0)
            sheet.column_dimensions[get_column_letter(column)].width = min(max(9, longest * 2), 60)
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_setup.fitToHeight = 0
    change(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def as_docx(pages: list[Page]) -> bytes:
    """A Word file with the pages one after the other."""
    word = WordDocument()
    for page in pages:
        for line in page.before:
            word.add_paragraph(line)
        width = max(map(len, page.rows))
        table = word.add_table(len(page.rows), width)
        table.style = "Table Grid"
        covered = {
            (row, column): (top, left)
            for top, left, bottom, right in page.merged
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
        }
        for top, left, bottom, right in page.merged:
            table.cell(top, left).merge(table.cell(bottom, right))
        for at, row in enumerate(page.rows):
            cells = table.rows[at].cells
            for column, value in enumerate(row):
                if covered.get((at, column), (at, column)) == (at, column):
                    cells[column].text = str(value)
        for line in page.after:
            word.add_paragraph(line)
    buffer = io.BytesIO()
    word.save(buffer)
    return buffer.getvalue()
