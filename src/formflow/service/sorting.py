"""What a paper is: of which programme and kind, what it says and whose it is; or why nobody can tell. Enters nothing.

In: a document and how it arrived. Out: a `Sorted`, from which everything follows that `reception` enters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from formflow.forms.align import align
from formflow.forms.copies import copies_in
from formflow.forms.corrections import returned_sheet
from formflow.forms.recognise import Match
from formflow.forms.told import claims_on
from formflow.model.case import CaseKey
from formflow.model.document import Document
from formflow.model.record import Record
from formflow.model.review import ReturnedSheet
from formflow.register.entries import Arrival
from formflow.rules.decide import case_key, unit_key
from formflow.service import notes
from formflow.service.office import Office
from formflow.service.yearly import Evidence, Yearly, returned_workbook, yearly_of


@dataclass(frozen=True, slots=True)
class Sorted:
    """One paper. A form has `match`, `record` and `key`, an attachment `match` and `text_key` (its text as names of units are folded);
    a 审核表 that came back is a `sheet`, a paper about a programme's year is `yearly`; one that is none of these has a `reason` and a `remedy` for the clerk. `is_read`: it could be read,
    whatever it is. `pictures` are PNG files of the places a form's answers were read from, by the code of their line in the 审核表."""

    arrival: Arrival
    match: Match | None = None
    record: Record | None = None
    key: CaseKey | None = None
    text_key: str = ""
    reason: str = ""
    remedy: str = ""
    is_read: bool = True
    sheet: ReturnedSheet | None = None
    yearly: Yearly | None = None
    pictures: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def is_form(self) -> bool:
        return self.record is not None

    @property
    def is_attachment(self) -> bool:
        return self.match is not None and self.record is None

    @property
    def is_evidence(self) -> bool:
        """It tells what stood in the press."""
        return isinstance(self.yearly, Evidence)

    @property
    def is_unknown(self) -> bool:
        """It was read, and is nothing we know."""
        return self.is_read and not self.is_ours

    @property
    def is_ours(self) -> bool:
        """It belongs to a programme."""
        return bool(self.match or self.sheet or self.yearly)


def sort(office: Office, arrival: Arrival, document: Document) -> Sorted:
    """What a document is."""
    if sheet := returned_sheet(document):
        return Sorted(arrival, sheet=sheet)
    if workbook := returned_workbook(document):
        return Sorted(arrival, yearly=workbook)
    matches = claims_on(document, office.programmes)
    if not any(match.form for match in matches) and (found := yearly_of(matches)):
        return _sort_yearly(arrival, found, matches)
    if not matches:
        return _unsorted(arrival, notes.unrecognised(tuple(programme.name for programme in office.programmes)))
    if len(matches) > 1:
        return _unsorted(arrival, notes.ambiguous(tuple(_claim_of(match) for match in matches)), is_read=False)
    match = matches[0]
    if match.form is None:
        return Sorted(arrival, match, text_key=unit_key(document.text))
    if (count := len(copies_in(document, match.form))) > 1:
        return _unsorted(arrival, notes.several(count), is_read=False)
    return _sort_form(arrival, match, document)


def _sort_yearly(arrival: Arrival, found: Yearly, matches: Sequence[Match]) -> Sorted:
    """Of a newspaper it shows only when it is entered whose it is: by whom it tells of, or by what it came with."""
    names = tuple(dict.fromkeys(match.programme.name for match in matches))
    if len(names) > 1 and not isinstance(found, Evidence):
        return _unsorted(arrival, notes.ambiguous(names), is_read=False)
    return Sorted(arrival, yearly=found)


def _sort_form(arrival: Arrival, match: Match, document: Document) -> Sorted:
    assert match.form is not None
    if match.form.kind != "application":
        # A list of many units opens no case.
        return _unsorted(arrival, notes.no_application(match.form.title), is_read=False)
    record = align(document, match.form, match.programme.id, match.programme.attachments)
    key = case_key(match.programme, record, arrival.received_on)
    if key is None:
        labels = tuple(match.form.field(field_id).label for field_id in match.programme.case_rule.unit)
        return _unsorted(arrival, notes.nameless(labels), is_read=False)
    return Sorted(arrival, match, record, key)


def _unsorted(arrival: Arrival, reason_and_remedy: tuple[str, str], *, is_read: bool = True) -> Sorted:
    """`is_read` False: it is a form of ours, or several, that a person has to see to."""
    return Sorted(arrival, reason=reason_and_remedy[0], remedy=reason_and_remedy[1], is_read=is_read)


def _claim_of(match: Match) -> str:
    return f"{match.programme.name}《{match.form.title if match.form else match.kind}》"
