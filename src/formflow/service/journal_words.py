"""What stood before and after an entry of the journal, in the words of who reads it: an auditor, not the program.

In: the JSON an entry keeps. Out: Chinese lines, "名称：内容" each, for a cell of the export. Everything is said, none of it as a code where
there is a word for it; what there is no word for (a field's code, a project's name) stays as it is. The JSON export is what proves.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from formflow.model.money import yuan_text

# Every name an entry keeps something under.
NAMES: Mapping[str, str] = {
    "approved": "核定",
    "article": "佐证材料编号",
    "articles": "佐证材料",
    "attachment": "附件编码",
    "case": "案卷（登记库编号）",
    "counted": "计入",
    "date": "获得时间",
    "dated": "成文日期",
    "day": "拨付日期",
    "decision": "决定",
    "document": "文号",
    "doubts": "疑问",
    "entitlement": "应补助",
    "entries": "台账序号",
    "facts": "拟稿所依据的内容",
    "fen": "金额",
    "fields": "更正的栏目",
    "findings": "问题数",
    "grade": "等次",
    "homes": "职工之家数",
    "honours": "荣誉数",
    "is_revoked": "已撤销",
    "is_same": "同一项目",
    "kind": "种类",
    "last": "最近一次办理",
    "letter": "文书编码",
    "level": "级别",
    "locator": "位置",
    "names": "其他名称",
    "new": "新登记",
    "now": "本机时间",
    "number": "发文字号",
    "one": "名称一",
    "one_organisation": "单位一",
    "organisation": "单位",
    "other": "名称二",
    "other_organisation": "单位二",
    "outcome": "办理结果",
    "paid": "已补助",
    "paper": "收件（登记库编号）",
    "period": "名单所属时间",
    "problem": "问题",
    "project": "项目",
    "reason": "原因或理由",
    "reviewer": "评分人",
    "revision": "稿次",
    "sheet": "评分表编号",
    "standing": "归属状态",
    "state": "状态",
    "title": "标题",
    "total": "合计",
    "unpublished": "没有发布的文件",
    "until": "延期至",
    "version": "第几次提交",
    "workbooks": "工作簿",
    "year": "年度",
}
_WORKBOOKS = {
    "summary": "评分汇总（核定表）",
    "approval": "发文审批表",
    "ledger": "年度台账",
    "evaluation": "会员评议结果",
    "subsidy": "补助测算",
    "evidence": "佐证材料",
    "score_sheets": "待填评分表",
}
# What is kept as a code, by the name it is kept under.
CODES: Mapping[str, Mapping[str, str]] = {
    "outcome": {"accepted": "已受理", "supplement": "待补正", "review": "待复核"},
    "state": {"counted": "计入汇总", "returned": "已退回", "replaced": "已被更正"},
    "decision": {"named": "命名", "not_named": "不命名", "extended": "延期"},
    "standing": {"attributed": "系统判断", "none": "没有归属", "open": "待核对", "settled": "人工核定"},
    "kind": _WORKBOOKS,
}
_MONEY = frozenset({"entitlement", "fen", "paid", "total"})
# A letter's facts are a page of their own, shown by the draft; a place is numbers.
_ELSEWHERE = {"facts": "见拟稿和 JSON 导出", "locator": "见 JSON 导出"}


def in_words(value: Any) -> str:
    """What was before or after, one line for each thing; nothing for nothing."""
    if value is None:
        return ""
    if not isinstance(value, dict):
        return _said("", value)
    if set(value) == {"value"}:
        return in_words(value["value"])
    return "\n".join(_line(name, part) for name, part in value.items() if part != "")


def _line(name: str, part: Any) -> str:
    return f"{NAMES.get(name, name)}：{_ELSEWHERE.get(name) or _said(name, part)}"


def _said(name: str, part: Any) -> str:
    """A value in words; what stands inside another is parted by marks, not by lines."""
    if part is None:
        return "无"
    if isinstance(part, bool):
        return "是" if part else "否"
    if isinstance(part, list):
        return "、".join(_said(name, one) for one in part) or "无"
    if isinstance(part, dict):
        if name in _MONEY:
            return "；".join(f"{whose} {_said(name, fen)}" for whose, fen in part.items())
        return "（" + "；".join(_line(inner, one) for inner, one in part.items() if one != "") + "）"
    if isinstance(part, int):
        return f"{yuan_text(part)}元" if name in _MONEY else str(part)
    return _word(name, part) if isinstance(part, str) else json.dumps(part, ensure_ascii=False)


def _word(name: str, code: str) -> str:
    if name == "workbooks":
        kind, _, rest = code.partition("/")
        return f"{_WORKBOOKS.get(kind, kind)} {rest}"
    return CODES.get(name, {}).get(code, code)
