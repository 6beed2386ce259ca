"""Word 97 files put together byte by byte after [MS-DOC]: as much as a test asks for, and as wrong as it wants.

Knows nothing of the reader. A paragraph is its text with its mark, and its modifiers as bytes; so is a run. Everything else is a structure of
the table stream by its place in the list of structures.
"""

from __future__ import annotations

import itertools
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

SECTOR = 512
END, FREE, TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_TEXT_AT = 1024
_LEAST = 4096
RUNS, PARAGRAPHS, PIECES = 12, 13, 33


def container(streams: Mapping[str, bytes], *, storages: Mapping[str, Mapping[str, bytes]] | None = None) -> bytes:
    """A compound file; every stream is made long enough to have sectors of its own. Storages stand beside the streams."""
    chains: list[bytes] = []
    entries: list[tuple[str, int, int, bytes]] = []  # name, kind, child, content

    def put(held: Mapping[str, bytes]) -> list[int]:
        first = len(entries)
        entries.extend((name, 2, -1, content.ljust(_LEAST, b"\0")) for name, content in held.items())
        return list(range(first, len(entries)))

    entries.append(("Root Entry", 5, -1, b""))
    members = put(streams)
    for name, held in (storages or {}).items():
        inner = put(held)
        members.append(len(entries))
        entries.append((name, 1, inner[0], b""))
    siblings = dict(itertools.pairwise(members))
    sectors, starts = 0, []
    for _, _, _, content in entries:
        starts.append(sectors if content else END)
        count = -(-len(content) // SECTOR)
        chains.append(content.ljust(count * SECTOR, b"\0"))
        sectors += count
    directory = b""
    for at, (name, kind, child, content) in enumerate(entries):
        raw = name.encode("utf-16-le")
        links = (FREE, siblings.get(at, FREE), members[0] if at == 0 else child & FREE)
        directory += raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw) + 2, kind, 1, *links)
        directory += bytes(36) + struct.pack("<III", starts[at], len(content), 0)
    directory = directory.ljust(-(-len(directory) // SECTOR) * SECTOR, b"\0")
    return _assembled(chains, directory, sectors)


def _assembled(chains: Sequence[bytes], directory: bytes, sectors: int) -> bytes:
    """Header, contents, directory, table of chains."""
    table: list[int] = []
    for content in (*chains, directory):
        count = len(content) // SECTOR
        table += [len(table) + number + 1 for number in range(count)]
        if count:
            table[-1] = END
    tables = -(-len(table) * 4 // (SECTOR - 4))
    first_table = len(table)
    table += [TABLE] * tables
    packed = struct.pack(f"<{len(table)}I", *table).ljust(tables * SECTOR, b"\xff")
    listed = [first_table + number for number in range(tables)]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    header += bytes(10) + struct.pack("<IIIIIIII", tables, sectors, 0, _LEAST, END, 0, END, 0)
    header += struct.pack("<109I", *listed, *[FREE] * (109 - tables))
    return header + b"".join(chains) + directory + packed


def sprm(code: int, operand: bytes | int = 1) -> bytes:
    """A modifier; a number becomes an operand of the size the code asks for."""
    if isinstance(operand, int):
        operand = operand.to_bytes((1, 1, 2, 4, 2, 2, 1, 3)[code >> 13], "little")
    elif code >> 13 == 6:
        operand = struct.pack("<H" if code == 0xD608 else "<B", len(operand) + (code == 0xD608)) + operand
    return struct.pack("<H", code) + operand


def row(edges: Sequence[int], flags: Sequence[int] = ()) -> bytes:
    """The definition of a row: the edges of its cells in twentieths of a point, and the flags of the first cells."""
    cells = b"".join(struct.pack("<H18x", flag) for flag in flags)
    return sprm(0xD608, struct.pack(f"<B{len(edges)}h", len(edges) - 1, *edges) + cells)


IN_TABLE, ROW_END = sprm(0x2416), sprm(0x2417)


def inside(depth: int = 1) -> bytes:
    """The modifiers of a paragraph in a table (in a table)."""
    return IN_TABLE + sprm(0x6649, depth)


@dataclass(frozen=True)
class Par:
    """A paragraph: its text with its mark, its modifiers, the number of its style."""

    text: str
    modifiers: bytes = b""
    style: int = 0


def cells(*texts: str, end: bytes) -> list[Par]:
    """A row of an outermost table: its cells' texts ("\\r" between paragraphs), and the modifiers of its end."""
    found = []
    for text in texts:
        *before, last = text.split("\r")
        found += [Par(f"{paragraph}\r", inside()) for paragraph in before] + [Par(f"{last}\x07", inside())]
    return [*found, Par("\x07", inside() + ROW_END + end)]


@dataclass
class Doc:
    """A document to be. `runs` are (start, end, modifiers) by position. `order` gives the pieces as (start, end) in the order in which their
    text lies in the file; by default all is one piece. `narrow` are the pieces stored in one byte a character. `prm` are modifiers of
    pieces by their start, `lists` the lists of modifiers these may name. `beside` are the lengths of the stories after the body."""

    paragraphs: Sequence[Par]
    runs: Sequence[tuple[int, int, bytes]] = ()
    order: Sequence[tuple[int, int]] = ()
    narrow: Sequence[int] = ()
    prm: Mapping[int, int] = field(default_factory=dict)
    lists: Sequence[bytes] = ()
    structures: Mapping[int, bytes] = field(default_factory=dict)
    after: Mapping[int, bytes] = field(default_factory=dict)
    beside: Sequence[int] = ()
    data: bytes = b""
    version: int = 0xC1
    flags: int = 0x0200

    def bytes(self) -> bytes:
        """The file."""
        return container(self.streams())

    def streams(self) -> dict[str, bytes]:
        text = "".join(paragraph.text for paragraph in self.paragraphs)
        order = list(self.order) or [(0, len(text))]
        main, places = bytearray(_TEXT_AT), {}
        for start, end in order:
            places[start] = len(main)
            is_narrow = start in self.narrow
            main += text[start:end].encode(
                "cp1252" if is_narrow else "utf-16-le", "strict" if is_narrow else "surrogatepass"
            )
            main += bytes(len(main) % 2)
        pages = _Pages(main)
        paragraphs = self._by_place(text, order, places)
        structures = {
            PIECES: self._pieces(text, order, places),
            PARAGRAPHS: pages.put(paragraphs, 17, _paragraph_entry),
            RUNS: pages.put(self._runs_by_place(order, places), 5, _run_entry),
            **self.structures,
        }
        stories = [len(text) - sum(self.beside), *self.beside]
        table = _header(main, structures, self.after, stories, self.version, self.flags)
        return {"WordDocument": bytes(main), "1Table": table, "Data": self.data}

    def _pieces(self, text: str, order: list[tuple[int, int]], places: dict[int, int]) -> bytes:
        ordered = sorted(order)
        raw = struct.pack(f"<{len(ordered) + 1}I", *(start for start, _ in ordered), len(text))
        for start, _ in ordered:
            place = places[start] * 2 | 0x40000000 if start in self.narrow else places[start]
            raw += struct.pack("<HIH", 0, place, self.prm.get(start, 0))
        lists = b"".join(b"\x01" + struct.pack("<H", len(one)) + one for one in self.lists)
        return lists + b"\x02" + struct.pack("<I", len(raw)) + raw

    def _place(self, position: int, order: list[tuple[int, int]], places: dict[int, int]) -> int:
        start = next(start for start, end in order if start <= position < end)
        return places[start] + (position - start) * (1 if start in self.narrow else 2)

    def _by_place(
        self, text: str, order: list[tuple[int, int]], places: dict[int, int]
    ) -> list[tuple[int, int, bytes]]:
        """What holds at each paragraph's mark; its other characters may lie anywhere."""
        found, at = [], 0
        for paragraph in self.paragraphs:
            at += len(paragraph.text)
            place = self._place(at - 1, order, places)
            found.append((place, place + 1, struct.pack("<H", paragraph.style) + paragraph.modifiers))
        return sorted(found)

    def _runs_by_place(self, order: list[tuple[int, int]], places: dict[int, int]) -> list[tuple[int, int, bytes]]:
        return sorted(
            (self._place(start, order, places), self._place(end - 1, order, places) + 1, modifiers)
            for start, end, modifiers in self.runs
        )


class _Pages:
    """Puts pages of properties behind the text."""

    def __init__(self, main: bytearray) -> None:
        self._main = main

    def put(self, held: list[tuple[int, int, bytes]], size: int, entry: object) -> bytes:
        """The list of the pages: a few entries on each."""
        pages = [held[at : at + 4] for at in range(0, len(held), 4)]
        numbers = []
        for page in pages:
            self._main += bytes(-len(self._main) % SECTOR)
            numbers.append(len(self._main) // SECTOR)
            self._main += entry(page)  # type: ignore[operator]
        starts = [page[0][0] for page in pages] + ([held[-1][1]] if held else [0])
        return struct.pack(f"<{len(starts)}I", *starts) + struct.pack(f"<{len(numbers)}I", *numbers)


def _spread(page: list[tuple[int, int, bytes]]) -> list[tuple[int, int, bytes | None]]:
    """With gaps filled by entries that say nothing: a page has to go on without a break."""
    found: list[tuple[int, int, bytes | None]] = []
    for start, end, content in page:
        if found and found[-1][1] < start:
            found.append((found[-1][1], start, None))
        found.append((start, end, content))
    return found


def _paragraph_entry(page: list[tuple[int, int, bytes]]) -> bytes:
    held, raw, at = _spread(page), bytearray(SECTOR), SECTOR - 1
    for number, (_, _, content) in enumerate(held):
        if content is not None:
            content += bytes(len(content) % 2)
            at = (at - 2 - len(content)) // 2 * 2
            raw[at : at + 2 + len(content)] = bytes([0, len(content) // 2]) + content
            raw[4 * (len(held) + 1) + 13 * number] = at // 2
    return _finished(raw, held)


def _run_entry(page: list[tuple[int, int, bytes]]) -> bytes:
    held, raw, at = _spread(page), bytearray(SECTOR), SECTOR - 1
    for number, (_, _, content) in enumerate(held):
        if content is not None:
            at = (at - 1 - len(content)) // 2 * 2
            raw[at : at + 1 + len(content)] = bytes([len(content)]) + content
            raw[4 * (len(held) + 1) + number] = at // 2
    return _finished(raw, held)


def _finished(raw: bytearray, held: list[tuple[int, int, bytes | None]]) -> bytes:
    struct.pack_into(f"<{len(held) + 1}I", raw, 0, *(start for start, _, _ in held), held[-1][1])
    raw[-1] = len(held)
    return bytes(raw)


def _header(
    main: bytearray,
    structures: Mapping[int, bytes],
    after: Mapping[int, bytes],
    stories: Sequence[int],
    version: int,
    flags: int,
) -> bytes:
    """Writes the information block into the main stream, gives the table stream. `after` is put behind a structure, not counted as its."""
    table = b""
    struct.pack_into("<HH", main, 0, 0xA5EC, version)
    struct.pack_into("<H", main, 10, flags)
    struct.pack_into("<H", main, 32, 14)
    struct.pack_into("<H", main, 62, 22)
    struct.pack_into(f"<{len(stories)}i", main, 76, *stories)
    struct.pack_into("<H", main, 152, 93)
    for number, content in structures.items():
        struct.pack_into("<II", main, 154 + 8 * number, len(table), len(content))
        table += content + after.get(number, b"")
    return table
