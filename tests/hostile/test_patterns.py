"""No pattern of ours takes minutes over a long text of one kind: a cell can hold thousands of digits, blanks or brackets.

Every regular expression that a module keeps is tried. Over these texts a sound one takes milliseconds, one that tries every way to part a
run takes hours: the watchdog tells the two apart on any machine.
"""

from __future__ import annotations

import pkgutil
import re
import signal
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

import formflow
from formflow.model.patterns import LatePattern
from support import offices
from support.watchdog import DoesNotEndError, ends_within

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGVTALRM"), reason="no such signal here")
# What is repeated, and what then makes the whole fail.
PIECES = (
    *("9", "九", "年", "(", "（", " ", "　", "_", "\n", ".", "1.", "1年", "1月1日", "a", "、", "：", "第", "甲", "，", "2022年3月", "-", "—", "☐", "至"),
    *("，1", "1/", "1万", "甲 ", "记者 ", "（1", "甲。", "《", "“", "<", "&", '"', "甲镇", "0,", "\t", "x:", "~ "),
)  # fmt: skip
LENGTH, ENOUGH_S = 1600, 3.0
# Only ever given what its own code has cut short: fewer than 60 characters (`score_labels.label_alone`), or a name without gaps
# (`honour_texts.project_of`).
SHORT_TEXTS_ONLY = {"formflow.forms.score_labels._ALONE", "formflow.forms.honour_texts._NEW_NAME"}


def patterns() -> Iterator[tuple[str, re.Pattern[str] | re.Pattern[bytes]]]:
    """Each pattern once, by the name of the first module that keeps it."""
    seen: set[str | bytes] = set()
    for module in pkgutil.walk_packages(formflow.__path__, "formflow.", onerror=lambda name: None):
        if "register" in module.name.split(".") or module.name.endswith("__main__"):
            continue  # rows of a database, and a command
        for name, value in vars(import_module(module.name)).items():
            for pattern in _within(value):
                if pattern.pattern not in seen:
                    seen.add(pattern.pattern)
                    yield f"{module.name}.{name}", pattern


def _within(value: object, depth: int = 0) -> Iterator[re.Pattern[str] | re.Pattern[bytes]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, LatePattern):
        yield value._compiled
    elif isinstance(value, tuple | list | frozenset | set) and depth < 3:
        for one in value:
            yield from _within(one, depth + 1)
    elif isinstance(value, dict) and depth < 3:
        yield from _within(tuple(value.values()), depth + 1)


def hangs_on(pattern: re.Pattern[str] | re.Pattern[bytes]) -> list[str]:
    """The pieces whose repetition the pattern does not come back from."""
    bad = []
    for piece in PIECES:
        text = (piece * LENGTH)[:LENGTH] + "\x00"
        try:
            with ends_within(ENOUGH_S):
                pattern.search(text if isinstance(pattern.pattern, str) else text.encode())  # type: ignore[arg-type]
        except DoesNotEndError:
            bad.append(piece)
    return bad


def test_every_pattern_comes_back(tmp_path: Path) -> None:
    with offices.office(tmp_path):  # modules that speak to the register need one
        found = dict(patterns())
    assert len(found) > 300
    bad = {name: bad for name, pattern in found.items() if name not in SHORT_TEXTS_ONLY and (bad := hangs_on(pattern))}
    assert bad == {}


def test_a_pattern_that_does_not_come_back_is_seen() -> None:
    assert "9" in hangs_on(re.compile(r"(?:\d+)+$"))
