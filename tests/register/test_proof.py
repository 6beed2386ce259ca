"""Every way of tampering with a chain is seen, and its first place named; what only an anchor can see is seen by an anchor."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formflow.errors import UsageError
from formflow.register.proof import Anchor, Break, Entry, Verdict, examine, parse_anchor

AT = datetime(2022, 3, 10, 1, 30, tzinfo=UTC)


def sealed(entry: Entry, previous: str) -> Entry:
    """The entry with the hash that the documents promise, computed here from scratch."""
    assert entry.at is not None
    line = {name: getattr(entry, name) for name in ("who", "what", "object", "before", "after", "files")}
    line |= {"at": entry.at.strftime("%Y-%m-%dT%H:%M:%S.%f+00:00"), "previous_hash": previous}
    text = json.dumps(line, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return replace(entry, previous_hash=previous, hash=hashlib.sha256(text.encode()).hexdigest())


def chain_of(length: int) -> list[Entry]:
    entries: list[Entry] = []
    for number in range(1, length + 1):
        entry = Entry(number, AT + timedelta(minutes=number), "张三", "form_received", f"案卷{number}", None, {"n": number}, {"甲.docx": "a" * 64}, "", "")  # fmt: skip
        entries.append(sealed(entry, entries[-1].hash if entries else "0" * 64))
    return entries


def verdict_on(entries: list[Entry], *anchors: Anchor) -> Verdict:
    return examine(entries, anchors, lambda wanted: next((one.id for one in entries if one.hash == wanted), None))


WHOLE = chain_of(6)
DIGITS = "0123456789abcdef" * 4


def resealed(entries: list[Entry], start: int) -> list[Entry]:
    """The chain computed anew from one entry on, as somebody would who knows how."""
    made = entries[:start]
    for entry in entries[start:]:
        made.append(sealed(entry, made[-1].hash if made else "0" * 64))
    return made


def changed(entries: list[Entry], at: int) -> list[Entry]:
    return [*entries[:at], replace(entries[at], who="李四"), *entries[at + 1 :]]


def renumbered(entries: list[Entry]) -> list[Entry]:
    return [replace(entry, id=number) for number, entry in enumerate(entries, 1)]


def test_an_untouched_chain() -> None:
    assert verdict_on(WHOLE) == Verdict(6, Anchor(6, WHOLE[-1].hash), None, 0)
    assert verdict_on([]) == Verdict(0, None, None, 0)


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        (changed(WHOLE, 2), Break("changed", 3)),
        (changed(WHOLE, 0), Break("changed", 1)),
        (changed(WHOLE, 5), Break("changed", 6)),
        ([*WHOLE[:2], replace(WHOLE[2], at=None), *WHOLE[3:]], Break("changed", 3)),
        ([*WHOLE[:2], replace(WHOLE[2], at=AT), *WHOLE[3:]], Break("changed", 3)),
        ([*WHOLE[:2], replace(WHOLE[2], files={"甲.docx": "b" * 64}), *WHOLE[3:]], Break("changed", 3)),
        ([*WHOLE[:2], *WHOLE[3:]], Break("removed", 3)),
        ([*WHOLE[:1], *WHOLE[4:]], Break("removed", 2)),
        (WHOLE[1:], Break("removed", 1)),
        # Entries taken out and the others given their numbers: only the seam tells.
        (renumbered([*WHOLE[:2], *WHOLE[3:]]), Break("replaced", 2)),
        # One entry changed and sealed again: the next one still holds the old hash.
        ([*resealed(changed(WHOLE, 2), 2)[:3], *WHOLE[3:]], Break("replaced", 3)),
        (renumbered([*WHOLE[:2], sealed(WHOLE[4], WHOLE[1].hash), *WHOLE[2:]]), Break("inserted", 3)),
        (renumbered([sealed(WHOLE[4], "0" * 64), *WHOLE]), Break("inserted", 1)),
        (renumbered([*WHOLE[:2], WHOLE[3], WHOLE[2], *WHOLE[4:]]), Break("moved", 3)),
        # One entry given another number, behind all others: it is missing where it was.
        ([*WHOLE[:2], *WHOLE[3:], replace(WHOLE[2], id=1000)], Break("moved", 3)),
    ],
)  # fmt: skip
def test_the_first_entry_that_was_tampered_with(entries: list[Entry], expected: Break) -> None:
    assert verdict_on(entries).broken == expected


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        (WHOLE[:4], Break("truncated", 5)),
        ([], Break("truncated", 1)),
        (resealed(changed(WHOLE, 1), 1), Break("rewritten", 6)),
    ],
)
def test_what_only_an_anchor_sees(entries: list[Entry], expected: Break) -> None:
    assert verdict_on(entries).broken is None
    assert verdict_on(entries, Anchor(6, WHOLE[-1].hash)).broken == expected
    assert verdict_on(entries, Anchor(6, WHOLE[-1].hash[:16])).broken == expected


def test_anchors_that_are_met_are_counted_and_growth_is_none_of_their_business() -> None:
    longer = chain_of(8)
    anchors = (Anchor(6, WHOLE[-1].hash), Anchor(6, WHOLE[-1].hash), Anchor(3, WHOLE[2].hash))
    assert verdict_on(longer, *anchors) == Verdict(8, Anchor(8, longer[-1].hash), None, 2)


EDITS: tuple[Callable[[list[Entry], int], list[Entry]], ...] = (
    changed,
    lambda entries, at: [*entries[:at], *entries[at + 1 :]],
    lambda entries, at: renumbered([*entries[:at], *entries[at + 1 :]]),
    lambda entries, at: renumbered([*entries[:at], entries[at + 1], entries[at], *entries[at + 2 :]]),
    lambda entries, at: [*resealed(changed(entries, at), at)[: at + 1], *entries[at + 1 :]],
)


@given(st.integers(3, 12), st.data())
def test_nothing_that_is_done_before_the_last_entry_goes_unseen(length: int, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, length - 2))
    entries = data.draw(st.sampled_from(EDITS))(chain_of(length), at)
    broken = verdict_on(entries).broken
    assert broken is not None
    assert broken.entry_id in (at, at + 1)


@pytest.mark.parametrize("text", [f"12:{DIGITS}", f" 12：{DIGITS.upper()} ", f"12:{DIGITS[:16]}"])
def test_an_anchor_as_people_write_it(text: str) -> None:
    anchor = parse_anchor(text)
    assert anchor.count == 12
    assert DIGITS.startswith(anchor.hash)
    assert len(anchor.hash) >= 16


@pytest.mark.parametrize(
    "text", ["", "12", DIGITS, f"12:{DIGITS[:15]}", f"12:{DIGITS}0", "zwölf:" + DIGITS, f"12:{'g' * 64}"]
)
def test_what_is_no_anchor_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="不是校验点"):
        parse_anchor(text)
