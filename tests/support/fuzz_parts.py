"""Papers spoiled where it hurts: inside the parts of a container, among the objects of a PDF, around the tags of XML.

In: a paper's bytes, a random source, and what changes plain bytes. Out: the paper with one thing changed and packed so that a reader gets as
far as the change. Edits that only break the wrapping are for `mutations`.
"""

from __future__ import annotations

import io
import random
import re
import zipfile
import zlib
from collections.abc import Callable

Change = Callable[[bytes], bytes]

_TAG = re.compile(rb"<(/?)([A-Za-z_][\w:.-]*)((?:\s[^<>]*)?)(/?)>")
_ATTRIBUTE = re.compile(rb"\"[^\"<>]{0,200}\"")
_TEXT = re.compile(rb">([^<>]{1,400})<")
_OBJECT = re.compile(rb"\d+ \d+ obj\b.*?\bendobj\b", re.DOTALL)
_REFERENCE = re.compile(rb"\b\d+ \d+ R\b")
_NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
# What stands in attributes and texts, and is counted with, looked up or turned into a number.
WORDS = tuple(
    word.encode()
    for word in (
        *("", "0", "-1", "1", "2", "255", "65536", "2147483648", "-2147483649", "99999999999999999999", "9" * 5000, "1e999", "-1e-999"),
        *("NaN", "Infinity", "0x10", "１２", "²", "④", "½", "४२", "〇", "三百", "true", "on", "none", "\u202e", "\u200b", "\ufeff", "\U0001f600"),
        *("rId1", "rId99", "../../etc/passwd", "/", "\\", "A1:XFD1048576", "XFD1048576", "A0", "A1", "s", "inlineStr", "shared", "restart"),
        *("2022年3月", "2022年13月45日", "99999年1月1日", "0000-00-00", "1900-02-29T00:00:00", "%1.%2.%3", "%9999", "00000000", "auto"),
        *("=1+1", "{{ x }}", "&#x1F;", "&amp;", "&x;", "]]>", "a" * 10_000),
    )
)  # fmt: skip


def spoiled_parts(data: bytes, rng: random.Random, change: Change) -> bytes:
    """A zip with one part changed, left out, doubled, or given to another; any other file as its kind is spoiled."""
    entries = _entries(data)
    if not entries:
        return spoiled_pdf(data, rng, change) if b"%PDF-" in data[:1024] else spoiled_text(data, rng, change)
    at, other = rng.randrange(len(entries)), rng.randrange(len(entries))
    name, content = entries[at]
    match rng.randrange(12):
        case 0:
            del entries[at]
        case 1:
            entries[at] = (name, entries[other][1])
        case 2:
            entries.append((rng.choice((f"x/{name}", name.upper(), f"../{name}", f"{name}.zip", "")), content))
        case 3:
            entries[at] = (name, spoiled_parts(content, rng, change) if _entries(content) else change(content))
        case _:
            entries[at] = (name, _spoiled_content(content, rng, change))
    return _packed(entries)


def _spoiled_content(content: bytes, rng: random.Random, change: Change) -> bytes:
    return spoiled_text(content, rng, change) if content.lstrip()[:1] in (b"<", b"\xef") else change(content)


def spoiled_text(data: bytes, rng: random.Random, change: Change) -> bytes:
    """XML or a web page with one element taken away, doubled, moved or nested, or one value replaced; anything else, changed."""
    tags = list(_TAG.finditer(data))
    if not tags or rng.random() < 0.1:
        return change(data)
    start, end = _element(tags, rng.randrange(len(tags)))
    before, element, after = data[:start], data[start:end], data[end:]
    match rng.randrange(10):
        case 0:
            return before + after
        case 1:
            return before + element * rng.choice((2, 3, 40)) + after
        case 2:
            opening = element[: element.find(b">") + 1]
            name = _TAG.match(opening)
            if name is None or opening.endswith(b"/>"):
                return before + change(element) + after
            times = rng.choice((1, 2, 30, 300))
            return before + opening * times + element + b"</%s>" % name[2] * times + after
        case 3:
            place = tags[rng.randrange(len(tags))].start()
            moved = before + after
            return moved[:place] + element + moved[place:]
        case 4 | 5 | 6:
            return _replaced(data, _ATTRIBUTE, rng, lambda old: b'"%s"' % rng.choice(WORDS))
        case 7 | 8:
            return _replaced(data, _TEXT, rng, lambda old: b">%s<" % rng.choice((rng.choice(WORDS), change(old[1:-1]))))
        case _:
            return _replaced(data, _TAG, rng, lambda old: rng.choice(tags)[0])


def _element(tags: list[re.Match[bytes]], at: int) -> tuple[int, int]:
    """From a tag to the one that closes it, as far as that can be told."""
    tag = tags[at]
    if tag[1] or tag[4]:
        return tag.start(), tag.end()
    depth = 0
    for other in tags[at:]:
        if other[2] == tag[2] and not other[4]:
            depth += -1 if other[1] else 1
            if not depth:
                return tag.start(), other.end()
    return tag.start(), tag.end()


def spoiled_pdf(data: bytes, rng: random.Random, change: Change) -> bytes:
    """A PDF with one object doubled or lost, one reference turned elsewhere, one number replaced, or what a stream holds changed."""
    objects = list(_OBJECT.finditer(data))
    if not objects:
        return change(data)
    chosen = rng.choice(objects)
    body = chosen[0]
    match rng.randrange(8):
        case 0:
            body = b""
        case 1:
            body = body + b"\n" + rng.choice(objects)[0]
        case 2 | 3:
            references = _REFERENCE.findall(data) or [b"1 0 R"]
            body = _replaced(body, _REFERENCE, rng, lambda old: rng.choice(references))
        case 4 | 5:
            body = _replaced(body, _NUMBER, rng, lambda old: rng.choice(WORDS[:14]))
        case _:
            body = _with_stream(body, rng, change)
    return data[: chosen.start()] + body + data[chosen.end() :]


def _with_stream(body: bytes, rng: random.Random, change: Change) -> bytes:
    found = _STREAM.search(body)
    if found is None:
        return change(body)
    packed = found[1]
    try:
        content = zlib.decompress(packed)
    except zlib.error:
        fresh = change(packed)
    else:
        edited = _replaced(content, _NUMBER, rng, lambda old: rng.choice(WORDS[:14]))
        fresh = zlib.compress(rng.choice((change(content), edited)))
    sized = re.sub(rb"/Length \d+(?: \d+ R)?", b"/Length %d" % len(fresh), body[: found.start(1)])
    return sized + fresh + body[found.end(1) :]


def _replaced(data: bytes, pattern: re.Pattern[bytes], rng: random.Random, by: Change) -> bytes:
    found = list(pattern.finditer(data))
    if not found:
        return data
    one = rng.choice(found)
    return data[: one.start()] + by(one[0]) + data[one.end() :]


def _entries(data: bytes) -> list[tuple[str, bytes]]:
    """The parts of a zip; none where it is no zip, or one that cannot be taken apart."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return [(info.filename, archive.read(info)) for info in archive.infolist() if info.file_size < 4_000_000]
    except Exception:
        return []


def _packed(entries: list[tuple[str, bytes]]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in entries:
            # Made by hand, so that two parts of one name warn nobody.
            archive.NameToInfo.pop(name, None)
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
