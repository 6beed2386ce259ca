"""A returned 补助测算: the `Document` of a workbook in, what was filled in on its pages out. Pure; writes no workbook.

It is told by its heads, never by its name. Lines are told by their numbers: only the latest sheet may come back, and it has them in order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from formflow.model.document import Document, Table
from formflow.model.money import NOTHING, parse_money
from formflow.model.period import parse_date
from formflow.model.settlement import SUM_WORDS, ReturnedSettlement, ReturnedSum, SumVerdict
from formflow.model.text import fold, tidy

TITLE, NAMES_TITLE, HONOURS_TITLE = "补助测算", "名称问题", "荣誉明细"
HEAD_WORDS = ("项目编码", "年度", "测算表版次")
NUMBER, PROJECT, PAYABLE = "序号", "项目名称", "本次应补（元）"
VERDICT, PAID_ON, RECOVERED, REASON = "核定", "拨付日期", "收回金额（元）", "收回理由"
HEADINGS = (
    NUMBER, PROJECT, "单位", "获得的荣誉", "最高荣誉", "应补助（元）", "已补助（元）", PAYABLE, "大写", "计算过程", "依据", "状态", "疑问",
    VERDICT, PAID_ON, RECOVERED, REASON,
)  # fmt: skip
ANSWER = "答复"
NAME_HEADINGS = (NUMBER, "名称一", "单位一", "名称二", "单位二", ANSWER)
SAME, DIFFERENT = "同一项目", "不同项目"
CODE, STRUCK = "荣誉编号", "作废"
HONOUR_HEADINGS = (CODE, "来源文件", PROJECT, "单位", "级别", "获得时间", "文号", "名单所写已补助", "疑问", STRUCK)
_SAID: Mapping[str, SumVerdict] = {fold(word): verdict for verdict, word in SUM_WORDS.items()} | {
    fold("同意"): "approve", fold("√"): "approve", fold("不同意"): "refuse", fold("×"): "refuse",
}  # fmt: skip
_ANSWERS = {fold(SAME): True, fold("同一"): True, fold("是"): True, fold(DIFFERENT): False, fold("不同"): False, fold("否"): False}  # fmt: skip
Line = Mapping[str, str]


def returned_settlement(document: Document) -> ReturnedSettlement | None:
    """The 补助测算 in a workbook; None if it is another workbook."""
    pages = [block for block in document.blocks if isinstance(block, Table)]
    found = next(((head, page) for page in pages if (head := _head(page))), None)
    if found is None:
        return None
    filled = _Filled()
    for page in pages:
        for headings, enter in (
            (HEADINGS, filled.sum),
            (NAME_HEADINGS, filled.answer),
            (HONOUR_HEADINGS, filled.honour),
        ):
            for line in _lines(page, headings):
                enter(line)
    (programme_id, year, revision), _ = found
    problems = (*filled.problems, *filled.repeated())
    return ReturnedSettlement(
        programme_id, year, revision, tuple(filled.sums), tuple(filled.answers), tuple(filled.struck), problems
    )


def _rows(page: Table) -> dict[int, dict[int, str]]:
    rows: dict[int, dict[int, str]] = {}
    for cell in page.cells:
        rows.setdefault(cell.row, {})[cell.column] = tidy(cell.text)
    return rows


def _head(page: Table) -> tuple[str, int, int] | None:
    """Programme, year and revision of a page with the heads of the sums under them."""
    rows = _rows(page)
    at = _head_row(rows, HEADINGS)
    words = [text for row in sorted(rows) if at is None or row < at for _, text in sorted(rows[row].items())]
    found = {name: words[i + 1] for name in HEAD_WORDS if name in words and (i := words.index(name)) + 1 < len(words)}
    if at is None or len(found) < len(HEAD_WORDS) or not all(found[name].isdecimal() for name in HEAD_WORDS[1:]):
        return None
    programme_id, year, revision = (found[name] for name in HEAD_WORDS)
    return programme_id, int(year), int(revision)


def _head_row(rows: Mapping[int, Mapping[int, str]], headings: Sequence[str]) -> int | None:
    return next((row for row in sorted(rows) if set(headings) <= set(rows[row].values())), None)


def _lines(page: Table, headings: Sequence[str]) -> Iterator[Line]:
    rows = _rows(page)
    at = _head_row(rows, headings)
    if at is not None:
        columns = {text: column for column, text in rows[at].items()}
        for row in sorted(rows):
            if row > at and rows[row].get(columns[headings[0]]):
                yield {name: rows[row].get(column, "") for name, column in columns.items()}


@dataclass(slots=True)
class _Filled:
    """What was filled in so far."""

    sums: list[ReturnedSum] = field(default_factory=list)
    answers: list[tuple[int, bool]] = field(default_factory=list)
    struck: list[int] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def sum(self, line: Line) -> None:
        """A line of the sums; one in which nothing is filled in says nothing."""
        number = _number(line[NUMBER])
        if number is None or not any(line[name] for name in (VERDICT, PAID_ON, RECOVERED, REASON)):
            return
        self.problems += _sum_problems(line)
        self.sums.append(
            ReturnedSum(
                number=number,
                project=line[PROJECT],
                payable=parse_money(line[PAYABLE], "yuan"),
                verdict=_SAID.get(fold(line[VERDICT])),
                paid_on=parse_date(line[PAID_ON]) if line[PAID_ON] else None,
                recovered=parse_money(line[RECOVERED], "yuan") if line[RECOVERED] else None,
                reason=line[REASON],
            )
        )

    def answer(self, line: Line) -> None:
        number, said = _number(line[NUMBER]), line[ANSWER]
        if number is None or not said:
            return
        is_same = _ANSWERS.get(fold(said))
        if is_same is None:
            self.problems.append(f"名称问题第{number}行的答复写的是“{said}”，请写“{SAME}”或“{DIFFERENT}”")
        else:
            self.answers.append((number, is_same))

    def honour(self, line: Line) -> None:
        code, said = _number(line[CODE]), fold(line[STRUCK])
        if code is None or not said or said == fold("否"):
            return
        if said in (fold("是"), fold(STRUCK), fold("√")):
            self.struck.append(code)
        else:
            self.problems.append(f"荣誉明细第{code}号的“{STRUCK}”一栏写的是“{line[STRUCK]}”，作废的请写“是”")

    def repeated(self) -> Iterator[str]:
        numbers = [one.number for one in self.sums]
        for number in dict.fromkeys(numbers):
            if numbers.count(number) > 1:
                yield f"序号{number}在表里出现了两次，请只留一行"


def _number(text: str) -> int | None:
    bare = fold(text)
    return int(bare) if bare.isascii() and bare.isdecimal() else None


def _sum_problems(line: Line) -> Iterator[str]:
    name = line[PROJECT] or f"第{line[NUMBER]}行"
    if line[VERDICT] and fold(line[VERDICT]) not in _SAID:
        yield f"“{name}”的“{VERDICT}”一栏写的是“{line[VERDICT]}”，请写“是”或“否”"
    if line[VERDICT] and line[PAYABLE] and parse_money(line[PAYABLE], "yuan") is None:
        yield f"“{name}”的应补金额写的是“{line[PAYABLE]}”，金额由系统算出，不能更改"
    if line[PAID_ON] and parse_date(line[PAID_ON]) is None:
        yield f"“{name}”的{PAID_ON}“{line[PAID_ON]}”看不出是哪一天，请写成“2026年3月4日”的样子"
    back = parse_money(line[RECOVERED], "yuan") if line[RECOVERED] else None
    if line[RECOVERED] and (back is None or back <= NOTHING):
        yield f"“{name}”的{RECOVERED}写的是“{line[RECOVERED]}”，请写收回了多少元（大于零的数字）"
    if line[RECOVERED] and not line[REASON]:
        yield f"“{name}”写了收回金额，请写明收回理由"
    if line[REASON] and not line[RECOVERED]:
        yield f"“{name}”写了收回理由，没有写收回金额"
