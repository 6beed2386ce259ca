"""A PDF's pages by pdfium: its characters with their boxes, its straight lines, squares and pictures.

Bytes come in, one `PageInk` a page goes out. Every call into pdfium is made below here (`strokes`, `widgets`, `images`), one page after
another: pdfium is not safe to be called from two threads. Nothing is fetched and no script is run: this build of pdfium knows none.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from functools import partial
from itertools import repeat
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from formflow.errors import UnreadableError
from formflow.reading.limits import Limits
from formflow.reading.pdf.clipping import Cuts, address_of, drawn_in, kept_in
from formflow.reading.pdf.ink import ABOVE, BELOW, Frame, Glyph, PageInk
from formflow.reading.pdf.legible import meant
from formflow.reading.pdf.objects import Objects, read_objects
from formflow.reading.pdf.struck import with_struck
from formflow.reading.pdf.widgets import Added, read_annotations
from formflow.reading.pdf.wording import refuse_dynamic_form, refuse_password
from formflow.reading.refusals import refuse
from formflow.reading.symbols import translate

# A document gives up at the first page beyond these: no application comes near.
MAX_PAGES = 500
MAX_CHARACTERS = 400_000
_WHITE_SPACE = frozenset(" \t\r\n\u00a0\u2002\u2003\u2009\u3000\u200b\ufeff\u00ad")
# Radians off a right angle at which text stands askew: a stamp or a watermark, no part of the form.
_ASKEW = 0.09
_DESCENT = BELOW / ABOVE
# Points; what is narrower nobody can see.
_LEAST = 0.1


def open_pdf(data: bytes) -> pdfium.PdfDocument:
    """The document; refused if it needs a password, is cut off, or is none."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise _refusal(error, data) from error
    if _is_cut_off(data):
        document.close()
        raise refuse("truncated")
    if len(document) > MAX_PAGES:
        pages = len(document)
        document.close()
        raise refuse("too_large", f"共 {pages} 页")
    return document


def _refusal(error: pdfium.PdfiumError, data: bytes) -> UnreadableError:
    if error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
        return refuse_password()
    return refuse("truncated" if _is_cut_off(data) else "damaged")


def _is_cut_off(data: bytes) -> bool:
    """pdfium mends a file without an end and gives the pages that are there: half a form must not pass for a whole one."""
    tail = data[-4096:]
    return b"%%EOF" not in tail and b"startxref" not in tail


def read_pages(document: pdfium.PdfDocument, limits: Limits) -> Iterator[PageInk]:
    """The pages in order."""
    form_type = document.get_formtype()
    if form_type == raw.FORMTYPE_XFA_FULL:
        raise refuse_dynamic_form()
    has_fields = form_type != raw.FORMTYPE_NONE
    if has_fields:
        document.init_forms()
    characters = pictures = 0
    for number in range(1, len(document) + 1):
        page = document[number - 1]
        try:
            ink = _read_page(document, page, number, limits, max(0, limits.max_pictures - pictures))
        finally:
            page.close()
        characters += len(ink.glyphs)
        pictures += len(ink.pictures)
        if characters > MAX_CHARACTERS:
            raise refuse("too_large", f"超过 {MAX_CHARACTERS} 字")
        yield ink


def _read_page(
    document: pdfium.PdfDocument, page: pdfium.PdfPage, number: int, limits: Limits, max_pictures: int
) -> PageInk:
    left, bottom, right, top = page.get_bbox()
    shown = Frame(left, bottom, right, top, page.get_rotation() // 90 % 4)
    text = page.get_textpage()
    try:
        raw_glyphs, angles = _characters(text.raw)
        turn = _main_turn(angles, shown.turn)
        read = shown if turn == shown.turn else shown._replace(turn=turn)
        objects = read_objects(document, page, read, limits, max_pictures)
        hidden = _invisible(text.raw, raw_glyphs) if objects.has_invisible_text else frozenset[int]()
        entries = _glyphs(text.raw, raw_glyphs, angles, read, hidden, objects.cuts)
        glyphs = kept_in(entries, objects.rules, partial(_object_of, text.raw))
    finally:
        text.close()
    added = read_annotations(document, page, read)
    return _page(number, shown, read, glyphs, objects, added, bool(hidden))


def _page(
    number: int, shown: Frame, read: Frame, glyphs: list[Glyph], objects: Objects, added: Added, has_hidden: bool
) -> PageInk:
    ink = PageInk(
        number,
        shown,
        read,
        (*glyphs, *added.glyphs),
        objects.rules,
        objects.squares,
        objects.scribbles,
        (*objects.pictures, *added.pictures),
        added.notes,
        objects.is_picture,
        has_hidden,
        objects.is_covered and not added.glyphs,
        any(glyph.is_unsure for glyph in glyphs),
    )
    return with_struck(ink, added.struck)


# (index, character, left, bottom, right, top, origin's x and y, whether white space stands before)
_Raw = tuple[int, str, float, float, float, float, float, float, bool]


def _characters(text_page: Any) -> tuple[list[_Raw], list[float]]:
    """Every visible character in the page's own coordinates, in the order of the file, and the clockwise angle of each."""
    count = raw.FPDFText_CountChars(text_page)
    letters = _letters(text_page, count)
    rect = raw.FS_RECTF()
    reference = ctypes.byref(rect)
    x, y = ctypes.c_double(), ctypes.c_double()
    at_x, at_y = ctypes.byref(x), ctypes.byref(y)
    loose_box, origin, angle = raw.FPDFText_GetLooseCharBox, raw.FPDFText_GetCharOrigin, raw.FPDFText_GetCharAngle
    found: list[_Raw] = []
    angles: list[float] = []
    is_spaced = False
    for index, letter in enumerate(letters):
        if letter in _WHITE_SPACE:
            is_spaced = True
            continue
        if loose_box(text_page, index, reference) and rect.right > rect.left:
            origin(text_page, index, at_x, at_y)
            found.append((index, letter, rect.left, rect.bottom, rect.right, rect.top, x.value, y.value, is_spaced))
            angles.append(angle(text_page, index))
            is_spaced = False
    return found, angles


def _letters(text_page: Any, count: int) -> str | list[str]:
    """One letter for each of pdfium's characters: in one call where text and characters run in step, else one by one."""
    buffer = ctypes.create_string_buffer(2 * (count + 1))
    written = raw.FPDFText_GetText(text_page, 0, count, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)))
    text = buffer.raw[: 2 * max(0, written - 1)].decode("utf-16-le", "replace")
    if len(text) == count and written == count + 1:
        return text
    codes = map(raw.FPDFText_GetUnicode, repeat(text_page), range(count))
    return [chr(code) if 0 < code <= 0x10FFFF else "\ufffd" for code in codes]


def _main_turn(angles: list[float], page_turn: int) -> int:
    """How often the page must be turned clockwise for most of its text to run from left to right."""
    if not angles:
        return page_turn
    turns = Counter[int]()
    # A page has many characters and few angles.
    for angle, count in Counter(angles).items():
        turns[round(angle / (math.pi / 2)) % 4] += count
    return -turns.most_common(1)[0][0] % 4


def _glyphs(
    text_page: Any, found: list[_Raw], angles: list[float], frame: Frame, hidden: frozenset[int], cuts: Cuts
) -> list[tuple[int, Glyph]]:
    """The characters as they are read, each with its index, those outside the page, askew or invisible left out, those cut off in their cells."""
    seen, width, height = frame.seen, frame.width, frame.height
    is_upright, edge, ceiling = frame.turn == 0, frame.left, frame.top
    glyphs: list[tuple[int, Glyph]] = []
    for (index, letter, left, bottom, right, top, x, y, is_spaced), angle in zip(found, angles, strict=True):
        if index in hidden or (angle and abs(angle - round(angle / (math.pi / 2)) * (math.pi / 2)) > _ASKEW):
            continue
        if is_upright:  # nearly all; as `seen` says
            x0, y0, x1, y1 = left - edge, ceiling - top, right - edge, ceiling - bottom
            base = ceiling - y
        else:
            x0, y0, x1, y1 = seen(left, bottom, right, top)
            base = seen(x, y, x, y)[1]
        # pdfium's boxes are right above the line, but may reach down into the next one.
        y1 = base + (base - y0) * _DESCENT if base > y0 + 0.1 else y1
        # A damaged file has places that are no numbers: what is not surely on the page is not on it.
        if not (x0 < width and y0 < height and x1 > 0 and y1 > 0 and y0 <= base + height and x1 - x0 >= _LEAST):
            continue
        if "\ue000" <= letter <= "\uf8ff":
            letter = translate(_font_name(text_page, index), letter)
        sign = meant(letter)
        glyph = Glyph(sign, x0, y0, x1, y1, base, is_spaced) if sign else None
        if glyph and cuts and (cut := cuts.get(_object_of(text_page, index))):
            glyph = drawn_in(glyph, cut)
        if glyph:
            glyphs.append((index, glyph))
    return glyphs


def _object_of(text_page: Any, index: int) -> int:
    """The text object that a character belongs to, by its address."""
    return address_of(raw.FPDFText_GetTextObject(text_page, index))


def _font_name(text_page: Any, index: int) -> str:
    """The name of a character's font without the mark of a subset, "" if unknown."""
    flags = ctypes.c_int()
    buffer = ctypes.create_string_buffer(128)
    raw.FPDFText_GetFontInfo(text_page, index, buffer, 128, ctypes.byref(flags))
    name = buffer.value.decode("utf-8", "replace").partition("+")
    return (name[2] or name[0]).replace("-Regular", "").replace("Wingdings2", "Wingdings 2")


def _invisible(text_page: Any, found: list[_Raw]) -> frozenset[int]:
    """The characters that are set but not drawn: the text layer behind a scan."""
    hidden = set()
    for entry in found:
        text_object = raw.FPDFText_GetTextObject(text_page, entry[0])
        if text_object and raw.FPDFTextObj_GetTextRenderMode(text_object) == raw.FPDF_TEXTRENDERMODE_INVISIBLE:
            hidden.add(entry[0])
    return frozenset(hidden)
