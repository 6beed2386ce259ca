"""One sound paper of every kind a reader takes, for spoiling: small, so that an edit is likely to matter."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from support import wordml
from support.archives import attached, mail, sevenzip, stored_rar, zipped
from support.corpus import make
from support.ofds import ofd, text
from support.pdfs import Paper, pdf
from support.press_pages import COOLING, TREE, text_of
from support.press_pdfs import Layout, Placed, drawn
from support.sheets import ods, ods_cell, xlsx
from support.word97 import Doc, Par, cells, row, sprm

REAL = Path(__file__).parents[3] / "shared" / "corpus" / "real"
_ROWS = "".join(
    wordml.tr(wordml.tc("申请单位", '<w:gridSpan w:val="2"/>'), wordml.sdt(wordml.tc("某镇")), wordml.tc("", '<w:vMerge w:val="restart"/>'))
    for _ in range(3)
)  # fmt: skip


def _page(paper: Paper) -> None:
    paper.grid((60, 200, 500), (100, 130, 160, 300))
    for x, y, words in ((70, 120, "申请单位"), (210, 120, "某镇总工会"), (70, 150, "时间"), (210, 150, "2022年3月")):
        paper.text(x, y, words)


def _web() -> bytes:
    paragraphs = "".join(f"<p>　　{text}</p>" for text in COOLING.paragraphs)
    table = "<table><tr><th colspan=2>项目<tr><td rowspan=2>驿站<td>26个<tr><td>4.2万人次</table>"
    head = "<meta charset=gbk><title>驿站</title><meta name=source content=青岛日报>"
    return f"<!DOCTYPE html><html><head>{head}</head><body><nav>首页</nav><h1>{COOLING.title}</h1>{paragraphs}{table}</body></html>".encode(
        "gbk"
    )


def _word() -> bytes:
    inner = '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = wordml.p("单位名称：", wordml.r("某镇", '<w:u w:val="single"/>'), props=numbered) + f"<w:tbl>{_ROWS}</w:tbl>"
    return wordml.docx(body, numbering=inner)


def _old_word() -> bytes:
    """Two pieces, a list of modifiers for one of them, rows merged down, a run that is hidden."""
    rows = [
        *cells("单位名称", "某镇\r甲", end=row((0, 2000, 4000), (0x60,))),
        *cells("", "乙", end=row((0, 2000, 4000), (0x20,))),
    ]
    text = sum(len(one.text) for one in (Par("申请表\r"), *rows))
    hidden = sprm(0x083C)
    return Doc([Par("申请表\r"), *rows], [(1, 2, hidden)], [(4, text), (0, 4)], prm={0: 1}, lists=[hidden]).bytes()


def _real(ending: str) -> list[bytes]:
    """The real papers with an ending that are sound."""
    return [path.read_bytes() for path in REAL.rglob(f"*.{ending}") if path.parent.name != "robustness"]


SEEDS: dict[str, Callable[[], bytes]] = {
    "docx": _word,
    "docx of an office": lambda: make(7).data,
    "xlsx": lambda: xlsx({"A1": "单位", "B2": 12.5, "C3": "=SUM(B1:B2)"}, change=lambda book: book.worksheets[0].merge_cells("A1:B1")),
    "ods": lambda: ods("<table:table-row>" + ods_cell("单位") + ods_cell("某镇", 'table:number-columns-spanned="2"') + "</table:table-row>"),
    "xls": lambda: min(_real("xls"), key=len),
    "pdf": lambda: pdf(_page),
    "ofd": lambda: ofd(text("申请单位", 30, 30) + text("某镇", 80, 30), text("二", 30, 40)),
    "ofd of an office": lambda: min(_real("ofd"), key=len),
    "doc": lambda: min(_real("doc"), key=len),
    "doc put together": _old_word,
    "text": lambda: "\n".join(["青岛日报 2023年7月5日", COOLING.title, *text_of(COOLING)]).encode("gb18030"),
    "html": _web,
    "newspaper": lambda: drawn(Layout(2, (Placed(COOLING, (0, 0), 40), Placed(TREE, (1, 1), 40)))),
    "zip": lambda: zipped({"甲/申请表.docx": _word(), "乙.txt": b"x"}),
    "7z": lambda: sevenzip({"申请表.docx": _word(), "乙.txt": b"x"}),
    "rar": lambda: stored_rar({"申请表.docx": _word(), "乙.txt": b"x"}),
    "eml": lambda: mail(attached("申请表.docx", _word()), attached("=?gbk?B?yerH6w==?=.doc", b"x")),
}  # fmt: skip


@cache
def seed(name: str) -> bytes:
    """A paper by a name of `SEEDS`, made once."""
    return SEEDS[name]()
