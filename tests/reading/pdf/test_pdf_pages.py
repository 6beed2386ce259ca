"""What goes over a page break: tables, rows, labels, paragraphs; and what stands beside the text on every page."""

from __future__ import annotations

import pytest

from support.pdfs import Paper, cells, paragraphs, read, tables

# As on a page whose text stands between 72 and 770.
BOTTOM = 770
LONG = "镇党委政府每年专题研究职工服务工作并成立由主席任组长的领导小组与人社"

# Fills a line between margins of 72 points.
LINE = (LONG * 2)[:37]


def filler(paper: Paper) -> None:
    """Shows how far down pages are used."""
    paper.text(72, 90, "页首文字")
    paper.grid([72, 192, 522], [BOTTOM - 30, BOTTOM])
    paper.text(78, BOTTOM - 10, "申请单位")
    paper.text(198, BOTTOM - 10, "白鹭镇总工会")


def two_pages(lower: list[float], xs: list[float], words: list[tuple[float, float, str]]) -> object:
    def draw(paper: Paper) -> None:
        filler(paper)
        paper.turn_page()
        paper.grid(xs, lower)
        for x, y, text in words:
            paper.text(x, y, text)

    return draw


def test_a_table_over_two_pages_is_one() -> None:
    (table,) = tables(read(two_pages([72, 102, 132], [72, 192, 522], [(78, 92, "所属行业"), (198, 92, "纺织")])))
    assert cells(table)[:4] == [
        (0, 0, 1, 1, "申请单位"), (0, 1, 1, 1, "白鹭镇总工会"), (1, 0, 1, 1, "所属行业"), (1, 1, 1, 1, "纺织"),
    ]  # fmt: skip
    assert [cell.locator.page for cell in table.cells[:4]] == [1, 1, 2, 2]


def test_columns_are_told_by_their_place() -> None:
    """The lower part has a column the upper lacks, and lacks one the upper has."""

    def draw(paper: Paper) -> None:
        paper.text(72, 90, "页首文字")
        paper.grid([72, 192, 402, 522], [BOTTOM - 30, BOTTOM])
        for x, words in ((78, "甲"), (198, "乙"), (408, "丙")):
            paper.text(x, BOTTOM - 10, words)
        paper.turn_page()
        paper.grid([72, 192, 302, 522], [72, 102])
        for x, words in ((78, "丁"), (198, "戊"), (308, "己")):
            paper.text(x, 92, words)

    (table,) = tables(read(draw))
    assert (table.rows, table.columns) == (2, 4)
    assert cells(table) == [
        (0, 0, 1, 1, "甲"), (0, 1, 1, 2, "乙"), (0, 3, 1, 1, "丙"), (1, 0, 1, 1, "丁"), (1, 1, 1, 1, "戊"), (1, 2, 1, 2, "己"),
    ]  # fmt: skip


def test_a_table_that_ended_above_is_another() -> None:
    """Its next row would have had room on the page before."""

    def draw(paper: Paper) -> None:
        paper.grid([72, 192, 522], [100, 130])
        paper.text(78, 120, "甲")
        paper.turn_page()
        paper.grid([72, 192, 522], [72, 102])
        paper.text(78, 92, "乙")
        paper.text(72, BOTTOM, "页末文字")

    assert len(tables(read(draw))) == 2


def test_a_table_of_another_width_is_another() -> None:
    assert len(tables(read(two_pages([72, 102], [72, 192, 422], [(78, 92, "另")])))) == 2


def test_margins_may_be_mirrored() -> None:
    (table,) = tables(read(two_pages([72, 102], [102, 222, 552], [(108, 92, "所属行业"), (228, 92, "纺织")])))
    assert [cell.column for cell in table.cells] == [0, 1, 0, 1]


def cut_row(value: str, rest: str, label: str = "", *, above: tuple[float, str] = (BOTTOM - 10, "申请单位")) -> object:
    """The last row of a page and the first of the next, in a table of a label's and a value's column."""

    def draw(paper: Paper) -> None:
        paper.text(72, 90, "页首文字")
        paper.grid([72, 192, 522], [BOTTOM - 100, BOTTOM])
        paper.text(78, *above)
        for number in range(4):
            paper.text(198, BOTTOM - 64 + 18 * number, value[26 * number : 26 * number + 26])
        paper.turn_page()
        paper.grid([72, 192, 522], [72, 112, 142])
        paper.text(78, 88, label)
        paper.text(198, 88, rest)
        paper.text(78, 132, "下一项")

    return draw


FULL = (LONG * 4)[: 26 * 4]


def test_a_row_cut_in_a_sentence_is_one_row() -> None:
    (table,) = tables(read(cut_row(FULL, "会商研究服务事项。", above=(BOTTOM - 64, "工作情况"))))
    assert table.rows == 2
    assert cells(table)[1] == (0, 1, 1, 1, FULL + "会商研究服务事项。")
    assert cells(table)[2][4] == "下一项"


def test_a_row_cut_between_paragraphs_is_one_row() -> None:
    """The label's cell goes on empty."""
    (table,) = tables(read(cut_row(FULL[:-3] + "。", "第二段。", above=(BOTTOM - 64, "工作情况"))))
    assert table.rows == 2
    assert table.cells[1].text == FULL[:-3] + "。\n第二段。"


def test_a_label_cut_in_two_is_one() -> None:
    (table,) = tables(read(cut_row(FULL, "会商研究服务事项。", "意见", above=(BOTTOM - 6, "承担单位"))))
    assert [cell.text for cell in table.cells[:2]] == ["承担单位\n意见", FULL + "会商研究服务事项。"]


def test_a_new_row_is_a_new_row() -> None:
    (table,) = tables(read(cut_row(FULL[:-5] + "。", "纺织业", "所属行业", above=(BOTTOM - 50, "工作情况"))))
    assert [cell.text for cell in table.cells] == ["工作情况", FULL[:-5] + "。", "所属行业", "纺织业", "下一项", ""]


def test_short_rows_that_fill_their_lines_are_not_taken_for_one() -> None:
    """Each cell of the upper row ends full by chance; the next begins with a date of its own."""

    def draw(paper: Paper) -> None:
        paper.text(72, 90, "页首文字")
        paper.grid([72, 192, 402, 522], [BOTTOM - 40, BOTTOM])
        paper.text(78, BOTTOM - 10, "2023.4-2023.8")
        paper.text(198, BOTTOM - 26, "完成服务大厅改造设置自助服务区域")
        paper.text(198, BOTTOM - 10, "和标识系统")
        paper.text(408, BOTTOM - 10, "镇总工会")
        paper.turn_page()
        paper.grid([72, 192, 402, 522], [72, 102])
        paper.text(78, 92, "2023年9月")
        paper.text(198, 92, "梳理服务事项目录")
        paper.text(408, 92, "镇建设办")

    (table,) = tables(read(draw))
    assert table.rows == 2
    assert table.cells[0].text == "2023.4-2023.8"


def rows_at_break(
    xs: list[float], above: list[str], below: list[str], lower_xs: list[float] | None = None, *, has_lines: bool = True
) -> object:
    """Rows of single lines, the last of a page and the first of the next, as a browser prints them: narrow cells, little air. Without
    lines, uprights run to the break on both pages."""

    def draw(paper: Paper) -> None:
        paper.text(72, 90, "页首文字")
        paper.grid(xs, [BOTTOM - 40, BOTTOM - 20, *([BOTTOM] if has_lines else [])])
        for x, words in zip(xs, above, strict=False):
            paper.text(x + 2, BOTTOM - 5, words)
        lower = lower_xs or xs
        if not has_lines:
            for x in (*xs, *lower):
                paper.line(x, BOTTOM - 20, x, BOTTOM)
        paper.turn_page()
        paper.grid(lower, [*([72] if has_lines else []), 92, 112])
        if not has_lines:
            for x in lower:
                paper.line(x, 72, x, 92)
        for x, words in zip(lower, below, strict=False):
            paper.text(x + 2, 87, words)

    return draw


def last_rows(draw: object) -> list[list[str]]:
    (table,) = tables(read(draw))  # type: ignore[arg-type]
    return [[cell.text for cell in table.cells if cell.row == row] for row in range(1, table.rows - 1)]


# A number's, a criterion's, the points' and three scores' columns; the first two just hold their words.
NARROW = [72.0, 94.0, 182.0, 200.0, 218.0, 236.0, 254.0]


def test_rows_with_numbers_and_points_of_their_own_are_not_run_together() -> None:
    above, below = ["6.3", "经费预算与支出", "4", "2", "2", "2"], ["6.4", "调查研究与经验", "2", "1", "1", "1"]
    assert last_rows(rows_at_break(NARROW, above, below)) == [above, below]


def test_rows_with_a_number_alone_are_not_run_together() -> None:
    """A score sheet nobody filled in yet."""
    above, below = ["6.3", "经费预算与支出", "", "", "", ""], ["6.4", "调查研究与经验", "", "", "", ""]
    assert last_rows(rows_at_break(NARROW, above, below)) == [above, below]


def test_rows_with_times_of_their_own_are_not_run_together() -> None:
    above, below = ["2023年3月", "完成服务大厅改造设置", "镇总工会"], ["2023年9月", "梳理服务事项目录", "镇建设办"]
    assert last_rows(rows_at_break([72, 132, 256, 308], above, below)) == [above, below]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (["总体评价", "好", "15", "14"], ["", "合计", "100", "66.5"]),
        (["江岚市", "白鹭镇总工会", "经费列支", ""], ["", "鲤港镇总工会", "单位自筹", ""]),
    ],
)
def test_a_row_that_leaves_its_first_cell_empty_is_a_row(above: list[str], below: list[str]) -> None:
    assert last_rows(rows_at_break([72, 192, 312, 412, 512], above, below)) == [above, below]


def test_a_sum_under_merged_columns_is_no_part_of_the_row_above() -> None:
    """The columns at the left are merged in the last row; another column was merged over rows before."""

    def draw(paper: Paper) -> None:
        paper.text(72, 90, "页首文字")
        paper.grid([72, 192, 312, 412], [BOTTOM - 20, BOTTOM])
        paper.box(72, BOTTOM - 80, 412, BOTTOM - 20)
        for x in (192, 312):
            paper.line(x, BOTTOM - 80, x, BOTTOM - 20)
        paper.line(72, BOTTOM - 50, 312, BOTTOM - 50)
        for x, words in ((74, "八、评价"), (194, "满意度"), (314, "15")):
            paper.text(x, BOTTOM - 5, words)
        paper.turn_page()
        paper.grid([72, 312, 412], [72, 92])
        paper.text(74, 87, "合计")
        paper.text(314, 87, "")

    (table,) = tables(read(draw))
    assert cells(table)[-2:] == [(3, 0, 1, 2, "合计"), (3, 2, 1, 1, "")]
    assert cells(table)[-3] == (2, 2, 1, 1, "15")


def test_a_row_without_lines_at_the_break_is_one_row() -> None:
    """Nothing of its words tells: they are short, and each begins anew."""
    above, below = ["负责单位", "白鹭镇总工会。"], ["及参与单位", "县司法局。"]
    assert last_rows(rows_at_break([72, 192, 412], above, below, has_lines=False)) == [
        ["负责单位\n及参与单位", "白鹭镇总工会。\n县司法局。"]
    ]
    assert last_rows(rows_at_break([72, 192, 412], above, below)) == [above, below]


@pytest.mark.parametrize("is_upper_open", [True, False])
def test_a_line_on_one_side_of_the_break_is_a_line(is_upper_open: bool) -> None:
    def draw(paper: Paper) -> None:
        paper.text(72, 90, "页首文字")
        paper.grid([72, 192, 412], [BOTTOM - 40, BOTTOM - 20, *([] if is_upper_open else [BOTTOM])])
        paper.text(74, BOTTOM - 5, "所属行业")
        paper.text(194, BOTTOM - 5, "纺织")
        for x in (72, 192, 412):
            paper.line(x, BOTTOM - 20, x, BOTTOM)
        paper.turn_page()
        paper.grid([72, 192, 412], [*([72] if is_upper_open else []), 92, 112])
        for x in (72, 192, 412):
            paper.line(x, 72, x, 92)
        paper.text(74, 87, "地址")
        paper.text(194, 87, "丙")

    assert last_rows(draw) == [["所属行业", "纺织"], ["地址", "丙"]]


def test_a_head_without_a_line_above_it_says_nothing_of_the_row_below_it() -> None:
    """The upper row has no line below it, the repeated head none above it; the next row has one."""

    def draw(paper: Paper) -> None:
        xs = [72.0, 192.0, 412.0]
        paper.text(72, 90, "页首文字")
        paper.grid(xs, [BOTTOM - 40, BOTTOM - 20])
        for x in xs:
            paper.line(x, BOTTOM - 20, x, BOTTOM)
        for x, head, words in ((74, "时间", "三月"), (194, "内容", "改造")):
            paper.text(x, BOTTOM - 25, head)
            paper.text(x, BOTTOM - 5, words)
        paper.turn_page()
        paper.grid(xs, [92, 112])
        for x in xs:
            paper.line(x, 72, x, 92)
        for x, head, words in ((74, "时间", "四月"), (194, "内容", "验收")):
            paper.text(x, 87, head)
            paper.text(x, 107, words)

    (table,) = tables(read(draw))
    assert [cell.text for cell in table.cells] == ["时间", "内容", "三月", "改造", "四月", "验收"]


def test_a_line_is_looked_for_at_each_break_anew() -> None:
    """The first break cuts a row; at the second only the next page lacks its line."""

    def draw(paper: Paper) -> None:
        xs = [72.0, 192.0, 412.0]
        # By page: the lines across, how far the uprights reach, and the words with their heights.
        pages = (
            ([BOTTOM - 20], BOTTOM - 40, BOTTOM, [(BOTTOM - 25, "申请单位"), (BOTTOM - 5, "所属")]),
            ([92, BOTTOM], 72, BOTTOM, [(87, "行业"), (107, "规模")]),
            ([92, 112], 72, 112, [(87, "地址"), (107, "电话")]),
        )
        for levels, top, bottom, words in pages:
            for y in levels:
                paper.line(72, y, 412, y)
            for x in xs:
                paper.line(x, top, x, bottom)
            for y, label in words:
                paper.text(74, y, label)
                paper.text(194, y, "某")
            paper.turn_page()

    (table,) = tables(read(draw))
    assert [cell.text for cell in table.cells if cell.column == 0] == ["申请单位", "所属\n行业", "规模", "地址", "电话"]


def test_a_digit_is_no_label_set_upright() -> None:
    """The names fill their cells by chance."""
    above, below = ["经费预算与支出", "3"], ["调查研究与经验", "未评"]
    assert last_rows(rows_at_break([72, 160, 412], above, below)) == [above, below]


def test_a_row_of_lists_goes_on_with_its_lists() -> None:
    """No cell's words run on: each line is a thing of its own, numbers among them."""

    def draw(paper: Paper) -> None:
        paper.text(72, 90, "页首文字")
        paper.grid([72, 192, 412, 522], [BOTTOM - 60, BOTTOM])
        paper.text(78, BOTTOM - 40, "经费来源")
        for y, words, amount in ((BOTTOM - 24, "上级补助", "20"), (BOTTOM - 6, "本级列支", "15")):
            paper.text(198, y, words)
            paper.text(418, y, amount)
        paper.turn_page()
        paper.grid([72, 192, 412, 522], [72, 92, 112])
        paper.text(198, 87, "单位自筹")
        paper.text(418, 87, "8")
        paper.text(78, 107, "联系人")

    (table,) = tables(read(draw))
    assert [cell.text for cell in table.cells if cell.row == 0] == [
        "经费来源",
        "上级补助\n本级列支\n单位自筹",
        "20\n15\n8",
    ]


HEADING = ("三、计划工作步骤、时间进度、", "阶段工作内容（1-2年规划及年度实施方案）")


@pytest.mark.parametrize("has_lines", [True, False])
def test_a_heading_that_stops_within_a_list_goes_on(has_lines: bool) -> None:
    """It is short and leaves its line half empty."""
    draw = rows_at_break([72, 522], [HEADING[0]], [HEADING[1]], has_lines=has_lines)
    assert last_rows(draw) == [["\n".join(HEADING)]]


def test_a_heading_without_lines_at_the_break_goes_on_wherever_it_stops() -> None:
    above, below = "三、计划工作步骤", "及时间进度"
    assert last_rows(rows_at_break([72, 522], [above], [below], has_lines=False)) == [[f"{above}\n{below}"]]


def test_words_that_stop_early_do_not_take_in_the_next_heading() -> None:
    above, below = "现有服务场所八百六十平方米，", "三、计划工作步骤"
    assert last_rows(rows_at_break([72, 522], [above], [below])) == [[above], [below]]


def test_a_merged_side_goes_on_beside_new_rows() -> None:
    def draw(paper: Paper) -> None:
        paper.text(72, 90, "页首文字")
        paper.box(72, BOTTOM - 60, 522, BOTTOM)
        paper.line(132, BOTTOM - 60, 132, BOTTOM)
        paper.line(252, BOTTOM - 60, 252, BOTTOM)
        paper.line(132, BOTTOM - 30, 522, BOTTOM - 30)
        paper.text(76, BOTTOM - 40, "一、现状")
        for y, label, value in ((BOTTOM - 40, "申请单位", "甲"), (BOTTOM - 10, "所属行业", "乙")):
            paper.text(136, y, label)
            paper.text(256, y, value)
        paper.turn_page()
        paper.grid([72, 132, 252, 522], [72, 102])
        paper.text(136, 92, "地址")
        paper.text(256, 92, "丙")

    (table,) = tables(read(draw))
    assert cells(table)[0] == (0, 0, 3, 1, "一、现状")
    assert cells(table)[-2:] == [(2, 1, 1, 1, "地址"), (2, 2, 1, 1, "丙")]


def test_heads_set_to_be_repeated_stand_once() -> None:
    def draw(paper: Paper) -> None:
        for page in range(2):
            top = BOTTOM - 60 if page == 0 else 72
            paper.grid([72, 192, 402, 522], [top, top + 30, top + 60])
            for x, words in ((78, "时间"), (198, "内容"), (408, "负责单位")):
                paper.text(x, top + 20, words)
            paper.text(78, top + 50, f"2022年{page + 3}月")
            paper.text(198, top + 50, "工作")
            paper.text(408, top + 50, "工会")
            if page == 0:
                paper.text(72, 90, "页首文字")
                paper.turn_page()

    (table,) = tables(read(draw))
    assert [cell.text for cell in table.cells if cell.column == 0] == ["时间", "2022年3月", "2022年4月"]


def test_an_opinion_goes_on_with_its_signature() -> None:
    """One cell across; what stands below the break begins with a signature's label."""

    def draw(paper: Paper) -> None:
        paper.text(72, 90, "页首文字")
        paper.grid([72, 522], [BOTTOM - 60, BOTTOM])
        paper.text(78, BOTTOM - 40, "管理单位（盖章）：")
        paper.text(78, BOTTOM - 20, "同意推荐。")
        paper.turn_page()
        paper.grid([72, 522], [72, 112])
        paper.text(78, 92, "负责人（签名）：张三")

    (table,) = tables(read(draw))
    assert cells(table) == [(0, 0, 1, 1, "管理单位（盖章）：\n同意推荐。\n负责人（签名）：张三")]


def test_a_paragraph_goes_on_over_the_page() -> None:
    def draw(paper: Paper) -> None:
        paper.text(72, BOTTOM - 18, LINE)
        paper.text(72, BOTTOM, LINE)
        paper.turn_page()
        paper.text(72, 90, "然后结束。")
        paper.text(72, 108, "另一段。")

    assert paragraphs(read(draw)) == [LINE * 2 + "然后结束。", "另一段。"]


def test_headers_footers_and_page_numbers_stand_beside_the_text() -> None:
    def draw(paper: Paper) -> None:
        for number in (1, 2, 3):
            paper.text(200, 50, "某市总工会申报材料", 9)
            paper.text(72, 200, f"第{number}段文字")
            paper.text(280, 800, f"- {number} -", 9)
            if number < 3:
                paper.turn_page()

    document = read(draw)
    assert paragraphs(document) == ["第1段文字", "第2段文字", "第3段文字"]
    parts = [paragraph.locator.part for paragraph in document.furniture]
    assert parts[:2] == ["header, page 1", "footer, page 1"]
    assert len(parts) == 6


def test_a_date_at_the_foot_of_a_cover_is_text() -> None:
    def draw(paper: Paper) -> None:
        paper.text(200, 300, "申请表")
        paper.text(260, 790, "二〇二二年三月")
        paper.turn_page()
        paper.text(72, 100, "正文")
        paper.text(290, 800, "2", 9)

    document = read(draw)
    assert paragraphs(document) == ["申请表", "二〇二二年三月", "正文"]
    assert [paragraph.text for paragraph in document.furniture] == ["2"]
