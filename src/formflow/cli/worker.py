"""`formflow worker`: takes papers that a `serve` on another machine has claimed, until it is told to stop."""

from __future__ import annotations

import re
import signal
import socket
import sys
import threading
from pathlib import Path

import click

from formflow.cli.group import ChineseCommand
from formflow.cli.options import home_option
from formflow.cli.say import say_if_heard
from formflow.errors import ExitCode

_UNSAFE = re.compile(r"[^\w.-]+")


@click.command(cls=ChineseCommand)
@click.option("--name", metavar="名称", help="在日志里怎么称呼，默认是本机的名字；已经有一个这样叫的，后面加 -2、-3")
@home_option
def worker(name: str | None, home_path: Path) -> int:
    """和别的机器一起处理 formflow serve 收下的材料；按 Ctrl+C 停止，正在处理的一份会先办完。

    各台机器用同一个工作文件夹（网络共享）和同一个 PostgreSQL 登记库（FORMFLOW_DATABASE_URL）。
    """
    from formflow.service.home import founded
    from formflow.service.logs import told
    from formflow.service.office import opened_for_work
    from formflow.service.worker_names import own_name
    from formflow.settings import load_settings

    home = founded(home_path)
    settings = load_settings(home.root)
    stop = threading.Event()
    with (
        own_name(home, _UNSAFE.sub("-", name or socket.gethostname())) as called,
        opened_for_work(home, f"worker-{called}") as office,
        told(sys.stderr, settings.log.format),
    ):
        from formflow.service.jobs import work  # needs the register to be open

        for number in ("SIGTERM", "SIGINT", "SIGHUP", "SIGBREAK"):
            if hasattr(signal, number):
                signal.signal(getattr(signal, number), lambda *_: stop.set())
        say_if_heard(f"{called} 开始处理 {home.root.resolve()} 的材料，按 Ctrl+C 停止。")
        work(office, settings.worker, called, stop, lambda done: say_if_heard(f"{done.name}：{done.message}"))
    say_if_heard("已停止。")
    return int(ExitCode.DONE)
