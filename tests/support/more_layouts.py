"""Shapes further from the blank: opinions side by side or in rows of their own, a form without a table; and the list of all layouts."""

from __future__ import annotations

from support.filling import Filling, Opinion
from support.layouts import (
    FUNDS,
    STATE,
    Layout,
    answer_paras,
    heading,
    label_paras,
    opinion_cell,
    opinions_of,
    pair_rows,
    side_heads,
    six_columns,
    stacked,
    step_rows,
    two_columns,
)
from support.manner import Manner
from support.wordxml import Tc, para, paras, picture, run, table


def side_by_side(filling: Filling, manner: Manner) -> str:
    """The three opinions in the three cells of one row."""
    cells = [Tc(opinion_cell(unit, opinion, manner, f"{unit}（盖章）："), 2) for unit, opinion in opinions_of(filling)]
    rows = [[Tc(heading(0, manner), 6)], *pair_rows(STATE, filling, manner, 1, 5)]
    rows += [[Tc(heading(1, manner), 6)], [Tc(answer_paras(filling.work_plan, manner), 6)]]
    rows += [[Tc(heading(2, manner), 6)], *step_rows(filling, manner, (1, 3, 2))]
    rows += [[Tc(heading(3, manner), 6)], *pair_rows(FUNDS, filling, manner, 2, 4)]
    rows += [[Tc(heading(4, manner), 6)], cells]
    return table(rows, 6) + "<w:p/>"


def _signature_rows(unit: str, opinion: Opinion, manner: Manner) -> list[list[Tc]]:
    """An opinion's text in one row; seal, signature and date in the three cells below."""
    seal = para(run("（盖章）"), picture("rIdSeal", "seal.png", 3.6) if opinion.sealed else "")
    ink = picture("rIdInk", "name.png", 2.4) if opinion.signed else ""
    sign = para(run(f"{manner.sign_label('负责人（签名）：')}{opinion.signer}"), ink)
    day = para(manner.day_text(opinion.day) if opinion.day else "年　　月　　日")
    return [
        [Tc(label_paras(f"{unit}意见", manner), 1, "restart"), Tc(paras(opinion.text), 3)],
        [Tc("", 1, "continue"), Tc(seal), Tc(sign), Tc(day)],
    ]


def signature_rows(filling: Filling, manner: Manner) -> str:
    """Four columns; every opinion has a row for its text and a row for seal, signature and date."""
    rows = [[Tc(heading(0, manner), 4)], *pair_rows(STATE, filling, manner, 1, 3)]
    rows += [[Tc(heading(1, manner), 4)], [Tc(answer_paras(filling.work_plan, manner), 4)]]
    rows += [[Tc(heading(2, manner), 4)], *step_rows(filling, manner, (1, 2, 1))]
    rows += [[Tc(heading(3, manner), 4)], *pair_rows(FUNDS, filling, manner, 1, 3), [Tc(heading(4, manner), 4)]]
    for unit, opinion in opinions_of(filling):
        rows += _signature_rows(unit, opinion, manner)
    return table(rows, 4) + "<w:p/>"


def plain(filling: Filling, manner: Manner) -> str:
    """No table but the schedule: labels and answers in paragraphs."""

    def lines(pairs: tuple[tuple[str, str], ...]) -> str:
        pieces = []
        for text, name in pairs:
            value = getattr(filling, name)
            if "\n" in value:
                pieces.append(para(f"{text}：") + answer_paras(value, manner))
            else:
                pieces.append(para(f"{text}：{value}"))
        return "".join(pieces)

    # Without a cell round it, a text before its label could belong to the opinion above.
    manner.text_first = False
    opinions = "".join(
        opinion_cell(unit, opinion, manner, f"{unit}（盖章）：") for unit, opinion in opinions_of(filling)
    )
    plan = heading(1, manner) + answer_paras(filling.work_plan, manner)
    steps = heading(2, manner) + table(step_rows(filling, manner, (1, 1, 1)), 3)
    funds = heading(3, manner) + lines(FUNDS)
    return heading(0, manner) + lines(STATE) + plan + steps + funds + heading(4, manner) + opinions


LAYOUTS: dict[str, Layout] = {
    layout.__name__: layout
    for layout in (two_columns, six_columns, side_heads, stacked, side_by_side, signature_rows, plain)
}
