"""What the service works with: the home, the packs, the settings, and the few things that touch the world, as one frozen value.

Tests put in their own clock, reader or printer; `opened` puts together the real ones, makes sure that nobody else works in the same
home, and opens the register.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from filelock import FileLock, Timeout

from formflow.errors import EnvironmentFailure
from formflow.model.document import Box, Document
from formflow.model.letter import LetterContent
from formflow.model.programme import LetterSpec, Programme
from formflow.reading.contents import Bundle
from formflow.reading.opener import Opener
from formflow.register.filesystem import filesystem_type, is_network
from formflow.register.setup import close_register, open_register
from formflow.service.home import Home
from formflow.service.logs import LOG as LOG
from formflow.service.logs import logged
from formflow.service.printing import Printed, print_letter
from formflow.service.programmes import load_programmes
from formflow.settings import InboxSettings, Settings, load_settings

ZONE = ZoneInfo("Asia/Shanghai")
DEFAULT_INBOX = InboxSettings()


Crops = Callable[[Path, Sequence[tuple[int, Box]]], Sequence[bytes | None]]


def no_crops(path: Path, places: Sequence[tuple[int, Box]]) -> Sequence[bytes | None]:
    """Shows nothing of any place."""
    return [None] * len(places)


@dataclass(frozen=True, slots=True)
class Office:
    """`read` says what is in a file, a document or the papers of an archive, or raises UnreadableError; `print_letter` draws both files
    of a letter or raises LetterError; `now` is an aware time in Asia/Shanghai; `crops` cuts places (1-based page, box in points) out of a
    paper as PNG files, None where there is nothing to show."""

    home: Home
    programmes: tuple[Programme, ...]
    read: Callable[[Path], Document | Bundle]
    print_letter: Callable[[LetterSpec, LetterContent], Printed]
    now: Callable[[], datetime]
    inbox_settings: InboxSettings = DEFAULT_INBOX
    crops: Crops = no_crops

    def programme(self, programme_id: str) -> Programme | None:
        """A pack by its id; None if it has been taken away since."""
        return next((programme for programme in self.programmes if programme.id == programme_id), None)

    @property
    def settle_s(self) -> float:
        """How long a file has to be quiet, by where the inbox lies."""
        settings = self.inbox_settings
        return settings.network_settle_s if is_network(filesystem_type(self.home.inbox)) else settings.settle_s


def shanghai_now() -> datetime:
    """The one clock of the program."""
    return datetime.now(ZONE)


@contextmanager
def opened(home: Home) -> Iterator[Office]:
    """The real office of a home, for as long as the block lasts. Raises FormflowError of the kind that fits."""
    from formflow.service.opening import opener_of

    settings = load_settings(home.root)
    programmes = load_programmes(home, settings)
    home.prepare()
    with _alone(home), logged(home.log, settings.log.format):
        open_register(home.register)
        from formflow.service import anchors  # needs the register to be open

        anchors.keep(home, shanghai_now)
        try:
            with opener_of(settings.reading, home.fresh_workshop()) as opener:
                yield assembled(home, settings, programmes, opener, shanghai_now)
        finally:
            anchors.keep(home, shanghai_now)
            close_register()


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
    lock = FileLock(home.lock)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise EnvironmentFailure(
            f"另一个 formflow 正在处理 {home.root}",
            "一个工作文件夹同时只能由一个 formflow 处理；请等它结束或先停掉它。",
        ) from error
    try:
        yield
    finally:
        lock.release()
