"""Alignment on documents made by hand: one test for each way a clerk or another office changes a form."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from formflow.forms.align import align
from formflow.model.document import Block, Document, Paragraph, Picture, PictureLook, Table
from support.papers import ATTACHMENTS, FORM, body, cover, document, paragraph, table

ANSWERS = ("海风镇总工会", "纺织业", "中心有场地。\n有专职人员三名。", "目标：建成示范中心。\n措施：整合资源。")
STEPS = (("2022年3月—5月", ("调研", 2), "镇总工会"), ("2022年6月", ("实施", 2), "中心"))
OPINIONS = ("同意申报。\n负责人（签名）张三　2022年3月10日", "同意参与。\n负责人（签名）李四　2022.3.11")


def values(paper: Document) -> dict[str, Any]:
    return {key: answer.value for key, answer in align(paper, FORM).answers.items()}


def filled(**changes: Any) -> Document:
    given = {"answers": ANSWERS, "steps": STEPS, "money": "工会经费", "opinions": OPINIONS} | changes
    return document(
        *cover("海风镇职工服务中心", "2022年3月至2023年2月", "海风镇总工会", "二〇二二年三月"), body(**given)
    )


EXPECTED = {
    "name": "海风镇职工服务中心",
    "start": "2022-03",
    "end": "2023-02",
    "host": "海风镇总工会",
    "day": "2022-03",
    "applicant": "海风镇总工会",
    "industry": "纺织业",
    "state": "中心有场地。\n有专职人员三名。",
    "plan": "目标：建成示范中心。\n措施：整合资源。",
    "steps": [
        {"time": "2022年3月—5月", "content": "调研", "who": "镇总工会"},
        {"time": "2022年6月", "content": "实施", "who": "中心"},
    ],
    "money": "工会经费",
    "opinion_host": {"text": "同意申报。", "sealed": None, "signed": None, "date": "2022-03-10"},
    "opinion_partner": {"text": "同意参与。", "sealed": None, "signed": None, "date": "2022-03-11"},
}


def test_every_field_of_a_filled_copy() -> None:
    assert values(filled()) == EXPECTED


def test_the_blank_itself_has_no_answers() -> None:
    empty = {"text": "", "sealed": None, "signed": None, "date": None}
    got = values(FORM.blank)
    assert {key for key, value in got.items() if value not in (None, [], empty)} == set()
    assert list(got) == [field.id for field in FORM.fields]


def test_what_is_not_there_may_stand_where_nothing_was_read() -> None:
    partly = filled(
        answers=(ANSWERS[0], "", *ANSWERS[2:]), steps=(), opinions=("同意申报。\n负责人（签名）", "负责人（签名）")
    )
    unsure = {
        unread: {
            key
            for key, answer in align(replace(partly, unread=unread), FORM).answers.items()
            if answer.confidence < 0.9
        }
        for unread in ((), ("第2页没有识读",))
    }
    assert unsure[()] == set()
    assert unsure["第2页没有识读",] == {"industry", "steps", "opinion_partner"}


def edited(paper: Document, change: Any) -> Document:
    """The paper with `change(text) -> text` applied to every paragraph."""

    def block(one: Block) -> Block:
        if isinstance(one, Paragraph):
            return paragraph(change(one.text))
        cells = tuple(
            type(c)(c.row, c.column, c.row_span, c.column_span, tuple(block(b) for b in c.blocks), c.locator)
            for c in one.cells
        )
        return Table(one.rows, one.columns, cells, one.locator)

    return Document("docx", tuple(block(one) for one in paper.blocks))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("申请单位", "申 请 单 位"),
        ("所属行业", "所　属　行　业"),
        ("所属行业", "所属行业："),
        ("所属行业", "所属行业（必填）"),
        ("所属行业", "所属行亚"),
        ("承担单位（盖章）：", "承担单位(盖章):"),
        ("承担单位（盖章）：", "承担单位（公章）"),
        ("单位名称：", "单位名称:"),
        ("单位名称：", "单 位 名 称 ："),
        ("时间：2022年3月至2023年2月", "时间：2022.3—2023.2"),
        ("时间：2022年3月至2023年2月", "时间：__2022__年_3_月至_2023_年_2_月"),
        ("二〇二二年三月", "2022 年 3 月"),
        ("二〇二二年三月", "填表日期：2022-03"),
        ("二、工作方案（参考评价指标，写明目标和主要措施）", "工作方案（参考评价指标，写明目标和主要措施）"),
        ("二、工作方案（参考评价指标，写明目标和主要措施）", "二、工作方案"),
        ("填写说明", ""),
    ],
)
def test_words_may_be_broken_spaced_misprinted(old: str, new: str) -> None:
    paper = filled()
    assert old in paper.text
    assert (
        values(
            edited(paper, lambda text: new if text == old else text.replace(old, new) if text.startswith(old) else text)
        )
        == EXPECTED
    )


def test_an_inserted_row_belongs_to_nobody() -> None:
    rows = table(
        ["申请单位", (ANSWERS[0], 3)], ["联系人", "王五", "联系电话", "0513-0000000"], ["所属行业", ("纺织业", 3)]
    )
    got = values(document(*cover(), rows))
    assert (got["applicant"], got["industry"]) == ("海风镇总工会", "纺织业")


def test_an_inserted_pair_in_the_same_row_belongs_to_nobody() -> None:
    assert (
        values(document(*cover(), table(["申请单位", "海风镇总工会", "联系电话", "0513-0000000"])))["applicant"]
        == "海风镇总工会"
    )


def test_a_value_split_over_two_cells_is_read_whole() -> None:
    answer = align(document(*cover(), table(["所属行业", "纺织业、", "服装业"])), FORM).answers["industry"]
    assert answer.value == "纺织业、\n服装业"
    # It could as well be a cell that is none of ours: a person is asked.
    assert answer.confidence < 0.9


def test_swapped_rows_keep_their_answers() -> None:
    rows = table(["所属行业", ("纺织业", 3)], ["申请单位", ("海风镇总工会", 3)], ["现状及应具备条件符合性", ("好", 3)])
    got = values(document(*cover(), rows))
    assert (got["applicant"], got["industry"], got["state"]) == ("海风镇总工会", "纺织业", "好")


def test_a_missing_row_is_not_answered_by_its_neighbour() -> None:
    got = values(document(*cover(), table(["申请单位", ("海风镇总工会", 3)], ["现状及应具备条件符合性", ("好", 3)])))
    assert (got["applicant"], got["industry"], got["state"]) == ("海风镇总工会", None, "好")


def test_an_answer_typed_in_the_label_cell_is_salvaged() -> None:
    got = values(document(*cover(), table(["申请单位：海风镇总工会", ("", 3)], ["所属行业", ("纺织业", 3)])))
    assert (got["applicant"], got["industry"]) == ("海风镇总工会", "纺织业")


def test_label_words_inside_answers_are_text() -> None:
    state = "申报材料中：\n所属行业：制造业\n1.经费来源：财政\n承担单位（盖章）：已经齐全"
    got = values(filled(answers=(ANSWERS[0], "纺织业", state, ANSWERS[3])))
    assert got["state"] == state
    assert got["industry"] == "纺织业"
    assert got["opinion_host"] == EXPECTED["opinion_host"]


def test_an_answer_may_equal_a_label() -> None:
    got = values(filled(answers=("申请单位", "所属行业", "好", "方案")))
    assert (got["applicant"], got["industry"]) == ("申请单位", "所属行业")


@pytest.mark.parametrize("nothing", ["", "　", "待补充", "／", "—", "……", "（待补充）", "____"])
def test_placeholders_are_no_answers(nothing: str) -> None:
    got = values(filled(answers=(nothing, "纺织业", "好", nothing), money=nothing))
    assert (got["applicant"], got["plan"], got["money"]) == (None, None, None)


def test_the_heading_may_hold_its_answer_in_the_same_cell() -> None:
    got = values(
        document(
            *cover(),
            table(
                [("二、工作方案（参考评价指标，写明目标和主要措施）\n目标：建成。\n措施：整合。", 2)],
                ["1.经费来源", "工会经费"],
            ),
        )
    )
    assert got["plan"] == "目标：建成。\n措施：整合。"


def test_sections_may_be_paragraphs_between_tables() -> None:
    paper = document(
        *cover("海风镇职工服务中心"),
        "一、申请单位现状",
        table(["申请单位", "海风镇总工会"], ["所属行业", "纺织业"]),
        "二、工作方案",
        "目标：建成。",
        "措施：整合。",
        "三、计划（1—2年，写明重点任务和工作举措）",
        table(["时间", "阶段工作内容", "负责单位"], ["2022年3月", "调研", "中心"]),
        "五、承担单位、参与单位意见",
        table(
            ["承担单位意见", "同意。\n（盖章）\n负责人（签名）：张三\n2022年3月10日"],
            ["参与单位意见", "同意参与。\n（盖章）\n负责人（签名）：\n年　月　日"],
        ),
    )
    got = values(paper)
    assert got["plan"] == "目标：建成。\n措施：整合。"
    assert got["steps"] == [{"time": "2022年3月", "content": "调研", "who": "中心"}]
    assert got["opinion_host"] == {"text": "同意。", "sealed": None, "signed": None, "date": "2022-03-10"}
    assert got["opinion_partner"] == {"text": "同意参与。", "sealed": None, "signed": None, "date": None}


def test_rows_any_number_blank_ones_dropped_and_merged_times_shared() -> None:
    steps = (
        ("2022年3月", ("调研", 2), "中心"), ("", ("", 2), ""), (("2022年4月", 1, 2), ("甲", 2), "中心"), (("乙", 2), "／"),
        *(("2022年5月", (f"第{n}步", 2), "中心") for n in range(9)),
    )  # fmt: skip
    got = values(filled(steps=steps))
    assert got["steps"][:3] == [
        {"time": "2022年3月", "content": "调研", "who": "中心"},
        {"time": "2022年4月", "content": "甲", "who": "中心"},
        {"time": "2022年4月", "content": "乙", "who": None},
    ]
    assert len(got["steps"]) == 12
    assert got["money"] == "工会经费"


@pytest.mark.parametrize(
    ("opinion", "text", "date"),
    [
        ("同意申报。\n负责人（签名）张三　2022年3月10日", "同意申报。", "2022-03-10"),
        ("同意申报。\n负责人（签名）：\n二〇二二年三月十日", "同意申报。", "2022-03-10"),
        ("经2022年3月5日会议研究，同意。\n负责人（签名）　　年　月　日", "经2022年3月5日会议研究，同意。", None),
        ("同意申报。\n海风镇总工会\n负责人（签字）：张三\n2022/3/10", "同意申报。", "2022-03-10"),
        ("一、属实。\n二、同意。", "一、属实。\n二、同意。", None),
        (
            "“承担单位（盖章）：”一栏已盖，负责人签名见下。\n负责人（签名）张三　2022年3月10日",
            "“承担单位（盖章）：”一栏已盖，负责人签名见下。",
            "2022-03-10",
        ),
    ],
)
def test_opinions_are_taken_apart(opinion: str, text: str, date: str | None) -> None:
    assert values(filled(opinions=(opinion, OPINIONS[1])))["opinion_host"] == {
        "text": text,
        "sealed": None,
        "signed": None,
        "date": date,
    }


def test_an_opinion_may_stand_before_its_printed_label() -> None:
    cells = [
        ["同意申报。\n承担单位（盖章）：\n负责人（签名）张三　2022年3月10日"],
        ["同意参与。\n参与单位（盖章）：\n负责人（签名）李四　2022年3月11日"],
    ]
    got = values(document(*cover(), table(["申请单位"], *cells)))
    assert (got["opinion_host"]["text"], got["opinion_host"]["date"]) == ("同意申报。", "2022-03-10")
    assert (got["opinion_partner"]["text"], got["opinion_partner"]["date"]) == ("同意参与。", "2022-03-11")


def test_opinions_in_paragraphs_with_words_before_each_label() -> None:
    paper = document(
        *cover(),
        "五、承担单位、参与单位意见",
        "同意申报。",
        "承担单位（盖章）：",
        "负责人（签名）　2022年3月10日",
        "同意参与。",
        "参与单位（盖章）：",
        "负责人（签名）　2022年3月11日",
    )
    got = values(paper)
    assert (got["opinion_host"]["text"], got["opinion_host"]["date"]) == ("同意申报。", "2022-03-10")
    assert (got["opinion_partner"]["text"], got["opinion_partner"]["date"]) == ("同意参与。", "2022-03-11")


def test_pictures_show_seal_and_signature() -> None:
    seen = {(0, 0): (Picture("seal.png", "seal"),), (1, 0): (Picture("name.png", "ink"), Picture("x.png", "other"))}
    paper = document(
        *cover(), table([f"承担单位（盖章）：\n{OPINIONS[0]}"], [f"参与单位（盖章）：\n{OPINIONS[1]}"], pictures=seen)
    )
    got = values(paper)
    assert (got["opinion_host"]["sealed"], got["opinion_host"]["signed"]) == (True, None)
    assert (got["opinion_partner"]["sealed"], got["opinion_partner"]["signed"]) == (None, True)


def marks(
    *opinions: str,
    shows: tuple[PictureLook, ...],
    pages: tuple[int, ...] = (),
    before: tuple[Block, ...] = (),
    **more: Any,
) -> list[Any]:
    """(sealed, signed) of the two opinions on page 3 of a scan that would show some looks."""
    paper = document(*cover(), *before, table(*([opinion] for opinion in opinions), **more))
    blocks = tuple(_on_page(block, 3) for block in paper.blocks)
    got = values(replace(paper, blocks=blocks, shows=shows, shows_on=pages))
    return [(got[name]["sealed"], got[name]["signed"]) for name in ("opinion_host", "opinion_partner")]


def _on_page(block: Block, page: int) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, locator=replace(block.locator, page=page))
    cells = (
        replace(
            cell,
            blocks=tuple(_on_page(inner, page) for inner in cell.blocks),
            locator=replace(cell.locator, page=page),
        )
        for cell in block.cells
    )
    return replace(block, cells=tuple(cells))


HOST, PARTNER = f"承担单位（盖章）：\n{OPINIONS[0]}", f"参与单位（盖章）：\n{OPINIONS[1]}"
ONE_SEAL = {(0, 0): (Picture("seal", "seal"),)}


def test_what_a_scan_would_show_and_does_not_is_not_there() -> None:
    assert marks(HOST, PARTNER, shows=("seal", "ink"), pictures=ONE_SEAL) == [(True, False), (False, False)]
    assert marks(HOST, PARTNER, shows=("ink",)) == [(None, False), (None, False)]
    assert marks(HOST, PARTNER, shows=(), pictures=ONE_SEAL) == [(True, None), (None, None)]


def test_only_scanned_pages_of_a_file_show_what_is_not_there() -> None:
    assert marks(HOST, PARTNER, shows=("seal", "ink"), pages=(3,)) == [(False, False), (False, False)]
    assert marks(HOST, PARTNER, shows=("seal", "ink"), pages=(2,)) == [(None, None), (None, None)]


def test_what_may_be_a_seal_or_a_signature_leaves_open_that_alone() -> None:
    across, strokes = {(1, 0): (Picture("seal", "other"),)}, {(1, 0): (Picture("strokes", "other"),)}
    assert marks(HOST, PARTNER, shows=("seal", "ink"), pictures=across) == [(False, False), (None, False)]
    assert marks(HOST, PARTNER, shows=("seal", "ink"), pictures=strokes) == [(False, False), (False, None)]


def test_a_seal_that_is_nobody_s_leaves_it_open_whose_it_is() -> None:
    stray = table(["填表说明"], pictures=ONE_SEAL)
    assert marks(HOST, PARTNER, shows=("seal",), before=(stray,)) == [(None, None), (None, None)]


def test_without_a_place_for_a_signature_nobody_looked_for_ink() -> None:
    bare = "参与单位（盖章）：\n同意参与。\n2022.3.11"
    assert marks(HOST, bare, shows=("ink",)) == [(None, False), (None, None)]


@pytest.mark.parametrize(
    ("span", "start", "end"),
    [
        ("____年___月至2023年2月", None, "2023-02"),
        ("2022年3月至____年__月", "2022-03", None),
        ("2022年3月至次年2月", "2022-03", "2023-02"),
        ("二〇二二年三月至二〇二四年二月", "2022-03", "2024-02"),
        ("", None, None),
        ("____年__月至____年__月（建设周期）", None, None),
    ],
)
def test_the_period_on_the_cover(span: str, start: str | None, end: str | None) -> None:
    got = values(document(*cover(span=span)))
    assert (got["start"], got["end"]) == (start, end)


def test_half_written_dates_are_doubted_not_guessed() -> None:
    record = align(document(*cover(span="2022年至2023年", day="二〇二二年　月"), body()), FORM)
    for field in ("start", "end", "day"):
        assert record.value(field) is None
        assert record.answers[field].doubt, field
    assert not align(FORM.blank, FORM).answers["day"].doubt


def test_a_cover_value_may_slip_to_the_next_line() -> None:
    got = values(document("单位名称：", "海风镇职工服务中心", "时间：", "承担单位：________", "管理单位：", body()))
    assert got["name"] == "海风镇职工服务中心"
    assert got["host"] is None


def test_an_underlined_value_may_follow_its_label_without_a_gap() -> None:
    assert (
        values(document(paragraph("单位名称海风镇职工服务中心", underlined=((4, 13),)), body()))["name"]
        == "海风镇职工服务中心"
    )


def test_a_note_that_begins_with_a_label_is_no_label() -> None:
    got = values(document("承担单位是申请单位所在的镇工会", "单位名称要详细填写", body()))
    assert (got["host"], got["name"]) == (None, None)


def test_papers_typed_behind_the_form_are_enclosed() -> None:
    text = "为做好服务工作，制定本文件。" * 10
    record = align(
        document(*filled().blocks, "海风镇职工服务中心发展规划", text, "实施方案（2022年）", text),
        FORM,
        "x",
        ATTACHMENTS,
    )
    assert record.enclosed == ("plan_paper", "scheme")
    assert record.value("opinion_partner") == EXPECTED["opinion_partner"]
    assert align(document(*filled().blocks, "附：", "发展规划", "实施方案"), FORM, "x", ATTACHMENTS).enclosed == ()


def test_answers_say_where_they_stand_and_how_sure_they_are() -> None:
    answers = align(filled(), FORM).answers
    assert answers["applicant"].locator is not None
    assert answers["applicant"].locator.part == "table 1, row 2, column 2"
    assert [place.part for place in answers["steps"].row_locators] == [
        "table 1, row 9, column 1",
        "table 1, row 10, column 1",
    ]
    assert answers["applicant"].confidence == 0.99
    misprinted = align(document(*cover(), table(["申清单位", "海风镇总工会"], ["所属行业", "纺织业"])), FORM).answers[
        "applicant"
    ]
    assert misprinted.value == "海风镇总工会"
    assert 0.9 <= misprinted.confidence < 0.99


def test_a_nested_table_in_an_answer_is_part_of_it() -> None:
    inner = table(["项目", "金额"], ["设备", "三万元"])
    assert (
        values(document(*cover(), table(["所属行业", "纺织业"], ["1.经费来源", inner])))["money"]
        == "项目\t金额\n设备\t三万元"
    )


def test_two_labels_may_share_a_line() -> None:
    got = values(document("单位名称：海风镇职工服务中心　　承担单位：海风镇总工会", body()))
    assert (got["name"], got["host"]) == ("海风镇职工服务中心", "海风镇总工会")


@pytest.mark.parametrize(
    "heads",
    [
        ("起止时间", "阶段工作内容", "负责单位"),
        ("时间（必填）", "工作内容", "负责单位*"),
        ("时 间", "阶段\n工作内容", "负责单位："),
    ],
)
def test_heads_of_rows_may_be_worded_otherwise(heads: tuple[str, str, str]) -> None:
    got = values(document(*cover(), table(["序号", *heads, "备注"], ["1", "2022年3月", "调研", "中心", "已办"])))
    assert got["steps"] == [{"time": "2022年3月", "content": "调研", "who": "中心"}]


def test_an_opinion_may_be_signed_in_rows_below() -> None:
    rows = (
        ["承担单位意见", ("同意申报。", 3)],
        ["负责人（签名）", "张三", "日期", "2022年3月10日"],
        ["参与单位意见", ("同意。", 3)],
        ["负责人（签名）", "", "日期", "年　月　日"],
    )
    got = values(document(*cover(), table(*rows)))
    assert (got["opinion_host"]["text"], got["opinion_host"]["date"]) == ("同意申报。", "2022-03-10")
    assert (got["opinion_partner"]["text"], got["opinion_partner"]["date"]) == ("同意。", None)


def test_the_name_of_the_unit_is_no_opinion_and_a_request_is_one() -> None:
    assert (
        values(filled(opinions=("海风镇总工会\n负责人（签名）　　年　月　日", OPINIONS[1])))["opinion_host"]["text"]
        == ""
    )
    assert values(filled(opinions=("呈报市总工会", OPINIONS[1])))["opinion_host"]["text"] == "呈报市总工会"


@pytest.mark.parametrize("gap", ["　", "  ", "\t", "；", " "])
def test_cover_labels_on_one_line_parted_by_little(gap: str) -> None:
    got = values(
        document(f"单位名称：海风镇职工服务中心{gap}时间：2022年3月至2023年2月{gap}承担单位：海风镇总工会", body())
    )
    assert (got["name"], got["start"], got["end"], got["host"]) == (
        "海风镇职工服务中心",
        "2022-03",
        "2023-02",
        "海风镇总工会",
    )


def test_cover_values_that_run_onto_the_next_line() -> None:
    paper = document(
        "单位名称：海风镇",
        "职工服务中心",
        "时间：2022年3月至",
        "2023年2月",
        "承担单位：海风镇总工会",
        "待补充",
        "填写说明",
        body(),
    )
    got = values(paper)
    assert (got["name"], got["start"], got["end"], got["host"]) == (
        "海风镇职工服务中心",
        "2022-03",
        "2023-02",
        "海风镇总工会",
    )


def test_the_forms_date_may_stand_behind_a_cover_value() -> None:
    got = values(document("承担单位：海风镇总工会　　二〇二二年三月", "填写说明", body()))
    assert (got["host"], got["day"]) == ("海风镇总工会", "2022-03")


@pytest.mark.parametrize(
    "unit", ["海风镇商会", "海风镇第二小学", "某某律师事务所", "志愿服务队", "海风镇社会事业局", "建设银行海风支行"]
)
def test_the_name_beside_the_seal_is_no_opinion(unit: str) -> None:
    signed = "负责人（签名）　2022年3月10日"
    cells = [[f"承担单位（盖章）：{unit}\n同意申报。\n{signed}"], [f"参与单位（盖章）：{unit}\n{signed}"]]
    got = values(document(*cover(), table(["申请单位"], *cells)))
    assert got["opinion_host"]["text"] == "同意申报。"
    assert got["opinion_partner"] == {"text": "", "sealed": None, "signed": None, "date": "2022-03-10"}
    typed = values(document(*cover(), table(["申请单位"], [f"承担单位（盖章）：同意申报。\n{signed}"])))
    assert typed["opinion_host"]["text"] == "同意申报。"


@pytest.mark.parametrize("label", ["", "现状及应具备条件符合性（续）"])
def test_an_answer_may_go_on_in_the_next_row(label: str) -> None:
    got = values(
        document(
            *cover(), table(["现状及应具备条件符合性", ("上", 3)], [label, ("下", 3)], ["1.经费来源", ("工会", 3)])
        )
    )
    assert (got["state"], got["money"]) == ("上\n下", "工会")


def test_cells_of_a_signature_row_are_no_opinion() -> None:
    rows = (
        [("承担单位（盖章）：\n同意申报。", 4)],
        ["负责人（签名）：", "张三", "时间", "2022年3月10日"],
        [("参与单位（盖章）：\n同意。", 4)],
    )
    got = values(document(*cover(), table(["申请单位", ("甲", 3)], *rows)))
    assert got["opinion_host"] == {"text": "同意申报。", "sealed": None, "signed": None, "date": "2022-03-10"}


def test_a_heading_in_the_first_cell_of_an_unmerged_row() -> None:
    got = values(
        document(*cover(), table(["二、工作方案", "", ""], ["目标：建成。", "", ""], ["1.经费来源", "工会", ""]))
    )
    assert got["plan"] == "目标：建成。"


@pytest.mark.parametrize(
    ("written", "doubt"),
    [
        ("2023年2月30日", "落款日期写的是“2023年2月30日”，没有这一天"),
        ("2023年13月1日", "落款日期写的是“2023年13月1日”，没有这一天"),
        ("二〇二三年十一月三十一日", "落款日期写的是“2023年11月31日”，没有这一天"),
        ("2023年2月　日", "落款日期没有写全"),
        ("3月20日", "落款日期没有写全"),
        ("三月二十日", "落款日期没有写全"),
        ("　　年　　月　　日", ""),
    ],
)
def test_a_day_that_is_in_no_calendar_is_said_as_such(written: str, doubt: str) -> None:
    paper = document(*cover(), body(opinions=(f"承担单位（盖章）：\n同意\n负责人（签名）张三　{written}", "")))
    answer = align(paper, FORM).answers["opinion_host"]
    assert isinstance(answer.value, dict)
    assert (answer.value["date"], answer.doubt) == (None, doubt)


def test_a_second_block_of_one_opinion_is_kept_and_doubted() -> None:
    signed = "负责人（签名）　2022年3月1"
    rows = (
        [f"承担单位（盖章）：\n同意。\n{signed}0日"],
        [f"参与单位（盖章）：\n甲同意。\n{signed}1日"],
        [f"参与单位（盖章）：\n乙同意。\n{signed}2日"],
    )
    answer = align(document(*cover(), table(["申请单位"], *rows)), FORM).answers["opinion_partner"]
    assert answer.value["text"] == "甲同意。\n乙同意。"
    assert answer.confidence < 0.9


@pytest.mark.parametrize("heading", ["三、计划", "三、计划（1—2年，写明重点任务和工作举措）"])
def test_the_next_heading_ends_an_answer_however_short(heading: str) -> None:
    got = values(
        document(
            *cover(),
            "二、工作方案",
            "目标：建成。",
            heading,
            table(["时间", "阶段工作内容", "负责单位"], ["2022年3月", "调研", "中心"]),
        )
    )
    assert got["plan"] == "目标：建成。"


def test_an_answer_may_begin_with_another_labels_words() -> None:
    rows = (["申请单位", "甲"], ["所属行业", "1.经费来源：县财政拨款"], ["1、经费来源：", "工会经费"])
    got = values(document(*cover(), table(*rows)))
    assert (got["industry"], got["money"]) == ("1.经费来源：县财政拨款", "工会经费")


def test_a_line_that_repeats_a_heading_stays_in_the_answer() -> None:
    state = "按照要求：\n四、经费保障情况\n已经落实。"
    assert values(filled(answers=(ANSWERS[0], "纺织业", state, ANSWERS[3])))["state"] == state


def test_a_year_alone_is_doubted() -> None:
    answer = align(document(*cover(day="2022年"), body()), FORM).answers["day"]
    assert answer.value is None
    assert answer.doubt


@pytest.mark.parametrize(
    "hint", ["（按国民经济行业分类填写）", "（近三年，限500字，可另附页）", "(如：制造业、服务业、批发和零售业)"]
)
def test_a_long_hint_behind_a_label(hint: str) -> None:
    assert values(document(*cover(), table([f"所属行业{hint}", "纺织业"])))["industry"] == "纺织业"


@pytest.mark.parametrize("stroke", ["—", "——", "-", "～", "／"])
def test_a_stroke_above_the_forms_date(stroke: str) -> None:
    got = values(document(f"承担单位：{stroke}", "二〇二二年三月", "填写说明", body()))
    assert (got["host"], got["day"]) == (None, "2022-03")


@pytest.mark.parametrize("line", ["海风市总工会", "海风市总工会制", "（本表一式两份）"])
def test_what_stands_under_the_last_cover_label_is_not_its_value(line: str) -> None:
    got = values(document("承担单位：海风镇总工会", line, "二〇二二年三月", "填写说明", body()))
    assert (got["host"], got["day"]) == ("海风镇总工会", "2022-03")


@pytest.mark.parametrize("day", ["（2022年3月）", "20220315", "填表日期：2022年3月15日"])
def test_further_ways_to_write_the_forms_date(day: str) -> None:
    assert values(document("承担单位：海风镇总工会", day, "填写说明", body()))["day"] == "2022-03"


def test_a_labelled_date_outweighs_another_and_a_month_may_stand_below_its_year() -> None:
    assert (
        values(document("承担单位：甲", "二〇二二年一月", "填表日期：2022年3月15日", "填写说明", body()))["day"]
        == "2022-03"
    )
    assert values(document("承担单位：甲", "二〇二二年", "三月", "填写说明", body()))["day"] == "2022-03"


@pytest.mark.parametrize(
    ("typed", "name"),
    [("海 风 镇 职 工 服 务 中 心", "海风镇职工服务中心"), ("海风镇_职工服务中心", "海风镇职工服务中心"), ("海风镇职工服务中心（盖章）", "海风镇职工服务中心"),
     ("***职工服务中心（站）", None), ("海风镇职工服务中心（站）", "海风镇职工服务中心（站）")],
)  # fmt: skip
def test_what_is_drawn_round_a_cover_value_is_no_part_of_it(typed: str, name: str | None) -> None:
    assert values(document(*cover(typed), body()))["name"] == name


def test_a_label_in_two_languages() -> None:
    assert values(document("单位名称 Name of Centre：海风镇职工服务中心", body()))["name"] == "海风镇职工服务中心"


@pytest.mark.parametrize("typed", ["2022.3—2023.2 年    月至    年    月", "   年  月至   年  月 2022年3月至2023年2月"])
def test_a_period_beside_its_empty_slots(typed: str) -> None:
    got = values(document(*cover(span=typed), body()))
    assert (got["start"], got["end"]) == ("2022-03", "2023-02")


@pytest.mark.parametrize(
    "heads",
    [("时间", "阶段工作内容", "责任人员"), ("日期", "阶段工作内容", "负责单位"), ("时间", "主要任务", "牵头部门")],
)
def test_heads_in_an_offices_own_words(heads: tuple[str, str, str]) -> None:
    got = values(
        document(
            *cover(), table([("三、计划", 3)], list(heads), ["2022年3月", "调研", "中心"], [("四、经费保障情况", 3)])
        )
    )
    assert got["steps"] == [{"time": "2022年3月", "content": "调研", "who": "中心"}]


def test_a_heading_quoted_at_the_beginning_of_an_answer() -> None:
    paper = document(
        *cover(), "一、申请单位现状", table(["现状及应具备条件符合性", "二、工作方案\n如下"]), "二、工作方案", table(["三、计划\n见表"]), "三、计划",
        table(["时间", "阶段工作内容", "负责单位"], ["2022年3月", "调研", "中心"]),
    )  # fmt: skip
    got = values(paper)
    assert (got["state"], got["plan"]) == ("二、工作方案\n如下", "三、计划\n见表")


def test_the_next_heading_in_other_words_is_no_part_of_an_answer() -> None:
    rows = table(["时间", "阶段工作内容", "负责单位"], ["2022年3月", "调研", "中心"])
    assert (
        values(document(*cover(), "二、工作方案", "目标：建成。", "三、工作步骤及进度", rows))["plan"] == "目标：建成。"
    )


def test_an_answer_is_no_surer_than_the_text_it_was_read_from() -> None:
    read = table(["申请单位", "海风镇总工会"], ["所属行业", "纺织业"])
    cells = tuple(
        replace(
            cell, blocks=tuple(replace(block, confidence=0.6) for block in cell.blocks if isinstance(block, Paragraph))
        )
        if cell.text == "纺织业"
        else cell
        for cell in read.cells
    )
    answers = align(document(*cover(), replace(read, cells=cells)), FORM).answers
    assert (answers["industry"].value, answers["industry"].confidence) == ("纺织业", 0.6)
    assert answers["applicant"].confidence >= 0.9
    # A field that was found nowhere may stand in what could not be read.
    assert answers["money"].confidence == 0.6
