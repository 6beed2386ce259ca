"""A returned 补助测算: the `Document` of a workbook in, what was filled in on its pages out. Pure; writes no workbook.

It is told by its heads, never by its name. Lines are told by their numbers: only the latest sheet may come back, and it has them in order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from formflow.forms.returned_pages import ReturnedLine, returned_page
from formflow.model.document import Document, Table
from formflow.model.money import NOTHING, parse_money
from formflow.model.period import parse_date
from formflow.model.settlement import SUM_WORDS, ReturnedSettlement, ReturnedSum, SumVerdict
from formflow.model.text import fold

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


def returned_settlement(document: Document) -> ReturnedSettlement | None:
    """The 补助测算 in a workbook; None if it is another workbook."""
    tables = [block for block in document.blocks if isinstance(block, Table)]
    first = next((page for table in tables if (page := returned_page(table, HEAD_WORDS, HEADINGS))), None)
    if first is None:
        return None
    filled = _Filled()
    kinds = ((HEADINGS, filled.sum), (NAME_HEADINGS, filled.answer), (HONOUR_HEADINGS, filled.honour))
    for table in tables:
        for headings, enter in kinds:
            page = returned_page(table, HEAD_WORDS, headings)
            if page and (page.programme_id, page.numbers) != (first.programme_id, first.numbers):
                filled.problems.append("表里有一页是从另一份测算表上来的，请在一份表上填写")
            for line in page.lines if page else ():
                enter(line)
    year, revision = first.numbers
    problems = (*filled.problems, *filled.repeated())
    return ReturnedSettlement(
        first.programme_id, year, revision, tuple(filled.sums), tuple(filled.answers), tuple(filled.struck), problems
    )


@dataclass(slots=True)
class _Filled:
    """What was filled in so far."""

    sums: list[ReturnedSum] = field(default_factory=list)
    answers: list[tuple[int, bool]] = field(default_factory=list)
    struck: list[int] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def sum(self, line: ReturnedLine) -> None:
        """A line of the sums; one in which nothing is filled in says nothing."""
        number = _number(line.text(NUMBER))
        if not any(line.text(name) for name in (VERDICT, PAID_ON, RECOVERED, REASON)):
            return
        if number is None:
            self.problems.append(f"{TITLE}有一行填了内容，但没有序号，不知道是哪一个项目")
            return
        self.problems += _sum_problems(line)
        self.sums.append(
            ReturnedSum(
                number=number,
                project=line.text(PROJECT),
                payable=parse_money(line.text(PAYABLE), "yuan"),
                verdict=_SAID.get(fold(line.text(VERDICT))),
                paid_on=parse_date(line.text(PAID_ON)) if line.text(PAID_ON) else None,
                recovered=parse_money(line.text(RECOVERED), "yuan") if line.text(RECOVERED) else None,
                reason=line.text(REASON),
            )
        )

    def answer(self, line: ReturnedLine) -> None:
        number, said = _number(line.text(NUMBER)), line.text(ANSWER)
        if not said:
            return
        if number is None:
            self.problems.append(f"{NAMES_TITLE}有一行答复没有序号，不知道答的是哪一行")
            return
        is_same = _ANSWERS.get(fold(said))
        if is_same is None:
            self.problems.append(f"名称问题第{number}行的答复写的是“{said}”，请写“{SAME}”或“{DIFFERENT}”")
        else:
            self.answers.append((number, is_same))

    def honour(self, line: ReturnedLine) -> None:
        code, said = _number(line.text(CODE)), fold(line.text(STRUCK))
        if not said or said == fold("否"):
            return
        if code is None:
            self.problems.append(f"{HONOURS_TITLE}有一行写了{STRUCK}，但没有{CODE}，不知道是哪一项")
            return
        if said in (fold("是"), fold(STRUCK), fold("√")):
            self.struck.append(code)
        else:
            self.problems.append(f"荣誉明细第{code}号的“{STRUCK}”一栏写的是“{line.text(STRUCK)}”，作废的请写“是”")

    def repeated(self) -> Iterator[str]:
        numbers = [one.number for one in self.sums]
        for number in dict.fromkeys(numbers):
            if numbers.count(number) > 1:
                yield f"序号{number}在表里出现了两次，请只留一行"


def _number(text: str) -> int | None:
    bare = fold(text)
    return int(bare) if bare.isascii() and bare.isdecimal() else None


def _sum_problems(line: ReturnedLine) -> Iterator[str]:
    name = line.text(PROJECT) or f"第{line.text(NUMBER)}行"
    if line.text(VERDICT) and fold(line.text(VERDICT)) not in _SAID:
        yield f"“{name}”的“{VERDICT}”一栏写的是“{line.text(VERDICT)}”，请写“是”或“否”"
    if line.text(VERDICT) and line.text(PAYABLE) and parse_money(line.text(PAYABLE), "yuan") is None:
        yield f"“{name}”的应补金额写的是“{line.text(PAYABLE)}”，金额由系统算出，不能更改"
    if line.text(PAID_ON) and parse_date(line.text(PAID_ON)) is None:
        yield f"“{name}”的{PAID_ON}“{line.text(PAID_ON)}”看不出是哪一天，请写成“2026年3月4日”的样子"
    back = parse_money(line.text(RECOVERED), "yuan") if line.text(RECOVERED) else None
    if line.text(RECOVERED) and (back is None or back <= NOTHING):
        yield f"“{name}”的{RECOVERED}写的是“{line.text(RECOVERED)}”，请写收回了多少元（大于零的数字）"
    if line.text(RECOVERED) and not line.text(REASON):
        yield f"“{name}”写了收回金额，请写明收回理由"
    if line.text(REASON) and not line.text(RECOVERED):
        yield f"“{name}”写了收回理由，没有写收回金额"
