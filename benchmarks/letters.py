"""What a letter costs: milliseconds to fill in the Word file and to set its PDF, templates and fonts warm.

Run `python -m benchmarks.letters` for the table alone. The letter is the pack's own 补正通知书 with six items; values are medians. The
reach is what 15 cases a second and core leave for it.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.row import Row

from formflow.letters.typeset import typeset
from formflow.letters.word import render

TEMPLATE = Path(__file__).parents[1] / "templates" / "nantong-service-centre" / "letters" / "补正通知书.docx"
ROUNDS = 25
WORD_MS, PDF_MS = 15.0, 20.0
_ITEM = {
    "项目": "现状及应具备条件符合性", "位置": "第1张表第4行", "问题": "没有填写", "依据": "附件2 一、申请单位现状",
    "要求": "请写明已有的场所、人员、服务项目和近一年的工作成效",
}  # fmt: skip
_CONTEXT = {
    "发文机关": "南通市总工会", "经办部门": "权益保障部", "联系人": "经办人", "联系电话": "0513-00000000", "联系地址": "崇川区某路1号",
    "编号": "2022-0001-1", "回执编号": "2022-0001-1", "申请单位": "启航镇总工会", "单位名称": "启航镇职工服务中心",
    "项目名称": "职工服务中心赋能创优", "收到日期": "2022年3月10日", "成文日期": "2022年3月10日", "文件名称": "补正通知书",
    "依据": "《关于开展职工服务中心赋能创优活动的通知》", "事项数": 6, "补正期限": "2022年3月24日", "工作日数": 10, "期限说明": "",
    "逾期后果": "逾期没有补正的，本次申报不再继续办理。", "份数要求": "申请表一式两份。", "件次": "", "上次日期": "",
    "补正事项": [{"序号": str(number), **_ITEM} for number in range(1, 7)], "待补交材料": [], "提示事项": ["请核对原件是否盖章"],
}  # fmt: skip


def rows() -> list[Row]:
    """Two rows: Word and PDF."""
    template = TEMPLATE.read_bytes()
    word = render(template, _CONTEXT)
    pages = typeset(word).pages
    word_ms, pdf_ms = median_ms(lambda: render(template, _CONTEXT)), median_ms(lambda: typeset(word))
    return [
        Row("a letter as Word, ms", word_ms, f"≤ {WORD_MS:g}", word_ms <= WORD_MS, "template compiled once"),
        Row(
            "the same letter as PDF, ms", pdf_ms, f"≤ {PDF_MS:g}", pdf_ms <= PDF_MS, f"{pages} pages, fonts parsed once"
        ),
    ]


def median_ms(work: Callable[[], object]) -> float:
    """Median of `ROUNDS` runs."""
    spent = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        spent.append((time.perf_counter() - start) * 1000)
    return statistics.median(spent)


if __name__ == "__main__":
    for row in rows():
        print(f"{row.name}: {row.value:.1f} ({row.reach}; {row.note})")
