"""What the service works with: the home, the packs, the settings, and the few things that touch the world, as one frozen value.

Tests put in their own clock, reader or printer; `opened` puts together the real ones, makes sure that nobody else works in the same
home, and opens the register.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from filelock import FileLock, Timeout

from formflow.errors import ConfigurationError, EnvironmentFailure
from formflow.model.document import Box, Document
from formflow.model.letter import LetterContent
from formflow.model.programme import LetterSpec, Programme
from formflow.reading.contents import Bundle
from formflow.reading.opener import Opener
from formflow.register.setup import close_register, open_register
from formflow.service import memory
from formflow.service.apart import refuse_apart
from formflow.service.home import Home
from formflow.service.inboxes import ground_of
from formflow.service.logs import LOG as LOG
from formflow.service.logs import logged
from formflow.service.printing import Printed, print_letter
from formflow.service.programmes import load_programmes
from formflow.service.registers import register_of
from formflow.settings import DATABASE_VARIABLE, InboxSettings, Settings, load_settings

ZONE = ZoneInfo("Asia/Shanghai")
DEFAULT_INBOX = InboxSettings()


Crops = Callable[[Path, Sequence[tuple[int, Box]]], Sequence[bytes | None]]


def at_once() -> None:
    """Waits for nobody."""


def no_crops(path: Path, places: Sequence[tuple[int, Box]]) -> Sequence[bytes | None]:
    """Shows nothing of any place."""
    return [None] * len(places)


@dataclass(frozen=True, slots=True)
class Office:
    """`read` says what is in a file, a document or the papers of an archive, or raises UnreadableError; `print_letter` draws both files
    of a letter or raises LetterError; `now` is an aware time in Asia/Shanghai; `crops` cuts places (1-based page, box in points) out of a
    paper as PNG files, None where there is nothing to show; `before_entry` is called when a paper has been read, before it is entered, and
    may wait for others that have to be entered first."""

    home: Home
    programmes: tuple[Programme, ...]
    read: Callable[[Path], Document | Bundle]
    print_letter: Callable[[LetterSpec, LetterContent], Printed]
    now: Callable[[], datetime]
    inbox_settings: InboxSettings = DEFAULT_INBOX
    crops: Crops = no_crops
    before_entry: Callable[[], None] = at_once

    def programme(self, programme_id: str) -> Programme | None:
        """A pack by its id; None if it has been taken away since."""
        return next((programme for programme in self.programmes if programme.id == programme_id), None)

    @property
    def settle_s(self) -> float:
        """How long a file has to be quiet, by where the inbox lies."""
        return ground_of(self.home.inbox).settle_s(self.inbox_settings)


def shanghai_now() -> datetime:
    """The one clock of the program."""
    return datetime.now(ZONE)


def outbox_gone() -> EnvironmentFailure:
    """What is said when the outbox is not where it was."""
    return EnvironmentFailure(
        "发件箱（outbox 文件夹）不见了：被改名、移走或删除，或者网络磁盘断开了",
        "请把它放回原处；确实不要了的，请新建一个空的 outbox 文件夹。",
        "outbox_gone",
    )


def refuse_losses(home: Home, settings: Settings) -> None:
    """Raises EnvironmentFailure where a home has lost its register but not what was issued from it: begun anew, it would give the same
    numbers a second time. Or its outbox, but not its register."""
    if settings.register.url:
        return
    if home.register.exists():
        if not home.outbox.is_dir():
            raise outbox_gone()
    elif home.outbox.is_dir() and any(path.is_dir() and path.name[0] != "." for path in home.outbox.iterdir()):
        raise EnvironmentFailure(
            f"发件箱里已有案卷，登记库（{home.register}）却不见了",
            "请把 state 文件夹放回原处，或用最近的备份恢复（formflow restore）；确实要从头开始的，请先把 outbox 里的文件夹移走。",
            "register_gone",
        )


@contextmanager
def opened(home: Home, *, beside_workers: bool = False) -> Iterator[Office]:
    """The real office of a home, for as long as the block lasts. Raises FormflowError of the kind that fits.

    `beside_workers`: where the register is on PostgreSQL, workers may be at work; else whoever opens the office does all work alone.
    """
    from formflow.service.opening import opener_of

    memory.begin()
    settings = load_settings(home.root)
    if settings.counties and not (beside_workers and settings.register.url):
        raise ConfigurationError(
            "设了各县的收件箱（[[inbox.counties]]），要由 formflow serve 收件、formflow worker 处理",
            "请在 [register] 写 PostgreSQL 登记库的地址，再运行 serve 和 worker；不分县收件的，删去各段 [[inbox.counties]]。",
        )
    programmes = load_programmes(home, settings)
    refuse_losses(home, settings)
    with _alone(home), logged(home.log, settings.log.format):
        open_register(register_of(home, settings))
        _enter_house(beside_workers)
        _refuse_wrong_clock()
        from formflow.service import anchors  # needs the register to be open

        anchors.refuse_other(home)
        anchors.keep(home, shanghai_now)
        try:
            with opener_of(settings.reading, home.fresh_workshop()) as opener:
                yield assembled(home, settings, programmes, opener, shanghai_now)
        finally:
            anchors.keep(home, shanghai_now)
            close_register()


@contextmanager
def opened_for_work(home: Home, name: str) -> Iterator[Office]:
    """The office of a home as a worker sees it, beside others, on PostgreSQL. `name` is that of its log file. What is converted lies on this
    machine's own disk. Raises FormflowError of the kind that fits."""
    from formflow.service.opening import opener_of

    memory.begin()
    settings = load_settings(home.root)
    if not settings.register.url:
        raise ConfigurationError(
            "formflow worker 要和别的机器共用 PostgreSQL 登记库，这里没有设置",
            f"请设环境变量 {DATABASE_VARIABLE}，或在 formflow.toml 的 [register] 写 url；只有一台机器时用 formflow serve 就够了。",
        )
    programmes = load_programmes(home, settings)
    home.prepare()
    with logged(home.log, settings.log.format, name), tempfile.TemporaryDirectory(prefix="formflow-") as workshop:
        open_register(register_of(home, settings))
        _enter_house(True)
        _refuse_wrong_clock()
        _refuse_other_folder(home)
        try:
            with opener_of(settings.reading, Path(workshop)) as opener:
                yield assembled(home, settings, programmes, opener, shanghai_now)
        finally:
            close_register()


def _enter_house(beside_workers: bool) -> None:
    """Says to the other machines that somebody works here: alone, or beside the workers."""
    from formflow.register import locks, queue
    from formflow.register.greeting import at_work

    queue.use(beside_workers and locks.is_shared())
    if not (locks.keep_shared(locks.HOUSE) if beside_workers else locks.try_exclusive(locks.HOUSE)):
        raise at_work()


def _refuse_wrong_clock() -> None:
    """Machines that share a register have to agree on the day."""
    from formflow.register import locks, queue

    if locks.is_shared():
        refuse_apart(queue.server_time(), time.time())


def _refuse_other_folder(home: Home) -> None:
    """Raises EnvironmentFailure where papers wait for a worker and none of them lies here."""
    from formflow.register import books, queue

    waiting = {claim for claim in queue.open_claims() if not books.is_registered(claim)}
    is_here = any((home.claimed / f"{claim}.json").exists() for claim in waiting)
    # What was being finished meanwhile is no sign of anything.
    if not is_here and any(not books.is_registered(claim) for claim in waiting & queue.open_claims()):
        raise EnvironmentFailure(
            f"等着处理的材料不在 {home.root} 里",
            "请核对 --home 和 serve 的是同一个文件夹，共享文件夹已经挂上。",
            "claim_missing",
        )


def assembled(
    home: Home, settings: Settings, programmes: tuple[Programme, ...], opener: Opener, now: Callable[[], datetime]
) -> Office:
    """An office that reads and prints for real."""
    official = settings.letters.official_fonts
    return Office(
        home=home,
        programmes=programmes,
        read=opener.open,
        print_letter=lambda spec, content: print_letter(spec, content, official_fonts=official),
        now=now,
        inbox_settings=settings.inbox,
        crops=opener.crops,
    )


@contextmanager
def _alone(home: Home) -> Iterator[None]:
    """The folders of a home for whoever works there alone. Whoever is refused makes none: an inbox that is away is missed by who is at work."""
    if not home.state.is_dir():
        home.prepare()
    lock = FileLock(home.lock)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise EnvironmentFailure(
            f"另一个 formflow 正在处理 {home.root}",
            "一个工作文件夹同时只能由一个 formflow 处理；请等它结束或先停掉它。",
        ) from error
    try:
        home.prepare()
        yield
    finally:
        lock.release()
