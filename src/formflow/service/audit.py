"""The audit of a home: the chain of events, its anchors, and the files in the outbox. Looks only; the one thing it writes is an anchor.

In: a home whose register is open. Out: an `Audit`. The chain is walked up to its first break; the files are compared either way, the rows
of the register only with a chain that holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from formflow.errors import in_words
from formflow.register import journal, proof
from formflow.register.proof import Anchor, Entry, Verdict
from formflow.register.row_proof import RowFault, Sealed
from formflow.service import anchors, published
from formflow.service.chained import Chained
from formflow.service.home import Home
from formflow.service.published import Published
from formflow.service.put_out import PUBLISHED


@dataclass(frozen=True, slots=True)
class Audit:
    """What was found out. `noted` are the anchors of this home, `given` those that were brought from elsewhere; `rows` is how many rows of
    the register were compared, `faults` those that are not what was entered. `unnoted`: why this state of the chain could not be noted as an
    anchor (Chinese), "" if it was or must not be."""

    verdict: Verdict
    rows: int
    faults: tuple[RowFault, ...]
    published: Published
    noted: int
    given: int
    unnoted: str = ""

    @property
    def is_sound(self) -> bool:
        """Nothing was tampered with, as far as this can tell."""
        is_untouched = self.verdict.broken is None and not self.faults
        return is_untouched and not self.published.differences.unexpected


def verify(home: Home, given: Iterable[Anchor], now: datetime) -> Audit:
    """Walks the chain, compares it with the home's own anchors and those given, and register and outbox with it. Notes an anchor if the
    chain is whole: where the disk refuses that, the verdict stands all the same."""
    noted, brought = anchors.read(home), tuple(given)
    sealed = Sealed()
    with Chained() as chained:
        verdict = proof.examine(_gathering(journal.entries(), chained, sealed), (*noted, *brought), journal.find)
        count, faults = sealed.faults() if verdict.broken is None else (0, ())
        compared = published.compare(home, chained)
    unnoted = _noted(home, verdict, now) if verdict.broken is None else ""
    return Audit(verdict, count, faults, compared, len(noted), len(brought), unnoted)


def _noted(home: Home, verdict: Verdict, now: datetime) -> str:
    """Notes where a whole chain stands; why that was not possible."""
    try:
        anchors.note(home, verdict.anchor, now)
    except OSError as error:
        return in_words(error)
    return ""


def _gathering(entries: Iterable[Entry], chained: Chained, sealed: Sealed) -> Iterator[Entry]:
    """The entries, while what they say about files in the outbox (those named by their path there) and about rows is taken in: of each only
    when it was found sound."""
    for entry in entries:
        yield entry
        if entry.what in PUBLISHED and isinstance(entry.files, dict):
            chained.note(entry.files)
        sealed.note(entry)
