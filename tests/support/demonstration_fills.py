"""Filled forms of sichuan-demonstration-units: a unit's form and the list of pilots, of invented units."""

from __future__ import annotations

import io
from typing import Any

from docx import Document

from support import draw_demonstration_forms as form
from support.draw_application import write_run
from support.packing import repack

NOTES = (
    "建成服务大厅、综合休息区、职工书屋和培训室，形成县、乡镇、企业三级服务网络，职工步行15分钟可到。",
    "十个窗口一站式办理，按职工点单、分派任务、职工评单提供服务，全年服务80余场。",
    "建有双创孵化平台和劳动争议联合调处窗口，举办技能竞赛6场。",
    "线上可办入会、维权和培训，常年帮扶困难职工，普惠活动惠及2万人次。",
)


def fill_form(
    *, unit: str, union: str, handed_in: tuple[int, int], since: tuple[int, int] | None, notes: tuple[str, ...] = NOTES
) -> bytes:
    """A unit's form on the blank; `since` None: not written."""
    document = Document(io.BytesIO(form.draw_form()))
    for paragraph in document.paragraphs:
        for label, value in (("单位名称", unit), ("推荐单位", union)):
            if paragraph.text.startswith(f"{label}："):
                _retype(paragraph, f"{label}：{value}")
        if paragraph.text.startswith("二〇二"):
            _retype(paragraph, f"{handed_in[0]}年{handed_in[1]}月")
    table = document.tables[0]
    cells = {cell.text: row.cells[at + 1] for row in table.rows for at, cell in enumerate(row.cells[:-1]) if cell.text}
    if since:
        write_run(cells["纳入试点时间"].paragraphs[0], f"{since[0]}年{since[1]}月")
    write_run(cells["阵地面积"].paragraphs[0], "4000平方米")
    for label, text in zip(form.PARTS, notes, strict=True):
        write_run(cells[label].paragraphs[0], text)
    opinion = table.rows[-1].cells[0]
    _retype(opinion.paragraphs[1], "经审核，同意推荐。")
    _retype(opinion.paragraphs[-1], f"负责人（签名）　　　　　{handed_in[0]}年{handed_in[1]}月12日")
    return _bytes(document)


def fill_list(rows: tuple[tuple[str, str, str, str], ...], union: str = "") -> bytes:
    """The list of pilots; rows are (unit, city, since, named)."""
    document = Document(io.BytesIO(form.draw_list()))
    for paragraph in document.paragraphs:
        if paragraph.text.startswith("填报单位"):
            _retype(paragraph, f"填报单位：{union}")
    table = document.tables[0]
    for number, row in enumerate(rows, 1):
        for cell, text in zip(table.rows[number].cells, (str(number), *row), strict=True):
            write_run(cell.paragraphs[0], text)
    return _bytes(document)


def _retype(paragraph: Any, text: str) -> None:
    for run in list(paragraph.runs):
        run._element.getparent().remove(run._element)
    write_run(paragraph, text)


def _bytes(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return repack(buffer.getvalue())
