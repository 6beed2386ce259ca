"""What calamine does not tell of an .xlsx workbook, told from its parts: formulas and cells without a value, percentages, what is unsettled.

A container comes in, the facts of its sheets go out; it is refused where calamine would take all memory over it. Values are calamine's,
which also checks that the parts are well-formed. Looks at bytes where it can: a second parse would cost as much as calamine does.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from formflow.reading.authorship import Authorship, authorship
from formflow.reading.limits import Limits
from formflow.reading.package import Package
from formflow.reading.percent_styles import percent_styles
from formflow.reading.refusals import refuse
from formflow.reading.sheet_comments import comments
from formflow.reading.unsettled import SETTLED, Unsettled
from formflow.reading.unsettled_cells import struck_cells, struck_styles, struck_texts, unsettled_of

_MAIN = "xl/workbook.xml"
_TEXTS = "xl/sharedStrings.xml"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# Nothing here may look far for the end of a tag that has none: what is hostile must not take long either.
# What makes a sheet large: places of two letters or of a row number with five digits, told with every letter and quote as A and every digit as 0.
_ALIKE = bytes(
    ord("A") if chr(code).isalpha() or chr(code) in "\"'" else ord("0") if chr(code).isdigit() else code
    for code in range(128)
) + bytes(128)
_FAR = (b"AAA0", b"A00000")
_NO_QUOTES = bytes(code for code in range(256) if chr(code) not in "<\"'")
# A row, column, cell or formula as it usually is; and a sign that there are others.
_TAG = re.compile(rb"<[rcf][^>]*")
_PREFIXED = re.compile(rb":(?:row|c)[\s/>]")
# A tag to its very end, which is not where a ">" stands in quotes; and what follows a row or cell that has no content.
_TO_ITS_END = rb"(?:[^\"'>]++|\"[^\"]*+\"|'[^']*+')*+"
_ANY_TAG = re.compile(rb"<(?:[^\s\"'<>/:]++:)?([rcf]%b)" % _TO_ITS_END)
_ROW_OR_CELL = re.compile(rb"<(?:[^\s\"'<>/:]++:)?(row|c)\b(%b)" % _TO_ITS_END)
_NO_CONTENT = re.compile(rb">\s*</")
_ATTRIBUTES = re.compile(rb"([^\s=\"'/]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_REFERENCE = re.compile(rb"([A-Za-z]{0,20})([0-9]{0,20})")
_PLAIN_REFERENCE = re.compile(rb"\sr\s*=\s*\"([A-Za-z]{0,20})([0-9]{0,20})\"")
_EMPTY_TEXT = re.compile(rb"<[^<>]*\bt\s*=\s*[\"']str")
_ATTRIBUTE = re.compile(rb"\b([rst])\s*=\s*[\"']([^\"']*)")
# The styles that cells have; and numbers that other attributes begin with, which do no harm.
_STYLES = re.compile(rb"s\s*=\s*[\"']([0-9]+)")
_SHARED_TYPE = re.compile(rb"\bt\s*=\s*[\"']s[\"']")
_PREFIX = re.compile(rb"<([\w.-]+:)?worksheet\b")
# A shared text begins; a cell shows the text of that number.
_TEXT_START = re.compile(rb"<(?:[\w.-]+:)?si\b")
_SHARED = re.compile(rb"\bt\s*=\s*[\"']s[\"'][^<>]{0,400}>\s{0,9}<(?:[\w.-]+:)?v>\s{0,9}([0-9]{1,9})")
_DOCTYPE_WITHIN = 4096
_CELL_WITHIN = 1000  # (a formula is the first thing in its cell)
_CELLS, _CELLS_END, _MERGES, _MERGES_END = b"<sheetData", b"</sheetData>", b"mergeCells", b"</mergeCells>"
# Comments and the like, in which what looks like a tag may be none.
_UNUSUAL = (b"!", b"?", b"]", b"-->")
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """One sheet. `errors`: cells that hold an error (#REF!); `percents`: cells shown as a
    percentage; all 0-based (row, column). `unsettled`: what is hidden or struck out."""

    errors: tuple[Place, ...] = ()
    percents: frozenset[Place] = frozenset()
    unsettled: Unsettled = SETTLED


NOTHING = SheetFacts()


@dataclass(frozen=True, slots=True)
class WorkbookFacts:
    """A workbook. `uncomputed`: how many formulas have no value; `sheets`: sheet name → what there is to say of it, sheets of which there is
    nothing left out; `comments`: what is noted beside cells; `vetted`: the same workbook with nothing in it that was not looked at."""

    uncomputed: int
    sheets: Mapping[str, SheetFacts]
    authorship: Authorship
    vetted: bytes
    comments: tuple[str, ...] = ()


def workbook_facts(data: bytes, limits: Limits) -> WorkbookFacts:
    """What there is to say of a workbook; `UnreadableError` if the container, a sheet or its texts are not to be trusted."""
    package = Package(data, limits)
    parts = _Parts(package)
    main = _MAIN if package.has(_MAIN) else package.main_part()
    links = package.relationships(main)
    # calamine takes the texts from where they usually are, whatever the workbook links to.
    named = {link.target.lower(): link.target for link in links.values() if link.kind == "sharedStrings"}
    texts = b"".join(parts.read(name) for name in ({_TEXTS.lower(): _TEXTS} | named).values())
    styles = [parts.read(link.target) for link in links.values() if link.kind == "styles"]
    percents = percent_styles(b"".join(styles))
    struck = struck_styles(styles[0] if styles else b""), struck_texts(parts.read(_TEXTS))
    uncomputed, found = 0, {}
    for key, link in links.items():
        if link.kind == "worksheet":
            sheet = parts.sheet(link.target)
            tags, prefix = _tags(sheet)
            _vet(sheet, tags, texts, limits)
            uncomputed += _uncomputed(sheet, prefix, tags.count(b"<f"))
            facts = _facts(tags, percents, struck_cells(sheet, tags, *struck))
            if facts is not NOTHING:
                found[key] = facts
    by_name = _by_name(package, main, found) if found else {}
    noted = comments(package, [link.target for link in links.values() if link.kind == "worksheet"])
    return WorkbookFacts(uncomputed, by_name, authorship(package), parts.vetted(main), noted)


class _Parts:
    """The parts of a workbook that were looked at."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._read: dict[str, bytes] = {}

    def read(self, name: str) -> bytes:
        """A part's bytes, in UTF-8; none if there is no such part."""
        if name.lower() in self._read:
            return self._read[name.lower()]
        if not self._package.has(name):
            return b""
        data = self._package.xml(name)
        if data.find(b"<!DOCTYPE", 0, _DOCTYPE_WITHIN) >= 0:
            raise refuse("hostile", "文件内含有文档类型定义")
        self._read[name.lower()] = data
        return data

    def sheet(self, name: str) -> bytes:
        """The same of a sheet."""
        data = self.read(name)
        if data:
            self._read[name.lower()] = _merges_first(data)
        return data

    def vetted(self, main: str) -> bytes:
        """A workbook of these parts alone: which of the others calamine would take for a sheet is not known."""
        folder, slash, base = main.rpartition("/")
        return self._package.alone(("_rels/.rels", main, f"{folder}{slash}_rels/{base}.rels"), self._read)


def _merges_first(sheet: bytes) -> bytes:
    """The sheet with its merged ranges before its cells, where nothing about it is unusual. calamine looks for them in a second pass from the
    beginning, which ends where they do, and would take nearly as long as the first."""
    start, end = sheet.find(_CELLS), sheet.rfind(_CELLS_END)
    head, tail = sheet[: max(start, 0)], sheet[max(end, 0) :]
    if not 0 < start < end or _MERGES in head or b"<!" in head or any(sign in tail for sign in _UNUSUAL):
        return sheet
    count = tail.count(_MERGES)
    if not count:
        return b"".join((head, b"<", _MERGES, b"/>", sheet[start:]))
    first, last = tail.find(b"<" + _MERGES), tail.find(_MERGES_END)
    if not 0 < first < last or count != 2:
        return sheet
    last += len(_MERGES_END)
    return b"".join((head, tail[first:last], sheet[start:end], tail[:first], tail[last:]))


def _by_name(package: Package, main: str, found: Mapping[str, SheetFacts]) -> dict[str, SheetFacts]:
    sheets = package.parse(main).iter("{*}sheet")
    return {sheet.get("name") or "": found[key] for sheet in sheets if (key := sheet.get(_RELATION) or "") in found}


def _vet(sheet: bytes, tags: bytes, texts: bytes, limits: Limits) -> None:
    """calamine makes room for every cell up to the last one that holds something, and copies a shared text for each cell that shows it:
    one stray entry far out, or one long text shown often, would take all memory."""
    alike = tags.replace(b"<formula", b"<").translate(_ALIKE)  # (formula1 of a validation is no place)
    if any(far in alike for far in _FAR) and _area(sheet) > limits.max_blocks:
        raise refuse("too_large", "表格的行列过多")
    if len(texts) * tags.count(b"<") > limits.max_total and _shown_size(sheet, tags, texts) > limits.max_total:
        raise refuse("too_large", "表格中的文字过多")


def _area(sheet: bytes) -> int:
    """The cells up to the last that holds something. Rows and cells that do not say their place stand behind the one before."""
    row = column = last_row = last_column = 0
    for found in _ROW_OR_CELL.finditer(sheet):
        place = _reference(found[2])
        if found[1] == b"row":
            row, column = int(place[2] or 0) if place else row + 1, 0
            continue
        column = _column(place[1]) if place else column + 1
        if not found[2].endswith(b"/") and _NO_CONTENT.match(sheet, found.end()) is None:
            last_row = max(last_row, int(place[2] or row) if place else row)
            last_column = max(last_column, column)
    return last_row * last_column


def _reference(tag: bytes) -> re.Match[bytes] | None:
    """The letters and the digits that a row or cell says its place with, None if it says none that can be read."""
    if b"'" not in tag:
        return _PLAIN_REFERENCE.search(tag)
    said = (double or single for name, double, single in _ATTRIBUTES.findall(tag) if name == b"r")
    return _REFERENCE.fullmatch(next(said, b"?"))


def _column(letters: bytes) -> int:
    """The number of a column by its letters: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _shown_size(sheet: bytes, tags: bytes, texts: bytes) -> int:
    """How many bytes of shared texts a sheet shows; a cell of which it cannot be told shows the longest."""
    starts = [found.start() for found in _TEXT_START.finditer(texts)]
    sizes = [end - start for start, end in pairwise((*starts, len(texts)))]
    shown = Counter(_SHARED.findall(sheet))
    untold = len(_SHARED_TYPE.findall(tags)) - shown.total()
    told = sum(count * sizes[int(index)] for index, count in shown.items() if int(index) < len(sizes))
    return told + max(untold, 0) * max(sizes, default=0)


def _facts(tags: bytes, percents: frozenset[bytes], struck: frozenset[Place]) -> SheetFacts:
    errors: list[Place] = []
    shares: list[Place] = []
    has_errors = b'"e"' in tags or (b"'" in tags and b"'e'" in tags)
    unsettled = unsettled_of(tags, struck)
    if not (percents or has_errors or unsettled):
        return NOTHING
    shown = percents & {b"0", *_STYLES.findall(tags)} if percents else percents
    for place, style, kind in _cells(tags, shown, has_errors=has_errors):
        if kind == b"e":
            errors.append(place)
        elif style in shown:
            shares.append(place)
    return SheetFacts(tuple(errors), frozenset(shares), unsettled) if errors or shares or unsettled else NOTHING


def _tags(sheet: bytes) -> tuple[bytes, bytes]:
    """What a sheet's rows, columns, cells and formulas say of themselves, "<" before each; and the prefix all of the sheet's tags have."""
    root = _PREFIX.search(sheet, 0, _DOCTYPE_WITHIN)
    prefix = (root[1] or b"") if root else b""
    if not prefix and _PREFIXED.search(sheet) is None:
        tags = b"".join(_TAG.findall(sheet))
        if not tags.translate(None, _NO_QUOTES).replace(b'""', b"").replace(b"''", b"").strip(b"<"):
            return tags, prefix
    # calamine does not care which prefix a tag has. A ">" in quotes ends no tag, and a "<" there begins none.
    return b"<" + b"<".join(tag.replace(b"<", b" ") for tag in _ANY_TAG.findall(sheet)), prefix


@lru_cache(maxsize=8)
def _formula(prefix: bytes) -> re.Pattern[bytes]:
    """A formula that no value follows."""
    p = re.escape(prefix)
    return re.compile(rb"<%bf\b[^<>]*(?:/>|>[^<]*</%bf>)\s*(?:<%bv\s*/>|<%bv></%bv>)?\s*</%bc>" % (p, p, p, p, p, p))


def _uncomputed(sheet: bytes, prefix: bytes, formulas: int) -> int:
    """How many cells have a formula and no value: nobody computed it. (A text, t="str", may be computed and empty.) `formulas` is how many
    there are at most; they are looked for from the end, where sums stand."""
    found, at, pattern = 0, len(sheet), _formula(prefix)
    for _ in range(formulas):
        at = sheet.rfind(b"<" + prefix + b"f", 0, at)
        if at < 0:
            break
        if pattern.match(sheet, at) is not None:
            cell = sheet.rfind(b"<" + prefix + b"c", max(0, at - _CELL_WITHIN), at)
            found += cell < 0 or _EMPTY_TEXT.match(sheet, cell) is None
    return found


def _cells(tags: bytes, styles: frozenset[bytes], *, has_errors: bool) -> Iterator[tuple[Place, bytes, bytes]]:
    """The place, style and type of the cells that say their place, those at least that have one of these styles or hold an error."""
    wanted = [b"%b%b%b" % (quote, said, quote) for said in (*styles, *[b"e"] * has_errors) for quote in (b'"', b"'")]
    for tag in tags.split(b"<") if b"0" in styles else _tags_with(wanted, tags):
        said = dict(_ATTRIBUTE.findall(tag)) if tag[:1] == b"c" and tag[1:2].isspace() else {}
        place = said.get(b"r", b"")
        letters = place.rstrip(b"0123456789")
        if letters and letters != place and letters.isalpha() and len(place) <= 10:
            at = int(place[len(letters) :]) - 1, _column(letters) - 1
            yield at, said.get(b"s", b"0"), said.get(b"t", b"")


def _tags_with(signs: Iterable[bytes], tags: bytes) -> Iterator[bytes]:
    """The tags in which one of these stands, in their order."""
    starts = {tags.rfind(b"<", 0, at) for sign in signs for at in _finds(sign, tags)}
    for start in sorted(starts):
        yield tags[start + 1 :].partition(b"<")[0]


def _finds(sign: bytes, tags: bytes) -> Iterator[int]:
    at = tags.find(sign)
    while at >= 0:
        yield at
        at = tags.find(sign, at + 1)
