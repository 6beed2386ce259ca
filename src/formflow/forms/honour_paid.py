"""What a row of a list says has been paid for its project. Money that went out and is not seen is paid a second time: whatever speaks of a
payment and cannot be read surely is a doubt, which holds the project until a person has looked.

Comes in: a row's cells. Goes out: a sum, None where the row says nothing of any; findings about it.
"""

from __future__ import annotations

import re

from formflow.forms.honour_cells import Cells, Group
from formflow.forms.honour_columns import Column
from formflow.forms.honour_settled import RowReading
from formflow.forms.honour_texts import Paid, one_line, paid_in_remark, paid_of
from formflow.model.money import NOTHING, Fen, parse_money, yuan_text
from formflow.model.policy import HonoursPolicy
from formflow.model.text import fold, is_blank

_TOTAL = re.compile("合计|总计|总额|累计|共计|^共")
# So many times the highest sum of the policy, or so small a part of the lowest, is a slip of units (元 for 万元, 万元 for 元).
_TOO_MUCH, _TOO_LITTLE = 10, 100


def paid_of_row(reading: RowReading, cells: Cells, group: Group | None) -> Paid:
    """What the row says has been paid; what is unclear about it is said to `reading`."""
    paid = _flagged(_in_columns(cells, group), cells)
    remarked = paid_in_remark(f"{cells.text('status')}\n{cells.text('amount')}")
    if remarked and paid.amount is None and not paid.doubt:
        paid = remarked
    elif remarked and remarked.amount not in (None, paid.amount):
        paid = Paid(None, "“已补助”一栏与备注写的金额不一样")
    paid = _plausible(paid, cells.policy)
    if paid.doubt:
        reading.say("invalid", "error", paid.doubt, is_doubt=True)
    if paid.note:
        reading.say("low_confidence", "review", paid.note)
    _say_unsure(reading, cells)
    return paid


def _in_columns(cells: Cells, group: Group | None) -> Paid:
    """The sum in the column of payments; of several columns that bear sums, the one whose head says that it is all together and that is."""
    own = (group or {}).get("paid")
    columns = () if own else cells.block.columns.payments
    if not columns:
        column = own or cells.block.columns.by_role.get("paid")
        return _in_column(cells, column) if column else Paid(None)
    said = [(column, _in_column(cells, column)) for column in columns]
    unclear = next((paid for _, paid in said if paid.doubt), None)
    sums = [(column.head, paid.amount) for column, paid in said if paid.amount]
    if unclear or len(sums) < 2:
        return unclear or next((paid for _, paid in said if paid.amount is not None), Paid(None))
    whole = sum(amount for _, amount in sums)
    total = next((amount for head, amount in sums if _TOTAL.search(fold(head)) and amount * 2 == whole), None)
    if total:
        return Paid(total)
    words = "、".join(f"{one_line(head)} {yuan_text(amount)} 元" for head, amount in sums)
    return Paid(None, f"有几栏写了已补助（{words}），看不出一共补助了多少")


def _in_column(cells: Cells, column: Column) -> Paid:
    """The sum in one column; a cell that reaches down from the row above was told there."""
    entry = cells.row.entries.get(column.index)
    if entry is None or entry.is_shared:
        return Paid(None)
    if is_blank(entry.text) and (cells.around.has_uncomputed or not entry.is_surely_empty):
        return Paid(None, "“已补助”一栏可能有出错或没有计算结果的公式，请用 Excel 或 WPS 打开，改正、保存后再核对")
    return paid_of(entry.text, column.unit or cells.around.unit)


def _flagged(paid: Paid, cells: Cells) -> Paid:
    """是 in 是否已补助 without a sum is a question; 否 says that nothing was paid."""
    flag = fold(cells.text("paid_flag"))
    if not flag or paid.amount is not None or paid.doubt:
        return paid
    if flag in ("否", "未", "无", "未补助", "×", "没有"):
        return Paid(NOTHING)
    amount = parse_money(flag)
    return Paid(amount) if amount is not None else Paid(None, "写明已经补助，但没有写金额")


def _plausible(paid: Paid, policy: HonoursPolicy) -> Paid:
    """A sum far from all that the policy pays was written in another unit than its head says."""
    sums = [value.value for level in policy.levels for value in level.amount.values]
    if not paid.amount or not sums or min(sums) // _TOO_LITTLE <= paid.amount <= max(sums) * _TOO_MUCH:
        return paid
    said = f"已补助金额读作 {yuan_text(Fen(paid.amount))} 元，与补助标准相差太远，请核对单位是元还是万元"
    return Paid(None, said)


def _say_unsure(reading: RowReading, cells: Cells) -> None:
    """Sums under heads that do not say whether they have gone out: 实拨 may have, so nothing is paid before that is known; 补助金额 is
    what is due, but a person should know that it was taken so."""
    columns = cells.block.columns
    if "paid" in columns:
        return
    if _bears_sum(text := cells.text("unsure_payment")):
        head = columns.by_role["unsure_payment"].head
        said = f"“{head}”一栏写有“{text}”，看不出是已经付的还是将要付的，没有计入已补助"
        reading.say("low_confidence", "review", said, is_doubt=True)
    amount = columns.by_role.get("amount")
    if amount and amount.rank == 0 and _bears_sum(text := cells.text("amount")):
        said = f"“{amount.head}”一栏写有“{text}”，没有写明已经补助，按还没有补助计算，请核对"
        reading.say("low_confidence", "review", said)


def _bears_sum(text: str) -> bool:
    return bool(text) and parse_money(text, "yuan") != NOTHING
