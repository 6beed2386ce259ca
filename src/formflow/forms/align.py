"""A filled form against its blank: what was added to the blank is the answer.

Comes in: a `Document` and the `Form` it is a copy of. Goes out: a `Record` with every field of the form, each with its raw text, place
and confidence. Reads no files and judges nothing: what is missing or wrong is for `rules.checks`.
"""

from __future__ import annotations

from collections.abc import Iterable

from formflow.forms import answers
from formflow.forms.anchors import Hit
from formflow.forms.enclosed import find_enclosed
from formflow.forms.found import hits_of, printed_of, sheet_of
from formflow.forms.layout import Sheet
from formflow.forms.printed import Printed, bare_label
from formflow.forms.regions import Ground, Region
from formflow.model.document import Document, Locator
from formflow.model.programme import Attachment, Field, Form
from formflow.model.record import Answer, Record
from formflow.model.text import fold, is_blank

# How sure each way of finding an answer is. They are ordered by the evidence, and below 0.9 a person is asked.
_SURE = 0.99
_NOT_PRINTED = 0.95  # the label is nowhere: there is nothing to be wrong about, unless it was renamed
_MOVED = 0.95
_MISPRINTED = 0.94
_DISPUTED = 0.85  # several cells could be the answer


def align(document: Document, form: Form, programme_id: str = "", attachments: tuple[Attachment, ...] = ()) -> Record:
    """The record of a filled copy. `attachments` are looked for behind the form in the same file."""
    sheet, printed, hits = sheet_of(document), printed_of(form), hits_of(document, form)
    last = max((hit.unit for hit in hits), default=-1)
    enclosed = find_enclosed(sheet, attachments, last)
    ground = Ground(sheet, hits, stops=tuple(unit for _, unit in enclosed))
    reading = _Reading(form, sheet, printed, ground, {f.id: hit for hit in hits for f in hit.item.fields})
    answers_by_id = {field.id: answer for field, answer in reading.answers()}
    return Record(programme_id, form.kind, answers_by_id, tuple(attachment.id for attachment, _ in enclosed))


class _Reading:
    """One copy being read: its hits by field."""

    def __init__(self, form: Form, sheet: Sheet, printed: Printed, ground: Ground, hits: dict[str, Hit]) -> None:
        self.form = form
        self.sheet = sheet
        self.printed = printed
        self.ground = ground
        self.hits = hits

    def answers(self) -> Iterable[tuple[Field, Answer]]:
        opinions = dict(self._opinions())
        for field in self.form.fields:
            hit = self.hits.get(field.id)
            if field.type == "opinion":
                yield field, opinions[field.id]
            elif hit is None:
                yield field, Answer(field.id, [] if field.type == "rows" else None, "", None, _NOT_PRINTED)
            elif field.type == "rows":
                yield field, self._rows(field, hit)
            elif field.type == "month":
                yield field, self._month(field, hit)
            else:
                yield field, self._text(field, hit)

    def _text(self, field: Field, hit: Hit) -> Answer:
        region = self.ground.region(hit, is_cover=field.region == "cover")
        value = answers.read_text(region.text, self.form.placeholders, self.printed.lines)
        return Answer(field.id, value, region.text, _place(region, hit, self.sheet), _confidence(hit, region, value))

    def _month(self, field: Field, hit: Hit) -> Answer:
        if hit.item.kind == "date_line":
            unit = self.sheet.units[hit.unit]
            raw = unit.text[hit.start :].split("\n", 1)[0]
            value, doubt = answers.read_month(raw, hit.item.words[0], self.form.placeholders)
            return Answer(field.id, value, raw, unit.locator, _SURE if hit.is_in_order else _MOVED, doubt)
        region = self.ground.region(hit, is_cover=field.region == "cover")
        if field.range_part:
            value, doubt = answers.read_range_part(region.text, field.range_part, self.form.placeholders)
        else:
            value, doubt = answers.read_month(region.text, hit.item.tail, self.form.placeholders)
        return Answer(
            field.id, value, region.text, _place(region, hit, self.sheet), _confidence(hit, region, value), doubt
        )

    def _rows(self, field: Field, hit: Hit) -> Answer:
        heads = {fold(label) for _, label in hit.item.columns}
        columns = [column for column, _ in hit.cells]
        value, places, raw = [], [], []
        for texts, place, is_across in self.ground.rows_below(hit):
            cells = {
                column: answers.read_cell(text, self.form.placeholders)
                for column, text in zip(columns, texts, strict=True)
            }
            if is_across or not any(cells.values()) or {bare_label(text or "") for text in cells.values()} <= heads:
                continue
            value.append({column.id: cells.get(column.id) for column in field.columns})
            places.append(place)
            raw.append("\t".join(text or "" for text in texts))
        locator = places[0] if places else hit.cells[0][1].locator
        confidence = _SURE if len(hit.cells) == len(field.columns) else _MISPRINTED
        return Answer(field.id, value, "\n".join(raw), locator, confidence, row_locators=tuple(places))

    def _opinions(self) -> Iterable[tuple[str, Answer]]:
        """Opinions in the form's order. Where several share a cell or stand in the body, words may come before each printed label; then
        what follows one's date belongs to the next."""
        carried, previous = "", None
        for field in self.form.fields:
            if field.type != "opinion":
                continue
            hit = self.hits.get(field.id)
            if hit is None:
                yield (
                    field.id,
                    Answer(
                        field.id, {"text": "", "sealed": None, "signed": None, "date": None}, "", None, _NOT_PRINTED
                    ),
                )
                continue
            before, region = self.ground.opinion(hit)
            if previous is not None and self.ground.shares_container(previous, hit):
                before = carried
            elif previous is None and not before.strip():
                before = self._words_before(hit)
            parts = answers.part_opinion(region.text, self.form.placeholders, self.printed.lines, before)
            carried, previous = parts.behind, hit
            doubt = "落款日期没有写全" if parts.is_date_doubtful else ""
            value = answers.opinion_value(parts, region.pictures)
            raw = "\n".join(text for text in (before.strip(), region.text) if text)
            yield (
                field.id,
                Answer(field.id, value, raw, _place(region, hit, self.sheet), _confidence(hit, region, value), doubt),
            )

    def _words_before(self, hit: Hit) -> str:
        """Words between the section's heading and the first opinion's label, where no table parts them."""
        earlier = [other for other in self.ground.hits if other.position < hit.position]
        if not earlier or earlier[-1].item.fields or not self.ground.shares_container(earlier[-1], hit):
            return ""
        text = self.ground.between(earlier[-1], hit)
        return "" if is_blank(text) else text


def _place(region: Region, hit: Hit, sheet: Sheet) -> Locator:
    return region.locator or sheet.units[hit.unit].locator


def _confidence(hit: Hit, region: Region, value: object) -> float:
    if region.is_joined:
        return _DISPUTED
    if hit.likeness < 1:
        return _MISPRINTED
    if not hit.is_in_order or (region.manner == "same" and value and hit.is_whole):
        return _MOVED
    return _SURE
