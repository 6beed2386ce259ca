"""Opens the register: configures Django once, points it at a database, and brings the tables up to date.

In: the path of the SQLite file, or the URL of a PostgreSQL database. Out: nothing; afterwards `models` and `books` may be imported. Refuses
network file systems, where SQLite's locks do not hold, and a database that a newer formflow has written. Before the tables of an older file
are changed, a copy of it is put into `backup` beside it; of a PostgreSQL database, which has its own administrator, no copy is made here.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any

from formflow.errors import EnvironmentFailure, in_words
from formflow.register import django_settings, presence
from formflow.register.filesystem import filesystem_type, is_network
from formflow.register.location import DatabaseUrl, Location
from formflow.register.snapshot import copy_register

# Bytes: SQLite opens nothing with a path of more than 512, and names two files of its own after the register's.
_LONGEST_PATH = 500


def open_register(location: Location, *, mountinfo: str | None = None) -> None:
    """Opens (makes, migrates) the register at `location`. `mountinfo`: the table of mounts, for tests."""
    if isinstance(location, DatabaseUrl):
        _open_shared(location)
        return
    kind = filesystem_type(location, mountinfo)
    if is_network(kind):
        raise EnvironmentFailure(
            f"登记库不能放在网络磁盘上：{location.parent}（文件系统 {kind}）",
            "网络磁盘上的加锁不可靠，会损坏登记库。请把 formflow 的工作文件夹（至少 state 文件夹）放在本机磁盘上。",
        )
    if len(os.fsencode(location.absolute())) > _LONGEST_PATH:
        raise EnvironmentFailure(
            f"工作文件夹的路径太长，登记库打不开：{location.parent}",
            f"请把工作文件夹放得浅一些：登记库的完整路径不能超过 {_LONGEST_PATH} 字节（一个汉字算 3 字节）。",
        )
    try:
        location.parent.mkdir(parents=True, exist_ok=True)
        presence.note(None)
        _configure({**django_settings.DATABASES["default"], "NAME": str(location)})
        _migrate(location)
        presence.note(location)
    except (OSError, sqlite3.Error) as error:
        raise EnvironmentFailure(
            f"打不开登记库 {location}：{in_words(error)}",
            "请检查文件夹是否可写、磁盘是否已满，再用 formflow doctor 复查。",
        ) from error


def _open_shared(location: DatabaseUrl) -> None:
    from django.db import DatabaseError, InterfaceError

    presence.note(None)
    _configure(location.for_django())
    try:
        _refuse_other_encodings(location)
        with _migrating_alone():
            _migrate(location)
        presence.note_last_entry()
    except (DatabaseError, InterfaceError) as error:
        raise EnvironmentFailure(
            f"连不上登记库 {location}：{in_words(error)}",
            "请检查数据库服务是否在运行、地址和密码是否正确、本机是否允许连接，再用 formflow doctor 复查。",
        ) from error


def _refuse_other_encodings(location: DatabaseUrl) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SHOW server_encoding")
        encoding = cursor.fetchone()[0]
    if encoding != "UTF8":
        raise EnvironmentFailure(
            f"登记库 {location} 的编码是 {encoding}，存不了汉字",
            "请建一个 UTF8 编码的数据库：createdb -E UTF8 -T template0 formflow。",
        )


@contextmanager
def _migrating_alone() -> Iterator[None]:
    """Of machines that start at once, one brings the tables up to date."""
    from formflow.register import locks

    with locks.exclusive("formflow/migrating"):
        yield


def close_register() -> None:
    """Closes the connection of this thread; the next query opens it again."""
    from django.db import connections

    from formflow.register import locks

    locks.keep_nothing()
    connections.close_all()


def forget_statements() -> None:
    """After something large was read out of a register in a file: its connection keeps the last hundred statements and cursors, which lie
    wherever there was room while they were made, and hold on to all the memory around them. The next query opens another."""
    from django.db import connection

    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        connection.close()


def _configure(database: dict[str, Any]) -> None:
    import django
    from django.conf import settings

    if not settings.configured:
        options = {name: getattr(django_settings, name) for name in dir(django_settings) if name.isupper()}
        if _is_shared(database):
            options["INSTALLED_APPS"] = [*django_settings.INSTALLED_APPS, *django_settings.QUEUE_APPS]
        settings.configure(**{**options, "DATABASES": {"default": database}})
        django.setup()
        from formflow.register import greeting

        greeting.greet_new_connections()
    if _is_shared(database) and not set(django_settings.QUEUE_APPS) <= set(settings.INSTALLED_APPS):
        raise EnvironmentFailure("一个程序里不能先用文件登记库、再用 PostgreSQL 登记库", "请分两次运行。")
    _connect_to(database)


def _is_shared(database: dict[str, Any]) -> bool:
    return str(database["ENGINE"]).endswith("postgresql")


def _connect_to(database: dict[str, Any]) -> None:
    """A connection keeps the settings it was made with: a program that opens a second register must let go of the first."""
    from django.db import connections

    connections.close_all()
    connections.settings["default"] = connections.configure_settings({"default": dict(database)})["default"]
    with suppress(AttributeError):  # there is none in this thread yet
        del connections["default"]


def _migrate(location: Location) -> None:
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        apps = {"register"} if isinstance(location, Path) else {"register", "procrastinate"}
        known = set(executor.loader.disk_migrations or ())
        unknown = [key for key in executor.loader.applied_migrations if key not in known]
        if unknown:
            raise EnvironmentFailure(
                f"登记库 {location} 由更新版本的 formflow 建立，本版本不认识其结构", "请升级 formflow 后再运行。"
            )
        targets = [node for node in executor.loader.graph.leaf_nodes() if node[0] in apps]
        plan = executor.migration_plan(targets)
        if plan and executor.loader.applied_migrations and isinstance(location, Path):
            _keep_copy(location, plan[0][0].name)
        if plan:
            with _alone_with_tables(location, is_new=not executor.loader.applied_migrations):
                executor.migrate(targets)
    except DatabaseError as error:
        raise EnvironmentFailure(f"登记库 {location} 打不开：{in_words(error)}", _remedy_of(str(error))) from error


@contextmanager
def _alone_with_tables(location: Location, *, is_new: bool) -> Iterator[None]:
    """Tables on PostgreSQL are not changed under those who work with them, perhaps with an older formflow."""
    from formflow.register import locks

    if is_new or isinstance(location, Path):
        yield
        return
    if not locks.try_exclusive(locks.HOUSE):
        raise EnvironmentFailure(
            "登记库要升级，别的机器却正在用它处理材料",
            "请先停下 serve 和各个 worker，备份登记库，把各台机器的 formflow 升级到同一版本，再启动。",
            "register_at_work",
        )
    try:
        yield
    finally:
        locks.release(locks.HOUSE)


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
