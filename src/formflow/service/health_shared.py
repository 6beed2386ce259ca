"""Whether a register on PostgreSQL can be worked with, and whether anybody works. Part of `health`; looks only.

The server is asked through psycopg itself, not through Django: a register that cannot be opened must not stop the check.
"""

from __future__ import annotations

import time
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from formflow.errors import EnvironmentFailure, in_words
from formflow.register.location import DatabaseUrl
from formflow.service.apart import refuse_apart
from formflow.service.health import Condition

if TYPE_CHECKING:
    from psycopg import Connection

_ID, _LABEL = "register", "登记库"
_CONNECT_S = 5
# Django 5.2 needs it.
OLDEST_VERSION = 14
_JOBS = """
    SELECT (SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')),
           (SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '1 minute')"""
_JOURNAL = """
    SELECT count(*), (SELECT at FROM register_event ORDER BY id DESC LIMIT 1), count(*) FILTER (WHERE hash = %s)
    FROM register_event"""


def shared_register_condition(location: DatabaseUrl) -> Condition:
    """The condition of the database, its tables and its workers."""
    from psycopg import Error

    location.parts()
    try:
        with _connected(location) as connection:
            return _looked_at(location, connection)
    except Error as error:
        meaning, remedy = "收件、办理都停着", "请检查数据库服务、网络、地址和密码；收件箱里的文件不会丢。"
        return Condition(_ID, _LABEL, "failed", f"连不上 {location}：{in_words(error)}", meaning, remedy)


def _looked_at(location: DatabaseUrl, connection: Connection[Any]) -> Condition:
    version = connection.info.server_version // 10000
    if refused := _unfit(connection, version):
        return Condition(_ID, _LABEL, "failed", f"{location}，版本 {version}：{refused[0]}", *refused[1:])
    if not _has(connection, "procrastinate_workers"):
        return Condition(_ID, _LABEL, "ok", f"{location}，版本 {version}，还没有建表，第一次运行时建立")
    jobs, workers = connection.execute(_JOBS).fetchone() or (0, 0)
    found = f"{location}，版本 {version}；待办任务 {jobs} 个，在岗的 worker {workers} 个"
    if jobs and not workers:
        return Condition(
            _ID, _LABEL, "warning", found, "收下的文件没有人处理", "请在至少一台机器上运行 formflow worker。"
        )
    if _shown(connection, "fsync") == "off":
        meaning = "断电时数据库会丢失或损坏已登记的内容，编号会重"
        return Condition(_ID, _LABEL, "warning", f"{found}；fsync 关着", meaning, "请数据库管理员打开 fsync。")
    return Condition(_ID, _LABEL, "ok", found, "由数据库管理员备份（pg_dump），formflow backup 不备份它", "")


def _unfit(connection: Connection[Any], version: int) -> tuple[str, str, str] | None:
    """What is the matter with a database that cannot be worked with, what it means and what to do; None if it can."""
    encoding = _shown(connection, "server_encoding")
    if version < OLDEST_VERSION:
        return "太旧", "formflow 不能用它", f"请升级到 PostgreSQL {OLDEST_VERSION} 以上。"
    if encoding != "UTF8":
        remedy = "请建一个 UTF8 编码的数据库：createdb -E UTF8 -T template0 formflow。"
        return f"编码是 {encoding}", "存不了汉字", remedy
    if _shown(connection, "transaction_read_only") == "on":
        return (
            "只读",
            "登记不了，收件、办理都停着",
            "如果这是备用服务器，请把地址改成主服务器，或请数据库管理员把它升为主服务器。",
        )
    ((theirs_s,),) = connection.execute("SELECT extract(epoch FROM clock_timestamp())::float").fetchall()
    try:
        refuse_apart(theirs_s, time.time())
    except EnvironmentFailure as apart:
        return apart.message, "serve 和 worker 不会在这台机器上办理", apart.remedy
    return None


def _shown(connection: Connection[Any], setting: str) -> str:
    row = connection.execute("SELECT current_setting(%s)", (setting,)).fetchone()
    return str(row[0]) if row else ""


def shared_migrations(location: DatabaseUrl) -> set[str] | None:
    """The migrations of the register that have been applied; None where there is no table yet. Raises psycopg.Error."""
    with _connected(location) as connection:
        if not _has(connection, "django_migrations"):
            return None
        rows = connection.execute("SELECT name FROM django_migrations WHERE app = 'register'").fetchall()
    return {str(name) for (name,) in rows}


def shared_journal(location: DatabaseUrl, noted: str) -> tuple[int, datetime | None, bool] | None:
    """How many events there are, when the last was, and whether the one with the hash `noted` ("" for none) is among them; None where there
    is no table yet. Raises psycopg.Error."""
    with _connected(location) as connection:
        if not _has(connection, "register_event"):
            return None
        row = connection.execute(_JOURNAL, (noted,)).fetchone()
    count, last, met = row or (0, None, 0)
    return int(count), last.astimezone(ZoneInfo("Asia/Shanghai")) if last else None, not noted or bool(met)


def _connected(location: DatabaseUrl) -> Connection[Any]:
    import psycopg

    return psycopg.connect(location.url, connect_timeout=_CONNECT_S, autocommit=True)


def _has(connection: Connection[Any], table: str) -> bool:
    row = connection.execute("SELECT to_regclass(%s) IS NOT NULL", (table,)).fetchone()
    return bool(row and row[0])
