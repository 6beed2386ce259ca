"""The characters of a paragraph → its w:r elements: text, breaks, fields, marks, drawings and references to notes.

A stretch of the text comes in, XML goes out. Which paragraph it is and where it stands is `story`'s matter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from formflow.reading.refusals import refuse
from formflow.reading.symbols import is_symbol_font
from formflow.reading.word97.drawings import Drawings
from formflow.reading.word97.form_fields import form_field
from formflow.reading.word97.looks import RunLook, run_look
from formflow.reading.word97.stylesheet import shown, style_id
from formflow.reading.word97.text import Text
from formflow.reading.word97.xml import quoted, said, value, wrapped

_PICTURE, _NOTE, _DRAWN, _SYMBOL = "\x01", "\x02", "\x08", "("
_FIELD, _FIELD_RESULT, _FIELD_END = "\x13", "\x14", "\x15"
_PLAIN = {
    "\t": "<w:tab/>",
    "\x0b": "<w:br/>",
    "\x0c": '<w:br w:type="page"/>',
    "\x0e": '<w:br w:type="column"/>',
    "\x1e": "<w:noBreakHyphen/>",
}
# No modifier has this code. Content controls that a program could not save leave such runs, each a second copy of the text beside it.
_NO_MODIFIER = 0x0000
_REPEATED = "文字的格式记录有错误，内容可能重复"
_FIELDS = {_FIELD: "begin", _FIELD_RESULT: "separate", _FIELD_END: "end"}
# Plain text, or one character that is none.
_PARTS = re.compile("[^\x00-\x1f]+|[\x00-\x1f]")


@dataclass(frozen=True, slots=True)
class Around:
    """What runs hang on: `floating` and `note` give the XML for a position of the text."""

    text: Text
    data: bytes
    fonts: tuple[str, ...]
    drawings: Drawings
    floating: Callable[[int], str]
    note: Callable[[int], str]


@dataclass(slots=True)
class Written:
    """The runs of a paragraph as `pieces` of XML; whether any is deleted, and whether any that is not says something. `fields` are the
    places of the beginnings of fields that are open, to be filled in later."""

    pieces: list[str] = field(default_factory=list)
    fields: list[int] = field(default_factory=list)
    has_deletions: bool = False
    is_alive: bool = False


def runs(around: Around, start: int, end: int) -> Written:
    """The runs of the characters [start, end); `UnreadableError` where their modifiers are none: the text may stand there twice."""
    written = Written()
    for first, last, modifiers in around.text.runs(start, end):
        if any(code == _NO_MODIFIER for code, _ in modifiers):
            raise refuse("damaged", _REPEATED)
        look = run_look(modifiers)
        properties = _properties(look, around.fonts)
        for position, characters in _parts(around.text.characters, first, last, look):
            inner = _inner(around, look, characters, position, written)
            if inner:
                written.pieces.append(_tracked(look, f"<w:r>{properties}{inner}</w:r>"))
                written.has_deletions |= look.is_deleted
                written.is_alive |= not look.is_deleted and bool(characters.strip())
    return written


def _parts(text: str, first: int, last: int, look: RunLook) -> Iterator[tuple[int, str]]:
    """Stretches of plain text, and control characters one by one; in a special run every character stands for itself."""
    if look.is_special:
        yield from ((position, text[position]) for position in range(first, last))
        return
    for match in _PARTS.finditer(text, first, last):
        yield match.start(), match[0]


def _inner(around: Around, look: RunLook, characters: str, position: int, written: Written) -> str:
    """What stands in the run. A form field's data belong to its beginning, which has been written already."""
    if characters in _FIELDS:
        return _field(characters, written)
    if characters in _PLAIN:
        return _PLAIN[characters]
    if not look.is_special:
        return f'<w:t xml:space="preserve">{said(characters)}</w:t>' if characters >= " " else ""
    if characters == _PICTURE:
        if look.is_data and look.picture is not None:
            _tell(around, look.picture, written)
            return ""
        shown = "" if look.picture is None else around.drawings.inline(look.picture)
        return f"<w:object>{shown}</w:object>" if look.is_object else shown
    if characters == _DRAWN:
        return around.floating(position)
    if characters == _NOTE:
        return around.note(position)
    if characters == _SYMBOL and look.symbol is not None:
        font, code = look.symbol
        return f'<w:sym w:font={quoted(_font(around.fonts, font))} w:char="{code:04X}"/>'
    return f'<w:t xml:space="preserve">{said(characters)}</w:t>' if characters >= " " else ""


def _field(mark: str, written: Written) -> str:
    if mark == _FIELD:
        written.fields.append(len(written.pieces))
    elif mark == _FIELD_END and written.fields:
        written.fields.pop()
    return f'<w:fldChar w:fldCharType="{_FIELDS[mark]}"/>'


def _tell(around: Around, place: int, written: Written) -> None:
    told = form_field(around.data, place)
    if told and written.fields:
        at = written.fields[-1]
        begun = '<w:fldChar w:fldCharType="begin"'
        written.pieces[at] = written.pieces[at].replace(f"{begun}/>", f"{begun}>{told}</w:fldChar>")


def _tracked(look: RunLook, run: str) -> str:
    if look.is_deleted:
        return f"<w:del>{run}</w:del>"
    return f"<w:ins>{run}</w:ins>" if look.is_inserted else run


def _properties(look: RunLook, fonts: tuple[str, ...]) -> str:
    style = "" if look.style is None else value("rStyle", style_id(look.style))
    font = _font(fonts, look.font) if look.font is not None else ""
    own = f"<w:rFonts w:ascii={quoted(font)}/>" if is_symbol_font(font) else ""
    return wrapped("rPr", style + own + shown(look))


def _font(fonts: tuple[str, ...], number: int) -> str:
    return fonts[number] if number < len(fonts) else ""
