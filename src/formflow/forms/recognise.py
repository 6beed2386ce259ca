"""Which programme and kind of paper a document is, from what is printed on it, never from its name.

Comes in: a `Document` and the programmes. Goes out: the claims; exactly one is wanted, none or several is for a person to settle.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from formflow.forms.enclosed import titles
from formflow.forms.found import hits_of, printed_of, sheet_of
from formflow.forms.layout import Sheet
from formflow.forms.score_sheets import ReadSheet, score_sheets
from formflow.model.document import Document
from formflow.model.evaluation import EvaluationSheet
from formflow.model.honours import HonoursList
from formflow.model.programme import Attachment, Form, Programme
from formflow.model.text import fold

if TYPE_CHECKING:
    from formflow.forms.articles_record import EvidencePaper

# Of a form's labels this share must be there; with its title printed, the lower share is enough.
_SHARE_ALONE = 0.6
_SHARE_WITH_TITLE = 0.3
_TITLE_UNITS = 12
# Items that are found by other means than their words in one place.
_OTHER_MEANS = ("header", "date_line")


@dataclass(frozen=True, slots=True)
class Match:
    """One claim: a form of a programme, or (with `attachment`) a paper that goes with one. `share` is the share of its labels found."""

    programme: Programme
    kind: str
    form: Form | None
    share: float
    attachment: Attachment | None = None
    # What a score sheet's claim is made of: they were read to recognise it.
    sheets: tuple[ReadSheet, ...] = ()
    # The honours a list tells, likewise.
    honours: HonoursList | None = None
    # The votes of members a sheet tells, likewise.
    evaluation: EvaluationSheet | None = None
    # The articles of the press in it, likewise.
    evidence: EvidencePaper | None = None


@dataclass(frozen=True, slots=True)
class Recognition:
    """All claims on a document, the strongest first."""

    matches: tuple[Match, ...]

    @property
    def only(self) -> Match | None:
        """The claim, if there is exactly one."""
        return self.matches[0] if len(self.matches) == 1 else None


def recognise(document: Document, programmes: tuple[Programme, ...]) -> Recognition:
    """Who claims the document. A form's claim needs its labels; an attachment's its title, and that no form claims the paper."""
    sheet = sheet_of(document)
    forms = [
        match for programme in programmes for form in programme.forms if (match := _form(document, programme, form))
    ]
    if forms:
        best = max(match.share for match in forms)
        # Forms of one family share labels: a claim that is much weaker than the best is none.
        return Recognition(tuple(sorted((m for m in forms if m.share > best - 0.2), key=lambda match: -match.share)))
    if scored := _score_sheets(document, programmes):
        return Recognition(scored)
    return Recognition(tuple(match for programme in programmes if (match := _attachment(sheet, programme))))


def _score_sheets(document: Document, programmes: tuple[Programme, ...]) -> tuple[Match, ...]:
    """A claim for each programme whose rubric the document is marked by."""
    found: dict[str, list[ReadSheet]] = {}
    for read in score_sheets(document, programmes):
        found.setdefault(read.programme.id, []).append(read)
    claims = (
        Match(sheets[0].programme, "score_sheet", None, max(s.share for s in sheets), sheets=tuple(sheets))
        for sheets in found.values()
    )
    return tuple(sorted(claims, key=lambda match: -match.share))


def is_copy(document: Document, form: Form) -> bool:
    """Whether a document is a filled copy of a form: enough of its labels are there."""
    sheet = sheet_of(document)
    needed = _SHARE_WITH_TITLE if _has_title(sheet, form.title) else _SHARE_ALONE
    return _highest_share(sheet, form) >= needed and _share(document, form) >= needed


def _highest_share(sheet: Sheet, form: Form) -> float:
    """A share of labels that `_share` cannot exceed: of those whose words stand anywhere. Looking for their places takes a hundred times
    as long, and of many forms one at most is copied."""
    text = "\n".join(unit.folded for unit in sheet.units)
    items = [item for item in printed_of(form).items if item.fields]
    possible = sum(
        item.kind in _OTHER_MEANS or any(words in text for words in (*item.words, *item.weak)) for item in items
    )
    return possible / len(items) if items else 0.0


def _share(document: Document, form: Form) -> float:
    wanted = sum(1 for item in printed_of(form).items if item.fields)
    found = sum(1 for hit in hits_of(document, form) if hit.item.fields and hit.likeness == 1)
    return found / wanted if wanted else 0.0


def _form(document: Document, programme: Programme, form: Form) -> Match | None:
    return Match(programme, form.kind, form, _share(document, form)) if is_copy(document, form) else None


def _has_title(sheet: Sheet, title: str) -> bool:
    words = fold(title)
    return any(
        words in unit.folded or fuzz.ratio(words, unit.folded) >= 85
        for unit in sheet.units
        if len(unit.folded) <= 3 * len(words)
    )


def _attachment(sheet: Sheet, programme: Programme) -> Match | None:
    opening = [unit for unit in sheet.units if unit.folded][:_TITLE_UNITS]
    for unit in opening:
        if attachment := titles(unit, programme.attachments):
            return Match(programme, "attachment", None, 1.0, attachment)
    return None
