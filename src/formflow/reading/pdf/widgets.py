"""What stands on a page by annotations: the values of form fields, text notes typed onto the page, stamps, comments.

A pdfium page comes in, `Added` goes out: what is seen on the page as characters in its place, comments apart. Buttons, links and scripts
are passed over.
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from formflow.model.document import Box
from formflow.reading.pdf.images import look_of_place
from formflow.reading.pdf.ink import Frame, Glyph, Placed, boxed

_MAX_ANNOTATIONS = 5_000
_MAX_TEXT = 100_000
_MAX_PIXELS = 4_000_000
_CHOSEN = (raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON)
_WRITTEN = (raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX)
_COMMENTS = (raw.FPDF_ANNOT_TEXT, raw.FPDF_ANNOT_HIGHLIGHT, raw.FPDF_ANNOT_CARET)
_STRIKING = (raw.FPDF_ANNOT_STRIKEOUT, raw.FPDF_ANNOT_REDACT)
_STAMPED = (raw.FPDF_ANNOT_STAMP, raw.FPDF_ANNOT_INK)
_UNSEEN = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW


@dataclass(frozen=True, slots=True)
class Added:
    """What annotations put on a page; `notes` are comments beside it, `struck` the places of what they strike out."""

    glyphs: tuple[Glyph, ...] = ()
    pictures: tuple[Placed, ...] = ()
    notes: tuple[str, ...] = ()
    struck: tuple[Box, ...] = ()


def read_annotations(document: pdfium.PdfDocument, page: pdfium.PdfPage, frame: Frame) -> Added:
    """Everything annotations add to the page, in their order."""
    count = raw.FPDFPage_GetAnnotCount(page.raw)
    if count <= 0:
        return Added()
    glyphs: list[Glyph] = []
    pictures: list[Placed] = []
    notes: list[str] = []
    struck: list[Box] = []
    for index in range(min(count, _MAX_ANNOTATIONS)):
        handle = raw.FPDFPage_GetAnnot(page.raw, index)
        if not handle:
            continue
        try:
            _take(_Annotation(document, page, handle, frame), glyphs, pictures, notes, struck)
        finally:
            raw.FPDFPage_CloseAnnot(handle)
    return Added(tuple(glyphs), tuple(pictures), tuple(notes), tuple(struck))


@dataclass(frozen=True, slots=True)
class _Annotation:
    """One annotation of the page at hand."""

    document: pdfium.PdfDocument
    page: pdfium.PdfPage
    handle: Any
    frame: Frame

    def box(self) -> Box | None:
        rect = raw.FS_RECTF()
        if not raw.FPDFAnnot_GetRect(self.handle, rect):
            return None
        left, right = sorted((rect.left, rect.right))
        bottom, top = sorted((rect.bottom, rect.top))
        return Box(*self.frame.seen(left, bottom, right, top))

    def places(self) -> Iterator[Box]:
        """The stretches of text it marks, else its box."""
        points = raw.FS_QUADPOINTSF()
        count = min(raw.FPDFAnnot_CountAttachmentPoints(self.handle), _MAX_ANNOTATIONS)
        for index in range(count):
            if raw.FPDFAnnot_GetAttachmentPoints(self.handle, index, points):
                xs, ys = (points.x1, points.x2, points.x3, points.x4), (points.y1, points.y2, points.y3, points.y4)
                yield Box(*self.frame.seen(min(xs), min(ys), max(xs), max(ys)))
        if not count and (box := self.box()):
            yield box

    def text(self, key: bytes) -> str:
        return _wide(lambda buffer, size: raw.FPDFAnnot_GetStringValue(self.handle, key, buffer, size))

    def value(self, form: Any) -> str:
        return _wide(lambda buffer, size: raw.FPDFAnnot_GetFormFieldValue(form, self.handle, buffer, size))

    def look(self) -> Placed | None:
        """What it looks like on the page, for stamps and signatures."""
        rect = raw.FS_RECTF()
        box = self.box()
        if box is None or not raw.FPDFAnnot_GetRect(self.handle, rect) or min(box.x1 - box.x0, box.y1 - box.y0) < 8:
            return None
        # Cropping is told in what is cut off at each side of the page as shown.
        shown = self.frame._replace(turn=self.page.get_rotation() // 90 % 4)
        x0, y0, x1, y1 = shown.seen(rect.left, rect.bottom, rect.right, rect.top)
        crop = (max(0, x0), max(0, shown.height - y1), max(0, shown.width - x1), max(0, y0))
        return Placed("stamp", look_of_place(self.page, crop, _MAX_PIXELS), box)


def _take(
    annotation: _Annotation, glyphs: list[Glyph], pictures: list[Placed], notes: list[str], struck: list[Box]
) -> None:
    kind = raw.FPDFAnnot_GetSubtype(annotation.handle)
    if raw.FPDFAnnot_GetFlags(annotation.handle) & _UNSEEN:
        return
    if kind == raw.FPDF_ANNOT_WIDGET:
        _take_field(annotation, glyphs, pictures)
    elif kind == raw.FPDF_ANNOT_FREETEXT:
        glyphs.extend(_written(annotation.text(b"Contents"), annotation.box()))
    elif kind in _STAMPED:
        pictures.extend(filter(None, [annotation.look()]))
    elif kind in _STRIKING:
        struck.extend(annotation.places())
    if kind in (*_COMMENTS, *_STRIKING) and (note := annotation.text(b"Contents").strip()):
        notes.append(note)


def _take_field(annotation: _Annotation, glyphs: list[Glyph], pictures: list[Placed]) -> None:
    form, box = annotation.document.formenv, annotation.box()
    if form is None or box is None:
        return
    kind = raw.FPDFAnnot_GetFormFieldType(form.raw, annotation.handle)
    if kind in _WRITTEN:
        glyphs.extend(_written(annotation.value(form.raw), box))
    elif kind in _CHOSEN:
        is_on = raw.FPDFAnnot_IsChecked(form.raw, annotation.handle)
        glyphs.append(boxed("☑" if is_on else "☐", box.x0, box.y0, box.x1, box.y1))
    elif kind == raw.FPDF_FORMFIELD_SIGNATURE:
        pictures.extend(placed for placed in [annotation.look()] if placed and placed.look in ("seal", "ink"))


def _wide(read: Any) -> str:
    """A string pdfium writes as UTF-16 into a buffer whose size it tells first."""
    size = read(None, 0)
    if not 2 < size <= 2 * _MAX_TEXT:
        return ""
    buffer = ctypes.create_string_buffer(size)
    read(ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")


def _written(text: str, box: Box | None) -> Iterator[Glyph]:
    """A text laid out in its box: line by line, each line's characters side by side. Where it is too much the characters are drawn
    together, so that none leaves the box."""
    lines = [line for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n") if line.strip()]
    if box is None or not lines:
        return
    pitch = (box.y1 - box.y0) / len(lines)
    em = min(pitch, 11.0, (box.x1 - box.x0) / max(1.0, max(map(_ems, lines))))
    for number, line in enumerate(lines):
        x, is_spaced = box.x0, False
        for character in line:
            width = em * _ems(character)
            if not character.isspace():
                middle = box.y0 + (number + 0.5) * pitch
                yield boxed(character, x, middle - em / 2, x + width, middle + em / 2, is_spaced)
            is_spaced = character.isspace()
            x += width


def _ems(text: str) -> float:
    return sum(1.0 if unicodedata.east_asian_width(character) in "WF" else 0.5 for character in text)
