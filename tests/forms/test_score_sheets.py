"""Score sheets in every layout and format say what was marked, exactly; what cannot be told is a question."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from formflow.forms.recognise import recognise
from formflow.forms.score_sheets import ReadSheet, score_sheets
from formflow.model.document import Cell, Document, Locator, Paragraph, Table
from formflow.reading import read_document
from formflow.rules.scoring import check_sheet
from support.corpus import has_libreoffice
from support.odd_score_sheets import ODD, Made, unit_in_each_row
from support.office import NANTONG
from support.recalculated import converted, has_calc
from support.score_sheets import (
    LAYOUTS,
    STYLES,
    Marks,
    Page,
    Style,
    as_docx,
    as_xlsx,
    assert_read,
    each,
    head_line,
    invent,
    official,
    own_and_expert,
    plain,
    programme,
    rubric,
    side_by_side,
    stacked,
    with_sums,
)

Layout = Callable[[Marks, Style], Page]


def read(data: bytes) -> tuple[ReadSheet, ...]:
    return score_sheets(read_document(data), (programme(),))


def assert_clean(data: bytes, expected: list[Marks]) -> None:
    """Everything is read, and nothing is found wrong."""
    found = read(data)
    assert_read([one.sheet for one in found], expected)
    assert [finding.message for one in found for finding in check_sheet(one.rubric, one.sheet)] == []


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_each_layout_in_each_way_of_writing(layout: Layout, style: Style) -> None:
    marks = invent(random.Random(f"{layout.__name__}{STYLES.index(style)}"), with_own=layout is own_and_expert)
    assert_clean(as_xlsx({"评分": layout(marks, style)}), [marks])
    assert_clean(as_docx([layout(marks, style)]), [marks])


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_several_one_under_the_other_and_on_sheets(layout: Layout) -> None:
    rng = random.Random(layout.__name__)
    made = [invent(rng, with_own=layout is own_and_expert) for _ in range(3)]
    pages = [layout(marks, plain) for marks in made]
    assert_clean(as_xlsx({"评分": stacked(pages)}), made)
    assert_clean(as_docx(pages), made)
    assert_clean(as_xlsx({f"表{at}": page for at, page in enumerate(pages)}), made)


def test_units_side_by_side() -> None:
    rng = random.Random(4)
    first, *others = (
        invent(rng, centre=f"{name}职工服务中心", reviewer="王博文") for name in ("青禾镇", "柳湾镇", "石梁镇")
    )
    made = [first, *(replace(marks, day=first.day) for marks in others)]
    assert_clean(as_xlsx({"评分": side_by_side(made)}), made)
    assert_clean(as_docx([side_by_side(made)]), made)


@pytest.mark.parametrize("make", ODD, ids=lambda make: make.__name__)
def test_shapes_that_are_seen_less_often(make: Callable[[random.Random], Made]) -> None:
    for seed in range(3):
        pages, made = make(random.Random(seed))
        assert_clean(as_xlsx(pages), made)


@pytest.fixture(scope="module")
def saved_elsewhere(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[bytes, Marks]]:
    """Each layout as .xls, .ods and PDF, by "layout.ending"."""
    folder = tmp_path_factory.mktemp("sheets")
    made = {layout.__name__: invent(random.Random(7), with_own=layout is own_and_expert) for layout in LAYOUTS}
    for layout in LAYOUTS:
        page = layout(made[layout.__name__], plain)
        (folder / f"{layout.__name__}.xlsx").write_bytes(as_xlsx({"评分": page}))
        (folder / f"{layout.__name__}.docx").write_bytes(as_docx([page]))
    files = [
        *converted(folder, "*.xlsx", "xls"),
        *converted(folder, "*.xlsx", "ods"),
        *converted(folder, "*.docx", "pdf"),
    ]
    return {path.name: (path.read_bytes(), made[path.stem]) for path in files}


@pytest.mark.skipif(not (has_libreoffice() and has_calc()), reason="LibreOffice with Calc is not installed")
def test_other_formats(saved_elsewhere: dict[str, tuple[bytes, Marks]]) -> None:
    assert len(saved_elsewhere) == 3 * len(LAYOUTS)
    for data, marks in saved_elsewhere.values():
        assert_clean(data, [marks])


def test_stated_sums_and_own_scores_are_kept_beside() -> None:
    marks = invent(random.Random(3), with_own=True)
    (found,) = read(as_xlsx({"评分": own_and_expert(marks)}))
    sheet = found.sheet
    assert {name: mark.value for name, mark in sheet.self_scores.items()} == marks.own
    assert {name: mark.value for name, mark in sheet.group_totals.items()} == {
        group.id: marks.group(group.id) for group in rubric().groups
    }
    assert sheet.total is not None
    assert sheet.total.value == marks.total
    assert sheet.self_total is not None
    assert sheet.self_total.value == 100


def test_a_total_nobody_computed_is_not_stated_but_added_up() -> None:
    marks = invent(random.Random(5))
    page = with_sums(marks)
    page.rows[-1][4] = "=SUM(E4:E40)"
    (found,) = read(as_xlsx({"评分": page}))
    assert found.sheet.total is None
    assert found.sheet.total_value == marks.total


def test_hidden_sheets_are_left_out_and_said() -> None:
    shown, old = invent(random.Random(6)), invent(random.Random(7))

    def hide(book: Workbook) -> None:
        book["旧表"].sheet_state = "hidden"

    data = as_xlsx({"评分": official(shown), "旧表": official(old)}, change=hide)
    assert_clean(data, [shown])
    assert any("旧表" in remark for remark in read_document(data).remarks)


def test_places_are_where_the_points_stand() -> None:
    (found,) = read(as_xlsx({"评分": official(invent(random.Random(8)))}))
    locators = [mark.locator for mark in found.sheet.scores.values()]
    assert [locator.part for locator in locators if locator] == [
        f"sheet 1, row {row}, column 4" for row in range(6, 39)
    ]


def test_a_row_that_a_page_s_end_cut_in_two() -> None:
    """Words on one page, marks on the next; or the marks stay with the first words."""
    marks = invent(random.Random(21))
    page = official(marks)
    page.merged = []
    words = page.rows[4][1]
    page.rows[4:5] = [["", words[:2], *page.rows[4][2:]], ["", words[2:], "", ""]]
    other = page.rows[8][1]
    page.rows[8:9] = [["", other[:40], "", ""], ["", "甲乙丙", *page.rows[8][2:]]]
    assert_clean(as_docx([page]), [marks])


def test_a_group_of_one_criterion_may_stand_for_it() -> None:
    marks = invent(random.Random(22))
    page = Page([head_line(marks)])
    page.add("评价内容", "分值", "得分")
    for _, _, name, points, words in each(False):
        page.add("八、满意度评价" if name == "8.1" else words, plain(points), plain(marks.scores[name]))
    assert_clean(as_xlsx({"评分": page}), [marks])


def test_without_maxima_the_title_of_the_last_criterion_is_no_label() -> None:
    marks = invent(random.Random(25))
    page = Page([head_line(marks)])
    page.add("评价内容", "得分")
    for _, _, name, _, words in each(False):
        page.add(words, plain(marks.scores[name]))
    assert_clean(as_xlsx({"评分": page}), [marks])


def test_a_table_inside_of_another() -> None:
    marks = invent(random.Random(23))
    document = read_document(as_docx([official(marks)]))
    (inner,) = (block for block in document.blocks if isinstance(block, Table))
    before = tuple(block for block in document.blocks if isinstance(block, Paragraph))
    place = Locator("table 1, row 1, column 1")
    outer = Table(1, 1, (Cell(0, 0, 1, 1, (*before, inner), place),), Locator("table 1"))
    (found,) = score_sheets(Document("docx", (outer,)), (programme(),))
    assert_read([found.sheet], [marks])


def test_a_checked_copy_of_the_points_beside_them_is_a_note() -> None:
    marks = invent(random.Random(24))
    page = official(marks)
    for at, row in enumerate(page.rows):
        row.append(1 if at else "复核李某")
    assert_clean(as_xlsx({"评分": page}), [marks])


def test_rows_to_sign_in_and_notes_under_the_sum_are_no_criteria() -> None:
    marks = invent(random.Random(26))
    page = with_sums(marks)
    width = len(page.rows[0])
    page.add("组长签字", "", "", "", "监督员签字", *[""] * (width - 5))
    page.add("备注", "本表一式两份，各留一份。", *[""] * (width - 2))
    page.merged.append((len(page.rows) - 1, 1, len(page.rows) - 1, width - 1))
    assert_clean(as_xlsx({"评分": page}), [marks])
    assert_clean(as_docx([page]), [marks])


def test_a_row_with_points_under_the_sum_is_a_question() -> None:
    page = with_sums(invent(random.Random(27)))
    page.rows.append(["附加", "甲乙丙丁戊己", "", *[3] * (len(page.rows[0]) - 3)])
    (found,) = read(as_xlsx({"评分": page}))
    assert [stray.reason for stray in found.sheet.strays] == ["对不上评价指标里的哪一项"]


def test_a_day_without_a_label_in_a_row_under_the_table() -> None:
    marks = invent(random.Random(28))
    page = official(marks)
    page.before = [f"被评单位：{marks.centre}", f"评委：{marks.reviewer}", f"满意率：{marks.rate}%"]
    page.add(f"{marks.day.year}年{marks.day.month}月{marks.day.day}日")
    page.merged.append((len(page.rows) - 1, 0, len(page.rows) - 1, len(page.rows[0]) - 1))
    page.after = []
    assert_clean(as_xlsx({"评分": page}), [marks])


def test_a_day_that_two_lines_hold() -> None:
    marks = invent(random.Random(29))
    page = official(marks)
    page.before = [
        f"被评单位：{marks.centre} 满意率：{marks.rate}% 评委：{marks.reviewer} 日期：{marks.day.year} 年",
        f"{marks.day.month} 月 {marks.day.day} 日",
    ]
    page.after = []
    assert_clean(as_docx([page]), [marks])


def test_units_that_only_the_titles_name() -> None:
    """One table under the other, each with its own title, as lines and as rows of the workbook."""
    rng = random.Random(30)
    made = [invent(rng, centre=f"{place}镇职工服务中心") for place in ("青禾", "柳湾")]
    pages = [official(marks) for marks in made]
    for page, marks in zip(pages, made, strict=True):
        signed = f"评委：{marks.reviewer} {marks.day.isoformat()} 满意率：{marks.rate}%"
        page.before, page.after = [f"{rubric().title}评分表（{marks.centre}）", signed], []
    assert_clean(as_docx(pages), made)
    assert_clean(as_xlsx({"评分": stacked(pages)}), made)


def test_a_unit_beside_its_label_outweighs_the_title() -> None:
    marks = invent(random.Random(31), centre="青禾镇职工服务中心")
    page = official(marks)
    page.before = ["评分表（柳湾镇职工服务中心）", head_line(marks)]
    assert_clean(as_xlsx({"评分": page}), [marks])


def test_a_tab_and_a_title_that_name_different_units_are_a_question() -> None:
    marks = invent(random.Random(32), centre="青禾镇职工服务中心")
    page = official(marks)
    page.before = [
        "评分表（柳湾镇职工服务中心）",
        f"评委：{marks.reviewer} {marks.day.isoformat()} 满意率：{marks.rate}%",
    ]
    page.after = []
    (found,) = read(as_xlsx({marks.centre: page}))
    codes = [(finding.code, finding.field) for finding in check_sheet(found.rubric, found.sheet)]
    assert codes == [("low_confidence", "centre_name")]


# What cannot be told ---------------------------------------------------------------------------------------------------


def test_rows_nobody_can_tell_are_questions_not_guesses() -> None:
    """Two rows in words of somebody's own that have each other's place and the same maximum are told; without a maximum they are not."""
    marks = invent(random.Random(9))
    page = official(marks)
    page.rows[2][1], page.rows[3][1] = "甲甲甲甲甲甲", "乙乙乙乙乙乙"
    page.rows[2][2] = page.rows[3][2] = ""
    (found,) = read(as_xlsx({"评分": page}))
    assert found.sheet.scores["1.2"].value is None
    assert found.sheet.scores["1.3"].value is None
    assert len(found.sheet.strays) == 2
    codes = [finding.code for finding in check_sheet(found.rubric, found.sheet)]
    assert codes == ["low_confidence", "low_confidence"]


def test_a_criterion_that_is_there_twice_is_a_question() -> None:
    marks = invent(random.Random(10))
    page = official(marks)
    page.rows.insert(3, list(page.rows[2]))
    page.merged = []
    (found,) = read(as_xlsx({"评分": page}))
    assert [stray.reason for stray in found.sheet.strays] == ["第 1.2 项在表上不止一行"]


def test_one_cell_for_several_criteria_is_nobody_s_points() -> None:
    page = official(invent(random.Random(11)))
    page.merged.append((2, 3, 3, 3))
    (found,) = read(as_xlsx({"评分": page}))
    assert found.sheet.scores["1.2"].value is None
    assert "几项合并成一格" in found.sheet.scores["1.2"].doubt
    assert "几项合并成一格" in found.sheet.scores["1.3"].doubt


def test_another_maximum_than_the_rubric_s_is_said() -> None:
    page = official(invent(random.Random(12)))
    page.rows[1][2] = 3
    (found,) = read(as_xlsx({"评分": page}))
    assert ["印的分值是 3 分" in stray.reason for stray in found.sheet.strays] == [True]


def test_two_columns_of_points_without_names_are_a_question() -> None:
    marks = invent(random.Random(13))
    page = official(marks)
    page.merged = []
    for at, row in enumerate(page.rows):
        row.append("评分" if not at else row[3])
    (found,) = read(as_xlsx({"评分": page}))
    assert all(mark.value is None for mark in found.sheet.scores.values())
    assert any("不止一栏得分" in stray.reason for stray in found.sheet.strays)


def test_wrongly_recognised_words_are_told_and_unsure_numbers_said() -> None:
    marks = invent(random.Random(14))
    document = read_document(as_docx([official(marks)]))
    rng = random.Random(15)

    def smudged(cell: Cell) -> Cell:
        text = "".join(rng.choice("的一是在人") if len(cell.text) > 9 and rng.random() < 0.07 else c for c in cell.text)
        sure = 0.6 if cell.row == 5 and cell.column == 3 else 0.99
        return replace(cell, blocks=(Paragraph(text, cell.locator, confidence=sure),))

    blocks = tuple(
        replace(block, cells=tuple(map(smudged, block.cells))) if isinstance(block, Table) else block
        for block in document.blocks
    )
    (found,) = score_sheets(Document("pdf", blocks), (programme(),))
    assert {name: mark.value for name, mark in found.sheet.scores.items()} == marks.scores
    findings = check_sheet(found.rubric, found.sheet)
    assert [(finding.code, finding.label[:3]) for finding in findings] == [("low_confidence", "1.5")]


# Who claims it --------------------------------------------------------------------------------------------------------


def test_exactly_the_pack_whose_rubric_it_is_claims_a_sheet() -> None:
    document = read_document(as_xlsx({"评分": official(invent(random.Random(16)))}))
    match = recognise(document, (programme(), replace(programme(), id="another", rubrics=()))).only
    assert match is not None
    assert (match.programme.id, match.kind, len(match.sheets)) == (programme().id, "score_sheet", 1)
    twice = recognise(document, (programme(), replace(programme(), id="another"))).matches
    assert [match.programme.id for match in twice] == [programme().id, "another"]


def test_a_rubric_with_some_of_the_same_numbers_claims_nothing() -> None:
    pages, made = unit_in_each_row(random.Random(20))
    few = replace(rubric(), groups=tuple(replace(group, criteria=group.criteria[:2]) for group in rubric().groups))
    document = read_document(as_xlsx(pages))
    assert len(score_sheets(document, (programme(),))) == len(made)
    assert score_sheets(document, (replace(programme(), rubrics=(few,)),)) == ()


def test_applications_and_other_tables_are_no_score_sheets() -> None:
    samples: list[Path] = sorted((NANTONG / "samples").glob("*.docx"))
    assert samples
    assert all(read(path.read_bytes()) == () for path in samples)
    assert read((NANTONG / "application.docx").read_bytes()) == ()
    page = Page(["成绩表"])
    page.add("项目", "内容", "分值", "得分")
    for number in range(33):
        page.add("", f"第{number}题", 3, 2)
    assert read(as_xlsx({"成绩": page})) == ()


def test_a_third_of_the_criteria_is_no_sheet() -> None:
    page = official(invent(random.Random(17)))
    page.rows, page.merged = page.rows[:12], []
    assert read(as_xlsx({"评分": page})) == ()


def test_half_points_are_exact() -> None:
    marks = invent(random.Random(18))
    scores = {**marks.scores, "1.1": Decimal("1.1"), "1.2": Decimal("0.3")}
    (found,) = read(as_xlsx({"评分": official(replace(marks, scores=scores))}))
    assert found.sheet.sum == sum(scores.values(), Decimal(0))
