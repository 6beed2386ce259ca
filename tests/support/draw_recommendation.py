"""Draws the blank 优秀项目推荐表 and the letters' templates of the pack qingdao-social-organisations, and a filled copy of the form.

The fields follow the evidence that the 百分评估标准 asks for. Run as `python -m support.draw_recommendation` with tests/ on the path it
writes `application.docx` and `letters/`; the same bytes every time.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN

from formflow.letters.common import ACCEPTANCE, SUPPLEMENT
from formflow.letters.common_money import SUBSIDY
from formflow.letters.skeleton import make
from support.draw_application import KAI_FONT, format_answer, write_run
from support.form_drawing import FormDrawing

PACK = Path(__file__).resolve().parents[2] / "templates" / "qingdao-social-organisations"
TITLE = "工会联系引导社会组织服务职工优秀项目推荐表"
GRID = (1800, 1200, 1379, 1800, 1379, 1400)
PAIR = (1, 2, 1, 2)
MATERIALS = (
    "学习制度和学习记录", "活动方案和会议记录", "登记证书", "场所照片", "建立工会批复文件", "工会工作材料", "工会活动材料", "合同和实施方案",
    "评估总结材料", "满意度测评材料", "媒体报道材料", "交流推广材料",
)  # fmt: skip
INSTRUCTIONS = (
    "社会组织名称、统一社会信用代码、登记日期和有效期按登记证书填写，日期写到年月日。",
    "合同金额填数字，单位为元；职工满意度按测评结果填写，如95%。",
    "媒体级别、主办工会级别填“国家级”“省部级”“设区市级”；行数不够可以加行。",
    "提交的材料在方框内打“√”，材料附在本表后面。",
    "本表一式两份，推荐单位盖章后报送，并同时报送电子版。",
)


def draw(values: dict[str, Any] | None = None) -> bytes:
    """The form: blank, or filled in with texts by field id (rows as lists of rows, `attachments` as the ticked ones)."""
    said = values or {}
    form = FormDrawing(TITLE, "青岛市总工会", datetime(2021, 12, 9), GRID)
    form.line(TITLE, "方正小标宋简体", 20, centred=True)
    _table_here(form)
    _one(form, "项目名称", said.get("project_name"))
    _one(form, "社会组织名称", said.get("organisation"))
    _two(form, ("统一社会信用代码", said.get("credit_code")), ("成立登记日期", said.get("registered_on")))
    _two(form, ("登记证书有效期至", said.get("registration_until")), ("建立工会日期", said.get("union_founded_on")))
    form.head("二、项目实施情况")
    _two(form, ("项目开始日期", said.get("project_start")), ("项目结束日期", said.get("project_end")))
    _two(form, ("完成结项日期", said.get("completed_on")), ("服务职工人次", said.get("people_served")))
    _two(form, ("合同金额（元）", said.get("contract_amount")), ("职工满意度（%）", said.get("satisfaction")))
    form.head("三、主流媒体正面报道")
    _rows(form, (1, 1, 3, 1), ("媒体名称", "媒体级别", "报道标题", "报道日期"), said.get("media", ()))
    form.head("四、会议活动交流推广")
    _rows(form, (3, 1, 2), ("会议或活动名称", "主办工会级别", "举办日期"), said.get("exchanges", ()))
    _materials(form, said.get("attachments", ()))
    form.head("五、推荐意见")
    _opinion(form, said.get("opinion"), said.get("opinion_date"))
    form.line("填写说明", "黑体", 12)
    for number, text in enumerate(INSTRUCTIONS, 1):
        form.line(f"{number}.{text}", KAI_FONT, 11)
    return form.data()


def _table_here(form: FormDrawing) -> None:
    """The table on the page of the title."""
    form.begin_table()
    form.document.paragraphs[-1].paragraph_format.page_break_before = False
    form.head("一、项目和社会组织")


def _put(cell: Any, text: str | None) -> None:
    for number, line in enumerate((text or "").split("\n")):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        format_answer(paragraph)
        if line:
            write_run(paragraph, line)


def _label(cell: Any, text: str) -> None:
    cell.paragraphs[0].alignment = ALIGN.CENTER
    write_run(cell.paragraphs[0], text)


def _one(form: FormDrawing, label: str, text: str | None) -> None:
    left, right = form.row((1, 5), 1.1)
    _label(left, label)
    _put(right, text)


def _two(form: FormDrawing, *pairs: tuple[str, str | None]) -> None:
    cells = form.row(PAIR, 1.1)
    for (label, text), left, right in zip(pairs, cells[::2], cells[1::2], strict=True):
        _label(left, label)
        _put(right, text)


def _rows(form: FormDrawing, spans: tuple[int, ...], heads: tuple[str, ...], rows: Any) -> None:
    form.heads(spans, heads, 0)
    for row in (*rows, *([("",) * len(heads)] * max(0, 4 - len(rows)))):
        for cell, text in zip(form.row(spans, 0.9), row, strict=True):
            _put(cell, text)


def _materials(form: FormDrawing, chosen: Any) -> None:
    left, right = form.row((1, 5), 3.2)
    _label(left, "提交的材料")
    boxes = [f"{'☑' if material in chosen else '□'}{material}" for material in MATERIALS]
    for number in range(0, len(boxes), 2):
        paragraph = right.paragraphs[0] if number == 0 else right.add_paragraph()
        format_answer(paragraph)
        write_run(paragraph, "　".join(boxes[number : number + 2]))


def _opinion(form: FormDrawing, text: str | None, day: str | None) -> None:
    (cell,) = form.row((len(GRID),), 4.0)
    write_run(cell.paragraphs[0], "推荐单位（盖章）：")
    for line in (text or "\n").split("\n"):
        paragraph = cell.add_paragraph()
        format_answer(paragraph)
        if line:
            write_run(paragraph, line)
    sign = cell.add_paragraph()
    format_answer(sign)
    sign.alignment = ALIGN.RIGHT
    write_run(sign, f"负责人（签名）　　　　　　　　　　　{day or '年　　月　　日'}")


def main() -> None:
    """Write the blank and the letters' templates into the pack."""
    (PACK / "letters").mkdir(parents=True, exist_ok=True)
    (PACK / "application.docx").write_bytes(draw())
    letters = {"受理通知书.docx": ACCEPTANCE, "补正通知书.docx": SUPPLEMENT, "补助通知.docx": SUBSIDY}
    for name, skeleton in letters.items():
        (PACK / "letters" / name).write_bytes(make(skeleton))


if __name__ == "__main__":
    main()
