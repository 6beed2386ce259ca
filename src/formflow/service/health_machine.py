"""Whether this program fits this machine and this register: versions, the encoding of names, upgrades still to come. Part of `health`; looks only."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

from formflow.errors import in_words
from formflow.register import migrations
from formflow.register.location import DatabaseUrl, Location
from formflow.service.health import Condition
from formflow.service.home import Home
from formflow.service.registers import register_of
from formflow.settings import load_settings

# Django 5.2 needs it; it is part of Python, or of the system.
OLDEST_SQLITE = (3, 31, 0)


def program_condition() -> Condition:
    """What runs here, and whether names and registers can be written rightly with it."""
    found = f"formflow {version('formflow')}，Python {sys.version.split()[0]}，SQLite {sqlite3.sqlite_version}"
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        needed = ".".join(map(str, OLDEST_SQLITE))
        meaning, remedy = (
            f"登记库至少要 SQLite {needed}",
            "请改用较新的 Python（python.org 的安装程序自带较新的 SQLite）。",
        )
        return Condition("program", "程序", "failed", found, meaning, remedy)
    encoding = sys.getfilesystemencoding().lower().replace("-", "")
    if encoding != "utf8":
        meaning = f"系统的字符编码是 {encoding}，不是 UTF-8：编码以外的字写不进文件名，别的机器上文件名会成乱码"
        remedy = "请设置环境变量 LANG=C.UTF-8（或 PYTHONUTF8=1）后再运行；已有的文件名不会改动。"
        return Condition("program", "程序", "warning", found, meaning, remedy)
    return Condition("program", "程序", "ok", found)


def structure_condition(home: Home) -> Condition:
    """Whether the register's structure is that of this version."""
    location = register_of(home, load_settings(home.root))
    try:
        applied = _shared(location) if isinstance(location, DatabaseUrl) else _applied(home.register)
        strange = [] if isinstance(location, DatabaseUrl) or applied is None else _strange(home.register)
    except (sqlite3.Error, ConnectionError) as error:  # `register` says what is wrong with it
        return Condition("structure", "登记库结构", "warning", in_words(error), "这一刻查不出", "请先看“登记库”一项。")
    known = _known()
    if applied is None:
        return Condition("structure", "登记库结构", "ok", "还没有建立")
    if strange:
        meaning = "它可能在登记的同时改动、删去内容，这样的改动 formflow audit verify 看不出来"
        remedy = "请停止办理，另存整个 state 文件夹，查明是谁加的；与最近的备份对照。"
        found = f"有不是 formflow 建立的触发器或视图：{'、'.join(strange)}"
        return Condition("structure", "登记库结构", "failed", found, meaning, remedy)
    if applied - known:
        meaning = "登记库由更新版本的 formflow 建立，本版本不能用它"
        return Condition("structure", "登记库结构", "failed", "比本版本新", meaning, "请升级 formflow 后再运行。")
    if waiting := len(known - applied):
        return Condition("structure", "登记库结构", "warning", "是旧版本的", *_upgrade(home, location, waiting))
    return Condition("structure", "登记库结构", "ok", "与本版本相符")


def _upgrade(home: Home, location: Location, steps: int) -> tuple[str, str]:
    """What is going to happen to a register of an older version, and what to do before."""
    if isinstance(location, DatabaseUrl):
        return (
            f"下次启动时自动升级（{steps} 步），不另存副本",
            "请先停下 serve 和各个 worker，用 pg_dump 备份，把各台机器升级到同一版本。",
        )
    size_mb = home.register.stat().st_size // 2**20 + 1
    return (
        f"下次运行时自动升级（{steps} 步），升级前先在 state/backup 里存一份",
        f"请先停下其他 formflow，并确认磁盘至少还有 {2 * size_mb} MB；建议先运行 formflow backup。",
    )


def _shared(location: DatabaseUrl) -> set[str] | None:
    from psycopg import Error

    from formflow.service.health_shared import shared_migrations

    try:
        return shared_migrations(location)
    except Error as error:
        raise ConnectionError from error


def _known() -> set[str]:
    folder = Path(migrations.__path__[0])
    return {path.stem for path in folder.glob("0*.py")}


def _strange(register: Path) -> list[str]:
    """What works by itself in the register's file. formflow puts nothing of the kind there."""
    uri = f"{register.resolve().as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True, timeout=2)) as connection:
        asked = "SELECT name FROM sqlite_master WHERE type IN ('trigger', 'view') ORDER BY name"
        return [str(name) for (name,) in connection.execute(asked)]


def _applied(register: Path) -> set[str] | None:
    if not register.exists():
        return None
    uri = f"{register.resolve().as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True, timeout=2)) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM django_migrations WHERE app = 'register'")}
