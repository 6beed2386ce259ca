"""Opens the register: configures Django once, points it at a database file, and brings the tables up to date.

In: the path of the SQLite file. Out: nothing; afterwards `models` and `books` may be imported. Refuses network file
systems, where SQLite's locks do not hold, and a database that a newer formflow has written. Before the tables of an older one are
changed, a copy of it is put into `backup` beside it.
"""

from __future__ import annotations

import sqlite3
from itertools import count
from pathlib import Path

from formflow.errors import EnvironmentFailure, in_words
from formflow.register import django_settings
from formflow.register.filesystem import filesystem_type, is_network
from formflow.register.snapshot import copy_register


def open_register(path: Path, *, mountinfo: str | None = None) -> None:
    """Opens (makes, migrates) the register in the file `path`. `mountinfo`: the table of mounts, for tests."""
    kind = filesystem_type(path, mountinfo)
    if is_network(kind):
        raise EnvironmentFailure(
            f"登记库不能放在网络磁盘上：{path.parent}（文件系统 {kind}）",
            "网络磁盘上的加锁不可靠，会损坏登记库。请把 formflow 的工作文件夹（至少 state 文件夹）放在本机磁盘上。",
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _configure(path)
        _migrate(path)
    except (OSError, sqlite3.Error) as error:
        raise EnvironmentFailure(
            f"打不开登记库 {path}：{in_words(error)}", "请检查文件夹是否可写、磁盘是否已满，再用 formflow doctor 复查。"
        ) from error


def close_register() -> None:
    """Closes the connection of this thread; the next query opens it again."""
    from django.db import connections

    connections.close_all()


def _configure(path: Path) -> None:
    import django
    from django.conf import settings

    if not settings.configured:
        options = {name: getattr(django_settings, name) for name in dir(django_settings) if name.isupper()}
        settings.configure(**options)
        django.setup()
    from django.db import connections

    # A connection keeps the settings it was made with: a program that opens a second home must let go of the first.
    connections.close_all()
    connections["default"].settings_dict["NAME"] = str(path)


def _migrate(path: Path) -> None:
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        known = set(executor.loader.disk_migrations or ())
        unknown = [key for key in executor.loader.applied_migrations if key not in known]
        if unknown:
            raise EnvironmentFailure(
                f"登记库 {path} 由更新版本的 formflow 建立，本版本不认识其结构", "请升级 formflow 后再运行。"
            )
        targets = executor.loader.graph.leaf_nodes()
        plan = executor.migration_plan(targets)
        if plan and executor.loader.applied_migrations:
            _keep_copy(path, plan[0][0].name)
        if plan:
            executor.migrate(targets)
    except DatabaseError as error:
        raise EnvironmentFailure(f"登记库 {path} 打不开：{in_words(error)}", _remedy_of(str(error))) from error


def _keep_copy(path: Path, migration: str) -> None:
    """A copy of the register as it was before an upgrade: `backup/register-before-0003_x.sqlite3`. Without it there is no upgrade."""
    folder = path.parent / "backup"
    folder.mkdir(exist_ok=True)
    names = (f"{path.stem}-before-{migration}{f'-{number}' if number > 1 else ''}{path.suffix}" for number in count(1))
    copy_register(path, next(target for name in names if not (target := folder / name).exists()))


def _remedy_of(problem: str) -> str:
    """Only a damaged register calls for a backup."""
    if "locked" in problem:
        return "请关闭正在使用登记库的其他程序，稍后再试。"
    if any(word in problem for word in ("full", "readonly", "disk I/O", "unable to open")):
        return "请检查磁盘空间和 state 文件夹的写权限后再运行；已收的文件没有丢失。"
    return "请先备份 state 文件夹，再用 formflow doctor 检查；必要时用最近的备份恢复。"
