"""The folders that papers are dropped into: the common inbox of a home and those of its counties. Free of Django; reads no paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from formflow.register.filesystem import filesystem_type, may_change_unheard, tells_of_writers
from formflow.service import complete, names
from formflow.service.complete import Check
from formflow.service.home import Home
from formflow.service.inbox import Seen
from formflow.settings import CountySettings, InboxSettings

COMMON = "inbox"


@dataclass(frozen=True, slots=True)
class Inbox:
    """A folder that papers are dropped into. `county` "" for the common one."""

    path: Path
    county: str = ""

    @property
    def name(self) -> str:
        """What its jobs are kept under."""
        return f"{COMMON}/{self.county}" if self.county else COMMON

    def submission(self, seen: Seen) -> str:
        """What a paper came with. Sub-folders of the same name in two counties are not the same."""
        return f"{self.county}：{seen.submission}" if self.county and seen.submission else seen.submission

    def label(self, path: Path) -> str:
        """How something in it is called before people: below the inbox, on one line, behind the county's name."""
        inner = path.relative_to(self.path) if path != self.path else Path(path.name)
        shown = "/".join(names.legible(part) for part in inner.parts)
        return f"{self.county}：{shown}" if self.county else shown


def inboxes_of(home: Home, counties: Sequence[CountySettings]) -> tuple[Inbox, ...]:
    """The common inbox and those of the counties; a path that is not absolute is one in the home."""
    further = (Inbox(home.root / Path(county.path).expanduser(), county.name) for county in counties)
    return (Inbox(home.inbox), *further)


@dataclass(frozen=True, slots=True)
class Ground:
    """What an inbox lies on, by the type of its file system, and what follows from that."""

    fs_type: str

    @property
    def is_shared(self) -> bool:
        """Whether others may write there without this machine hearing of it, with times of another clock."""
        return may_change_unheard(self.fs_type)

    @property
    def check(self) -> Callable[[Path], Check]:
        """What looks at a file there before it is taken. Where the system does not say truly who writes, it is not asked: a false word would
        hold every paper back."""
        return complete.check if tells_of_writers(self.fs_type) else complete.check_content

    def settle_s(self, settings: InboxSettings) -> float:
        """How long a file has to be quiet there."""
        return settings.network_settle_s if self.is_shared else settings.settle_s


def ground_of(inbox: Path) -> Ground:
    """Asked anew at each look: a share may be mounted while the service runs."""
    return Ground(filesystem_type(inbox))
