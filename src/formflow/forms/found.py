"""What was found in a document, remembered while it is at hand: recognising a paper and reading it look for the same words.

Documents and forms are compared by identity; they are too large to hash, and packs are loaded once.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Generic, TypeVar

from formflow.forms.anchors import find_hits
from formflow.forms.candidates import Hit, candidates
from formflow.forms.layout import Sheet, lay_out
from formflow.forms.printed import Printed, printed_on
from formflow.forms.regions import Ground
from formflow.forms.rows import rows_under
from formflow.model.document import Document
from formflow.model.programme import Field, Form
from formflow.model.text import fold

T = TypeVar("T")


class _Same(Generic[T]):
    """A value as a key by identity; it keeps the value alive, so that its identity is not given to another."""

    __slots__ = ("value",)

    def __init__(self, value: T) -> None:
        self.value = value

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.value is self.value


def printed_of(form: Form) -> Printed:
    """What the form's blank prints."""
    return _printed(_Same(form))


def sheet_of(document: Document) -> Sheet:
    """The document laid out in units."""
    return _sheet(_Same(document))


def hits_of(document: Document, form: Form) -> tuple[Hit, ...]:
    """Where the document says what the form's blank prints."""
    return _hits(_Same(document), _Same(form))


def candidates_of(document: Document, form: Form) -> tuple[Hit, ...]:
    """Every place where the document says what the form's blank prints; a second copy says it again."""
    return _candidates(_Same(document), _Same(form))


def hints_of(form: Form) -> dict[str, frozenset[str]]:
    """By field: the lines the blank itself prints in the answer's place ("此处请写明……"), and of a block's rows
    those it prints ("1", "会员人数"); in a copy they are no answer."""
    return _hints(_Same(form))


@lru_cache(maxsize=64)
def _hints(form: _Same[Form]) -> dict[str, frozenset[str]]:
    blank = form.value.blank
    hits = hits_of(blank, form.value)
    ground = Ground(sheet_of(blank), hits, form.value.placeholders)
    found: dict[str, frozenset[str]] = {}
    for hit in hits:
        for field in hit.item.fields:
            if hit.item.kind == "header":
                found[field.id] = frozenset(row_words(row.texts.values()) for row in rows_under(ground, hit))
            elif hit.item.kind == "label":
                found[field.id] = _printed_in(ground, hit, field)
    return found


def _printed_in(ground: Ground, hit: Hit, field: Field) -> frozenset[str]:
    """The lines printed in an answer's place, and all of them as one."""
    region = ground.opinion(hit)[1] if field.type == "opinion" else ground.region(hit)
    lines = (fold(line) for line in region.text.split("\n"))
    return frozenset((*(line for line in lines if len(line) > 3), fold(region.text)))


def row_words(texts: Iterable[str | None]) -> str:
    """A row's words for comparison with what the blank prints in its rows."""
    return "\t".join(fold(text or "") for text in texts)


@lru_cache(maxsize=64)
def _printed(form: _Same[Form]) -> Printed:
    return printed_on(form.value)


@lru_cache(maxsize=2)
def _sheet(document: _Same[Document]) -> Sheet:
    return lay_out(document.value)


@lru_cache(maxsize=8)
def _hits(document: _Same[Document], form: _Same[Form]) -> tuple[Hit, ...]:
    return find_hits(_sheet(document), _printed(form), _candidates(document, form))


@lru_cache(maxsize=8)
def _candidates(document: _Same[Document], form: _Same[Form]) -> tuple[Hit, ...]:
    return tuple(candidates(_sheet(document), _printed(form)))
