"""What a year came to, without the numbers that depend on the order of things: to compare a storm with a calm.

In: a home and its register. Out: lines by kind, as counters, and where two of them differ. A number (of a case, a letter, a document, of a
workbook's draft) is blotted out wherever it stands; names, answers, findings, sums, dates and the text of every letter stay.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from benchmarks.storm.proof import Remains, Verdict, text_of

_QUERIES = {
    "cases": "SELECT programme_id, year, unit, version, outcome, folder FROM register_case",
    "papers": """SELECT p.original_name, p.kind, p.state, p.attachment, p.reason, c.unit, c.year FROM register_paper p
        LEFT JOIN register_case c ON c.id = p.case_id""",
    "records": """SELECT c.unit, c.year, r.version_no, r.kind, r.outcome, r.answers FROM register_record r
        JOIN register_case c ON c.id = r.case_id""",
    "findings": """SELECT c.unit, c.year, r.version_no, f.position, f.code, f.field, f.message, f.is_settled FROM register_finding f
        JOIN register_record r ON r.id = f.record_id JOIN register_case c ON c.id = r.case_id""",
    "scores": """SELECT c.unit, s.year, s.reviewer, s.state, s.content FROM register_scoresheet s
        JOIN register_case c ON c.id = s.case_id""",
    "decisions": """SELECT c.unit, n.year, n.decision, n.reason, n.who, n.decided_on FROM register_naming n
        JOIN register_case c ON c.id = n.case_id""",
    "letters": "SELECT programme_id, year, kind, title, subject, is_draft, state, issued_on, deadline, content FROM register_letter",
    "payments": "SELECT project, organisation, level, kind, amount, paid_before, entitlement, entered_on, who FROM register_ledgerentry",
    # How often a workbook is made again depends on when there is nothing else to do.
    "journal": """SELECT what, who FROM register_event
        WHERE what NOT LIKE 'workbook%' AND what <> 'files_withdrawn' OR what = 'workbook_returned'""",
}
_NUMBERS = re.compile(r"〔\d{4}〕\d+号|\d{4}-(?:退-)?\d+(?:-\d+)?|第\d+稿|第\d+号|（\d+）(?=\.)|(?<=荣誉)\d+")

# The folders of letters about a year.
_YEARLY = frozenset({"发文", "拟稿"})


def standing(remains: Remains) -> dict[str, Counter[str]]:
    """The lines of each kind."""
    found = {kind: Counter(map(_line, remains.books.ask(query))) for kind, query in _QUERIES.items()}
    return {**found, "files": Counter(_files(remains)), "text of letters": Counter(_texts(remains))}


def compared(storm: dict[str, Counter[str]], calm: dict[str, Counter[str]]) -> tuple[Verdict, ...]:
    """Where a storm has led to something else."""
    return tuple(_difference(kind, storm[kind], calm[kind]) for kind in calm)


def _difference(kind: str, storm: Counter[str], calm: Counter[str]) -> Verdict:
    more = (f"only in the storm: {line[:600]}" for line in sorted(storm - calm))
    less = (f"only in the calm: {line[:600]}" for line in sorted(calm - storm))
    return Verdict(f"as in a calm: {kind}", calm.total(), (*more, *less))


def _line(row: tuple[Any, ...]) -> str:
    return " | ".join(_without_numbers(_told(value)) for value in row)


def _told(value: Any) -> str:
    """The same for both kinds of database."""
    if isinstance(value, str) and value[:1] in ("{", "["):
        with suppress(json.JSONDecodeError):
            value = json.loads(value)
    if isinstance(value, dict | list):
        return json.dumps(_sorted(value), ensure_ascii=False, sort_keys=True)
    return str(int(value)) if isinstance(value, bool) else str(value)


def _sorted(value: Any) -> Any:
    """Lists in an order of their own: units and projects are listed by number."""
    if isinstance(value, dict):
        return {key: _sorted(item) for key, item in value.items() if key not in ("序号", "编号")}
    if isinstance(value, list):
        items = [_sorted(item) for item in value]
        return sorted(items, key=lambda item: _without_numbers(json.dumps(item, ensure_ascii=False, sort_keys=True)))
    return "、".join(sorted(value.split("、"))) if isinstance(value, str) else value


def _without_numbers(text: str) -> str:
    return _NUMBERS.sub("#", text)


def _files(remains: Remains) -> Iterator[str]:
    for path in remains.outbox:
        yield _without_numbers(path.relative_to(remains.home / "outbox").as_posix())


def _texts(remains: Remains) -> Iterator[str]:
    """Letters as Word files; of those that list units in the order of their numbers, the signs, sorted."""
    for path in remains.outbox:
        if path.with_suffix(".pdf").exists() and path.suffix == ".docx" and "原件" not in path.parts:
            text = _without_numbers(text_of(path))
            yield "".join(sorted(text)) if _YEARLY & {*path.parts} else text
