"""Anchors of the audit chain: how long it was and how it ended, noted whenever the program is started, stopped or audited, and every ten
minutes of a service.

They lie in `state/log/anchors.jsonl`, one JSON object a line, the newest last. Whoever may write to the state folder can change them
too: an anchor proves most when a copy of it is kept where that person cannot reach (printed, mailed, in a backup elsewhere).
The register has to be open before this is imported.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from formflow.errors import EnvironmentFailure, in_words
from formflow.register import journal
from formflow.register.proof import Anchor
from formflow.service.home import Home
from formflow.service.logs import LOG

# A service that runs for months must not note it only when it is started: an older copy in the register's place would be taken for the register
# after a power failure.
EVERY_S = 600.0


def read(home: Home) -> tuple[Anchor, ...]:
    """All that were noted. A line that is none (cut by a power failure) is passed over. Raises EnvironmentFailure."""
    try:
        lines = _path(home).read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise EnvironmentFailure(
            f"读不了以前记下的校验点：{in_words(error)}", "请检查 state/log/anchors.jsonl 是不是文件、有没有读取权限。"
        ) from error
    return tuple(anchor for line in lines if (anchor := _of_line(line)))


def note(home: Home, anchor: Anchor | None, at: datetime) -> None:
    """Adds an anchor, durably, unless the last one says the same."""
    known = read(home)
    if anchor is None or (known and known[-1] == anchor):
        return
    line = json.dumps({"at": at.isoformat(timespec="seconds"), "count": anchor.count, "hash": anchor.hash})
    with _path(home).open("a", encoding="utf-8") as file:
        file.write(line + "\n")
        file.flush()
        os.fsync(file.fileno())


def refuse_other(home: Home) -> None:
    """Raises EnvironmentFailure (`register_older`) if the chain does not hold what was noted last: an older copy of the register would give
    numbers, and pay sums, a second time."""
    known = read(home)
    if known and journal.find(known[-1].hash) is None:
        raise EnvironmentFailure(
            "登记库与上次记下的校验点不符：换成了较早的副本，或者办理记录被改动过",
            "请不要继续办理。运行 formflow audit verify 查看，并与最近的备份对照；查明以后确要照现在的登记库继续办的，"
            "请把 state/log/anchors.jsonl 改名存好，再启动。",
            "register_older",
        )


def keep(home: Home, now: Callable[[], datetime]) -> None:
    """Notes where the chain stands, if it still holds what was noted last; says so in the log if it does not. Never raises: a program that
    starts or stops is not kept from it by its log folder."""
    from django.db import DatabaseError

    try:
        known = read(home)
        if known and journal.find(known[-1].hash) is None:
            LOG.error("办理记录与上次的校验点不符，可能被改动过；请运行 formflow audit verify 查看")
            return
        note(home, journal.latest(), now())
    except EnvironmentFailure as failure:
        LOG.warning("没有记下办理记录的校验点：%s", failure.message)
    except (OSError, DatabaseError) as error:
        LOG.warning("没有记下办理记录的校验点：%s", in_words(error))


def _path(home: Home) -> Path:
    return home.log / "anchors.jsonl"


def _of_line(line: str) -> Anchor | None:
    try:
        noted = json.loads(line)
        return Anchor(int(noted["count"]), str(noted["hash"]))
    except (ValueError, KeyError, TypeError):
        return None
