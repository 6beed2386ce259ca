"""An entry's before and after as an auditor reads them: no code, no English name, nothing left out."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from formflow.service.journal_words import CODES, NAMES, in_words
from formflow.service.office import Office

SOURCES = Path(__file__).parents[2] / "src" / "formflow"
# Variables and functions that hold what an entry keeps, where it is not written in the call itself.
HOLDERS = frozenset({"after", "before", "told", "_told"})


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        (None, ""),
        ({"outcome": "supplement", "findings": 3, "case": None}, "办理结果：待补正\n问题数：3\n案卷（登记库编号）：无"),
        ({"decision": "extended", "until": "2023-12-31", "reason": "", "grade": ""}, "决定：延期\n延期至：2023-12-31"),
        (
            {"value": {"approved": True, "fen": 3000000, "entitlement": 3000050, "paid": 0}},
            "核定：是\n金额：30,000元\n应补助：30,000.50元\n已补助：0元",
        ),
        (
            {"number": "青工发〔2023〕1号", "fen": {"驿站": 3000000, "托管班": -1000000}, "total": 2000000},
            "发文字号：青工发〔2023〕1号\n金额：驿站 30,000元；托管班 -10,000元\n合计：20,000元",
        ),
        (
            {"articles": [{"title": "甲", "standing": "none", "case": None}, {"title": "乙", "standing": "open"}]},
            "佐证材料：（标题：甲；归属状态：没有归属；案卷（登记库编号）：无）、（标题：乙；归属状态：待核对）",
        ),
        ({"workbooks": ["ledger/a/2023", "summary/a/2023"]}, "工作簿：年度台账 a/2023、评分汇总（核定表） a/2023"),
        ({"kind": "approval", "revision": 2}, "种类：发文审批表\n稿次：2"),
        ({"fields": {"industry": "制造业", "schedule": [{"time": "3月"}]}}, "更正的栏目：（industry：制造业；schedule：（time：3月））"),
        ({"letter": "a/2023/naming/draft-1", "facts": {"year": 2023}}, "文书编码：a/2023/naming/draft-1\n拟稿所依据的内容：见拟稿和 JSON 导出"),
        ({"value": True}, "是"),
        ({"value": 7}, "7"),
        ({"entries": []}, "台账序号：无"),
        ("坏", "坏"),
    ],
)  # fmt: skip
def test_what_an_entry_keeps_is_said_in_words(kept: Any, said: str) -> None:
    assert in_words(kept) == said


def test_every_name_an_entry_keeps_has_its_word() -> None:
    kept = {name for path in SOURCES.rglob("*.py") for name in names_in(ast.parse(path.read_text(encoding="utf-8")))}
    assert {"outcome", "decision", "fen", "unpublished", "workbooks", "standing", "reviewer", "attachment"} <= kept
    assert kept <= NAMES.keys()


def names_in(tree: ast.AST) -> Iterator[str]:
    """The names in dictionaries that functions which enter events keep something in."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and (node.name in HOLDERS or enters(node)):
            for held in held_by(node):
                keys = [key for inner in ast.walk(held) if isinstance(inner, ast.Dict) for key in inner.keys]
                yield from (key.value for key in keys if isinstance(key, ast.Constant) and key.value != "value")


def enters(function: ast.FunctionDef) -> bool:
    return any(
        isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("add_event", "_note")
        for node in ast.walk(function)
    )


def held_by(function: ast.FunctionDef) -> Iterator[ast.expr]:
    for node in ast.walk(function):
        if isinstance(node, ast.Return | ast.Assign | ast.AnnAssign):
            holders = {function.name} if isinstance(node, ast.Return) else set(targets_of(node))
            yield from [node.value] if node.value and holders & HOLDERS else []
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("add_event", "_note"):
            yield from (word.value for word in node.keywords if word.arg in HOLDERS)
            yield from node.args[2:]


def targets_of(node: ast.Assign | ast.AnnAssign) -> Iterator[str]:
    for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
        for part in target.elts if isinstance(target, ast.Tuple) else [target]:
            if isinstance(part, ast.Name):
                yield part.id


def test_every_code_of_the_register_has_its_word(office: Office) -> None:
    from formflow.register import models as rows

    assert CODES["standing"] == dict(rows.EvidenceArticle.Standing.choices)
    assert CODES["state"] == dict(rows.ScoreSheet.State.choices)
    assert CODES["decision"] == dict(rows.Naming.Decision.choices)
    assert CODES["kind"].keys() == set(rows.Workbook.Kind.values)
