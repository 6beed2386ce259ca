"""Honours lists as offices draw them up, tidy and odd, each with what it says: drawn as workbooks or Word files, never as the reader's own
values.

`Row` is what must be read: project, organisation, level, date, what was paid (yuan).
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from docx import Document
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Side
from openpyxl.worksheet.properties import PageSetupProperties

Grid = Sequence[Sequence[Any]]
RULED = Border(*(Side("thin"),) * 4)


class Row(NamedTuple):
    project: str | None
    organisation: str | None
    level: str | None
    date: str | None
    paid: int | None = None


@dataclass(frozen=True)
class Sample:
    """A list: its name here, its bytes' maker, what it says, and codes of findings that must (or must not) be among those of its rows."""

    name: str
    data: bytes
    rows: tuple[Row, ...]
    codes: frozenset[str] = frozenset()
    clean: bool = False
    extra: dict[str, Any] = field(default_factory=dict)


def workbook(grid: Grid, merged: Sequence[str] = (), title: str = "Sheet1") -> bytes:
    return workbooks({title: (grid, merged)})


def workbooks(sheets: dict[str, tuple[Grid, Sequence[str]]]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, (grid, merged) in sheets.items():
        sheet = book.create_sheet(title)
        for row, values in enumerate(grid, 1):
            for column, value in enumerate(values, 1):
                if value not in (None, ""):
                    sheet.cell(row, column, value)
        for line in sheet.iter_rows(min_row=1, max_row=len(grid), max_col=max(map(len, grid))):
            for cell in line:
                cell.border = RULED
                cell.alignment = Alignment(wrap_text=True)
                sheet.column_dimensions[cell.column_letter].width = 44
        for area in merged:
            sheet.merge_cells(area)
        sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def word(*parts: str | Grid) -> bytes:
    """A Word file of paragraphs (texts) and tables (grids; None in a cell joins it to the one above, ... to the one on its left)."""
    document = Document()
    for part in parts:
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        table = document.add_table(len(part), max(len(row) for row in part), style="Table Grid")
        for row, values in enumerate(part):
            for column, value in enumerate(values):
                if value is None:
                    table.cell(row - 1, column).merge(table.cell(row, column))
                elif value is ...:
                    table.cell(row, column - 1).merge(table.cell(row, column))
                else:
                    table.cell(row, column).text = str(value)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


A, B, C = "“新驿站”户外劳动者关爱项目", "职工子女假期托管", "法律援助直通车（二期）"
OA, OB, OC = "青岛市暖阳社会工作服务中心", "青岛市童心公益发展中心", "青岛市明法法律服务中心"
HEAD = ["序号", "项目名称", "社会组织名称", "荣誉级别", "命名时间", "文号"]


def plain() -> bytes:
    return workbook([
        ["2022年度优秀项目汇总表"],
        HEAD,
        [1, A, OA, "全国", "2022-11-20", "总工办发〔2022〕30号"],
        [2, B, OB, "山东省", datetime(2022, 6, 1), "鲁会办〔2022〕18号"],
        [3, C, OC, "青岛市", "2022年3月15日", "青工发〔2022〕7号"],
    ], ["A1:F1"])  # fmt: skip


PLAIN = (
    Row(A, OA, "national", "2022-11-20"),
    Row(B, OB, "provincial", "2022-06-01"),
    Row(C, OC, "municipal", "2022-03-15"),
)


def _levels(name: str, words: Sequence[tuple[str, str | None]], codes: frozenset[str] = frozenset()) -> Sample:
    grid: Grid = [
        HEAD,
        *(
            [n, f"项目甲{n}号站", f"机构{n}服务中心", said, "2023年5月4日", "某工发〔2023〕1号"]
            for n, (said, _) in enumerate(words, 1)
        ),
    ]
    rows = tuple(
        Row(f"项目甲{n}号站", f"机构{n}服务中心", level, "2023-05-04") for n, (_, level) in enumerate(words, 1)
    )
    return Sample(name, workbook(grid), rows, codes)


NATIONAL, PROVINCIAL, MUNICIPAL = "national", "provincial", "municipal"


def _money(
    name: str, head: str, said: Any, paid: int | None, codes: frozenset[str] = frozenset(), above: str = ""
) -> Sample:
    grid: Grid = [
        *([[above]] if above else []),
        ["项目名称", "实施单位", "级别", "获评时间", head],
        [A, OA, "省级", "2022年5月", said],
    ]
    return Sample(name, workbook(grid), (Row(A, OA, PROVINCIAL, "2022-05", paid),), codes)


def samples() -> tuple[Sample, ...]:
    """Every list with what it says."""
    return (*_tidy(), *_worded(), *_otherwise_worded(), *_paid(), *_documents(), *_odd())


def _tidy() -> tuple[Sample, ...]:
    return (
        Sample("plain", plain(), PLAIN, clean=True),
        Sample("columns-turned-round", workbook([
            ["命名文件", "获评年月日", "等级", "承接社会组织", "优秀项目"],
            ["总工办发〔2022〕30号", "2022.11.20", "国家级", OA, A],
            ["鲁会办〔2022〕18号", "2022/6/1", "省级", OB, B],
            ["青工发〔2022〕7号", "二〇二二年三月十五日", "市级", OC, C],
        ]), PLAIN),
        Sample("word-table", word("青岛市社会组织服务职工优秀项目获奖情况一览表", [
            ["项目名称", "实施主体", "荣誉层级", "授予时间"], [A, OA, "全国总工会", "2022年11月20日"],
            [B, OB, "山东省总工会", "2022年6月1日"], [C, OC, "青岛市总工会", "2022年3月15日"]]), PLAIN),
        Sample("merged-levels", workbook([
            ["级别", "项目名称", "单位名称", "时间"], ["全国", A, OA, "2022年11月20日"], ["", B, OB, "2022年12月1日"], ["市级", C, OC, "2022年3月15日"],
        ], ["A2:A3"]), (Row(A, OA, NATIONAL, "2022-11-20"), Row(B, OB, NATIONAL, "2022-12-01"), Row(C, OC, MUNICIPAL, "2022-03-15"))),
        Sample("word-merged", word([
            ["项目名称", "社会组织", "级别", "命名日期"], [A, OA, "市级", "2022年3月1日"], [None, None, "省级", "2023年3月1日"]]),
            (Row(A, OA, MUNICIPAL, "2022-03-01"), Row(A, OA, PROVINCIAL, "2023-03-01"))),
        Sample("group-headings", workbook([
            ["青岛市社会组织服务职工优秀项目荣誉情况汇总表"], ["序号", "项目名称", "实施单位", "命名时间"],
            ["一、全国优秀项目（1个）"], [1, A, OA, "2022年11月20日"], ["二、山东省优秀项目（1个）"], [1, B, OB, "2022年6月1日"],
            ["三、青岛市优秀项目（1个）"], [1, C, OC, "2022年3月15日"], ["合计", 3]], ["A1:D1", "A3:D3", "A5:D5", "A7:D7"]), PLAIN),
        Sample("sheet-for-each-level", workbooks({
            "国家级": ([["项目名称", "社会组织", "命名时间"], [A, OA, "2022-11-20"]], ()),
            "省级": ([["项目名称", "社会组织", "命名时间"], [B, OB, "2022-06-01"]], ()),
            "市级": ([["项目名称", "社会组织", "命名时间"], [C, OC, "2022-03-15"]], ())}), PLAIN),
        Sample("levels-as-columns", workbook([
            ["序号", "项目名称", "社会组织", "获得荣誉", "", ""], ["", "", "", "全国", "山东省", "青岛市"],
            [1, A, OA, "2022年11月20日", "", "2022年3月1日"], [2, B, OB, "", "2022年6月1日", ""]],
            ["A1:A2", "B1:B2", "C1:C2", "D1:F1"]),
            (Row(A, OA, NATIONAL, "2022-11-20"), Row(A, OA, MUNICIPAL, "2022-03-01"), Row(B, OB, PROVINCIAL, "2022-06-01"))),
        Sample("levels-ticked", workbook([
            ["项目名称", "社会组织", "全国", "省级", "市级", "命名时间"], [A, OA, "√", "", "", "2022年11月20日"], [B, OB, "×", "√", "—", "2022年6月1日"]]),
            (Row(A, OA, NATIONAL, "2022-11-20"), Row(B, OB, PROVINCIAL, "2022-06-01"))),
        Sample("two-row-heads", workbook([
            ["项目名称", "社会组织", "荣誉情况", "", "", "补助情况（元）", ""], ["", "", "级别", "时间", "文号", "补助标准", "已补助"],
            [A, OA, "山东省", "2022年6月1日", "鲁会办〔2022〕18号", 20000, 10000]], ["A1:A2", "B1:B2", "C1:E1", "F1:G1"]),
            (Row(A, OA, PROVINCIAL, "2022-06-01", 10000),)),
        Sample("lying-on-its-side", workbook([
            ["项目名称", A, B], ["社会组织", OA, OB], ["荣誉级别", "全国", "省级"], ["命名时间", "2022年11月20日", "2022年6月1日"]]),
            (Row(A, OA, NATIONAL, "2022-11-20"), Row(B, OB, PROVINCIAL, "2022-06-01"))),
        Sample("heads-repeated", workbook([
            HEAD, [1, A, OA, "全国", "2022-11-20", "总工办发〔2022〕30号"], HEAD, [2, B, OB, "省级", "2022-06-01", "鲁会办〔2022〕18号"]]), PLAIN[:2]),
    )  # fmt: skip


def _worded() -> tuple[Sample, ...]:
    away = frozenset({"not_eligible"})
    return (
        _levels("national-words", [(w, NATIONAL) for w in ("全国", "国家级", "全国总工会", "中华全国总工会", "全总", "全国级", "全国 总工会", "国家")]),
        _levels("provincial-words", [(w, PROVINCIAL) for w in ("山东省", "省级", "省总", "山东省总", "山东省总工会", "山东省级", "山东", "省", "全省", "省总工会")]),
        _levels("municipal-words", [(w, MUNICIPAL) for w in ("青岛市", "市级", "青岛市总", "青岛市总工会", "市总工会", "山东省青岛市", "青岛", "市", "青岛市级", "设区市级")]),
        _levels("other-cities", [(w, None) for w in ("济南市", "济南市总工会", "烟台", "深圳市", "山东省潍坊市", "江苏省苏州市", "威海市级")], away),
        _levels("other-provinces", [(w, None) for w in ("江苏省", "北京市", "浙江", "广东省总工会", "内蒙古自治区")], away),
        _levels("districts", [(w, None) for w in ("市北区", "青岛市市北区", "西海岸新区", "胶州市", "区级", "即墨区总工会", "区（市）级", "街道")], away),
        _levels("no-level-at-all", [(w, None) for w in ("省部级", "全国、山东省", "一等奖", "优秀", "副省级", "？")], frozenset({"invalid", "missing"}) & {"invalid"}),
        Sample("honour-names", workbook([
            ["项目", "组织名称", "荣誉名称", "授予单位", "获得荣誉时间"],
            [A, OA, "全国工会联系引导社会组织服务职工优秀项目", "中华全国总工会", "2022年11月"],
            [B, OB, "山东省工会联系引导社会组织服务职工优秀项目", "山东省总工会", "2022年6月"],
            [C, OC, "青岛市工会联系引导社会组织服务职工优秀项目", "青岛市总工会", "2022年3月"]]),
            (Row(A, OA, NATIONAL, "2022-11"), Row(B, OB, PROVINCIAL, "2022-06"), Row(C, OC, MUNICIPAL, "2022-03"))),
        Sample("rank-of-another-city", workbook([
            ["项目名称", "社会组织", "级别", "授予单位", "命名时间"], [A, OA, "市级", "济南市总工会", "2022年3月1日"]]), (Row(A, OA, None, "2022-03-01"),), away),
        Sample("level-against-honour", workbook([
            ["项目名称", "社会组织", "级别", "荣誉名称", "命名时间"], [A, OA, "省级", "青岛市工会优秀项目", "2022年3月1日"]]),
            (Row(A, OA, None, "2022-03-01"),), frozenset({"inconsistent"})),
        Sample("list-of-another-city", workbook([
            ["济南市工会联系引导社会组织服务职工优秀项目名单"], ["项目名称", "社会组织", "命名时间"], ["泉城驿站", "济南市泉心社工服务中心", "2022年3月1日"]], ["A1:C1"]),
            (Row("泉城驿站", "济南市泉心社工服务中心", None, "2022-03-01"),), away),
        Sample("place-in-project", workbook([HEAD, [1, "全国文明城市志愿服务济南路驿站", "山东省青岛市市北区暖心社", "市级", "2022-03-15", "青工发〔2022〕7号"]]),
            (Row("全国文明城市志愿服务济南路驿站", "山东省青岛市市北区暖心社", MUNICIPAL, "2022-03-15"),)),
    )  # fmt: skip


def _paid() -> tuple[Sample, ...]:
    low = frozenset({"low_confidence"})
    return (
        _money("paid-in-yuan", "已补助金额（元）", 10000, 10000),
        _money("paid-in-ten-thousands", "已补助（万元）", 1, 10000),
        _money("paid-with-fraction", "已拨付(万元)", 1.5, 15000),
        _money("paid-unit-in-cell", "已付", "1万元", 10000),
        _money("paid-in-capitals", "已发放补助", "壹万元整", 10000),
        _money("paid-full-width", "已补助金额(元)", "１０，０００．００", 10000),
        _money("paid-unit-above", "已补助", "1", 10000, above="单位：万元"),
        _money("paid-without-unit", "已补助", "1", None, frozenset({"invalid"})),
        _money("paid-large-without-unit", "已补助金额", 10000, 10000, low),
        _money("paid-not", "已补助金额（元）", "未补助", 0),
        _money("paid-dash", "已补助金额（元）", "—", None),
        _money("due-standard", "补助标准（元）", 20000, None),
        _money("due-sum", "应补金额（元）", 20000, None),
        _money("due-less-paid", "应补助金额（扣除已补助）（元）", 10000, None),
        _money("planned", "拟补助金额（万元）", 2, None),
        _money("unsure-payment", "实际拨付金额（元）", 10000, None, low),
        _money("paid-when", "已拨付时间", "2022年6月", None),
        _money("paid-with-words", "已补助情况", "市级补助10000元（2022年6月拨付）", 10000),
        _money("paid-flag-only", "是否已补助", "是", None, frozenset({"invalid"})),
        _money("paid-flag-no", "是否已补助", "否", 0),
        _money("paid-in-remark", "备注", "2022年已补助1万元", 10000, low),
        _money("due-in-remark", "备注", "应补2万元", None),
        Sample("paid-once-for-both", workbook([
            ["项目名称", "社会组织", "级别", "命名时间", "已补助（元）"], [A, OA, "市级", "2022年3月1日", 10000], ["", "", "省级", "2023年3月1日", ""]],
            ["A2:A3", "B2:B3", "E2:E3"]),
            (Row(A, OA, MUNICIPAL, "2022-03-01", 10000), Row(A, OA, PROVINCIAL, "2023-03-01"))),
    )  # fmt: skip


def _otherwise_worded() -> tuple[Sample, ...]:
    """The same said in the words of other offices."""
    heads = (
        ["项目全称", "承办机构", "所获荣誉", "荣誉获批日期", "批准文件"], ["品牌（项目）名称", "运营单位", "奖项级别", "授牌时间", "证书编号"],
        ["获评项目", "实施社会组织", "获奖类别", "获奖年月日", "表彰文号"], ["项目/品牌名称", "社工机构", "评定档次", "评定日期", "依据"],
        ["项 目 名 称", "承 接 单 位", "级  别", "时  间", "文  号"], ["优秀项目\n名称", "执行机构", "评选\n层级", "公布\n日期", "文件\n编号"],
        ["项目名称", "单位全称", "项目类别", "命名时间", "备注"],
    )  # fmt: skip
    rows = (
        Row(A, OA, NATIONAL, "2022-11-20"),
        Row(B, OB, PROVINCIAL, "2022-06-01"),
        Row(C, OC, MUNICIPAL, "2022-03-15"),
    )
    said = [
        [A, OA, "国家级", "2022年11月20日", ""],
        [B, OB, "省级", "2022年6月1日", ""],
        [C, OC, "市级", "2022年3月15日", ""],
    ]
    sums = (("累计已补助（元）", 10000, 10000), ("历史已补金额（元）", 10000, 10000), ("奖补资金（已发）（元）", 10000, 10000), ("已下拨经费（万元）", 1, 10000),
            ("已兑付（元）", 10000, 10000), ("补助情况", "已补助1万元", 10000), ("未付金额（元）", 10000, None), ("待拨付（元）", 10000, None), ("配套标准（万元）", 1, None),
            ("以前年度补助（元）", 10000, None), ("此前已补（元）", 10000, 10000))  # fmt: skip
    return (
        *(Sample(f"worded-{n}", workbook([head, *said]), rows) for n, head in enumerate(heads)),
        *(_money(f"sum-{head}", head, amount, paid) for head, amount, paid in sums),
    )


def _documents() -> tuple[Sample, ...]:
    decision = ("青岛市总工会文件", "青工发〔2022〕15号", "青岛市总工会关于命名2022年度青岛市工会联系引导社会组织服务职工优秀项目的决定", "各区市总工会：",
                "根据《实施意见》（青工发〔2021〕40号），2021年12月9日以来……现将名单公布如下。")  # fmt: skip
    return (
        Sample("decision-with-table", word(*decision, "附件：优秀项目名单", "青岛市总工会", "2022年11月20日", [
            ["序号", "项目名称", "申报单位"], [1, A, OA], [2, B, OB]]),
            (Row(A, OA, MUNICIPAL, "2022-11-20"), Row(B, OB, MUNICIPAL, "2022-11-20")), clean=True, extra={"document": "青工发〔2022〕15号"}),
        Sample("decision-with-lines", word(*decision, "青岛市总工会", "2022年11月20日", "附件", "2022年度青岛市工会联系引导社会组织服务职工优秀项目名单",
            f"1.{A}（{OA}）", f"2.{B}（{OB}）"),
            (Row(A, OA, MUNICIPAL, "2022-11-20"), Row(B, OB, MUNICIPAL, "2022-11-20")), extra={"document": "青工发〔2022〕15号"}),
        Sample("decision-in-two-lines", word("山东省总工会关于公布2023年度山东省工会联系引导", "社会组织服务职工优秀项目的通报", "鲁会办〔2023〕9号", "2023年6月1日", [
            ["项目名称", "实施单位"], [A, OA]]), (Row(A, OA, PROVINCIAL, "2023-06-01"),), extra={"document": "鲁会办〔2023〕9号"}),
        Sample("forwarded", word("青岛市总工会转发全国总工会关于公布2024年全国工会联系引导社会组织服务职工优秀项目的通知", "青工办〔2024〕3号", "2024年1月8日", [
            ["项目名称", "实施单位"], [A, OA]]), (Row(A, OA, NATIONAL, "2024-01-08"),)),
        Sample("notice-of-several-levels", word(
            "青岛市总工会关于通报2023年全国、山东省和青岛市工会联系引导社会组织服务职工优秀项目的通知", "青工办〔2023〕30号", "现将获评项目通报如下：",
            "（一）全国优秀项目（1个）", f"1.{A}（{OA}）", "（二）山东省优秀项目（1个）", f"2.{B}（{OB}）", "三、市级优秀项目", f"{C}　　{OC}", "青岛市总工会", "2023年12月8日"),
            (Row(A, OA, NATIONAL, "2023-12-08"), Row(B, OB, PROVINCIAL, "2023-12-08"), Row(C, OC, MUNICIPAL, "2023-12-08"))),
        Sample("decision-without-numbers", word(*decision, "青岛市总工会", "2022年11月20日", "附件",
            "2022年度青岛市工会联系引导社会组织服务职工优秀项目名单", f"{A}\t{OA}", f"{OB}\t{B}"),
            (Row(A, OA, MUNICIPAL, "2022-11-20"), Row(B, OB, MUNICIPAL, "2022-11-20"))),
        Sample("formula-not-computed", workbook([
            ["项目名称", "社会组织", "级别", "命名时间", "已补助（元）"], [A, OA, "省级", "2022-05-01", "=5000+5000"]]),
            (Row(A, OA, PROVINCIAL, "2022-05-01"),), frozenset({"invalid"})),
        Sample("recommended-by", workbook([
            HEAD[:5], [1, A, OA, "全国工会联系引导社会组织服务职工优秀项目（青岛市推荐）", "2022-05-01 00:00:00"]]),
            (Row(A, OA, NATIONAL, "2022-05-01"),)),
        Sample("revoked", word("青岛市总工会关于撤销“新驿站”青岛市工会联系引导社会组织服务职工优秀项目称号的决定", "2024年1月8日", [["项目名称", "实施单位"], [A, OA]]),
            (Row(A, OA, MUNICIPAL, "2024-01-08"),), frozenset({"not_eligible"})),
        Sample("table-over-two-pages", word("2022年度青岛市工会联系引导社会组织服务职工优秀项目名单", [["项目名称", "实施单位", "命名时间"], [A, OA, "2022年3月1日"]],
            "续表", [[B, OB, "2022年3月1日"]]), (Row(A, OA, MUNICIPAL, "2022-03-01"), Row(B, OB, MUNICIPAL, "2022-03-01"))),
    )  # fmt: skip


def _odd() -> tuple[Sample, ...]:
    dates = [("2022年3月", "2022-03"), ("2022-11-20", "2022-11-20"), ("2022.11", "2022-11"), ("2022年度", "2022"), ("二〇二二年十一月二十日", "2022-11-20"),
             ("20221120", "2022-11-20"), ("2022年2月30日", None), ("3月5日", None), (44885, None), (date(2022, 11, 20), "2022-11-20"),
             ("2022年3月、2023年5月", None), ("", None)]  # fmt: skip
    return (
        Sample("dates", workbook([HEAD[:5], *([n, f"项目甲{n}号站", OA, "市级", said] for n, (said, _) in enumerate(dates, 1))]),
               tuple(Row(f"项目甲{n}号站", OA, MUNICIPAL, told) for n, (_, told) in enumerate(dates, 1)), frozenset({"invalid", "missing"})),
        Sample("month-ten-or-one", workbook([HEAD[:5], [1, A, OA, "市级", 2022.1]]), (Row(A, OA, MUNICIPAL, "2022"),), frozenset({"invalid"})),
        Sample("not-the-honour's-dates", workbook([
            ["项目名称", "社会组织", "成立时间", "项目完成时间", "级别", "推荐时间", "命名日期", "拨付日期"],
            [A, OA, "2018年1月1日", "2021年5月1日", "市级", "2022年1月1日", "2022年3月15日", "2022年9月1日"]]), (Row(A, OA, MUNICIPAL, "2022-03-15"),), clean=True),
        Sample("not-the-honour's-units", workbook([
            ["推荐单位", "主管单位", "项目名称", "承接机构", "级别", "命名单位", "命名日期"], ["市北区总工会", "市北区民政局", A, OA, "省级", "山东省总工会", "2022年3月15日"]]),
            (Row(A, OA, PROVINCIAL, "2022-03-15"),), clean=True),
        Sample("duplicates", workbook([HEAD, [1, A, OA, "市级", "2022-03-15", "青工发〔2022〕7号"], [2, A, OA, "市级", "2022年3月15日", "青工发〔2022〕7号"]]),
               (Row(A, OA, MUNICIPAL, "2022-03-15"), Row(A, OA, MUNICIPAL, "2022-03-15")), frozenset({"duplicate"})),
        Sample("renamed", workbook([HEAD[:5], [1, "心港湾职工心理服务（原名：心灵驿站职工心理服务）", OA, "省级", "2023-03-15"]]),
               (Row("心港湾职工心理服务", OA, PROVINCIAL, "2023-03-15"),), extra={"names": ("心灵驿站职工心理服务",)}),
        Sample("renamed-in-remark", workbook([[*HEAD[:5], "备注"], [1, "心港湾职工心理服务", OA, "省级", "2023-03-15", "原名“心灵驿站职工心理服务”"]]),
               (Row("心港湾职工心理服务", OA, PROVINCIAL, "2023-03-15"),), extra={"names": ("心灵驿站职工心理服务",)}),
        Sample("revoked-in-remark", workbook([[*HEAD[:5], "备注"], [1, A, OA, "市级", "2022-03-15", "2023年已撤销"]]),
               (Row(A, OA, MUNICIPAL, "2022-03-15"),), frozenset({"not_eligible"})),
        Sample("notes-and-totals", workbook([
            ["填报单位：青岛市总工会法律工作部", "", "", "填报时间：2024年1月5日"], ["项目名称", "社会组织", "级别", "命名时间"], [A, OA, "市级", "2022年3月15日"],
            ["小计", "1个"], ["合计", "1个"], ["注：以上项目均已公示。"], ["填表人：王某", "", "", "联系电话：0532-00000000"]]),
            (Row(A, OA, MUNICIPAL, "2022-03-15"),), clean=True),
        Sample("ditto", workbook([["项目名称", "社会组织", "级别", "命名时间"], [A, OA, "市级", "2022年3月15日"], [B, "同上", "同上", "〃"]]),
               (Row(A, OA, MUNICIPAL, "2022-03-15"), Row(B, OA, MUNICIPAL, "2022-03-15"))),
        Sample("names-over-two-lines", workbook([HEAD[:5], [1, "“新驿站”户外\n劳动者关爱项目", "青岛市暖阳社会\n工作服务中心", "市级", "2022年3月15日"]]),
               (Row(A, OA, MUNICIPAL, "2022-03-15"),)),
        Sample("no-project", workbook([HEAD[:5], [1, "", OA, "市级", "2022-03-15"]]), (Row(None, OA, MUNICIPAL, "2022-03-15"),), frozenset({"missing"})),
        Sample("title-far-from-A1", workbook([[], [], ["", "", "2022年度山东省工会联系引导社会组织服务职工优秀项目名单"], [], ["", "", "项目名称", "社会组织", "命名时间"],
               ["", "", A, OA, "2022年3月15日"]], ["C3:E3"]), (Row(A, OA, PROVINCIAL, "2022-03-15"),)),
        Sample("level-left-open", workbook([HEAD[:5], [1, A, OA, "市级", "2022-03-15"], [2, B, OB, "", "2022-03-15"]]),
               (Row(A, OA, MUNICIPAL, "2022-03-15"), Row(B, OB, None, "2022-03-15")), frozenset({"missing"})),
    )  # fmt: skip
