"""Evidence by dropping files only: a newspaper in, whose its articles are, what a clerk decides, and that nothing counts twice."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from formflow.model.evidence_kept import CaseEvidence
from support import offices
from support.archives import zipped
from support.draw_evidence_samples import ARTICLE, PAGE
from support.honours_lists import word
from support.money import Answers, Desk, filled, qingdao, shown
from support.money import desk as opened_desk
from support.offices import TEMPLATES

SAMPLES = TEMPLATES / "qingdao-social-organisations" / "samples"
STATION_FORM = (SAMPLES / "新驿站优秀项目推荐表.docx").read_bytes()
LEGAL_FORM = (SAMPLES / "法律援助直通车（二期）推荐表.docx").read_bytes()
STATION, LEGAL = "“新驿站”户外劳动者关爱项目", "法律援助直通车（二期）"
STATION_FOLDER, LEGAL_FOLDER = "青岛市暖阳社会工作服务中心", "青岛市明法法律服务中心"
TITLE, PAGE_TITLES = "佐证材料", ["“新驿站”为户外劳动者送清凉", "巧手绣出新生活", "一间调解室化解百起劳动纠纷"]
MENTION = (
    "来源：青岛日报　2022年11月2日\n全市社会组织座谈会召开\n"
    "本报讯（记者 高远）青岛市暖阳社会工作服务中心、青岛市明法法律服务中心、市心理学会、市家政协会参加了座谈会。\n"
    "与会代表围绕服务职工谈了体会，市总工会负责人作了讲话，会议持续了半天。"
)
TOGETHER = (
    "来源：青岛日报　2022年11月5日\n暖阳社会工作服务中心和明法法律服务中心携手进园区\n"
    "本报讯（记者 高远）青岛市暖阳社会工作服务中心与工会签订协议，青岛市明法法律服务中心同时进驻园区。\n"
    "暖阳社会工作服务中心办起驿站，明法法律服务中心开设咨询窗口，职工都说方便。"
)
DAILY = "来源：青岛日报　2022年10月8日\n新驿站里歇歇脚\n本报讯（记者 高远）" + (
    "青岛市暖阳社会工作服务中心日前建起户外劳动者驿站12个。暖阳社会工作服务中心还请来理发师，服务环卫工人800人次。\n"
    "大家都说，这样的服务离自己很近，以后要常来。活动持续了一整天。"
)


@pytest.fixture(name="desk")
def opened(tmp_path: Path) -> Iterator[Desk]:
    with opened_desk(tmp_path) as found:
        yield found


def sheet(desk: Desk, year: int = 2022) -> bytes:
    [path] = (desk.outbox / f"{year}年/评审").glob(f"{TITLE}（*.xlsx")
    return path.read_bytes()


def articles(desk: Desk, year: int = 2022) -> dict[str, dict[str, Any]]:
    return shown(sheet(desk, year), TITLE, "编号")


def owners(desk: Desk) -> list[str | None]:
    """Whose each article is, as the sheet shows it: what was said, else what was read."""
    return [row["归属单位"] or row["归属（系统判断）"] for row in articles(desk).values()]


def give_back(desk: Desk, answers: Answers, data: bytes = b"") -> tuple[str, str]:
    data = data or sheet(desk)
    [told] = desk.drop((f"佐证{len(desk.names())}.xlsx", filled(data, TITLE, "编号", answers)))
    return told


def evidence(unit: str) -> CaseEvidence:
    from formflow.register import models as rows
    from formflow.service.evidence import evidence_of

    return evidence_of(qingdao(), rows.Case.objects.get(unit=unit))


def counted(unit: str) -> list[tuple[str | None, str | None]]:
    found = (report.attribution.article for report in evidence(unit).reports)
    return [(article.title, article.level) for article in found]


def events(*whats: str) -> list[tuple[str, str, Any, Any]]:
    from formflow.register import models as rows

    found = rows.Event.objects.filter(what__in=whats).order_by("id")
    return list(found.values_list("what", "who", "before", "after"))


def test_a_page_is_filed_and_every_article_has_its_unit_or_none(desk: Desk) -> None:
    desk.drop(("表.docx", STATION_FORM), ("表2.docx", LEGAL_FORM))
    [(result, said)] = desk.drop(("晨讯.txt", PAGE.encode()))
    assert result == "evidence"
    assert said == f"报道等佐证材料 3 篇已登记，关于{STATION}的 1 篇，关于{LEGAL}的 1 篇，没有看出是关于哪家的 1 篇"
    assert "2022年/评审/佐证材料/晨讯.txt" in desk.names()
    rows = list(articles(desk).values())
    assert [row["标题"] for row in rows] == PAGE_TITLES
    assert owners(desk) == [STATION, None, LEGAL]
    assert rows[0]["刊登日期"] == "2021-07-03"
    assert rows[0]["需要核对的"] == "媒体“青岛晨讯”不在媒体名录里，请核对属哪一级"
    assert [row["状态"] for row in rows] == ["媒体级别不明，暂不计入", "没有归属", "媒体级别不明，暂不计入"]
    assert "明法法律服务中心" in rows[2]["依据句"]
    claims = shown(sheet(desk), "数据线索", "指标")
    assert claims["下半年还将新建户外劳动者服务站"]["数量"] == "20"
    assert claims["为职工挽回经济损失"]["归属"] == LEGAL
    assert "女职工结业" not in claims
    assert counted(STATION) == [(PAGE_TITLES[0], None)]
    assert evidence(STATION).questions == (
        f"《{PAGE_TITLES[0]}》没有计入：媒体“青岛晨讯”不在媒体名录里，请核对属哪一级",
    )
    assert [(title, str(claim.number)) for title, claim in evidence(LEGAL).claims][:1] == [(PAGE_TITLES[2], "12")]


def test_a_paper_about_one_applicant_lies_in_his_case(desk: Desk) -> None:
    desk.drop(("表.docx", STATION_FORM))
    [(result, said)] = desk.drop(("新招.docx", word(*ARTICLE)))
    assert (result, said) == ("evidence", f"报道等佐证材料 1 篇已登记，关于{STATION}的 1 篇")
    assert f"2022年/{STATION_FOLDER}/原件/新招.docx" in desk.names()


def test_a_paper_that_came_before_the_form_is_asked_again(desk: Desk) -> None:
    assert desk.drop(("晨讯.txt", PAGE.encode()))[0][1] == "报道等佐证材料 3 篇已登记，没有看出是关于哪家的 3 篇"
    assert owners(desk) == [None, None, None]
    desk.drop(("表.docx", STATION_FORM))
    assert owners(desk) == [STATION, None, None]
    desk.drop(("表2.docx", LEGAL_FORM))
    assert owners(desk) == [STATION, None, LEGAL]
    assert [after["standing"] for *_, after in events("evidence_attributed")] == ["attributed", "attributed"]


def test_what_a_person_said_outlives_every_form(desk: Desk) -> None:
    desk.drop(("晨讯.txt", PAGE.encode()))
    assert give_back(desk, {"1": {"归属单位": "无关"}, "3": {"归属单位": "无关"}})[0] == "judged"
    desk.drop(("表.docx", STATION_FORM), ("表2.docx", LEGAL_FORM))
    assert owners(desk) == ["无关", None, "无关"]
    assert counted(STATION) == counted(LEGAL) == []


def test_the_same_file_and_the_same_report_count_once(desk: Desk) -> None:
    desk.drop(("表.docx", STATION_FORM))
    desk.drop(("日报.txt", DAILY.encode()))
    assert desk.drop(("日报（又）.txt", DAILY.encode()))[0][0] == "duplicate"
    assert len(articles(desk)) == 1
    # The same report in other files: set in Word, printed, taken from a web page.
    lines = DAILY.split("\n")
    desk.drop(("日报.docx", word(*lines)), ("日报.html", web(lines)), ("日报.pdf", printed(lines)))
    rows = articles(desk)
    assert len(rows) == 4
    assert counted(STATION) == [("新驿站里歇歇脚", "municipal")]
    assert [row["状态"] for row in rows.values()] == [f"计入：{STATION}", *["与1号是同一篇，只计一次"] * 3]
    assert rows["1"]["同一篇的编号"] == "2、3、4"


def test_a_page_about_nobody_is_kept_and_counts_for_nobody(desk: Desk) -> None:
    desk.drop(("表.docx", STATION_FORM), ("表2.docx", LEGAL_FORM))
    assert "没有看出" in desk.drop(("座谈.txt", MENTION.encode()))[0][1]
    assert owners(desk) == [None]
    assert evidence(STATION) == CaseEvidence(evidence(STATION).applicant)


def test_what_may_be_twos_is_asked_and_a_person_says(desk: Desk) -> None:
    desk.drop(("表.docx", STATION_FORM), ("表2.docx", LEGAL_FORM))
    [(_, said)] = desk.drop(("携手.txt", TOGETHER.encode()))
    assert said.endswith("需核对归属的 1 篇，请在佐证材料表上填写")
    asked = articles(desk)["1"]
    assert asked["状态"] == "待核对"
    assert STATION in asked["需要核对的"]
    assert LEGAL in asked["需要核对的"]
    assert (counted(STATION), counted(LEGAL)) == ([], [])
    assert evidence(STATION).questions == evidence(LEGAL).questions != ()
    assert give_back(desk, {"1": {"归属单位": LEGAL}}) == ("judged", "佐证材料 1 篇已按表核定")
    assert counted(LEGAL) == [("暖阳社会工作服务中心和明法法律服务中心携手进园区", "municipal")]
    assert (counted(STATION), evidence(STATION).questions) == ([], ())
    [(_, who, before, after)] = events("evidence_decided")
    assert (before["standing"], after["standing"], who) == ("open", "settled", "未署名")
    assert after["case"] == int(evidence(LEGAL).applicant)


def test_a_level_that_nobody_knows_is_given_by_a_person(desk: Desk) -> None:
    desk.drop(("表.docx", STATION_FORM), ("晨讯.txt", PAGE.encode()))
    refused = give_back(desk, {"1": {"计入": "是"}})
    assert refused[0] == "set_aside"
    assert f"《{PAGE_TITLES[0]}》写了计入，请在“媒体级别”一栏写明级别" in refused[1]
    assert give_back(desk, {"1": {"计入": "是", "媒体级别": "设区市级"}})[0] == "judged"
    row = articles(desk)["1"]
    assert (row["归属单位"], row["媒体级别"], row["计入"]) == (STATION, "设区市级", "是")
    assert (row["状态"], row["需要核对的"]) == (f"计入：{STATION}", None)
    assert counted(STATION) == [(PAGE_TITLES[0], "municipal")]
    assert evidence(STATION).questions == ()
    # Counting it said whose it is, too: another form does not change it.
    assert give_back(desk, {"1": {"计入": "否"}})[0] == "judged"
    assert counted(STATION) == []
    assert articles(desk)["1"]["状态"] == "不计入（人工核定）"


def test_a_sheet_that_cannot_be_taken_is_refused_whole_with_every_reason(desk: Desk) -> None:
    desk.drop(("表.docx", STATION_FORM), ("晨讯.txt", PAGE.encode()))
    before = articles(desk)
    wrong = {"1": {"归属单位": "某某中心", "计入": "也许"}, "2": {"媒体级别": "村级"}, "3": {"归属单位": "无关"}}
    assert give_back(desk, wrong)[0] == "set_aside"
    note = desk.aside()
    for reason in ("某某中心", "也许", "村级", "整张表都没有生效"):
        assert reason in note
    assert give_back(desk, {"2": {"归属单位": "无关", "计入": "是", "媒体级别": "省部级"}})[0] == "set_aside"
    assert "写了无关，不能计入" in desk.aside()
    assert give_back(desk, {"2": {"标题": "另一篇", "归属单位": "无关"}})[0] == "set_aside"
    assert "行被移动过" in desk.aside()
    assert articles(desk) == before
    assert events("evidence_decided") == []


def test_two_copies_cannot_both_count(desk: Desk) -> None:
    desk.drop(("表.docx", STATION_FORM))
    desk.drop(("日报.txt", DAILY.encode()), ("日报.docx", word(*DAILY.split("\n"))))
    assert give_back(desk, {"1": {"计入": "是"}, "2": {"计入": "是"}})[0] == "set_aside"
    assert "1号和2号是同一篇，只能有一份计入" in desk.aside()
    assert give_back(desk, {"2": {"计入": "是"}})[0] == "judged"
    assert [row["状态"] for row in articles(desk).values()] == ["与2号是同一篇，只计一次", f"计入：{STATION}"]


def test_an_older_sheet_is_refused_and_the_same_one_twice_is_a_repeat(desk: Desk) -> None:
    desk.drop(("表.docx", STATION_FORM), ("晨讯.txt", PAGE.encode()))
    old = sheet(desk)
    desk.drop(("日报.txt", DAILY.encode()))
    assert give_back(desk, {"2": {"归属单位": "无关"}}, old)[0] == "set_aside"
    assert "请在最新一稿上填写" in desk.aside()
    data = filled(sheet(desk), TITLE, "编号", {"2": {"归属单位": "无关"}})
    assert [result for result, _ in desk.drop(("甲.xlsx", data))] == ["judged"]
    assert [result for result, _ in desk.drop(("乙.xlsx", data))] == ["duplicate"]
    assert len(events("evidence_decided")) == 1


def test_a_sheet_with_nothing_new_changes_nothing(desk: Desk) -> None:
    desk.drop(("晨讯.txt", PAGE.encode()))
    book = load_workbook(io.BytesIO(sheet(desk)))
    again = io.BytesIO()
    book.save(again)
    assert desk.drop(("表.xlsx", again.getvalue())) == [("judged", "佐证材料表上没有填写新的意见")]
    assert events("evidence_decided") == []


@pytest.mark.parametrize("names", [("甲/报.txt", "甲/表.docx"), ("甲/z报.txt", "甲/a表.docx")])
def test_what_came_in_a_folder_with_a_form_lies_in_its_case(desk: Desk, names: tuple[str, str]) -> None:
    results = desk.drop((names[0], PAGE.encode()), (names[1], STATION_FORM))
    assert sorted(result for result, _ in results) == ["accepted", "evidence"]
    assert f"2022年/{STATION_FOLDER}/原件/{names[0].split('/')[1]}" in desk.names()
    assert owners(desk) == [STATION, None, None]


def test_what_came_in_an_archive_with_a_form_lies_in_its_case(desk: Desk) -> None:
    results = desk.drop(("材料.zip", zipped({"报.txt": PAGE.encode(), "表.docx": STATION_FORM})))
    assert [result for result, _ in results] == ["accepted", "evidence"]
    assert f"2022年/{STATION_FOLDER}/原件/报.txt" in desk.names()
    assert f"2022年/{STATION_FOLDER}/原件/材料.zip" in desk.names()


def test_what_came_with_a_form_and_tells_nothing_of_it_is_asked(desk: Desk) -> None:
    desk.drop(("表2.docx", LEGAL_FORM))
    desk.drop(("材料.zip", zipped({"座谈.txt": MENTION.encode(), "表.docx": STATION_FORM})))
    assert articles(desk)["1"]["需要核对的"] == f"随{STATION}的申请材料交来，没有看出与它有关，请核对"
    other = DAILY.replace("暖阳社会工作服务中心", "明法法律服务中心").replace("新驿站", "法律")
    desk.drop(("材料2.zip", zipped({"日报.txt": other.encode(), "表.docx": STATION_FORM})))
    assert owners(desk) == [None, LEGAL]
    assert articles(desk)["2"]["需要核对的"] == f"随{STATION}的申请材料交来，看来是关于{LEGAL}的，请核对"


def test_without_a_form_a_folder_of_evidence_is_filed_in_the_end(desk: Desk) -> None:
    [(result, said)] = desk.drop(("剪报/晨讯.txt", PAGE.encode()))
    assert (result, said) == ("evidence", "报道等佐证材料 3 篇已登记，没有看出是关于哪家的 3 篇")
    assert "2022年/评审/佐证材料/晨讯.txt" in desk.names()


def test_evidence_that_comes_with_a_form_of_a_programme_that_counts_none(tmp_path: Path) -> None:
    both = (*offices.programmes(), qingdao())
    with opened_desk(tmp_path, programmes=both) as desk:
        form = offices.COMPLETE.read_bytes()
        results = desk.drop(("材料.zip", zipped({"报.txt": MENTION.encode(), "表.docx": form})))
        assert [result for result, _ in results] == ["supplement", "attachment"]
        folder = desk.office.home.outbox / f"职工服务中心赋能创优/2022年/{offices.COMPLETE_UNIT}/原件"
        assert "报.txt" in offices.names(folder)
        assert not (desk.outbox / "2022年").exists()


def test_a_copy_that_is_nobodys_by_itself_is_the_same_report(desk: Desk) -> None:
    """The paper in which a report first stood counts, even where its copy was cut off before it names who did it."""
    desk.drop(("表.docx", STATION_FORM))
    lines = DAILY.split("\n")
    paper, short = lines[0].replace("青岛日报", "工人日报"), lines[2].replace("青岛市暖阳社会工作服务中心", "这家机构")
    reprint = "\n".join((f"{paper}", lines[1], lines[2], lines[3]))
    first = "\n".join((lines[0].replace("8日", "3日"), lines[1], short.replace("暖阳社会工作服务中心", "它"), lines[3]))
    desk.drop(("转载.txt", reprint.encode()))
    assert counted(STATION) == [("新驿站里歇歇脚", "national")]
    desk.drop(("首发.txt", first.encode()))
    assert owners(desk) == [STATION, None]
    assert counted(STATION) == [("新驿站里歇歇脚", "municipal")]
    assert [row["状态"] for row in articles(desk).values()] == ["与2号是同一篇，只计一次", "计入：同一篇所属的单位"]


def test_a_whole_page_of_real_news(desk: Desk) -> None:
    """Each article of the page with its title, and the right unit or none."""
    for number, (sample, was, now) in enumerate(
        (
            ("新驿站优秀项目推荐表.docx", STATION_FOLDER, "武义县税务局工会"),
            ("法律援助直通车（二期）推荐表.docx", LEGAL_FOLDER, "温州市鹿城区丰门街道总工会"),
        )
    ):
        desk.drop((f"表{number}.docx", offices.rewritten(SAMPLES / sample, {was: now})))
    page = offices.ROOT.parent / "shared" / "sources" / "003_56cfcd67497d7137.txt"
    desk.drop(("版面.txt", page.read_bytes()))
    assert [(row["标题"], row["归属（系统判断）"]) for row in articles(desk).values()] == [
        ("“中国鞋都”探索党建带动工建“五共”模式", LEGAL),
        ("“好版师”的对决", None),
        ("嘉兴秀洲“娘家人”团结职工同走共富路", None),
        ("浅谈工会组织参与公共服务供给的有效作用", None),
        ("“链式助学”圆了九成来奉务工产业工人家庭的团聚梦", None),
        ("省检察院工会“三个精心”打造党史学习教育生动课堂", None),
        ("武义县税务局工会 助推税务服务数字化转型", STATION),
    ]


def test_a_case_with_evidence_is_done_again_the_same(desk: Desk) -> None:
    from formflow.service.replay import replay

    desk.drop(("甲/a报.txt", PAGE.encode()), ("甲/表.docx", STATION_FORM))
    desk.drop(("新招.docx", word(*ARTICLE)))
    done = replay(desk.office.home, "2022-1", (qingdao(),), lambda home, now: replace(desk.office, home=home, now=now))
    assert (done.is_same, done.files) == (True, 3)


def test_late_evidence_belongs_to_the_round_of_its_case(desk: Desk) -> None:
    desk.drop(("表.docx", STATION_FORM))
    desk.clock.set(date(2023, 2, 1))
    desk.drop(("日报.txt", DAILY.encode()))
    assert owners(desk) == [STATION]
    assert not (desk.outbox / "2023年").exists()


def test_the_journal_holds_and_shows_it(desk: Desk) -> None:
    from formflow.service.audit import verify

    desk.drop(("表.docx", STATION_FORM), ("晨讯.txt", PAGE.encode()))
    give_back(desk, {"2": {"归属单位": "无关"}})
    [(_, _, _, after)] = events("evidence_received")
    assert [one["title"] for one in after["articles"]] == PAGE_TITLES
    assert verify(desk.office.home, (), desk.clock()).is_sound


def web(lines: list[str]) -> bytes:
    body = "".join(f"<p>{line}</p>" for line in lines)
    return f"<html><head><meta charset='utf-8'><title>{lines[1]}</title></head><body>{body}</body></html>".encode()


def printed(lines: list[str]) -> bytes:
    out = io.BytesIO()
    page = Canvas(out)
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    top = 780
    for number, line in enumerate(lines):
        size = 22 if number == 1 else 12
        page.setFont("STSong-Light", size)
        indent = 0 if number < 2 else 24
        for start in range(0, len(line), 34):
            page.drawString(72 + (indent if start == 0 else 0), top, line[start : start + 34])
            top -= 20
        top -= 10
    page.save()
    return out.getvalue()
