"""A case done once more from the files that came for it, in an empty home of its own, and compared with what was entered then.

In: a home whose register is open, and a case. Out: a `Replay`: every place at which record, findings, decision, letters or the letters'
files differ. Each file is received at the moment it was received then and entered at the moment it was entered then; what is used is the
service itself, with the packs, settings and fonts of today. Letters that bind follow from decisions on a whole year and are not done again.
The home itself is only read.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from formflow.errors import UsageError
from formflow.model.programme import Programme
from formflow.register import books, case_facts
from formflow.register.case_facts import Came, CaseFacts
from formflow.register.setup import close_register, open_register
from formflow.service import files, outbox
from formflow.service.claims import Claim, Slip, file_of
from formflow.service.home import Home
from formflow.service.office import Office

_NOTHING = "（没有）"


@dataclass(frozen=True, slots=True)
class Change:
    """A place that reads differently now; `_NOTHING` where there was or is nothing."""

    place: str
    then: Any
    now: Any


@dataclass(frozen=True, slots=True)
class Replay:
    """What came of it. `missing` are files that came and are not to be found unchanged: without them nothing is done again.
    `packs` says of each pack that has changed since: id, version then, version now ("" if it has been taken away)."""

    label: str
    files: int
    missing: tuple[str, ...]
    packs: tuple[tuple[str, str, str], ...]
    changes: tuple[Change, ...]

    @property
    def is_same(self) -> bool:
        return not self.missing and not self.changes


MakeOffice = Callable[[Home, Callable[[], datetime]], Office]


def replay(home: Home, text: str, programmes: tuple[Programme, ...], make_office: MakeOffice) -> Replay:
    """Does a case again, named as `case_facts.find` takes it. `make_office` puts an office together around a home and a clock. The register
    of `home` is closed afterwards. Raises UsageError if the text names no case or several."""
    facts = case_facts.facts_of(_key(text))
    neighbours = case_facts.neighbours_of(facts)
    found = {came.claim_id: _found(home, came) for came in facts.came}
    missing = tuple(came.name for came in facts.came if found[came.claim_id] is None)
    changes: tuple[Change, ...] = ()
    if not missing:
        with _scratch() as scratch:
            with books.transaction():
                case_facts.settle(neighbours, facts.came[0].received_at)
            followed = _done_again(scratch, facts, found, make_office)
        changes = tuple(_changes(facts.followed, followed))
    return Replay(facts.label, len(facts.came), missing, tuple(_changed_packs(facts, programmes)), changes)


def _key(text: str) -> int:
    keys = case_facts.find(text)
    if len(keys) == 1:
        return keys[0]
    if not keys:
        raise UsageError(
            f"没有“{text}”这个案卷",
            "请写单位名称、年度和序号（如 2022-7），或者通知书上的编号；可用 formflow cases 查看。",
        )
    listed = "；".join(case_facts.facts_of(key).label for key in keys[:5])
    raise UsageError(
        f"“{text}”指的不止一个案卷：{listed}",
        "请写完整的单位名称，或者“项目编码/年度-序号”（如 nantong-service-centre/2022-7）。",
    )


def _found(home: Home, came: Came) -> Path | None:
    """Where the file lies as it came."""
    targets = (outbox.target_of(home.outbox, place) for place in came.places)
    return next((path for path in targets if path.is_file() and files.sha256_of(path) == came.sha256), None)


@contextmanager
def _scratch() -> Iterator[Home]:
    """An empty home with an empty register, open; gone afterwards."""
    root = Path(tempfile.mkdtemp(prefix="formflow-replay-"))
    try:
        home = Home(root)
        home.prepare()
        open_register(home.register)
        yield home
    finally:
        close_register()
        shutil.rmtree(root, ignore_errors=True)


def _done_again(
    scratch: Home, facts: CaseFacts, found: dict[str, Path | None], make_office: MakeOffice
) -> dict[str, Any]:
    from formflow.service import casework
    from formflow.service.delivery import deliver

    for came in facts.came:
        path = found[came.claim_id]
        assert path is not None
        office = make_office(scratch, lambda came=came: came.entered_at)  # type: ignore[misc]
        casework.handle(office, _claim(scratch, came, path, office.now().tzinfo))
        deliver(office)
    keys = case_facts.find(f"{facts.programme_id}/{facts.year}-{facts.number}")
    return case_facts.facts_of(keys[0]).followed if keys else {}


def _claim(scratch: Home, came: Came, source: Path, zone: Any) -> Claim:
    path = file_of(scratch, came.claim_id, came.name)
    path.parent.mkdir()
    shutil.copyfile(source, path)
    received_at = came.received_at.astimezone(zone).isoformat()
    return Claim(came.claim_id, path, Slip(came.name, came.submission, received_at, "", 0, 0))


def _changes(then: dict[str, Any], now: dict[str, Any]) -> Iterator[Change]:
    for place in dict.fromkeys((*then, *now)):
        before, after = then.get(place, _NOTHING), now.get(place, _NOTHING)
        if before != after:
            yield Change(place, before, after)


def _changed_packs(facts: CaseFacts, programmes: tuple[Programme, ...]) -> Iterator[tuple[str, str, str]]:
    current = {programme.id: programme for programme in programmes}
    for stamp in sorted(facts.stamps, key=lambda stamp: (stamp.programme_id, stamp.version)):
        programme = current.get(stamp.programme_id)
        if programme is None or programme.sha256 != stamp.sha256:
            yield stamp.programme_id, stamp.version, programme.version if programme else ""
