"""Public money by dropping files only: a list in, a 补助测算 out; approved, signed, paid once, and topped up exactly by the next list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from formflow.errors import FormflowError
from formflow.model.document import Document, Table
from formflow.model.honours import Ledger
from formflow.model.policy import DatedValue, MatchingStandard
from formflow.model.programme import Citation
from formflow.reading.reader import open_file
from formflow.service.members import look_into
from formflow.service.subsidy import ListFile, settle_files
from support import offices
from support.archives import zipped
from support.money import HEAD_PAID, Desk, filled, honours, qingdao, shown
from support.money import desk as opened_desk

STATION = ["“新驿站”关爱项目", "暖阳中心", "市级", "2022年3月15日"]
SCHOOL = ["乐学托管班", "童心中心", "省级", "2022年5月15日"]
HOTLINE = ["法律援助热线", "明法中心", "全国", "2022年9月1日"]


@pytest.fixture(name="desk")
def opened(tmp_path: Path) -> Iterator[Desk]:
    with opened_desk(tmp_path) as found:
        yield found


def test_a_list_is_entered_and_every_project_is_reckoned(desk: Desk) -> None:
    away = ["济南书屋", "泉城中心", "济南市", "2022年1月1日"]
    [(result, said)] = desk.drop(("名单.xlsx", honours(STATION, SCHOOL, HOTLINE, away)))
    assert (result, said) == ("listed", "荣誉 4 项已登记，所涉项目现应补 60,000 元")
    assert desk.names() == ["2022年/荣誉名单/名单.xlsx", "2022年/补助测算（第1稿）.xlsx"]
    rows = desk.rows()
    assert [row["本次应补（元）"] for row in rows.values()] == [10_000, 20_000, 30_000, 0, 60_000, 0]
    assert rows["乐学托管班"]["大写"] == "贰万元整"
    assert rows["乐学托管班"]["计算过程"] == "山东省 20,000 − 已补助 0 = 20,000"
    assert (rows["合计"]["大写"], rows["济南书屋"]["状态"]) == ("陆万元整", "没有应补")
    assert "外省市" in rows["济南书屋"]["疑问"]


def test_from_list_to_payment_and_topped_up_by_the_next(desk: Desk) -> None:
    desk.drop(("名单.xlsx", honours(STATION, SCHOOL)))
    answers = {STATION[0]: {"核定": "是", "拨付日期": "2022年12月8日"}, SCHOOL[0]: {"核定": "否"}}
    assert desk.settle(answers) == [("settled", "核定 1 项，共 10,000 元，补助通知已拟稿；不予拨付 1 项")]
    assert "2022年/拟稿/补助通知（拟稿）.docx" in desk.names()
    rows = desk.rows()
    assert (rows[STATION[0]]["状态"], rows[STATION[0]]["核定"], rows[SCHOOL[0]]["状态"]) == (
        "已核定，待签发",
        "是",
        "不予拨付",
    )
    assert rows["其中核定“是”"]["本次应补（元）"] == 10_000
    assert desk.ledger() == []
    assert desk.approve() == [("approved", "补助通知 青工发〔2022〕1号已签发")]
    words = desk.notice(1)
    assert (words["合计"], words["合计大写"], words["项数"]) == ("10000", "壹万元整", 1)
    assert len(words["经费用途"]) == 3
    assert desk.ledger() == [(STATION[0], "拨付", 10_000)]
    # The same list in other clothes pays nothing more; the next honour tops up.
    assert desk.drop(("又.xlsx", honours(SCHOOL, STATION)))[0][0] == "listed"
    assert desk.rows()[STATION[0]]["本次应补（元）"] == 0
    desk.drop(("省级.xlsx", honours(["新驿站关爱项目", "暖阳中心", "省级", "2022年10月1日"])))
    row = desk.rows()[STATION[0]]
    assert (row["已补助（元）"], row["本次应补（元）"]) == (10_000, 10_000)
    assert row["计算过程"] == "山东省 20,000 − 已补助青岛市 10,000 = 10,000"
    desk.pay(STATION[0])
    assert desk.notice(2)["补助名单"][0]["已补助"] == "10000"
    assert desk.ledger() == [(STATION[0], "拨付", 10_000), (STATION[0], "拨付", 10_000)]
    assert desk.rows()[STATION[0]]["状态"] == "已补足"


def test_the_same_file_again_is_a_repeat(desk: Desk) -> None:
    listed = honours(STATION)
    desk.drop(("名单.xlsx", listed))
    assert desk.drop(("名单（2）.xlsx", listed))[0][0] == "duplicate"
    assert desk.rows("荣誉明细", "荣誉编号").keys() == {"1"}


def test_the_finance_office_gets_its_list(desk: Desk) -> None:
    desk.drop(("名单.xlsx", honours(STATION, SCHOOL)))
    desk.pay(STATION[0], SCHOOL[0])
    [path] = (desk.outbox / "2022年/发文").glob("付款清单*.xlsx")
    assert path.name == "付款清单（青工发〔2022〕1号）.xlsx"
    rows = shown(path.read_bytes(), "付款清单", "单位")
    told = {name: (row["金额（元）"], row["大写"], row["文号"], row["账号"]) for name, row in rows.items()}
    assert told == {
        "暖阳中心": (10_000, "壹万元整", "青工发〔2022〕1号", None),
        "童心中心": (20_000, "贰万元整", "青工发〔2022〕1号", None),
        "合计": (30_000, "叁万元整", None, None),
    }


def test_a_doubtful_row_holds_up_its_own_project_until_it_is_struck(desk: Desk) -> None:
    desk.drop(("名单.xlsx", honours(STATION, [SCHOOL[0], SCHOOL[1], "特级", "2022年5月15日"])))
    rows = desk.rows()
    assert (rows[STATION[0]]["本次应补（元）"], rows[SCHOOL[0]]["状态"]) == (10_000, "待确认")
    [(result, _)] = desk.settle({SCHOOL[0]: {"核定": "是"}})
    assert result == "set_aside"
    assert "还有疑问没有答复" in desk.aside()
    desk.drop(("更正.xlsx", honours(SCHOOL)))
    assert desk.rows()[SCHOOL[0]]["状态"] == "待确认"
    code = next(key for key, row in desk.rows("荣誉明细", "荣誉编号").items() if row["级别"] is None)
    assert desk.settle({code: {"作废": "是"}}, "荣誉明细", "荣誉编号") == [("settled", "荣誉 1 项已作废")]
    assert desk.rows()[SCHOOL[0]]["本次应补（元）"] == 20_000
    assert desk.rows("荣誉明细", "荣誉编号")[code]["作废"] == "是"


def test_names_are_asked_about_and_answered(desk: Desk) -> None:
    near = ["新驿站关爱", "暖阳中心", "省级", "2022年6月1日"]
    desk.drop(("名单.xlsx", honours(STATION, near)))
    assert {row["状态"] for name, row in desk.rows().items() if "驿站" in name} == {"待确认"}
    assert desk.settle({"1": {"答复": "同一项目"}}, "名称问题", "序号") == [("settled", "名称答复 1 处已登记")]
    assert desk.rows()[STATION[0]]["本次应补（元）"] == 20_000
    assert "新驿站关爱" not in desk.rows()
    # What was answered can be seen, and answered otherwise.
    assert desk.rows("名称问题", "序号")["1"]["答复"] == "同一项目"
    desk.settle({"1": {"答复": "不同项目"}}, "名称问题", "序号")
    assert [desk.rows()[name]["本次应补（元）"] for name in (STATION[0], "新驿站关爱")] == [10_000, 20_000]


def test_one_name_under_two_organisations_is_answered(desk: Desk) -> None:
    desk.drop(("名单.xlsx", honours(STATION, [STATION[0], "晨光中心", "省级", "2022年6月1日"])))
    assert desk.rows("名称问题", "序号")["1"]["单位二"] == "晨光中心"
    desk.settle({"1": {"答复": "不同项目"}}, "名称问题", "序号")
    desk.pay(STATION[0])  # both lines bear the name
    assert desk.ledger() == [(STATION[0], "拨付", 10_000), (STATION[0], "拨付", 20_000)]
    assert desk.rows()["合计"]["本次应补（元）"] == 0


def test_answers_that_contradict_each_other_are_refused(desk: Desk) -> None:
    names = ("新驿站关爱项目", "新驿站关爱", "新驿站关爱活动")
    desk.drop(("名单.xlsx", honours(*([name, "暖阳中心", "市级", "2022年3月15日"] for name in names))))
    questions = desk.rows("名称问题", "序号")
    assert len(questions) == 3
    [(result, _)] = desk.settle(
        {"1": {"答复": "同一项目"}, "2": {"答复": "同一项目"}, "3": {"答复": "不同项目"}}, "名称问题", "序号"
    )
    assert result == "set_aside"
    assert "按其他答复它们是同一项目" in desk.aside()


def test_an_approval_that_an_answer_changes_is_none(desk: Desk) -> None:
    desk.drop(("名单.xlsx", honours(STATION, SCHOOL)))
    desk.drop(("市级.xlsx", honours(["乐学托管班项目", "童心中心", "全国", "2022年6月1日"])))
    desk.settle({"1": {"答复": "不同项目"}}, "名称问题", "序号")
    data = filled(
        desk.newest("补助测算"), "补助测算", "项目名称", {SCHOOL[0]: {"核定": "是"}, STATION[0]: {"核定": "是"}}
    )
    data = filled(data, "名称问题", "序号", {"1": {"答复": "同一项目"}})
    [(result, said)] = desk.drop(("测算.xlsx", data))
    assert result == "settled"
    assert "核定 1 项，共 10,000 元" in said
    assert "“乐学托管班”按本表其他答复金额有变，没有核定" in said


def test_what_was_approved_is_paid_as_approved_or_not_at_all(desk: Desk) -> None:
    desk.drop(("名单.xlsx", honours(STATION, SCHOOL)))
    desk.settle({STATION[0]: {"核定": "是"}, SCHOOL[0]: {"核定": "是"}})
    old = desk.newest("发文审批表")
    # A higher honour comes between approval and signature: the draft pays the other project alone.
    desk.drop(("省级.xlsx", honours([STATION[0], "暖阳中心", "省级", "2022年10月1日"])))
    [(result, _)] = desk.drop(("旧审批.xlsx", filled(old, "发文审批表", "状态", {"拟稿": {"批准": "是"}})))
    assert result == "set_aside"
    assert "请在最新一稿上填写" in desk.aside()
    desk.approve()
    assert desk.ledger() == [(SCHOOL[0], "拨付", 20_000)]
    assert desk.rows()[STATION[0]]["状态"] == "待核定"
    assert desk.rows()[STATION[0]]["本次应补（元）"] == 20_000


def test_a_draft_that_was_held_pays_only_what_is_still_due(desk: Desk) -> None:
    desk.drop(("名单.xlsx", honours(STATION)))
    desk.settle({STATION[0]: {"核定": "是"}})
    assert desk.approve("否", 理由="再议") == [("approved", "补助通知暂不印发")]
    # It is not drafted again behind the back of who held it.
    assert shown(desk.newest("发文审批表"), "发文审批表", "状态").keys() == {"暂不印发"}
    desk.drop(("省级.xlsx", honours([STATION[0], "暖阳中心", "省级", "2022年10月1日"])))
    [(result, _)] = desk.approve(key="暂不印发")
    assert result == "set_aside"
    assert "核定时应补 10,000 元，现在是 20,000 元" in desk.aside()
    assert desk.ledger() == []


def test_a_draft_that_was_held_is_not_paid_while_its_project_is_in_question(desk: Desk) -> None:
    desk.drop(("名单.xlsx", honours(STATION)))
    desk.settle({STATION[0]: {"核定": "是"}})
    desk.approve("否", 理由="再议")
    near = ["新驿站关爱", "暖阳中心", "省级", "2022年6月1日"]
    desk.drop(("相近.xlsx", honours(near)))
    assert desk.approve(key="暂不印发")[0][0] == "set_aside"
    assert "又有疑问没有答复，暂不能拨付" in desk.aside()
    # Two owners of one name, and the account that was approved is none any more.
    desk.settle({"1": {"答复": "不同项目"}}, "名称问题", "序号")
    desk.drop(("同名.xlsx", honours([STATION[0], "晨光中心", "市级", "2022年6月1日"])))
    desk.settle({"2": {"答复": "不同项目"}}, "名称问题", "序号")
    assert desk.approve(key="暂不印发")[0][0] == "set_aside"
    assert "已不是原来的项目，请重新核定" in desk.aside()
    assert desk.ledger() == []


def test_what_is_no_longer_due_is_not_entered_even_when_it_was_let_through(desk: Desk) -> None:
    from formflow.model.letter import SubsidyFacts
    from formflow.register import models as rows
    from formflow.service import binding, payments

    desk.drop(("名单.xlsx", honours(STATION)))
    desk.pay(STATION[0])
    letter = rows.Letter.objects.get(is_draft=False)
    spec = binding.spec_on(qingdao(), "subsidised")
    assert spec is not None
    facts = binding.facts_of(qingdao(), spec, letter)
    assert isinstance(facts, SubsidyFacts)
    with pytest.raises(FormflowError, match="核定时应补 10,000 元，现在是 0 元"):
        payments.enter(desk.office, facts, letter, "王主席", "发文")
    assert desk.ledger() == [(STATION[0], "拨付", 10_000)]
    assert not rows.SubsidyDecision.objects.filter(letter=None).exists()


def test_a_withdrawn_notice_is_reversed_and_can_be_paid_again(desk: Desk) -> None:
    from formflow.register import models as rows

    desk.drop(("名单.xlsx", honours(STATION)))
    desk.pay(STATION[0])
    desk.approve("作废", key="已印发", 理由="账户有误")
    assert desk.ledger() == [(STATION[0], "拨付", 10_000), (STATION[0], "冲销", -10_000)]
    assert "2022年/发文/付款清单（青工发〔2022〕1号）_已作废.说明.txt" in desk.names()
    event = rows.Event.objects.get(what="ledger_reversed")
    assert (event.who, list(event.after["fen"].values())) == ("王主席", [-1_000_000])
    row = desk.rows()[STATION[0]]
    assert (row["已补助（元）"], row["本次应补（元）"], row["状态"], row["核定"]) == (0, 10_000, "待核定", None)
    desk.settle({STATION[0]: {"核定": "是"}})
    desk.approve(key="拟稿")
    assert desk.notice(2)["合计"] == "10000"
    assert sum(yuan for *_, yuan in desk.ledger()) == 10_000


def test_money_that_came_back_is_entered_by_a_person(desk: Desk) -> None:
    from formflow.register import models as rows
    from formflow.service import payments

    desk.drop(("名单.xlsx", honours(STATION)))
    desk.pay(STATION[0])
    revoked = [*STATION[:2], "市级", "2022年3月15日", "撤销命名"]
    desk.drop(("撤销.xlsx", honours(revoked, head=["项目名称", "社会组织", "级别", "命名时间", "备注"])))
    row = desk.rows()[STATION[0]]
    assert (row["应补助（元）"], row["状态"], row["本次应补（元）"]) == (0, "多付，待处理", 0)
    [(result, _)] = desk.settle({STATION[0]: {"收回金额（元）": 10000.5, "收回理由": "荣誉撤销"}})
    assert result == "set_aside"
    assert "超过台账上拨付的 10,000 元" in desk.aside()
    assert desk.settle({STATION[0]: {"收回金额（元）": 10000, "收回理由": "荣誉撤销"}}) == [
        ("settled", "“‘新驿站’关爱项目”收回 10,000 元已记入台账")
    ]
    assert desk.ledger()[-1] == (STATION[0], "收回", -10_000)
    assert desk.rows()[STATION[0]]["状态"] == "没有应补"
    # The notice cannot take back once more what has come back already.
    [(result, _)] = desk.approve("作废", key="已印发", 理由="重复")
    assert result == "set_aside"
    assert "已有收回记录" in desk.aside()
    assert sum(yuan for *_, yuan in desk.ledger()) == 0
    with pytest.raises(FormflowError, match="台账不能再冲销"):
        payments.reverse(desk.office, rows.Letter.objects.get(is_draft=False), "王主席", "重复")


def test_without_the_policy_nothing_is_reversed(desk: Desk) -> None:
    from formflow.register import models as rows
    from formflow.service import payments

    desk.drop(("名单.xlsx", honours(STATION)))
    desk.pay(STATION[0])
    letter = rows.Letter.objects.get(is_draft=False)
    for left in ((), (replace(qingdao(), honours=None),)):
        with pytest.raises(FormflowError, match="项目包里已没有补助政策，台账不能冲销"):
            payments.reverse(replace(desk.office, programmes=left), letter, "王主席", "账户有误")
    assert desk.ledger() == [(STATION[0], "拨付", 10_000)]


def test_money_paid_for_an_honour_that_was_struck_stays_in_sight(desk: Desk) -> None:
    desk.drop(("名单.xlsx", honours(STATION, SCHOOL)))
    desk.pay(STATION[0])
    assert desk.settle({"1": {"作废": "是"}}, "荣誉明细", "荣誉编号") == [("settled", "荣誉 1 项已作废")]
    row = desk.rows()[STATION[0]]
    assert (row["状态"], row["应补助（元）"], row["已补助（元）"]) == ("多付，待处理", 0, 10_000)
    desk.settle({STATION[0]: {"收回金额（元）": 10000, "收回理由": "荣誉有误"}})
    assert STATION[0] not in desk.rows()
    assert sum(yuan for *_, yuan in desk.ledger()) == 0


def test_a_project_without_organisation_asks_whom_to_pay(desk: Desk) -> None:
    desk.drop(("名单.xlsx", honours([STATION[0], "", "市级", "2022年3月15日"])))
    row = desk.rows()[STATION[0]]
    assert row["本次应补（元）"] == 10_000
    assert "核对收款单位" in row["疑问"]


def test_what_a_list_calls_paid_counts_and_is_counted_once(desk: Desk) -> None:
    desk.drop(("往年.xlsx", honours([*STATION, 10000], head=HEAD_PAID)))
    assert desk.rows()[STATION[0]]["本次应补（元）"] == 0
    desk.drop(("今年.xlsx", honours(["新驿站关爱项目", "暖阳中心", "省级", "2022年10月1日", 10000], head=HEAD_PAID)))
    row = desk.rows()[STATION[0]]
    assert (row["已补助（元）"], row["本次应补（元）"]) == (10_000, 10_000)
    desk.pay(STATION[0])
    # A later list repeats what was paid in all.
    desk.drop(("明年.xlsx", honours(["新驿站关爱项目", "暖阳中心", "全国", "2022年11月1日", 20000], head=HEAD_PAID)))
    row = desk.rows()[STATION[0]]
    assert (row["已补助（元）"], row["本次应补（元）"], row["疑问"]) == (20_000, 10_000, None)


def test_days_of_payment_can_be_entered_later(desk: Desk) -> None:
    desk.drop(("名单.xlsx", honours(STATION)))
    desk.pay(STATION[0])
    assert desk.rows("补助台账", "序号")["1"]["拨付日期"] is None
    assert desk.settle({STATION[0]: {"拨付日期": "2022-12-20"}}) == [("settled", "“‘新驿站’关爱项目”拨付日期已登记")]
    assert desk.rows("补助台账", "序号")["1"]["拨付日期"] == "2022年12月20日"
    [(result, _)] = desk.settle({STATION[0]: {"拨付日期": "2022-12-21"}})
    assert result == "set_aside"
    assert "也没有等待填写日期的拨付" in desk.aside()


def test_a_sheet_that_was_overtaken_or_altered_is_refused_whole(desk: Desk) -> None:
    desk.drop(("名单.xlsx", honours(STATION, SCHOOL)))
    first = desk.newest("补助测算")
    approved = filled(
        first, "补助测算", "项目名称", {STATION[0]: {"核定": "是"}, SCHOOL[0]: {"核定": "是", "本次应补（元）": 30000}}
    )
    assert desk.drop(("改.xlsx", approved))[0][0] == "set_aside"
    assert "金额由系统算出，不能更改" in desk.aside()
    desk.drop(("新.xlsx", honours(HOTLINE)))
    late = filled(first, "补助测算", "项目名称", {STATION[0]: {"核定": "是"}})
    assert desk.drop(("迟.xlsx", late))[0][0] == "set_aside"
    assert "现在是第2稿" in desk.aside()
    unclear = filled(
        desk.newest("补助测算"),
        "补助测算",
        "项目名称",
        {STATION[0]: {"核定": "也许"}, SCHOOL[0]: {"核定": "是", "拨付日期": "下周"}},
    )
    assert desk.drop(("不清.xlsx", unclear))[0][0] == "set_aside"
    assert "也许" in desk.aside()
    assert "下周" in desk.aside()
    assert [name for name in desk.names() if "拟稿" in name] == []


def test_two_lists_and_two_approvals_dropped_at_once_pay_once(desk: Desk) -> None:
    desk.drop(
        ("甲.xlsx", honours(STATION)), ("乙.xlsx", honours(["新驿站关爱项目", "暖阳中心", "省级", "2022年10月1日"]))
    )
    sheet = filled(desk.newest("补助测算"), "补助测算", "项目名称", {STATION[0]: {"核定": "是"}})
    again = filled(sheet, "补助测算", "项目名称", {STATION[0]: {"拨付日期": "2022年12月9日"}})
    assert [result for result, _ in desk.drop(("一.xlsx", sheet), ("二.xlsx", again))] == ["settled", "set_aside"]
    paper = filled(desk.newest("发文审批表"), "发文审批表", "状态", {"拟稿": {"批准": "是"}})
    other = filled(paper, "发文审批表", "状态", {"拟稿": {"签发人": "李主席"}})
    assert [result for result, _ in desk.drop(("三.xlsx", paper), ("四.xlsx", other))] == ["approved", "set_aside"]
    assert desk.ledger() == [(STATION[0], "拨付", 20_000)]


def test_what_is_open_goes_over_into_the_next_year(desk: Desk) -> None:
    desk.drop(("名单.xlsx", honours(STATION, SCHOOL)))
    desk.pay(STATION[0])
    desk.settle({SCHOOL[0]: {"核定": "是"}})
    desk.clock.set(date(2023, 2, 1))
    desk.drop(("今年.xlsx", honours(["幸福课堂", "晨光中心", "市级", "2023年1月15日"])))
    rows = desk.rows(year=2023)
    assert SCHOOL[0] in rows
    assert [rows[name]["本次应补（元）"] for name in ("幸福课堂", SCHOOL[0])] == [10_000, 20_000]
    # The sum was approved: the draft has moved on with it.
    assert [name for name in desk.names() if "拟稿" in name and name.endswith("docx")] == [
        "2023年/拟稿/补助通知（拟稿）.docx"
    ]
    desk.approve(year=2023)
    assert desk.ledger()[-1] == (SCHOOL[0], "拨付", 20_000)


def test_every_step_is_in_the_journal_with_who_did_it(desk: Desk) -> None:
    from formflow.register import models as rows
    from formflow.service.journal_export import WHAT_LABELS

    desk.drop(("名单.xlsx", honours(STATION)))
    desk.pay(STATION[0])
    told = dict(rows.Event.objects.values_list("what", "who"))
    assert told.keys() <= WHAT_LABELS.keys()
    assert {"honours_received", "subsidy_decided", "ledger_paid", "letter_approved"} <= told.keys()
    assert "entered" not in told, "whatever is written has an event that says why"
    assert told["ledger_paid"] == "王主席"


def test_a_list_in_an_archive_is_entered_as_if_it_lay_there(desk: Desk) -> None:
    archive = zipped({"名单.xlsx": honours(STATION), "又一份.xlsx": honours(SCHOOL)})
    assert [result for result, _ in desk.drop(("材料.zip", archive))] == ["listed", "listed"]
    assert set(desk.rows()) == {STATION[0], SCHOOL[0], "合计", "其中核定“是”"}
    assert "2022年/荣誉名单/材料.zip" in desk.names()


def test_a_paper_that_was_not_read_surely_pays_nothing_before_somebody_looked(tmp_path: Path) -> None:
    def unsure(path: Path) -> Any:
        document = offices.read_in_process(path)
        assert isinstance(document, Document)
        return faint(document)

    with opened_desk(tmp_path, read=unsure) as found:
        found.drop(("名单.xlsx", honours(STATION)))
        row = found.rows()[STATION[0]]
        assert (row["状态"], row["本次应补（元）"]) == ("待确认", 0)
        assert "请对照原件核对" in row["疑问"]


def faint(document: Document) -> Document:
    """The document as if its texts had been recognised with little certainty."""
    blocks = []
    for block in document.blocks:
        assert isinstance(block, Table)
        cells = [replace(c, blocks=tuple(replace(p, confidence=0.5) for p in c.blocks)) for c in block.cells]  # type: ignore[type-var]
        blocks.append(replace(block, cells=tuple(cells)))
    return replace(document, blocks=tuple(blocks))


def test_what_districts_add_is_told_and_not_reckoned_with(tmp_path: Path) -> None:
    policy = qingdao().honours
    assert policy is not None
    value = DatedValue(500_000, date(2022, 1, 1), None, Citation("local", "市北区文件"), "")
    changed = replace(qingdao(), honours=replace(policy, matching=(MatchingStandard("市北区", "municipal", value),)))
    with opened_desk(tmp_path, programmes=(changed,)) as found:
        found.drop(("名单.xlsx", honours(STATION)))
        assert found.rows("区市配套标准", "区市")["市北区"]["配套标准（元）"] == 5_000
        assert found.rows()["合计"]["本次应补（元）"] == 10_000


def test_a_returned_sheet_is_no_list(desk: Desk, tmp_path: Path) -> None:
    from formflow.service.assess import assess

    desk.drop(("名单.xlsx", honours(STATION)))
    data = desk.newest("补助测算")
    (told,) = assess("补助测算.xlsx", data, (qingdao(),), open_file)
    assert told.kind == "decision_sheet"
    (looked,) = look_into("补助测算.xlsx", data, open_file)
    settled = settle_files((ListFile("补助测算.xlsx", (looked,)),), qingdao(), Ledger())
    assert settled.settlement.total == 0
    assert len(settled.problems) == 1
