"""A register as it is after years of work: what some real papers left in it, repeated until there are as many cases as wanted.

In: the register of a home in which some papers of one year have been worked off. Out: the same register with every row of it repeated for
other units, this year and in years before, the journal chained on as the service chains it, so that `formflow audit verify` finds nothing
wrong. Tables and their links are taken from the database itself. Files are not made: what looks for them finds them filed elsewhere.

`python -m benchmarks.filling HOME CASES` fills the register of a home.
"""

from __future__ import annotations

import json
import re
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from formflow.register import chain
from formflow.register.setup import close_register, open_register

# A register of a hundred thousand cases has ten thousand in a year.
YEARS = 10
_SIGNS = "东西南北中山河湖海川桥塘湾港林田石泉云星"
_COUNTY = 3  # the characters of a unit's name that say its county
_BEGINNING = 8  # the characters of it that the register looks it up by
_SEALED_AT_ONCE = 5_000
# What one programme's year has once, or what follows from all of it.
_ONCE = frozenset({"register_workbook", "register_numberbook", "register_documentnumber", "register_ledgerbook"})
_EVENTS, _CASES = "register_event", "register_case"
# Columns whose texts are not there twice.
_KEYS = frozenset({"claim_id", "key", "bundle", "series"})
# Where the place goes that tells a repeated unit from the first, in text and in JSON; its serial; the year of its folder.
_PLACE, _ESCAPED, _SERIAL, _YEAR = "\x01", "\x02", "\x03", "\x04"
_WRITTEN_SERIAL = re.compile(r"\b20\d\d-(\d{4,})-(\d+)\b")
_MARKED_SERIAL = re.compile(f"{_SERIAL}(\\d+)-(\\d+)")
_FOLDER_YEAR = re.compile(r"/20\d\d(?=(年|\\u5e74)(/|$))")


@dataclass(frozen=True, slots=True)
class _Copy:
    """The `number`-th repetition, from 1."""

    number: int
    place: str
    escaped: str
    year: int
    further: int  # how far its case numbers are from the first ones


Cell = Callable[[_Copy], Any]


@dataclass(frozen=True, slots=True)
class _Table:
    """A table with its rows, each cell as what it is in a repetition."""

    name: str
    last: int  # the highest key before anything was repeated
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def fill(register: Path, cases: int) -> int:
    """Repeats what is in the register until it has at least so many cases; how many it has then. ValueError if those that are there are of
    several years: their numbers would meet."""
    with closing(sqlite3.connect(register)) as database:
        years = [row[0] for row in database.execute(f"SELECT DISTINCT year FROM {_CASES}")]
        if len(years) != 1:
            raise ValueError(f"cases of one year are wanted, not of {years}")
        there = _count(database)
        copies = [_copy(number, years[0], there) for number in range(1, -(-cases // there))]
        database.execute("PRAGMA journal_mode = MEMORY")  # all of it would be written twice
        database.execute("PRAGMA synchronous = OFF")
        tables = _tables(database)
        with database:
            database.execute("PRAGMA defer_foreign_keys = ON")
            for table in tables:
                _repeat(database, table, copies)
        filled = _count(database)
    _seal(register, {table.name: table.last for table in tables})
    return filled


def _seal(register: Path, lasts: dict[str, int]) -> None:
    """Enters what the rows after these keys say into the chain, as an upgrade does with those of an older register."""
    open_register(register)
    try:
        from formflow.register import books, seals
        from formflow.register.models import Event

        for model in seals.kept_models():
            name = model._meta.model_name or ""
            new = model._default_manager.filter(pk__gt=lasts.get(model._meta.db_table, 0)).order_by("pk")
            keys = iter(new.values_list("pk", flat=True).iterator(_SEALED_AT_ONCE))
            while some := list(islice(keys, _SEALED_AT_ONCE)):
                digests = {str(key): digest for key, digest in seals.sealed_now(model, some).items()}
                with books.transaction():
                    seals.enter_sealing(Event, {name: dict(digests)}, "register_sealed")
    finally:
        close_register()


def _count(database: sqlite3.Connection) -> int:
    return int(database.execute(f"SELECT count(*) FROM {_CASES}").fetchone()[0])


def _copy(number: int, year: int, cases: int) -> _Copy:
    place, rest = "", number
    for _ in range(4):
        rest, figure = divmod(rest, len(_SIGNS))
        place += _SIGNS[figure]
    return _Copy(number, place, json.dumps(place)[1:-1], year - number % YEARS, (number // YEARS + 1) * cases)


def _repeat(database: sqlite3.Connection, table: _Table, copies: list[_Copy]) -> None:
    made: Iterator[tuple[Any, ...]] = (tuple(cell(copy) for cell in row) for copy in copies for row in table.rows)
    if table.name == _EVENTS:
        last = database.execute(f"SELECT hash FROM {_EVENTS} ORDER BY id DESC LIMIT 1").fetchone()[0]
        made = _chained(table.columns, made, last)
    names, places = ", ".join(f'"{name}"' for name in table.columns), ", ".join("?" * len(table.columns))
    database.executemany(f"INSERT INTO {table.name} ({names}) VALUES ({places})", made)


def _tables(database: sqlite3.Connection) -> list[_Table]:
    found = database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'register!_%' ESCAPE '!'"
    )
    names = [row[0] for row in found if row[0] not in _ONCE]
    strides = {name: database.execute(f"SELECT coalesce(max(id), 0) FROM {name}").fetchone()[0] for name in names}
    units = [name for row in database.execute(f"SELECT unit, unit_key FROM {_CASES}") for name in row]
    marked = _marker(units)
    return [_table(database, name, strides, marked) for name in names if strides[name]]


def _marker(units: list[str]) -> Callable[[str], str]:
    """What puts a mark behind the county in each of the units' names, as written in text or in JSON."""
    written = {unit: f"{unit[:_COUNTY]}{_PLACE}{unit[_COUNTY:]}" for unit in units}
    cut = 6 * _COUNTY  # \uXXXX
    for plain in units:
        escaped = json.dumps(plain)[1:-1]
        written[escaped] = f"{escaped[:cut]}{_ESCAPED}{escaped[cut:]}"
    names = re.compile("|".join(map(re.escape, sorted(written, key=len, reverse=True))))
    return lambda text: names.sub(lambda found: written[found[0]], text)


def _table(database: sqlite3.Connection, name: str, strides: dict[str, int], marked: Callable[[str], str]) -> _Table:
    columns = tuple(row[1] for row in database.execute(f"PRAGMA table_info({name})"))
    links = {"id": name} | {row[3]: row[2] for row in database.execute(f"PRAGMA foreign_key_list({name})")}
    # Workbooks are made anew for each year there is.
    chosen = " WHERE what NOT LIKE 'workbook%'" if name in ("register_publication", _EVENTS) else ""
    rows = database.execute(f"SELECT * FROM {name}{chosen} ORDER BY id").fetchall()

    def cell(column: str, value: Any) -> Cell:
        if column in links and value is not None:
            return _further(value, strides[links[column]])
        if column == "year":
            return lambda copy: copy.year
        if column == "number" and name == _CASES:
            return lambda copy: value + copy.further
        if not isinstance(value, str) or not value:
            return lambda copy: value
        if column == "rows":
            return lambda copy: None
        if column in ("after", "before"):
            return _facts(marked(value), strides[_CASES])
        return _text(column, marked(value))

    return _Table(name, strides[name], columns, tuple(tuple(map(cell, columns, row)) for row in rows))


def _further(value: int, stride: int) -> Cell:
    return lambda copy: value + copy.number * stride


def _text(column: str, value: str) -> Cell:
    """A text with the unit, serial and year of the repetition."""
    if column in _KEYS:
        return lambda copy: f"{value}@{copy.number}"
    if column == "beginning":
        return lambda copy: value.replace(_PLACE, copy.place)[:_BEGINNING]
    if column in ("folder", "files"):
        path = _FOLDER_YEAR.sub(f"/{_YEAR}", value)
        return lambda copy: _placed(path, copy).replace(_YEAR, str(copy.year))
    serial = _WRITTEN_SERIAL.sub(f"{_SERIAL}\\1-\\2", value)
    if _SERIAL in serial:
        return lambda copy: _MARKED_SERIAL.sub(
            lambda found: f"{copy.year}-{int(found[1]) + copy.further:04}-{found[2]}", _placed(serial, copy)
        )
    return (lambda copy: _placed(value, copy)) if _PLACE in value or _ESCAPED in value else (lambda copy: value)


def _placed(value: str, copy: _Copy) -> str:
    return value.replace(_PLACE, copy.place).replace(_ESCAPED, copy.escaped)


def _facts(value: str, stride: int) -> Cell:
    """What an event says was so; it names its case by key."""

    def cell(copy: _Copy) -> str:
        facts = json.loads(_placed(value, copy))
        if facts.get("case"):
            facts["case"] += copy.number * stride
        return json.dumps(facts)

    return cell


def _chained(columns: tuple[str, ...], rows: Iterator[tuple[Any, ...]], previous: str) -> Iterator[tuple[Any, ...]]:
    """Further entries of the journal, each with the hash of the one before."""
    for row in rows:
        event = dict(zip(columns, row, strict=True))
        fields = {name: event[name] for name in ("who", "what", "object")}
        fields |= {name: json.loads(event[name]) if event[name] else None for name in ("before", "after", "files")}
        at = datetime.fromisoformat(event["at"]).replace(tzinfo=UTC)
        event["previous_hash"], event["hash"] = previous, chain.event_hash(fields, at, previous)
        previous = event["hash"]
        yield tuple(event.values())


if __name__ == "__main__":
    print(fill(Path(sys.argv[1]) / "state" / "register.sqlite3", int(sys.argv[2])))
