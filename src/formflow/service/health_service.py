"""What a service that is running waits for, and what a home has lost of its folders. Part of `health`; looks only."""

from __future__ import annotations

import os

from formflow.errors import EnvironmentFailure
from formflow.service import held_back, trouble
from formflow.service.health import Condition, State, existing
from formflow.service.home import Home
from formflow.service.office import refuse_losses
from formflow.service.outbox_place import refuse_bare_mount_point
from formflow.service.trouble import left
from formflow.settings import Settings, load_settings

_ID, _LABEL = "service", "服务"


def folders_condition(home: Home) -> Condition:
    """The condition of the folders: whether they are there and may be written to."""
    refuse_loss(home, load_settings(home.root), "outbox_gone")
    if home.outbox.is_dir():
        refuse_bare_mount_point(home)
    folders = (home.root, home.inbox, home.outbox, home.state)
    locked = [str(path) for path in folders if not os.access(existing(path), os.W_OK | os.X_OK)]
    if locked:
        return _of_folders(
            "failed", f"不能写：{'、'.join(locked)}", "收件、出文书都做不了", "请开放这些文件夹的写权限。"
        )
    if not home.is_founded:
        found, meaning = f"{home.root.resolve()} 不是 formflow 的工作文件夹", "收不了件，登记过的案卷也不在这里"
        return _of_folders("warning", found, meaning, "请用 --home 指明工作文件夹；要新建的，运行 formflow init。")
    if home.is_inbox_elsewhere:
        found = f"收件箱（inbox）是一个链接，它所指的文件夹不在：{home.inbox.readlink()}"
        return _of_folders(
            "failed", found, "收不了件；它回来以后自动接着收", "请检查共享有没有挂上、文件夹有没有改名。"
        )
    if home.register.exists() and not home.inbox.is_dir():
        found, remedy = (
            "收件箱（inbox 文件夹）不见了：被改名、移走或删除",
            "请把它放回原处；确实不要了的，请新建一个空的。",
        )
        return _of_folders("failed", found, "收不了件；下次启动时会另建一个空的", remedy)
    missing = [path.name for path in folders[1:3] if not path.is_dir()]
    if missing:
        return _of_folders("warning", f"还没有 {'、'.join(missing)}", "第一次运行时会建立", "可运行 formflow init。")
    return _of_folders("ok", f"{home.root.resolve()} 可写")


def _of_folders(state: State, found: str, meaning: str = "", remedy: str = "") -> Condition:
    return Condition("folders", "文件夹", state, found, meaning, remedy)


def service_condition(home: Home) -> Condition:
    """The condition of the service, as far as it has said anything."""
    told = left(home)
    if told is None:
        return _held_back(home)
    since, trouble = told
    # A service that was killed while it waited leaves this behind until the next start.
    meaning = "formflow serve 停着等，已收的文件没有丢失，故障消除后自动接着办；已经不在运行的，启动后接着办"
    return Condition(_ID, _LABEL, "failed", f"自 {since:%Y-%m-%d %H:%M} 起：{trouble.message}", meaning, trouble.remedy)


def _held_back(home: Home) -> Condition:
    count = len(held_back.load(home))
    if not count:
        return Condition(_ID, _LABEL, "ok", "没有报告故障")
    told, meaning = trouble.held_back(count), "已经登记，没有丢失，能放的时候自动放进去"
    return Condition(_ID, _LABEL, "warning", told.message, meaning, told.remedy)


def refuse_loss(home: Home, settings: Settings, code: str) -> None:
    """Raises EnvironmentFailure where a home has lost what `code` stands for."""
    try:
        refuse_losses(home, settings)
    except EnvironmentFailure as failure:
        if failure.code == code:
            raise
