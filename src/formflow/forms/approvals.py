"""A returned 发文审批表: the `Document` of a workbook in, what was decided about each letter out. Pure; writes no workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from formflow.model.approval import VERDICT_WORDS, ApprovalDecision, ReturnedApproval, Verdict
from formflow.model.document import Document, Table
from formflow.model.period import parse_date
from formflow.model.text import fold, tidy

TITLE = "发文审批表"
KEY, VERDICT, SIGNER, DATED, REASON = "文书编码", "批准", "签发人", "成文日期", "理由"
HEADINGS = ("序号", "文书", "标题", KEY, "文件", "状态", "发文字号", VERDICT, SIGNER, DATED, REASON)
# The head's names, in the order they stand on the sheet.
HEAD_WORDS = ("项目编码", "年度", "审批表版次")
_NUMBER = "发文字号"
_SAID: Mapping[str, Verdict] = {fold(word): verdict for verdict, word in VERDICT_WORDS.items()} | {
    fold("同意"): "approve", fold("批准"): "approve", fold("不同意"): "hold", fold("不批准"): "hold", fold("暂缓"): "hold",
    fold("√"): "approve", fold("×"): "hold",
}  # fmt: skip
Row = Mapping[str, str]


def returned_approval(document: Document) -> ReturnedApproval | None:
    """The 发文审批表 in a workbook; None if it is another workbook. It is told by its heads, not by its name."""
    for block in document.blocks:
        if isinstance(block, Table) and (found := _returned(block)):
            return found
    return None


def _returned(table: Table) -> ReturnedApproval | None:
    rows: dict[int, dict[int, str]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, {})[cell.column] = cell.text.strip()
    head_row = next((row for row, texts in sorted(rows.items()) if {KEY, VERDICT} <= set(texts.values())), None)
    if head_row is None:
        return None
    head = _head([text for row in sorted(rows) if row < head_row for _, text in sorted(rows[row].items())])
    if head is None:
        return None
    columns = {text: column for column, text in rows[head_row].items()}
    lines = [
        {name: tidy(rows[row].get(column, "")) for name, column in columns.items()}
        for row in sorted(rows)
        if row > head_row
    ]
    decisions: list[ApprovalDecision] = []
    problems: list[str] = []
    for line in lines:
        if line[KEY]:
            decision, said = _decision(line)
            problems += said
            decisions += [decision] if decision else []
    problems += _twice(decisions)
    return ReturnedApproval(*head, tuple(decisions), tuple(problems))


def _head(words: list[str]) -> tuple[str, int, int] | None:
    found = {name: words[at + 1] for name in HEAD_WORDS if name in words and (at := words.index(name)) + 1 < len(words)}
    if len(found) < len(HEAD_WORDS) or not all(found[name].isdigit() for name in HEAD_WORDS[1:]):
        return None
    return found["项目编码"], int(found["年度"]), int(found["审批表版次"])


def _decision(line: Row) -> tuple[ApprovalDecision | None, list[str]]:
    """What one line decides, None where it is left open, and what cannot be taken."""
    name = line.get("标题") or line[KEY]
    signer, reason = line.get(SIGNER, ""), line.get(REASON, "")
    word, written = line[VERDICT], line.get(DATED, "")
    if not word:
        said = [f"“{name}”写了签发人、成文日期或者理由，但“批准”一栏是空的"] if signer or written or reason else []
        return None, said
    verdict = _SAID.get(fold(word))
    if verdict is None:
        return None, [f"“{name}”的“批准”一栏写的是“{word}”，请写“是”“否”或“作废”"]
    problems = list(_contradictions(name, verdict, line))
    dated = parse_date(written) if written else None
    if written and dated is None:
        problems.append(f"“{name}”的成文日期“{written}”看不出是哪一天，请写成“2026年3月4日”的样子")
    return _kept(line, verdict, dated), problems


def _kept(line: Row, verdict: Verdict, dated: date | None) -> ApprovalDecision:
    return ApprovalDecision(line[KEY], verdict, line.get(SIGNER, ""), dated, line.get(REASON, ""))


def _contradictions(name: str, verdict: Verdict, line: Row) -> Iterator[str]:
    number = line.get(_NUMBER, "")
    if verdict == "void" and not line.get(REASON, ""):
        yield f"“{name}”要作废，请写明理由"
    if verdict == "hold" and number:
        yield f"“{name}”已经编号（{number}），不能改为不批准；确需撤回的请写“作废”并写明理由"


def _twice(decisions: list[ApprovalDecision]) -> list[str]:
    keys = [decision.key for decision in decisions]
    return [f"文书编码“{key}”在表里出现了两次，请只留一行" for key in dict.fromkeys(keys) if keys.count(key) > 1]
