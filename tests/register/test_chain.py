from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from formflow.register.chain import FIRST, canonical, event_hash

AT = datetime(2022, 3, 10, 1, 30, tzinfo=UTC)
FIELDS = {
    "who": "formflow",
    "what": "form_received",
    "object": "甲",
    "before": None,
    "after": {"b": 1, "a": 2},
    "files": {},
}


def test_equal_values_have_equal_bytes_whatever_their_order() -> None:
    assert canonical({"b": 1, "a": {"d": 1, "c": "字"}}) == canonical({"a": {"c": "字", "d": 1}, "b": 1})
    assert "字".encode() in canonical({"a": "字"})


def test_the_zone_of_the_time_does_not_matter() -> None:
    elsewhere = AT.astimezone(timezone(timedelta(hours=8)))
    assert event_hash(FIELDS, AT, FIRST) == event_hash(FIELDS, elsewhere, FIRST)


def test_every_part_counts() -> None:
    whole = event_hash(FIELDS, AT, FIRST)
    assert event_hash(FIELDS | {"object": "乙"}, AT, FIRST) != whole
    assert event_hash(FIELDS | {"after": {"a": 2, "b": 2}}, AT, FIRST) != whole
    assert event_hash(FIELDS, AT + timedelta(microseconds=1), FIRST) != whole
    assert event_hash(FIELDS, AT, whole) != whole
    assert len(whole) == 64
