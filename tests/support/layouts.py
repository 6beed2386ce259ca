"""The same form in other offices' shapes: other grids, headings outside the tables, opinions with a label column.

Each layout is a function from a `Filling` and a `Manner` to the body of a Word file; none is derived from the blank. They share
the cover and the small pieces every office types alike.
"""

from __future__ import annotations

from collections.abc import Callable

from support.draw_application import INSTRUCTIONS, OPINION_UNITS, SECTION_PLAN, SECTION_STEPS, TITLE
from support.fill_blank import ENCLOSURES, enclosure_lines
from support.filling import OPINION_FIELDS, Filling, Opinion
from support.manner import Manner, han_year
from support.pictures import ink_png, seal_png
from support.wordxml import PAGE_BREAK, Tc, package, para, paras, picture, run, table

MEDIA = {"rIdSeal": seal_png, "rIdInk": ink_png}
LETTER_TITLE = "关于报送职工服务中心赋能创优申报材料的报告"
LETTER = (
    "市总工会：",
    "按照通知要求，我单位对照申请表逐项填写了申请单位现状、目前工作情况和工作方案，现一式两份报上，请予审核。",
    "联系人：顾晓岚，联系电话：0513-86001122",
)
HEADS = (
    "申请单位现状",
    "工作方案",
    "计划工作步骤、时间进度、阶段工作内容",
    "经费保障情况",
    "承担单位、参与单位及管理单位意见",
)
STATE = (
    ("申请单位", "applicant"),
    ("所属行业", "industry"),
    ("现状及应具备条件符合性", "eligibility"),
    ("目前工作情况", "current_work"),
)
FUNDS = (("1.经费主要投入方向", "funding_use"), ("2.经费来源", "funding_source"))
STEP_HEADS = ("时间", "阶段工作内容", "负责单位及参与单位")


Layout = Callable[[Filling, Manner], str]


def draw_layout(layout: Layout, filling: Filling, manner: Manner) -> bytes:
    """The form in a layout as .docx bytes."""
    body = covering_letter(filling, manner) + _cover(filling, manner) + _instructions(manner) + layout(filling, manner)
    body += "".join(_enclosure(name, filling) for name in filling.enclosed)
    return package(body, {key: draw() for key, draw in MEDIA.items()})


# Pieces --------------------------------------------------------------------------------------------------------------


def covering_letter(filling: Filling, manner: Manner) -> str:
    """A letter some offices put in front, in the same file; it talks about the form and has a date of its own."""
    if "covering_letter" not in manner.edits or filling.form_date is None:
        return ""
    lines = (*LETTER, filling.undertaking_union or "镇总工会", "{}年{}月28日".format(*filling.form_date))
    return para(run(LETTER_TITLE, size=44), align="center") + "".join(map(para, lines)) + PAGE_BREAK


def _cover(filling: Filling, manner: Manner) -> str:
    lines = [para(run(TITLE, font="方正小标宋简体", size=52), align="center")]
    named = (
        ("单位名称：", filling.centre_name),
        ("承担单位：", filling.undertaking_union),
        ("管理单位：", filling.managing_union),
    )
    for label, value in named:
        lines.append(_cover_line(manner.label(label), value, manner))
        if label == "单位名称：":
            lines.append(_cover_line(manner.label("时间："), _period(filling, manner), manner))
    return "".join(lines) + para(_form_date(filling, manner), align="center")


def _cover_line(label: str, value: str, manner: Manner) -> str:
    if manner.cover == "underline":
        return para(run(label), run(f"   {value}   ", underline=True))
    if manner.cover == "underscores":
        return para(run(f"{label}___{value}_______"))
    if manner.cover == "tab":
        return para(run(label), run(f"\t{value}\t", underline=True))
    if manner.cover == "next_line":
        return para(run(label)) + para(run(value))
    return para(run(f"{label}{value}"))


def _period(filling: Filling, manner: Manner) -> str:
    ends = []
    for name in ("period_start", "period_end"):
        when = getattr(filling, name)
        if when is None:
            ends.append("    年   月")
        elif name in filling.half_written:
            ends.append(f"{when[0]}年   月")
        else:
            ends.append(manner.month_text(when))
    return manner.range_text(*ends)


def _form_date(filling: Filling, manner: Manner) -> str:
    if filling.form_date is None:
        return "二〇二　 年　 月"
    if "form_date" in filling.half_written:
        return f"{han_year(filling.form_date[0])}年　　月"
    return manner.form_date_text(filling.form_date)


def _instructions(manner: Manner) -> str:
    if "instructions_deleted" in manner.edits:
        return PAGE_BREAK
    return PAGE_BREAK + para("填写说明", align="center") + "".join(para(line) for line in INSTRUCTIONS) + PAGE_BREAK


def heading(number: int, manner: Manner) -> str:
    """A section's heading as a paragraph: 一、 typed or numbered by Word."""
    text = HEADS[number]
    hint = {1: SECTION_PLAN[1], 2: SECTION_STEPS[1]}.get(number, "")
    if "auto_numbered" in manner.edits:
        return para(run(text), run(hint), numbered=1)
    return para(run(f"{manner.number(number + 1)}{text}"), run(hint))


def label_paras(text: str, manner: Manner) -> str:
    return paras(manner.label(text)) if manner.rng.random() < 0.5 else para(run(manner.label(text)))


def answer_paras(text: str, manner: Manner) -> str:
    """A long answer in paragraphs, or in one paragraph with soft breaks."""
    laid_out = manner.answer(text)
    return para(run(laid_out)) if "soft_breaks" in manner.edits else paras(laid_out)


def step_rows(filling: Filling, manner: Manner, spans: tuple[int, int, int]) -> list[list[Tc]]:
    """Heading, steps, and the blank rows that stayed at the end or in the middle."""
    rows = [[Tc(label_paras(head, manner), span) for head, span in zip(STEP_HEADS, spans, strict=True)]]
    empty = [Tc("", span) for span in spans]
    for number, step in enumerate(filling.schedule):
        if "blank_row_inside" in manner.edits and number == len(filling.schedule) // 2:
            rows.append(empty)
        if "head_repeated" in manner.edits and number == 2:
            rows.append(rows[0])
        texts = (step.time, step.content, step.responsible)
        rows.append([Tc(paras(text), span) for text, span in zip(texts, spans, strict=True)])
    return rows if "rows_trimmed" in manner.edits and filling.schedule else [*rows, empty, empty]


def opinion_cell(unit: str, opinion: Opinion, manner: Manner, sealed_label: str) -> str:
    """The paragraphs of an opinion cell; the text stands before or after the line where the seal goes."""
    seal = para(run(manner.label(sealed_label)), picture("rIdSeal", "seal.png", 3.6) if opinion.sealed else "")
    text = paras(opinion.text) if opinion.text else "<w:p/>"
    sign = run(f"{manner.sign_label('负责人（签名）：')}{opinion.signer}")
    ink = picture("rIdInk", "name.png", 2.4) if opinion.signed else ""
    day = manner.day_text(opinion.day) if opinion.day else "年　　月　　日"
    last = para(sign, ink, run(f"　　　{day}"), align="right")
    if "date_on_own_line" in manner.edits:
        last = para(sign, ink) + para(day, align="right")
    # Beside a label column （盖章） always stands below the text.
    return text + seal + last if manner.text_first or unit not in sealed_label else seal + text + "<w:p/>" + last


def opinions_of(filling: Filling) -> list[tuple[str, Opinion]]:
    return [(unit, getattr(filling, name)) for unit, name in zip(OPINION_UNITS, OPINION_FIELDS, strict=True)]


def pair_rows(
    pairs: tuple[tuple[str, str], ...], filling: Filling, manner: Manner, label: int, rest: int
) -> list[list[Tc]]:
    """Label and answer side by side; one answer may stand in its label's cell, rows may be added."""
    rows = []
    for text, name in pairs:
        value = getattr(filling, name)
        if "answer_in_label" in manner.edits and name in ("industry", "funding_source") and value:
            rows.append([Tc(para(run(f"{manner.label(text)}：{value}")), label), Tc("", rest)])
        else:
            rows.append([Tc(label_paras(text, manner), label), Tc(answer_paras(value, manner), rest)])
        if name == "industry" and "row_inserted" in manner.edits:
            rows.append([Tc(para("联系人"), label), Tc(para("顾晓岚"), rest)])
            rows.append([Tc(para("联系电话"), label), Tc(para("0513-86001122"), rest)])
    return rows


def _plan_table(filling: Filling) -> str:
    """The table of tasks in a plan, whose headings are like those of the form."""
    rows = [("时间", "工作内容", "责任单位"), ("规划期内", "阵地改造、制度建设", filling.undertaking_union)]
    return table([[Tc(para(text)) for text in row] for row in rows], 3)


def _enclosure(name: str, filling: Filling) -> str:
    title, lines = ENCLOSURES[name]
    texts = enclosure_lines(lines, filling)
    return (
        PAGE_BREAK
        + para(run(f"{filling.centre_name}{title}", size=44), align="center")
        + "".join(map(para, texts))
        + _plan_table(filling)
        + "<w:p/>"
    )


# Layouts -------------------------------------------------------------------------------------------------------------


def two_columns(filling: Filling, manner: Manner) -> str:
    """Tables of two columns between headings; 工作方案 in paragraphs without a table; opinions with a label column."""
    opinions = [
        [Tc(label_paras(f"{unit}意见", manner)), Tc(opinion_cell(unit, opinion, manner, "（盖章）"))]
        for unit, opinion in opinions_of(filling)
    ]
    return "".join(
        (
            heading(0, manner),
            table(pair_rows(STATE, filling, manner, 1, 1), 2),
            heading(1, manner),
            answer_paras(filling.work_plan, manner),
            heading(2, manner),
            table(step_rows(filling, manner, (1, 1, 1)), 3),
            "" if "row_deleted" in manner.edits else heading(3, manner),
            table(pair_rows(FUNDS, filling, manner, 1, 1), 2),
            heading(4, manner),
            table(opinions, 2),
            "<w:p/>",
        )
    )


def six_columns(filling: Filling, manner: Manner) -> str:
    """One table of six columns: two short answers share a row, 工作方案 is typed under its heading in the same cell."""
    first = [
        Tc(label_paras("申请单位", manner)), Tc(paras(filling.applicant), 2),
        Tc(label_paras("所属行业", manner)), Tc(paras(filling.industry), 2),
    ]  # fmt: skip
    rows = [[Tc(heading(0, manner), 6)], first]
    rows += pair_rows(STATE[2:], filling, manner, 1, 5)
    rows.append([Tc(heading(1, manner) + answer_paras(filling.work_plan, manner), 6)])
    rows.append([Tc(heading(2, manner), 6)])
    rows += step_rows(filling, manner, (1, 3, 2))
    if "row_deleted" not in manner.edits:
        rows.append([Tc(heading(3, manner), 6)])
    rows += pair_rows(FUNDS, filling, manner, 2, 4)
    rows.append([Tc(heading(4, manner), 6)])
    rows += [
        [Tc(opinion_cell(unit, opinion, manner, f"{unit}（盖章）："), 6)] for unit, opinion in opinions_of(filling)
    ]
    return table(rows, 6) + "<w:p/>"


def side_heads(filling: Filling, manner: Manner) -> str:
    """Five columns: the section's name runs down the left side, merged over the rows of its section."""
    plan = [[Tc(answer_paras(filling.work_plan, manner), 4)]]
    steps = step_rows(filling, manner, (1, 2, 1))
    opinions = [
        [Tc(opinion_cell(unit, opinion, manner, f"{unit}（盖章）："), 4)] for unit, opinion in opinions_of(filling)
    ]
    groups = (
        (0, pair_rows(STATE, filling, manner, 1, 3)),
        (1, plan),
        (2, steps),
        (3, pair_rows(FUNDS, filling, manner, 1, 3)),
        (4, opinions),
    )
    rows = []
    for number, group in groups:
        for at, row in enumerate(group):
            single = len(group) == 1
            side = (
                Tc(heading(number, manner))
                if single
                else Tc("" if at else heading(number, manner), 1, "continue" if at else "restart")
            )
            rows.append([side, *row])
    return table(rows, 5) + "<w:p/>"


def stacked(filling: Filling, manner: Manner) -> str:
    """Four columns, every long answer in the row below its label; the schedule between headings in its own table."""
    top = [
        [Tc(label_paras("申请单位", manner)), Tc(paras(filling.applicant), 3)],
        [Tc(label_paras("所属行业", manner)), Tc(paras(filling.industry), 3)],
    ]
    for text, name in STATE[2:]:
        top += [[Tc(label_paras(text, manner), 4)], [Tc(answer_paras(getattr(filling, name), manner), 4)]]
    plan = [[Tc(heading(1, manner), 4)], [Tc(answer_paras(filling.work_plan, manner), 4)]]
    bottom = [] if "row_deleted" in manner.edits else [[Tc(heading(3, manner), 4)]]
    bottom += [*pair_rows(FUNDS, filling, manner, 1, 3), [Tc(heading(4, manner), 4)]]
    for unit, opinion in opinions_of(filling):
        cell = opinion_cell(unit, opinion, manner, f"{unit}（盖章）：")
        bottom.append([Tc(label_paras(f"{unit}意见", manner)), Tc(cell, 3)])
    steps = heading(2, manner) + table(step_rows(filling, manner, (1, 1, 1)), 3)
    return heading(0, manner) + table(top + plan, 4) + steps + "<w:p/>" + table(bottom, 4) + "<w:p/>"
