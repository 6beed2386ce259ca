"""A letter made once more from what was entered of it, and compared byte by byte with what was put out.

In: a 发文字号, a letter's key, or a programme's year. Out: a `Reprint` for each letter meant: whether what it says follows again from the
facts that were approved, and whether its files come out the same, with the pack and the fonts of today. Nothing is written. What a case's
letters follow from is `replay`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from formflow.errors import FormflowError
from formflow.model.letter import LetterContent
from formflow.model.programme import LetterSpec, Programme
from formflow.register import books
from formflow.register import models as rows
from formflow.service import binding
from formflow.service.printing import Printed
from formflow.service.put_out import path_of
from formflow.service.replay import Change

_WHAT = rows.Publication.What
_OUT = (rows.Publication.State.DONE, rows.Publication.State.STALE, rows.Publication.State.WITHDRAWN)
_FILES = (_WHAT.LETTER_DOCX, _WHAT.LETTER_PDF)

Print = Callable[[LetterSpec, LetterContent], Printed]


@dataclass(frozen=True, slots=True)
class Reprint:
    """What came of one letter. `problem` (Chinese) says why it could not be made again. `pack` is id, version then and version now ("" if it
    is not known, or has been taken away) of the pack, None where that has not changed since."""

    label: str
    files: int
    problem: str
    pack: tuple[str, str, str] | None
    changes: tuple[Change, ...]

    @property
    def is_same(self) -> bool:
        return not self.problem and not self.changes


def find(text: str) -> list[rows.Letter]:
    """The letters meant by a 发文字号 or other serial, by a key, or by "programme/2022": those that were issued, void ones too."""
    issued = rows.Letter.objects.filter(is_draft=False).select_related("case").order_by("id")
    programme, _, year = text.rpartition("/")
    for chosen in (issued.filter(serial=text), issued.filter(key=text)):
        if text and (found := list(chosen)):
            return found
    return list(issued.filter(programme_id=programme, year=int(year), draft__isnull=False)) if year.isdecimal() else []


def reprint(letter: rows.Letter, programmes: tuple[Programme, ...], print_letter: Print) -> Reprint:
    """Makes a letter again and compares."""
    programme = next((programme for programme in programmes if programme.id == letter.programme_id), None)
    spec = next((spec for spec in programme.letters if spec.id == letter.kind), None) if programme else None
    put_out = list(letter.publications.filter(what__in=_FILES, state__in=_OUT).order_by("id"))
    pack = _changed_pack(letter, programme)
    if programme is None or spec is None:
        return Reprint(_label(letter), len(put_out), "项目包里已没有这种文书", pack, ())
    if not put_out:
        return Reprint(_label(letter), 0, "这份文书还没有发出", pack, ())
    try:
        changes = (*_content(letter, programme, spec), *_files(letter, spec, put_out, print_letter))
    except (FormflowError, KeyError, TypeError, ValueError) as error:
        said = error.message if isinstance(error, FormflowError) else f"登记的内容不全（{error}）"
        return Reprint(_label(letter), len(put_out), said, pack, ())
    return Reprint(_label(letter), len(put_out), "", pack, tuple(changes))


def _label(letter: rows.Letter) -> str:
    return f"{letter}（{letter.about}）"


def _content(letter: rows.Letter, programme: Programme, spec: LetterSpec) -> Iterator[Change]:
    """What the letter says, composed again from the facts that were approved; of a letter that does not bind only what was entered is left."""
    if letter.draft_id is None:
        return
    content = binding.compose(spec, binding.facts_of(programme, spec, letter))
    then: Mapping[str, Any] = letter.content["context"]
    now = json.loads(json.dumps(content.context)) if isinstance(content, LetterContent) else {}
    for name in dict.fromkeys((*then, *now)):
        if then.get(name) != now.get(name):
            yield Change(name, then.get(name), now.get(name))


def _files(
    letter: rows.Letter, spec: LetterSpec, put_out: list[rows.Publication], print_letter: Print
) -> Iterator[Change]:
    printed = print_letter(spec, books.letter_content(letter))
    data = {_WHAT.LETTER_DOCX: printed.docx, _WHAT.LETTER_PDF: printed.pdf}
    for row in put_out:
        now = sha256(data[_WHAT(row.what)]).hexdigest()
        if now != row.sha256:
            yield Change(path_of(row), row.sha256, now)


def _changed_pack(letter: rows.Letter, programme: Programme | None) -> tuple[str, str, str] | None:
    stamp = letter.content.get("pack") or {}
    if programme is not None and programme.sha256 == stamp.get("sha256", programme.sha256):
        return None
    return letter.programme_id, str(stamp.get("version", "")), programme.version if programme else ""
