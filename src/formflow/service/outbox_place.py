"""Whether the outbox still is on the share it was on: one that is no longer mounted leaves an empty folder of this machine in its place, and
what is put in there is hidden as soon as the share is back.

In: a home. Out: nothing, or the refusal. That there was a share is kept in `state/outbox-on-share`, for the next start; a backup leaves it
out, for a home that is restored may lie anywhere.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from formflow.errors import EnvironmentFailure
from formflow.register.filesystem import filesystem_type, may_change_unheard
from formflow.service.home import Home

_MARK = "outbox-on-share"


def note_share(home: Home) -> None:
    """Keeps that the outbox is on a share, if it is. Where all of a home is on one, the note would go with it."""
    device, place = home.outbox.stat().st_dev, _place(home)
    if _is_share(place, device) and home.state.stat().st_dev != device and _kept(home) != place:
        (home.state / _MARK).write_text(place, encoding="utf-8", errors="surrogateescape")


def refuse_bare_mount_point(home: Home) -> None:
    """Raises EnvironmentFailure (`outbox_unmounted`) where the outbox was on a share and is not any more."""
    place = _place(home)
    if not _is_share(place, home.outbox.stat().st_dev) and _kept(home) == place:
        raise EnvironmentFailure(
            "发件箱所在的网络磁盘没有挂上，outbox 现在是本机的文件夹",
            f"请把网络磁盘挂上。确实改放在本机的，请把以前的文件都复制过来，再删去 state 里的 {_MARK}。",
            "outbox_unmounted",
        )


def _place(home: Home) -> str:
    return str(home.outbox.resolve())


@lru_cache(maxsize=4)
def _is_share(place: str, device: int) -> bool:
    """Looked up once for what is mounted: another file system in the same place is another device."""
    return may_change_unheard(filesystem_type(Path(place)))


def _kept(home: Home) -> str:
    """Of which outbox it is noted that it is on a share; "" of none."""
    try:
        return (home.state / _MARK).read_text(encoding="utf-8", errors="surrogateescape")
    except FileNotFoundError:
        return ""
