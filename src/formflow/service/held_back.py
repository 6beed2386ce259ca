"""What could not be put into the outbox for a reason of its own, while everything else goes out: remembered, tried again, told.

In: a bundle and what the system said of it. Out: a slip `state/held_back/<number>.json` for each, by the number of the bundle's first row in
the register, for as long as it is kept back; whoever tells of it reads these: the service, `formflow cases`, `formflow doctor`. They are
hints: the register alone says what has to stand in the outbox, and without its slip a bundle is merely tried again at once.
"""

from __future__ import annotations

import errno
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from formflow.errors import in_words_alone
from formflow.service import names, notes, slips, trouble, waiting_note
from formflow.service.home import SET_ASIDE, Home

# A bundle rests for so long after it was refused, then twice, four times as long …
FIRST_REST_S, LONGEST_REST_S = 15.0, 300.0
# So many are no matter of single files any more: then the service waits, as for a disk that is full.
MOST = 200
_OPEN = (
    "没有写权限，或者正被 Word、WPS、杀毒软件打开",
    "请关闭打开着的文件；仍不行的，请管理员开放文件夹“{folder}”的写权限",
)
_WORDS = {
    errno.ENAMETOOLONG: (
        "名称或路径太长，发件箱所在的磁盘不接受",
        "请管理员把工作文件夹移到路径短一些的地方，或者能用长文件名的磁盘",
    ),
    errno.EACCES: _OPEN,
    errno.EPERM: _OPEN,
    errno.EBUSY: _OPEN,
    errno.EROFS: ("文件夹“{folder}”是只读的", "请管理员把它改回可读写"),
}
_OTHER = "请看文件夹“{folder}”和其中同名的文件有没有异常；看不出的，请管理员查看 state/log 里的记录"


@dataclass(frozen=True, slots=True)
class HeldBack:
    """One bundle. `number` is the key of its first row, `folder` in the outbox; `reason` and `remedy` are Chinese, without a full stop.
    `not_before`: when its rest ends, on the wall clock (seconds)."""

    number: int
    folder: str
    name: str
    since: datetime
    reason: str
    remedy: str
    tries: int
    not_before: float

    @property
    def path(self) -> str:
        """Where it is to stand, relative to the outbox."""
        return f"{self.folder}/{self.name}"

    @property
    def sentence(self) -> str:
        return f"{self.reason}。{self.remedy}"

    @property
    def since_words(self) -> str:
        """The minute, as it is shown in a table."""
        return f"{self.since:%Y-%m-%d %H:%M}"

    def rests(self, now: float) -> bool:
        """Whether it should not be tried yet. A clock that was put back ends the rest."""
        return self.not_before - LONGEST_REST_S <= now < self.not_before

    def as_json(self) -> dict[str, Any]:
        return {"file": self.path, "since": self.since.isoformat(), "reason": self.sentence}


def after(earlier: HeldBack | None, here: HeldBack) -> HeldBack:
    """`here` as it stands behind an earlier refusal of the same bundle: held back since then, and for longer each time."""
    tries = earlier.tries + 1 if earlier else 1
    rest_s = min(FIRST_REST_S * 2 ** min(tries - 1, 10), LONGEST_REST_S)
    since = earlier.since if earlier else here.since
    return HeldBack(here.number, here.folder, here.name, since, here.reason, here.remedy, tries, time.time() + rest_s)


def reason_of(outbox: Path, folder: str, error: OSError) -> tuple[str, str]:
    """Why a file cannot be put into a folder of the outbox, and what to do."""
    way = _way_to(outbox, folder)
    in_the_way = next((path for path in way if _is_no_folder(path)), None)
    if in_the_way is not None:
        name = names.legible(in_the_way.relative_to(outbox).as_posix())
        return f"“{name}”应当是文件夹，却有一个文件占了这个名字", "请把那个文件改名，或移到别处"
    reason, remedy = _WORDS.get(error.errno or 0, (in_words_alone(error) if error.errno else str(error), _OTHER))
    deepest = next((path.relative_to(outbox).as_posix() for path in reversed(way[1:]) if path.is_dir()), "outbox")
    return reason.format(folder=deepest), remedy.format(folder=deepest)


def _way_to(outbox: Path, folder: str) -> list[Path]:
    """The outbox and the folders below it, down to this one."""
    whole = outbox / folder
    return [path for path in reversed((whole, *whole.parents)) if path.is_relative_to(outbox)]


def _is_no_folder(path: Path) -> bool:
    try:
        return (path.exists() or path.is_symlink()) and not path.is_dir()
    except OSError:
        return False


def load(home: Home) -> dict[int, HeldBack]:
    """Everything that is held back, by its number, the oldest first."""
    found = [held for _, told in slips.lying_in(_folder(home)) if told and (held := _held(told))]
    return {held.number: held for held in sorted(found, key=lambda held: (held.since, held.number))}


def _held(told: Mapping[str, Any]) -> HeldBack | None:
    try:
        return HeldBack(**{**told, "since": datetime.fromisoformat(told["since"])})
    except (ValueError, KeyError, TypeError):
        return None


def keep(home: Home, held: HeldBack) -> None:
    """Notes that a bundle is held back."""
    slips.keep(_path(home, held.number), {**asdict(held), "since": held.since.isoformat(timespec="seconds")})


def release(home: Home, number: int) -> None:
    """A bundle stands in the outbox, or is wanted no more."""
    slips.forget(_path(home, number))


def is_due(home: Home) -> bool:
    """Whether something has rested."""
    now = time.time()
    return any(not held.rests(now) for held in load(home).values())


def tell(home: Home) -> tuple[int, str]:
    """Keeps the note in the outbox; gives how much is held back, and the sentence for whoever looks after the service, which names no file."""
    held = tuple(load(home).values())
    listed = tuple((one.path, one.since, one.sentence) for one in held[: notes.MOST_LISTED])
    if home.outbox.is_dir():  # one that has been moved away is not made anew
        waiting_note.keep_in_outbox(home.outbox / SET_ASIDE, notes.held_back(len(held), listed) if held else "")
    return len(held), trouble.held_back(len(held)).sentence if held else ""


def sentences(home: Home) -> tuple[str, ...]:
    """One for each, for whoever has called a command."""
    return tuple(f"{held.path} 放不进发件箱：{held.sentence}" for held in load(home).values())


def _folder(home: Home) -> Path:
    return home.state / "held_back"


def _path(home: Home, number: int) -> Path:
    return _folder(home) / f"{number}.json"
