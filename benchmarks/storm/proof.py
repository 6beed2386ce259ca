"""What is left when a storm is over, looked at from outside: the files themselves, plain queries, and the journal by its published formula.

In: a home, its register, and what was dropped. Out: for each promise how much was looked at and every breach of it. Nothing of
formflow's own is asked to judge, but for `audit verify`, which is one line of its own, and `audit export`, whose lines are hashed here.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import docx
import openpyxl
import pypdfium2
from benchmarks.storm.books import Books

_NUMBERED = re.compile(r"〔(\d{4})〕(\d+)号")


@dataclass(frozen=True, slots=True)
class Verdict:
    """A promise: how many things it was held against, and what broke it."""

    promise: str
    count: int
    breaches: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Remains:
    """What there is to look at. `dropped`: the name and the SHA-256 of each file, `due`: yuan by project, as the papers have it."""

    home: Path
    books: Books
    dropped: Sequence[tuple[str, str]]
    due: Mapping[str, int]

    @property
    def outbox(self) -> list[Path]:
        return [path for path in sorted((self.home / "outbox").rglob("*")) if path.is_file()]


def examine(remains: Remains) -> tuple[Verdict, ...]:
    """Every promise."""
    return tuple(verdict_of(promise, remains) for promise in PROMISES)


def verdict_of(promise: str, remains: Remains) -> Verdict:
    """One promise: each thing that is looked at gives None or what is wrong with it."""
    told = list(PROMISES[promise](remains))
    return Verdict(promise, len(told), tuple(one for one in told if one))


def _each_dropped_file_once(remains: Remains) -> Iterator[str | None]:
    standing = Counter(_sha(path.read_bytes()) for path in remains.outbox)
    wanted = Counter(digest for _, digest in remains.dropped)
    names = {digest: name for name, digest in remains.dropped}
    for digest, times in wanted.items():
        found = standing[digest]
        yield None if found == times else f"{names[digest]}: dropped {times} times, stands {found} times"


def _nothing_on_the_way(remains: Remains) -> Iterator[str | None]:
    for folder in ("inbox", "state/claimed", "state/tmp"):
        left = [path.name for path in (remains.home / folder).rglob("*") if path.is_file()]
        yield f"{folder}: {left}" if left else None


def _each_paper_entered_once(remains: Remains) -> Iterator[str | None]:
    query = "SELECT sha256, count(*) FROM register_paper WHERE container_id IS NULL GROUP BY sha256"
    entered = dict(remains.books.ask(query))
    wanted = Counter(digest for _, digest in remains.dropped)
    for digest in wanted.keys() | entered.keys():
        found, times = entered.get(digest, 0), wanted[digest]
        yield None if found == times else f"{digest[:12]}: dropped {times} times, entered {found} times"


def _no_letter_twice(remains: Remains) -> Iterator[str | None]:
    """One letter of a kind for one version of a case, one notice for a sheet; and each letter once in the outbox, in both formats."""
    twice = """SELECT case_id, kind, version_no, title, count(*) FROM register_letter
        WHERE case_id IS NOT NULL AND draft_id IS NULL AND is_draft = {no} AND kind NOT LIKE 'sheet%' GROUP BY 1, 2, 3, 4"""
    for *which, count in remains.books.ask(twice.format(no="false" if remains.books.url else 0)):
        yield None if count == 1 else f"{which}: {count} letters"
    for draft, count in remains.books.ask(
        "SELECT draft_id, count(*) FROM register_letter WHERE draft_id IS NOT NULL GROUP BY 1"
    ):
        yield None if count == 1 else f"draft {draft}: {count} letters"
    formats = (
        "SELECT letter_id, count(*) FROM register_publication WHERE what IN ('letter_docx', 'letter_pdf') GROUP BY 1"
    )
    for letter, count in remains.books.ask(formats):
        yield None if count == 2 else f"letter {letter}: {count} files"


def _outbox_is_the_register(remains: Remains) -> Iterator[str | None]:
    """What stands there is what was entered as standing there, byte for byte, and nothing beside it."""
    entered = Counter(remains.books.column("SELECT sha256 FROM register_publication WHERE state = 'done'"))
    standing: Counter[str] = Counter()
    for path in remains.outbox:
        digest = _sha(path.read_bytes())
        standing[digest] += 1
        yield None if standing[digest] <= entered[digest] else f"{path}: entered {entered[digest]} times"
    for digest, count in (entered - standing).items():
        yield f"{digest[:12]}: {count} files are missing"


def _no_torn_file(remains: Remains) -> Iterator[str | None]:
    """Every letter and workbook that was made opens, to its last page; nothing temporary is left."""
    dropped = {digest for _, digest in remains.dropped}
    for path in remains.outbox:
        data = path.read_bytes()
        if path.name.startswith(".") or not data:
            yield f"{path}: temporary or empty"
        elif path.suffix in _OPEN and _sha(data) not in dropped and "原件" not in path.parts:
            try:
                _OPEN[path.suffix](data)
            except Exception as error:
                yield f"{path}: {error!r}"
            else:
                yield None


def _open_pdf(data: bytes) -> None:
    with pypdfium2.PdfDocument(data) as document:
        assert all(len(page.get_textpage().get_text_bounded()) for page in document)


_OPEN: Mapping[str, Callable[[bytes], object]] = {
    ".docx": lambda data: docx.Document(io.BytesIO(data)),
    ".xlsx": lambda data: openpyxl.load_workbook(io.BytesIO(data)),
    ".pdf": _open_pdf,
}


def _numbers_are_gapless(remains: Remains) -> Iterator[str | None]:
    """Every number book runs from 1 without a gap, each number has one letter, and the letter's own text says it."""
    query = """SELECT b.code, b.year, b.last, n.number, n.letter_id, l.content, n.is_void FROM register_documentnumber n
        JOIN register_numberbook b ON b.id = n.book_id JOIN register_letter l ON l.id = n.letter_id ORDER BY 1, 2, 4"""
    seen: Counter[tuple[str, int]] = Counter()
    lasts, letters = {}, set()
    for code, year, last, number, letter, content, _ in remains.books.ask(query):
        seen[code, year] += 1
        lasts[code, year] = last
        told = json.loads(content) if isinstance(content, str) else content
        says = (str(year), str(number)) in _NUMBERED.findall(json.dumps(told, ensure_ascii=False))
        is_sound = number == seen[code, year] and letter not in letters and says
        letters.add(letter)
        yield None if is_sound else f"{code}〔{year}〕{number}号, letter {letter}"
    for book, last in lasts.items():
        yield None if last == seen[book] else f"{book}: the book says {last}, {seen[book]} were given"
    for programme, year, most, count in remains.books.ask(
        "SELECT programme_id, year, max(number), count(*) FROM register_case GROUP BY 1, 2"
    ):
        yield None if most == count else f"cases of {programme} {year}: {count} up to number {most}"


def _money_is_right(remains: Remains) -> Iterator[str | None]:
    """What each project got is what its highest honour is worth, to the fen, and every entry follows the one before it."""
    paid: Counter[str] = Counter()
    query = "SELECT number, project, amount FROM register_ledgerentry ORDER BY number"
    for at, (number, project, amount) in enumerate(remains.books.ask(query), 1):
        paid[project] += amount
        yield None if number == at else f"entry {number} stands at {at}"
    for project in paid.keys() | remains.due.keys():
        due = 100 * remains.due.get(project, 0)
        yield None if paid[project] == due else f"{project}: {paid[project]} fen paid, {due} due"


def _journal_is_a_chain(remains: Remains) -> Iterator[str | None]:
    """Hashed again by the formula the handbook gives."""
    target = remains.home.parent / f"{remains.home.name}.journal.jsonl"
    target.unlink(missing_ok=True)
    formflow(remains, "audit", "export", "--jsonl", str(target))
    previous = "0" * 64
    for line in target.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        told = {key: value for key, value in entry.items() if key not in ("id", "hash")}
        text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        is_sound = entry["previous_hash"] == previous and _sha(text.encode()) == entry["hash"]
        previous = entry["hash"]
        yield None if is_sound else f"entry {entry['id']}"


def _audit_is_clean(remains: Remains) -> Iterator[str | None]:
    code, said = formflow(remains, "audit", "verify")
    yield None if code == 0 else f"exit code {code}: {said[-400:]}"


def _nothing_is_left_to_do(remains: Remains) -> Iterator[str | None]:
    """A further run finds nothing, and changes neither a file nor an entry."""
    before = _state(remains)
    code, said = formflow(remains, "run")
    yield None if code == 0 else f"exit code {code}: {said[-400:]}"
    yield None if _state(remains) == before else "files or entries have changed"


def _state(remains: Remains) -> tuple[object, ...]:
    files = {str(path): _sha(path.read_bytes()) for path in remains.outbox}
    return files, remains.books.ask("SELECT count(*), max(id) FROM register_event")


def formflow(remains: Remains, *command: str) -> tuple[int, str]:
    """A command of formflow in a process of its own: its exit code, and what it said."""
    whole = [sys.executable, "-m", "formflow.cli", *command, "--home", str(remains.home)]
    done = subprocess.run(whole, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def text_of(path: Path) -> str:
    """All that a Word file says, without its layout."""
    with zipfile.ZipFile(path) as archive:
        return re.sub(r"<[^>]+>", "", archive.read("word/document.xml").decode())


PROMISES: Mapping[str, Callable[[Remains], Iterator[str | None]]] = {
    "a further run has nothing to do": _nothing_is_left_to_do,
    "nothing is left in inbox or state": _nothing_on_the_way,
    "every dropped file stands in the outbox, once each time it came": _each_dropped_file_once,
    "every paper is entered once each time it came": _each_paper_entered_once,
    "no letter is there twice": _no_letter_twice,
    "the outbox holds what the register says, byte for byte": _outbox_is_the_register,
    "every letter and workbook opens, no temporary file": _no_torn_file,
    "numbers without gap, one letter each": _numbers_are_gapless,
    "every project was paid what its honour is worth": _money_is_right,
    "the journal is one chain": _journal_is_a_chain,
    "audit verify": _audit_is_clean,
}
