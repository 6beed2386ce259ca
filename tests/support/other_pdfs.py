"""The application form as programs that are no office suite would print it: drawn by a report library, or a web page printed by a browser.

A `Filling` comes in, PDF bytes go out. Seals and signatures are left out: what is tested is how text and tables are read.
"""

from __future__ import annotations

import html
import io
import random
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

from support.corpus import Paper
from support.filling import Filling, Opinion, fields_of, findings_of
from support.invent import invent
from support.pdfs import FONTS

TITLE = "职工服务中心赋能创优申请表"
PLAN = "二、工作方案（参考任务内容及评价指标，因地制宜制定工作方案，包括预期实现工作目标、标准体系建立、主要措施及实施效果等，详写）"
STEPS = "三、计划工作步骤、时间进度、阶段工作内容（1-2年规划及年度实施方案，建设思路、重点任务、工作举措、规划设计、标准体系建立、组织实施标准、自查、申请验收等）"
HEADS = ("时间", "阶段工作内容", "负责单位及参与单位")
OPINIONS = (
    ("承担单位", "opinion_undertaking"),
    ("参与单位", "opinion_participating"),
    ("管理单位", "opinion_managing"),
)
# (row kind, cells): "heading" and "whole" have one cell across, "pair" a label and an answer, "step" three.
Row = tuple[str, tuple[str, ...]]


def paper(seed: int, producer: str) -> Paper:
    """A paper of a seed by "report" or a way a web page is ruled ("solid", "collapsed", "dashed", "open")."""
    filling = plain(invent(random.Random(f"filling {seed}")))
    data = by_report(filling) if producer == "report" else by_browser(filling, producer)
    return Paper(f"{producer}-{seed}.pdf", data, fields_of(filling), findings_of(filling), (producer,))


def plain(filling: Filling) -> Filling:
    """Without pictures and enclosures."""
    bare = {name: replace(getattr(filling, name), sealed=False, signed=False) for _, name in OPINIONS}
    return replace(filling, enclosed=(), **bare)


def cover(filling: Filling) -> Iterator[tuple[str, str]]:
    """Label and value of each cover line."""
    yield "单位名称：", filling.centre_name
    yield "时间：", f"{_month(filling, 'period_start')}至{_month(filling, 'period_end')}"
    yield "承担单位：", filling.undertaking_union
    yield "管理单位：", filling.managing_union
    yield "", _month(filling, "form_date")


def _month(filling: Filling, name: str) -> str:
    when: Any = getattr(filling, name)
    if when is None:
        return "    年  月"
    return f"{when[0]}年    月" if name in filling.half_written else f"{when[0]}年{when[1]}月"


def rows(filling: Filling) -> Iterator[Row]:
    """The form's rows in order."""
    yield "heading", ("一、申请单位现状",)
    yield "pair", ("申请单位", filling.applicant)
    yield "pair", ("所属行业", filling.industry)
    yield "pair", ("现状及应具备条件符合性", filling.eligibility)
    yield "pair", ("目前工作情况", filling.current_work)
    yield "heading", (PLAN,)
    yield "whole", (filling.work_plan,)
    yield "heading", (STEPS,)
    yield "step", HEADS
    for row in filling.schedule:
        yield "step", (row.time, row.content, row.responsible)
    yield "heading", ("四、经费保障情况",)
    yield "pair", ("1.经费主要投入方向", filling.funding_use)
    yield "pair", ("2.经费来源", filling.funding_source)
    yield "heading", ("五、承担单位、参与单位及管理单位意见",)
    for unit, name in OPINIONS:
        yield "whole", (_opinion(unit, getattr(filling, name)),)


def _opinion(unit: str, opinion: Opinion) -> str:
    day = "{}年{}月{}日".format(*opinion.day) if opinion.day else "　　年　　月　　日"
    return f"{unit}（盖章）：\n{opinion.text}\n负责人（签名）{opinion.signer}　　　　{day}"


# A report library ------------------------------------------------------------------------------------------------------


def by_report(filling: Filling) -> bytes:
    """One table with merged cells; its rows are kept whole."""
    pdfmetrics.registerFont(TTFont("Report", str(FONTS / "NotoSerifSC-Regular.ttf")))
    style = ParagraphStyle("body", fontName="Report", fontSize=11, leading=16, wordWrap="CJK")
    story: list[Flowable] = [
        Paragraph(TITLE, ParagraphStyle("title", parent=style, fontSize=22, leading=30, alignment=1))
    ]
    story += [
        Spacer(1, 60),
        *(Paragraph(_escaped(label + value), style) for label, value in cover(filling)),
        PageBreak(),
    ]
    cells, spans = [], []
    for number, (kind, texts) in enumerate(rows(filling)):
        cell = [[Paragraph(_escaped(line), style) for line in text.split("\n")] for text in texts]
        if kind in ("heading", "whole"):
            cells.append([cell[0], "", ""])
            spans.append(("SPAN", (0, number), (2, number)))
        elif kind == "pair":
            cells.append([cell[0], cell[1], ""])
            spans.append(("SPAN", (1, number), (2, number)))
        else:
            cells.append(cell)
    table = Table(cells, colWidths=[100, 210, 140])
    table.setStyle([("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "MIDDLE"), *spans])
    buffer = io.BytesIO()
    SimpleDocTemplate(buffer).build([*story, table])
    return buffer.getvalue()


def _escaped(text: str) -> str:
    return html.escape(text).replace(" ", "&nbsp;") or "&nbsp;"


# A browser -------------------------------------------------------------------------------------------------------------

_RULES = {
    "solid": "td { border: 1px solid #000; }",
    "collapsed": "table { border-collapse: collapse; } td { border: 0.5pt solid #333; }",
    "dashed": "table { border-collapse: collapse; } td { border: 1px dashed #000; }",
    "open": "table { border-collapse: collapse; } td { border-top: 1px solid #000; border-bottom: 1px solid #000; } "
    "td + td { border-left: 1px solid #000; }",
}


def has_browser() -> bool:
    return _browser() is not None


def _browser() -> str | None:
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def by_browser(filling: Filling, ruled: str) -> bytes:
    """A web page with a table, printed."""
    lines = "".join(
        f"<p>{html.escape(label)}<u>&nbsp;{html.escape(value)}&nbsp;</u></p>" for label, value in cover(filling)
    )
    body = "".join(f"<tr>{''.join(_cells(kind, texts))}</tr>" for kind, texts in rows(filling))
    page = (
        "<!doctype html><meta charset=utf-8><style>body { font: 12pt serif; } table { width: 100%; } td { padding: 4px; } "
        f"{_RULES[ruled]}</style><h1 style='text-align:center'>{TITLE}</h1>{lines}"
        f"<table style='page-break-before: always'>{body}</table>"
    )
    return _printed(page)


def _cells(kind: str, texts: tuple[str, ...]) -> Iterator[str]:
    spans = {"heading": (3,), "whole": (3,), "pair": (1, 2), "step": (1, 1, 1)}[kind]
    for text, span in zip(texts, spans, strict=True):
        paragraphs = "<br>".join(html.escape(line).replace("　", "&emsp;") for line in text.split("\n"))
        yield f"<td colspan={span}>{paragraphs}</td>"


def _printed(page: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "page.html", Path(folder) / "page.pdf"
        source.write_text(page, encoding="utf-8")
        command = [str(_browser()), "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
        command += [f"--user-data-dir={folder}/profile", f"--print-to-pdf={target}", source.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return target.read_bytes()
