"""Whether the sums of a document agree (M01): figures with their words, a table's total with its rows and with the total of the text, and
within a row what is paid with what is due and was paid.

In: the texts outside tables and the tables as rows of texts, from a Word file or a PDF. Out: one check. Which sum is due is not asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from formflow.letters.measure.rules import Check
from formflow.model.money import Fen, MoneyUnit, capital, parse_money, unit_in, yuan_text
from formflow.model.text import fold, is_blank

Row = Sequence[str]
# All are held against folded text: brackets, commas and colons are half width there.
_CAPITALS = "[零〇壹贰叁肆伍陆柒捌玖拾佰仟万亿]+[元圆](?:[零壹贰叁肆伍陆柒捌玖]+[角分])*[整正]?"
# From the first figure of a run: to try each of a long one takes long.
_NUMBER = r"(?<!\d)(?<!\d,)\d[\d,]*(?:\.\d+)?"
_FIGURES = rf"(?:¥{_NUMBER}(?:[亿万]?元)?|{_NUMBER}[亿万]?元)"
# 20000元（人民币贰万元整）, or 人民币贰万元整（¥20000）.
_PAIRS = (
    re.compile(rf"(?P<figures>{_FIGURES})(?:人民币|大写|[:,()])*(?P<words>{_CAPITALS})"),
    re.compile(rf"(?P<words>{_CAPITALS})(?:\((?:人民币|小写|:)*|,?小写:?)(?P<figures>{_FIGURES})"),
)
_WORDS = re.compile(_CAPITALS)
# 人民币五万元整: words, but not those for sums.
_ORDINARY = re.compile(r"(?:人民币|大写:?)(?P<words>[零〇一二三四五六七八九十百千万亿]+[元圆][整正])")
# A total of the text that stands without words.
_WHOLE = re.compile(rf"(?:共计?|合计|总计|总额)(?:为|是|人民币|补助|经费|金额|资金|拨付|:)*(?P<figures>{_FIGURES})")
# Of a row: what is due, what was paid, what is paid now.
_DUE, _BEFORE, _NOW = re.compile("^应补"), re.compile("已补|已拨|已付"), re.compile("^本次")
_TOTAL = re.compile(r"^(?:合计|总计|共计|总额)(?:金额|经费)?(?:\(.*)?:?$")
_PART = re.compile(r"^小计")
_MONEY_HEAD = re.compile("金额|补助|经费|资金|款|拨付|元")


def check_sums(texts: Iterable[str], tables: Iterable[Sequence[Row]]) -> Check:
    """The rule M01; it speaks of a document that says a sum in words or has a table with a total of money."""
    said = list(texts)
    pairs = [pair for text in said for pair in _pairs(fold(text))]
    problems = [
        f"{figures}与{words}不一致"
        for figures, words in pairs
        if parse_money(figures, "yuan") != parse_money(words, "yuan")
    ]
    problems += [
        f"“{match['words']}”不是大写，应为{capital(parse_money(match['words']) or 0)}"
        for text in said
        for match in _ORDINARY.finditer(fold(text))
    ]
    totals: list[Fen] = []
    for table in tables:
        unit = _unit_of(said, table)
        found, wrong = _totals(table, unit)
        totals += found
        problems += (*wrong, *_rows_that_do_not_add_up(table, unit))
    stated = [fen for _, words in pairs if (fen := parse_money(words)) is not None]
    if stated and totals and max(stated) not in totals:
        problems.append(f"正文总额{yuan_text(max(stated))}元，明细表合计{'、'.join(map(yuan_text, totals))}元")
    whole = [fen for text in said for m in _WHOLE.finditer(fold(text)) if (fen := parse_money(m["figures"], "yuan"))]
    if whole and totals and not stated and not set(whole) & set(totals):
        problems.append(f"正文总额{yuan_text(max(whole))}元，明细表合计{'、'.join(map(yuan_text, totals))}元")
    if not pairs and not totals and not problems:
        return Check("M01", None, "没有大写金额，也没有金额合计")
    return Check("M01", not problems, "；".join(problems[:3]) or _summary(stated, totals))


def _summary(stated: Sequence[Fen], totals: Sequence[Fen]) -> str:
    parts = [f"总额{yuan_text(max(stated))}元（{capital(max(stated))}）"] if stated else []
    return "，".join((*parts, *(f"明细表合计{yuan_text(total)}元" for total in totals)))


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """Figures and words that stand beside each other."""
    for pattern in _PAIRS:
        yield from ((match["figures"], match["words"]) for match in pattern.finditer(text))


def _unit_of(texts: Iterable[str], table: Sequence[Row]) -> MoneyUnit:
    """What the document says its bare numbers are; yuan unless it says otherwise."""
    heads = [cell for row in table[:2] for cell in row]
    noted = [text for text in texts if "单位" in text]
    return next((unit for text in (*heads, *noted) if (unit := unit_in(text))), "yuan")


def _totals(table: Sequence[Row], unit: MoneyUnit) -> tuple[list[Fen], list[str]]:
    """The totals of the table's columns of money, and what is wrong with them."""
    at = next((number for number, row in enumerate(table) if number and _is(_TOTAL, row)), None)
    if at is None:
        return [], []
    rows = [row for row in table[1:at] if not _is(_PART, row)]
    totals, problems = [], []
    for column, text in enumerate(table[at]):
        stated = parse_money(text, unit) if not _WORDS.fullmatch(fold(text)) else None
        head = table[0][column] if column < len(table[0]) else ""
        if stated is None or not _MONEY_HEAD.search(head):
            continue
        totals.append(stated)
        total = sum(parse_money(row[column], unit) or 0 for row in rows if column < len(row))
        if total != stated:
            problems.append(f"明细表“{fold(head)}”合计{yuan_text(stated)}元，各行相加{yuan_text(total)}元")
    words = [parse_money(text) for text in table[at] for text in _WORDS.findall(fold(text))]
    problems += [
        f"明细表合计的大写{capital(fen)}与小写不一致"
        for fen in words
        if fen is not None and totals and fen not in totals
    ]
    return totals, problems


def _rows_that_do_not_add_up(table: Sequence[Row], unit: MoneyUnit) -> Iterator[str]:
    """Rows in which what is paid now is not what is due less what was paid; nothing where a table has no such columns."""
    heads = [fold(head) for head in table[0]] if table else []
    places = [[at for at, head in enumerate(heads) if pattern.search(head)] for pattern in (_DUE, _BEFORE, _NOW)]
    if any(len(found) != 1 for found in places):
        return
    for number, row in enumerate(table[1:], 1):
        sums = [parse_money(row[at], unit) if at < len(row) else None for (at,) in places]
        due, before, now = sums
        if due is not None and before is not None and now is not None and now != max(0, due - before):
            yield f"明细表第{number}行{yuan_text(due)}元减{yuan_text(before)}元不等于{yuan_text(now)}元"


def _is(pattern: re.Pattern[str], row: Row) -> bool:
    """Whether one of a row's first texts says what the row is."""
    first = [fold(text) for text in row if not is_blank(text)][:2]
    return any(pattern.match(text) for text in first)
