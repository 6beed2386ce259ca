"""The 补助通知 in words that fit any programme: who is paid what stands in its 附件, what the money may be spent on in its text.

What stands here is what `skeleton.make` draws; a clerk then edits the Word file. The pack's wording says how a sum comes about (补助办法) and
what is asked of who gets it (经费要求).
"""

from __future__ import annotations

from formflow.letters import common_year as year
from formflow.letters import elements as e
from formflow.letters.skeleton import Cell, Grid, Skeleton, Text

_LISTED = "{{ 年度 }}年度{{ 项目名称 }}补助明细表"
_COLUMNS = (
    (10, "序号", "{{ 笔.序号 }}", e.TABLE_CENTER),
    (41, "项目名称", "{{ 笔.项目 }}", e.TABLE_TEXT),
    (37, "单位名称", "{{ 笔.单位名称 }}", e.TABLE_TEXT),
    (17, "最高\n荣誉", "{{ 笔.荣誉 }}", e.TABLE_CENTER),
    (17, "应补助", "{{ 笔.应补助 }}", e.TABLE_CENTER),
    (17, "以前\n已补助", "{{ 笔.已补助 }}", e.TABLE_CENTER),
    (17, "本次\n补助", "{{ 笔.本次补助 }}", e.TABLE_CENTER),
)


def _listed() -> Grid:
    """The payments with their sum in the last row."""
    payments = year.table("笔 in 补助名单", *_COLUMNS)
    total = ("", "合计", "人民币{{ 合计大写 }}", "", "", "", "{{ 合计 }}")
    cells = tuple(Cell(element, text) for (*_, element), text in zip(_COLUMNS, total, strict=True))
    return Grid(payments.widths_mm, (*payments.rows, cells))


SUBSIDY = Skeleton(
    kind="red_header",
    mark="{{ 发文机关 }}文件",
    blocks=(
        Text(e.NUMBER, "{{ 发文字号 }}"),
        Text(e.TITLE, "{{ 发文机关 }}关于拨付{{ 年度 }}年度{{ 项目名称 }}补助经费的通知"),
        Text(e.RECIPIENT, "{{ 主送机关 }}："),
        Text(e.BODY, "根据{{ 依据 }}，经核定，对{{ 项数 }}个项目拨付补助经费，共计{{ 合计 }}{{ 金额单位 }}（人民币{{ 合计大写 }}）。现将有关事项通知如下。"),
        Text(e.HEADING_1, "一、补助金额"),
        Text(e.BODY, "{{ 补助办法 }}各项目的补助金额见附件。"),
        Text(e.HEADING_1, "二、经费用途"),
        Text(e.BODY, "补助经费用于下列支出："),
        *year.loop("用途", "经费用途", Text(e.BODY, "{{ loop.index }}.{{ 用途 }}。")),
        Text(e.HEADING_1, "三、有关要求"),
        Text(e.BODY, "{{ 经费要求 }}"),
        Text(e.ENCLOSURES, f"附件：{_LISTED}"),
        Text(e.SIGNATURE, "{{ 发文机关 }}"),
        Text(e.DATE, "{{ 成文日期 }}"),
        Text(e.ENCLOSURE_MARK, "附件"),
        Text(e.ENCLOSURE_TITLE, _LISTED),
        Text(e.ENCLOSURE_NOTE, "（单位：{{ 金额单位 }}，共{{ 项数 }}项）"),
        _listed(),
    ),
    copies_to="{{ 抄送机关 }}。",
    copies_key="抄送机关",
    printed=year.IMPRINT,
)  # fmt: skip
