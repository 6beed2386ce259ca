"""The hash that chains events: any later change to a row, or a row taken out, breaks every hash after it. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

FIRST = "0" * 64
_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical(value: Mapping[str, Any]) -> bytes:
    """One and the same bytes for equal values: sorted keys, no white space, UTF-8."""
    return _CANONICAL.encode(value).encode()


def instant(at: datetime) -> str:
    """A time as it is hashed: UTC to the microsecond, whatever zone the database hands it back in."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def event_hash(fields: Mapping[str, Any], at: datetime, previous_hash: str) -> str:
    """The SHA-256 over an event's fields, its time, and the hash of the event before it (`FIRST` for the first)."""
    return hashlib.sha256(canonical({**fields, "at": instant(at), "previous_hash": previous_hash})).hexdigest()
