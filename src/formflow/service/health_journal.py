"""Whether the journal still holds what was noted of it last, and whether the clock has gone back. Part of `health`; looks only.

The whole chain is not walked here: that is `formflow audit verify`.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime

from formflow.errors import in_words
from formflow.register.location import DatabaseUrl
from formflow.service.health import Condition
from formflow.service.home import Home
from formflow.service.registers import register_of
from formflow.settings import load_settings

_ID, _LABEL = "journal", "办理记录"


def journal_condition(home: Home, today: date) -> Condition:
    """The condition of the journal of events."""
    try:
        asked = _asked(home)
    except (sqlite3.Error, _Refused) as error:  # `register` says what is wrong with it
        return Condition(_ID, _LABEL, "warning", in_words(error), "这一刻查不出办理记录", "请先看“登记库”一项。")
    except OSError as error:
        meaning = "登记库被换成较早的副本、末尾的记录被删去，都看不出来"
        remedy = "请检查 state/log/anchors.jsonl 是不是文件、有没有读取权限。"
        return Condition(_ID, _LABEL, "failed", f"读不了以前记下的校验点：{in_words(error)}", meaning, remedy)
    if asked is None:
        return Condition(_ID, _LABEL, "ok", "还没有")
    count, last_at, is_met = asked
    if not is_met:
        meaning = "末尾的记录可能被删去，或者记录被改写过"
        remedy = "请运行 formflow audit verify 查看，并与最近的备份对照。"
        return Condition(_ID, _LABEL, "failed", "与上次记下的校验点不符", meaning, remedy)
    if last_at is not None and last_at.date() > today:
        meaning = "新的记录和文书会写上错误的日期，补正期限也会算错"
        return Condition(
            _ID,
            _LABEL,
            "failed",
            f"最后一条是 {last_at.date().isoformat()}，比本机今天还晚",
            meaning,
            "请校正本机的日期和时间。",
        )
    met = "与上次记下的校验点相符" if _noted(home) else "还没有以前的校验点可以对照"
    return Condition(_ID, _LABEL, "ok", f"{count} 条，{met}" if count else "还没有")


class _Refused(Exception):
    """The database server does not answer."""


def _asked(home: Home) -> tuple[int, datetime | None, bool] | None:
    """How many events there are, when the last was, and whether the anchor noted last is among them; None where there is no register."""
    location = register_of(home, load_settings(home.root))
    if isinstance(location, DatabaseUrl):
        return _asked_of_server(home, location)
    return _asked_of_file(home) if home.register.exists() else None


def _asked_of_server(home: Home, location: DatabaseUrl) -> tuple[int, datetime | None, bool] | None:
    from psycopg import Error

    from formflow.service.health_shared import shared_journal

    try:
        return shared_journal(location, _noted(home))
    except Error as error:
        raise _Refused(in_words(error)) from error


def _asked_of_file(home: Home) -> tuple[int, datetime | None, bool]:
    uri = f"{home.register.resolve().as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True, timeout=2)) as connection:
        count = connection.execute("SELECT count(*) FROM register_event").fetchone()[0]
        last = connection.execute("SELECT at FROM register_event ORDER BY id DESC LIMIT 1").fetchone()
        noted = _noted(home)
        found = noted and connection.execute("SELECT 1 FROM register_event WHERE hash = ?", (noted,)).fetchone()
    return int(count), _in_shanghai(last[0]) if last else None, not noted or bool(found)


def _in_shanghai(stored: str) -> datetime:
    from formflow.service.office import ZONE

    return datetime.fromisoformat(stored).replace(tzinfo=UTC).astimezone(ZONE)


def _noted(home: Home) -> str:
    """The hash of the anchor noted last, "" if there is none. Raises OSError if that cannot be found out."""
    try:
        lines = (home.log / "anchors.jsonl").read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return ""
    for line in reversed(lines):
        try:
            return str(json.loads(line)["hash"])
        except (ValueError, KeyError, TypeError):
            continue
    return ""
