"""A returned 发文审批表: the `Document` of a workbook in, what was decided about each letter out. Pure; writes no workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from formflow.forms.returned_pages import ReturnedLine, returned_page
from formflow.model.approval import VERDICT_WORDS, ApprovalDecision, ReturnedApproval, Verdict
from formflow.model.document import Document, Table
from formflow.model.period import parse_date
from formflow.model.text import fold

TITLE = "发文审批表"
KEY, VERDICT, SIGNER, DATED, REASON = "文书编码", "批准", "签发人", "成文日期", "理由"
HEADINGS = ("序号", "文书", "标题", KEY, "文件", "状态", "发文字号", VERDICT, SIGNER, DATED, REASON)
# The head's names, in the order they stand on the sheet.
HEAD_WORDS = ("项目编码", "年度", "审批表版次")
_ABOUT, _NUMBER = "标题", "发文字号"
_SAID: Mapping[str, Verdict] = {fold(word): verdict for verdict, word in VERDICT_WORDS.items()} | {
    fold("同意"): "approve", fold("批准"): "approve", fold("不同意"): "hold", fold("不批准"): "hold", fold("暂缓"): "hold",
    fold("√"): "approve", fold("×"): "hold",
}  # fmt: skip


def returned_approval(document: Document) -> ReturnedApproval | None:
    """The 发文审批表 in a workbook; None if it is another workbook. It is told by its heads, not by its name."""
    for block in document.blocks:
        if isinstance(block, Table) and (found := _returned(block)):
            return found
    return None


def _returned(table: Table) -> ReturnedApproval | None:
    page = returned_page(table, HEAD_WORDS, (KEY, VERDICT))
    if page is None:
        return None
    year, revision = page.numbers
    decisions: list[ApprovalDecision] = []
    problems: list[str] = []
    for line in page.lines:
        decision, said = _decision(line)
        problems += said
        decisions += [decision] if decision else []
    problems += _twice(decisions)
    return ReturnedApproval(page.programme_id, year, revision, tuple(decisions), tuple(problems))


def _decision(line: ReturnedLine) -> tuple[ApprovalDecision | None, list[str]]:
    """What one line decides, None where it is left open, and what cannot be taken."""
    key, word, written = line.text(KEY), line.text(VERDICT), line.text(DATED)
    name = line.text(_ABOUT) or key
    if not key:
        # Written below the table, or where the key was wiped: it must not be passed over in silence.
        return None, [f"“批准”一栏写了“{word}”的一行没有{KEY}，不知道是哪一件文书"] if word else []
    if not word:
        is_begun = line.text(SIGNER) or line.text(REASON) or written
        return None, [f"“{name}”写了签发人、成文日期或者理由，但“批准”一栏是空的"] if is_begun else []
    verdict = _SAID.get(fold(word))
    if verdict is None:
        return None, [f"“{name}”的“批准”一栏写的是“{word}”，请写“是”“否”或“作废”"]
    problems = list(_contradictions(name, verdict, line))
    dated = parse_date(written) if written else None
    if written and dated is None:
        problems.append(f"“{name}”的成文日期“{written}”看不出是哪一天，请写成“2026年3月4日”的样子")
    return ApprovalDecision(key, verdict, line.text(SIGNER), dated, line.text(REASON)), problems


def _contradictions(name: str, verdict: Verdict, line: ReturnedLine) -> Iterator[str]:
    number = line.text(_NUMBER)
    if verdict == "void" and not line.text(REASON):
        yield f"“{name}”要作废，请写明理由"
    if verdict == "hold" and number:
        yield f"“{name}”已经编号（{number}），不能改为不批准；确需撤回的请写“作废”并写明理由"


def _twice(decisions: list[ApprovalDecision]) -> list[str]:
    keys = [decision.key for decision in decisions]
    return [f"文书编码“{key}”在表里出现了两次，请只留一行" for key in dict.fromkeys(keys) if keys.count(key) > 1]
