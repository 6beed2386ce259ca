"""What a letter says follows from the facts alone."""

from __future__ import annotations

from datetime import date

import pytest

from formflow.letters.compose import compose
from formflow.letters.keys import KEYS, provided_keys
from formflow.letters.phrases import chinese_date, shorten
from support.letter_facts import acceptance_letter, facts, finding, programme, record, spec, supplement_letter


def test_every_announced_key_is_there_for_both_letters() -> None:
    for content in (supplement_letter(2), acceptance_letter(1)):
        keys = KEYS["supplement"]
        top = {key for key in keys if "." not in key}
        assert top <= set(content.context)
        for key in keys - top:
            name, item = key.split(".")
            assert all(item in entry for entry in content.context[name])


def test_names_dates_and_period_come_from_the_record() -> None:
    context = supplement_letter(1).context
    assert context["单位名称"] == "启航镇职工服务中心（站）"
    assert context["申请单位"] == "启航镇总工会"
    assert (context["收到日期"], context["补正期限"], context["工作日数"]) == ("2022年3月10日", "2022年3月24日", 10)
    assert context["建设周期"] == "2022年3月至2023年2月"
    assert context["依据"] == "《南通市总工会关于开展职工服务中心赋能创优活动的通知》（2022年3月7日）"


def test_what_is_not_known_is_empty_never_guessed() -> None:
    context = compose(
        spec(), facts(record=record(name=None, applicant=" ", end=None), deadline=None, working_days=None)
    ).context
    assert context["单位名称"] == context["申请单位"] == "启航镇总工会"  # the case's own name
    assert context["建设周期"] == context["补正期限"] == context["工作日数"] == ""


def test_errors_become_items_in_the_forms_order() -> None:
    context = compose(spec(), facts(finding(5), finding(0), finding(3))).context
    assert [item["项目"] for item in context["补正事项"]] == ["单位名称", "申请单位", "工作方案"]
    assert [item["序号"] for item in context["补正事项"]] == ["1", "2", "3"]
    assert context["事项数"] == 3


@pytest.mark.parametrize(
    ("message", "problem"),
    [
        ("“单位名称”没有填写", "没有填写"),
        ("单位名称没有填写", "没有填写"),
        ("“单位名称”：写成了别的", "写成了别的"),
        ("应写明“单位名称”", "应写明“单位名称”"),
        ("单位名称", "单位名称"),
    ],
)
def test_an_item_does_not_say_its_label_twice(message: str, problem: str) -> None:
    item = compose(spec(), facts(finding(0, message=message))).context["补正事项"][0]
    assert (item["项目"], item["问题"]) == ("单位名称", problem)


def test_rows_of_one_field_keep_their_order() -> None:
    rows = [finding(4, message=f"第{n}行缺时间") for n in (1, 2, 3)]
    items = compose(spec(), facts(*rows)).context["补正事项"]
    assert [item["问题"] for item in items] == ["第1行缺时间", "第2行缺时间", "第3行缺时间"]


def test_papers_asked_for_and_hints_are_told_apart_from_errors() -> None:
    context = supplement_letter(1).context
    assert context["待补交材料"] == (
        {"序号": "1", "材料名称": "实施方案", "要求": "应包括分年度举措、建设任务和资金投入"},
    )
    assert context["提示事项"] == ("建设时间（起）是否已经盖章",)
    assert len(context["补正事项"]) == 1


def test_seals_and_signatures_that_a_file_cannot_show_are_one_sentence() -> None:
    unseen = [finding(n, "review", code=code) for n in (4, 5) for code in ("unsealed", "unsigned")]
    doubt = finding(3, "review", code="low_confidence", message="识读把握不足", requirement="请核对")
    context = compose(spec("accepted"), facts(*unseen, doubt)).context
    assert context["提示事项"] == (
        "目前工作情况、工作方案是否已经盖章、签名",
        "申请单位：识读把握不足，请核对",
    )


def test_a_held_back_attachment_is_an_item() -> None:
    held = finding(0, code="attachment_missing", field="scheme", label="实施方案")
    context = compose(spec(), facts(held)).context
    assert [item["项目"] for item in context["补正事项"]] == ["实施方案"]
    assert context["待补交材料"] == ()


def test_notes_for_information_stay_out() -> None:
    context = compose(spec("accepted"), facts(finding(1, "info"))).context
    assert context["补正事项"] == context["提示事项"] == ()


def test_later_letters_say_which_they_are() -> None:
    content = supplement_letter(1, version_no=2, previous_on=date(2022, 3, 1))
    assert content.file_stem == "补正通知书（第2次）"
    assert (content.context["件次"], content.context["上次日期"]) == (2, "2022年3月1日")
    assert supplement_letter(1).file_stem == "补正通知书"
    assert supplement_letter(1).context["件次"] == ""


def test_long_and_many_line_texts_are_cut() -> None:
    context = compose(spec(), facts(finding(1, message="写\n" * 500), record=record(applicant="长" * 130))).context
    assert len(context["补正事项"][0]["问题"]) <= 160
    assert "\n" not in context["补正事项"][0]["问题"]
    assert context["申请单位"] == "长" * 118 + "……"


def test_the_name_of_the_addressee_is_not_cut() -> None:
    name = "江苏省某某市滨江临港高新技术产业开发区综合保税区新能源汽车及零部件智能制造产业园暨协同发展先导区联合职工服务中心（站）工会委员会"
    context = compose(spec(), facts(record=record(name=name, applicant=name))).context
    assert context["单位名称"] == context["申请单位"] == name


def test_marks_that_turn_the_writing_round_stay_out() -> None:
    context = compose(spec(), facts(record=record(name="\u202e启航镇\u200b职工\x07服务站"))).context
    assert context["单位名称"] == "启航镇职工服务站"


def test_how_the_deadline_was_counted_is_a_sentence_of_its_own() -> None:
    assert compose(spec(), facts(deadline_note="2027年安排尚未收录")).context["期限说明"] == "2027年安排尚未收录。"
    assert compose(spec(), facts()).context["期限说明"] == ""


def test_the_packs_own_wording_is_printed_and_announced() -> None:
    pack = programme(wording={"份数要求": "一式三份。", "办事提示": "请电话预约。"})
    context = compose(spec(), facts(programme=pack)).context
    assert (context["份数要求"], context["办事提示"], context["后续程序"]) == ("一式三份。", "请电话预约。", "")
    assert "办事提示" in provided_keys(pack, "supplement")


@pytest.mark.parametrize(("copies", "said"), [(1, "一式一份"), (2, "一式两份"), (6, "一式6份")])
def test_copies_are_said_when_the_pack_has_no_words_for_them(copies: int, said: str) -> None:
    assert said in compose(spec(), facts(programme=programme(wording={}, copies=copies))).context["份数要求"]


@pytest.mark.parametrize(
    ("text", "limit", "expected"), [("短文", 10, "短文"), ("甲乙丙丁戊己", 5, "甲乙丙……"), ("甲，乙丙丁戊", 4, "甲……")]
)
def test_shorten(text: str, limit: int, expected: str) -> None:
    assert shorten(text, limit) == expected


def test_dates_have_no_leading_zeros() -> None:
    assert chinese_date(date(2022, 3, 4)) == "2022年3月4日"
    assert chinese_date(None) == ""


def test_a_label_typed_as_the_applicant_addresses_nobody() -> None:
    context = compose(spec(), facts(record=record(applicant="申请 单位"))).context
    assert context["申请单位"] == "启航镇职工服务中心（站）"
