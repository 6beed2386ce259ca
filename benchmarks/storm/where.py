"""Where a process was when it was killed, from the stack it left behind.

In: a stack as `faulthandler` writes it, or a frame. Out: one of `ROOMS`, by the innermost module of formflow that belongs to one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from types import FrameType

# The first that fits, from the innermost call outwards. Helpers that everybody uses say nothing and are passed over.
_MODULES = (
    ("paying", ("service/payments", "service/settlement_entry", "register/ledger")),
    ("numbering", ("register/numbers",)),
    ("approving", ("service/approvals", "service/binding", "service/circulars")),
    ("deciding", ("service/decisions", "service/returned", "service/round_")),
    ("renewing workbooks", ("service/workbooks", "service/workbook_kinds", "service/sheets/", "service/summaries",
                            "service/ledgers", "service/review_", "service/subsidy", "service/settlements")),
    ("drawing letters", ("service/printing", "letters/")),
    ("publishing", ("service/outbox", "service/delivery")),
    ("claiming", ("service/claims", "service/inbox", "service/complete", "service/dispatch")),
    ("reading", ("reading/", "service/sorting", "service/assess", "service/pictures", "forms/", "service/members")),
    ("entering", ("service/casework", "service/reception", "service/filing", "service/judging", "service/score_entry",
                  "service/evaluation_entry", "service/honours_entry", "service/submissions", "service/letters_due",
                  "rules/", "register/queue")),
    ("starting", ("service/office", "service/opening", "register/setup", "service/programmes", "packs/", "settings",
                  "service/anchors", "service/watch")),
    ("recovering, waiting", ("service/engine", "service/jobs", "service/sweeping", "cli/")),
)  # fmt: skip
ROOMS = (*(room for room, _ in _MODULES), "elsewhere")
# Where a kill is aimed at, because time alone seldom brings it there.
AIMS = ("paying", "numbering", "approving", "deciding", "renewing workbooks", "publishing", "claiming", "entering")
AIMS_OF_MANY = ("renewing workbooks", "publishing", "claiming", "entering")
# What a worker is seldom met in by time alone; it recovers nothing and claims nothing.
AIMS_OF_WORKERS = (
    "paying",
    "numbering",
    "approving",
    "deciding",
    "publishing",
    "drawing letters",
    "entering",
    "reading",
)
AIMS_OF_WORKERS_OF_MANY = ("numbering", "publishing", "drawing letters", "entering", "reading")
AIMS_OF_SERVE = ("renewing workbooks", "claiming", "starting")
_LINE = re.compile(r'File "(?:.*/)?formflow/(\S+?)\.py"')


def room_of(stack: str) -> str:
    """The room of a written stack, innermost call first."""
    return _first(_LINE.findall(stack))


def room_of_frame(frame: FrameType | None) -> str:
    """The room of a running process."""
    found = []
    while frame:
        found.append(frame.f_code.co_filename)
        frame = frame.f_back
    return _first(path.rpartition("/formflow/")[2] for path in found if "/formflow/" in path)


def _first(modules: Iterable[str]) -> str:
    for module in modules:
        for room, names in _MODULES:
            if module.startswith(names):
                return room
    return "elsewhere"
