"""Draws the blanks of the pack sichuan-demonstration-units: the unit's form and the list of pilot units.

Run as `python -m support.draw_demonstration_forms` with tests/ on the path.
"""

from __future__ import annotations

from datetime import datetime

from support.form_drawing import FormDrawing
from support.office import TEMPLATES

PACK = TEMPLATES / "sichuan-demonstration-units"
ISSUER, DAY = "四川省总工会", datetime(2023, 3, 1)
FORM_TITLE = "提升职工生活品质示范单位申报表"
LIST_TITLE = "职工服务综合体试点单位名册"
COVER = ("单位名称", "推荐单位")
PARTS = ("服务阵地情况", "服务水平情况", "服务板块情况", "服务体系情况")
LIST_HEADS = ("序号", "单位名称", "所在市（州）", "纳入试点时间", "命名示范单位时间")
OPINION = "推荐单位"


def draw_form() -> bytes:
    """The blank form of one unit."""
    form = FormDrawing(FORM_TITLE, ISSUER, DAY, (2100, 2400, 2100, 2400))
    form.title(FORM_TITLE)
    form.cover(COVER, "二〇二　　年　　月")
    form.begin_table()
    form.head("一、基本情况")
    form.pairs((1, 1, 1, 1), "纳入试点时间", "阵地面积")
    form.head("二、示范做法")
    for label in PARTS:
        form.pairs((1, 3), label, height_cm=4.0)
    form.head("三、推荐意见")
    form.opinion(OPINION)
    return form.data()


def draw_list() -> bytes:
    """The blank list of pilot units."""
    form = FormDrawing(LIST_TITLE, ISSUER, DAY, (900, 3000, 1700, 1700, 1700))
    form.line(LIST_TITLE, size=22, centred=True)
    form.line("填报单位：")
    form.begin_table()
    form.heads((1, 1, 1, 1, 1), LIST_HEADS, 12)
    return form.data()


if __name__ == "__main__":
    (PACK / "application.docx").write_bytes(draw_form())
    (PACK / "pilot-list.docx").write_bytes(draw_list())
