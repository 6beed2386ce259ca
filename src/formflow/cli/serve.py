"""`formflow serve`: watches the inbox until it is told to stop."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from formflow.cli.group import ChineseCommand
from formflow.cli.options import home_option
from formflow.cli.say import say_if_heard
from formflow.errors import ExitCode

if TYPE_CHECKING:
    from formflow.service.engine import OnDone
    from formflow.service.home import Home
    from formflow.service.pulse import Pulse
    from formflow.settings import Settings


@click.command(cls=ChineseCommand)
@click.option("--listen", metavar="地址", help="在这个地址上提供 /healthz 和 /metrics，代替 formflow.toml 里的设置")
@home_option
def serve(listen: str | None, home_path: Path) -> int:
    """守着收件箱，来一份处理一份；按 Ctrl+C 停止，正在处理的一份会先办完。

    登记库在 PostgreSQL 上时，只收件、分派，由各台机器上的 formflow worker 处理。
    """
    from formflow.service.home import founded
    from formflow.service.office import opened
    from formflow.service.pulse import Pulse
    from formflow.settings import load_settings

    home, pulse = founded(home_path), Pulse()
    settings = load_settings(home.root)
    stop, wake = threading.Event(), threading.Event()

    def ask_to_stop(number: int, frame: Any) -> None:
        stop.set()
        wake.set()

    with (
        opened(home, beside_workers=bool(settings.register.url)) as office,
        _shown(settings.serve.listen if listen is None else listen, pulse),
        _spoken(home, settings) as on_done,
    ):
        from formflow.service import engine  # needs the register to be open

        for name in ("SIGTERM", "SIGINT", "SIGHUP", "SIGBREAK"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), ask_to_stop)
        if settings.register.url:
            from formflow.service.dispatch import dispatch
            from formflow.service.inboxes import inboxes_of

            inboxes = inboxes_of(home, settings.counties)
            dispatch(office, inboxes, stop, wake, lambda name: say_if_heard(f"{name}：已收，交各台机器处理"), pulse)
        else:
            engine.serve(office, stop, wake, on_done, pulse)
    return int(ExitCode.DONE)


@contextmanager
def _spoken(home: Home, settings: Settings) -> Iterator[OnDone]:
    """A sentence for each paper on standard output, and what the log is warned of on standard error. Or the log's JSON lines on standard
    output, and nothing else: they go to whoever collects them."""
    from formflow.service.logs import told

    if settings.log.format == "json":
        with told(sys.stdout, settings.log.format):
            yield lambda done, left: None
        return
    say_if_heard(f"正在守着 {home.inbox.resolve()}，按 Ctrl+C 停止。")
    with told(sys.stderr, settings.log.format):
        yield lambda done, left: say_if_heard(f"{done.name}：{done.message}")
    say_if_heard("已停止。")


@contextmanager
def _shown(listen: str, pulse: Pulse) -> Iterator[None]:
    """`/healthz` and `/metrics`, if there is an address for them."""
    if not listen:
        yield
        return
    from formflow.register.figures import counts  # needs the register to be open
    from formflow.service.signs import shown

    with shown(listen, pulse.health, lambda: pulse.metrics(counts())):
        yield
