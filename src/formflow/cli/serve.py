"""`formflow serve`: watches the inbox until it is told to stop."""

from __future__ import annotations

import logging
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from formflow.cli.group import ChineseCommand
from formflow.cli.options import home_option
from formflow.errors import ExitCode


@click.command(cls=ChineseCommand)
@home_option
def serve(home_path: Path) -> int:
    """守着收件箱，来一份处理一份；按 Ctrl+C 停止，正在处理的一份会先办完。"""
    from formflow.service.home import Home
    from formflow.service.office import opened

    home = Home(home_path)
    stop, wake = threading.Event(), threading.Event()

    def ask_to_stop(number: int, frame: Any) -> None:
        stop.set()
        wake.set()

    with opened(home) as office, _spoken():
        from formflow.service import engine  # needs the register to be open

        for name in ("SIGTERM", "SIGINT", "SIGHUP", "SIGBREAK"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), ask_to_stop)
        click.echo(f"正在守着 {home.inbox.resolve()}，按 Ctrl+C 停止。")
        engine.serve(office, stop, wake, lambda done, left: click.echo(f"{done.name}：{done.message}"))
    click.echo("已停止。")
    return int(ExitCode.DONE)


@contextmanager
def _spoken() -> Iterator[None]:
    """What the log is warned of is said on the console as well; the traces of our own faults are for the log alone."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setLevel(logging.WARNING)
    handler.addFilter(lambda record: not record.exc_info)
    log = logging.getLogger("formflow")
    log.addHandler(handler)
    try:
        yield
    finally:
        log.removeHandler(handler)
