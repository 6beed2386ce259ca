"""A filled form against its blank: what was added to the blank is the answer.

Comes in: a `Document` and the `Form` it is a copy of. Goes out: a `Record` with every field of the form, each with its raw text, place
and confidence. Reads no files and judges nothing: what is missing or wrong is for `rules.checks`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from formflow.forms import answers, opinions, values
from formflow.forms.blocks import is_count
from formflow.forms.candidates import Hit
from formflow.forms.choices import ticked
from formflow.forms.enclosed import find_enclosed
from formflow.forms.found import hints_of, hits_of, row_words, sheet_of
from formflow.forms.layout import Sheet
from formflow.forms.regions import Ground, Region
from formflow.forms.rows import rows_under, rows_without_heads
from formflow.model.document import Document, Locator, Picture, PictureLook
from formflow.model.programme import Attachment, Field, Form
from formflow.model.record import Answer, Record
from formflow.model.text import fold, is_blank

# How sure each way of finding an answer is. They are ordered by the evidence, and below 0.9 a person is asked.
_SURE = 0.99
_NOT_PRINTED = 0.95  # the label is nowhere: there is nothing to be wrong about, unless it was renamed
_MOVED = 0.95
_MISPRINTED = 0.94
_DISPUTED = 0.85  # several cells could be the answer
_UNREAD = 0.5  # nothing is there, but a part of the paper was not read


def align(document: Document, form: Form, programme_id: str = "", attachments: tuple[Attachment, ...] = ()) -> Record:
    """The record of a filled copy. `attachments` are looked for behind the form in the same file."""
    sheet, hits = sheet_of(document), hits_of(document, form)
    last = max((hit.unit for hit in hits), default=-1)
    enclosed = find_enclosed(sheet, attachments, last)
    ground = Ground(sheet, hits, form.placeholders, stops=tuple(unit for _, unit in enclosed))
    reading = _Reading(document, form, ground, {f.id: hit for hit in hits for f in hit.item.fields})
    answers_by_id = {field.id: answer for field, answer in reading.answers()}
    return Record(programme_id, form.kind, answers_by_id, tuple(attachment.id for attachment, _ in enclosed))


class _Reading:
    """One copy being read: its hits by field."""

    def __init__(self, document: Document, form: Form, ground: Ground, hits: dict[str, Hit]) -> None:
        self.document = document
        self.form = form
        self.sheet = sheet_of(document)
        self.hints = hints_of(form)
        self.ground = ground
        self.hits = hits

    def answers(self) -> Iterable[tuple[Field, Answer]]:
        """Every field's answer, no surer than the text it was read from."""
        return ((field, self._no_surer(answer, self.hits.get(field.id))) for field, answer in self._answers())

    def _no_surer(self, answer: Answer, hit: Hit | None) -> Answer:
        """What was recognised from an image is as sure as the least sure piece of text between its label and the next one; what was found
        nowhere is as sure as the page is legible, and may stand where nothing was read."""
        units = self.sheet.units
        if hit is not None:
            later = min((other.unit for other in self.ground.hits if other.unit > hit.unit), default=len(units))
            units = units[hit.unit : later]
        legible = min((unit.confidence for unit in units), default=1.0)
        if self.document.unread and _says_nothing(answer):
            legible = min(legible, _UNREAD)
        return answer if legible >= answer.confidence else replace(answer, confidence=legible)

    def _answers(self) -> Iterable[tuple[Field, Answer]]:
        opinions = dict(self._opinions())
        for field in self.form.fields:
            hit = self.hits.get(field.id)
            if field.type == "opinion":
                yield field, opinions[field.id]
            elif field.type == "rows":
                yield field, self._rows(field)
            elif hit is None:
                yield field, Answer(field.id, None, "", None, _NOT_PRINTED)
            elif field.type == "month":
                yield field, self._month(field, hit)
            elif values.is_typed(field):
                yield field, self._typed(field, hit)
            else:
                yield field, self._text(field, hit)

    def _text(self, field: Field, hit: Hit) -> Answer:
        if hit.item.kind == "date_line":
            unit = self.sheet.units[hit.unit]
            raw = unit.text[hit.start :].split("\n", 1)[0]
            day = answers.read_day(raw, self.form.placeholders)
            return Answer(field.id, day, raw, unit.locator, _SURE if hit.is_in_order else _MOVED)
        region = self.ground.region(hit)
        if field.options:
            return self._choice(field, hit, region)
        value = answers.read_text(
            self.ground.without_next_heading(hit, region.text),
            self.form.placeholders,
            self.hints.get(field.id, frozenset()),
        )
        if field.region == "cover":
            value = answers.cover_value(value)
        return Answer(field.id, value, region.text, _place(region, hit, self.sheet), _confidence(hit, region, value))

    def _typed(self, field: Field, hit: Hit) -> Answer:
        region = self.ground.region(hit)
        text = self.ground.without_next_heading(hit, region.text)
        if field.type != "choice":
            written = answers.read_text(text, self.form.placeholders, self.hints.get(field.id, frozenset()))
            text = answers.read_day(written or "", self.form.placeholders) or ""
        value, doubt = values.read_value(field, text, self.form.placeholders)
        place = _place(region, hit, self.sheet)
        return Answer(field.id, value, region.text, place, _confidence(hit, region, value), doubt)

    def _choice(self, field: Field, hit: Hit, region: Region) -> Answer:
        chosen, is_sure = ticked(region.text, field.options)
        value = None if chosen is None or is_blank(chosen, self.form.placeholders) else chosen
        confidence = _confidence(hit, region, None) if is_sure else _DISPUTED
        return Answer(field.id, value, region.text, _place(region, hit, self.sheet), confidence)

    def _month(self, field: Field, hit: Hit) -> Answer:
        if hit.item.kind == "date_line":
            unit = self.sheet.units[hit.unit]
            raw = unit.text[hit.start :].split("\n", 1)[0]
            value, doubt = answers.read_month(raw, hit.item.words[0], self.form.placeholders)
            if doubt and hit.unit + 1 < len(self.sheet.units):
                # The year on one line, the month on the next.
                both = raw + self.sheet.units[hit.unit + 1].text
                whole, _ = (
                    answers.read_month(both, hit.item.words[0], self.form.placeholders)
                    if len(both) < 30
                    else (None, "")
                )
                value, doubt, raw = (whole, "", both) if whole else (value, doubt, raw)
            return Answer(field.id, value, raw, unit.locator, _SURE if hit.is_in_order else _MOVED, doubt)
        region = self.ground.region(hit)
        if field.range_part:
            value, doubt = answers.read_range_part(region.text, field.range_part, self.form.placeholders)
        else:
            value, doubt = answers.read_month(region.text, hit.item.tail, self.form.placeholders)
        return Answer(
            field.id, value, region.text, _place(region, hit, self.sheet), _confidence(hit, region, value), doubt
        )

    def _rows(self, field: Field) -> Answer:
        hit = self.hits.get(field.id)
        heading = None if hit else self._heading(field)
        if hit:
            rows = list(rows_under(self.ground, hit))
        else:
            rows = list(rows_without_heads(self.ground, heading, field)) if heading else []
        value = [
            {c.id: answers.read_cell(row.texts.get(c.id), self.form.placeholders) for c in field.columns}
            for row in rows
        ]
        printed = self.hints.get(field.id, frozenset())
        kept = [
            (cells, row)
            for cells, row in zip(value, rows, strict=True)
            if any(cells.values()) and not _only_printed(row.texts, printed)
        ]
        raw = "\n".join("\t".join(text or "" for text in row.texts.values()) for _, row in kept)
        places = tuple(row.locator for _, row in kept)
        locator = places[0] if places else hit.cells[0][1].locator if hit else None
        return Answer(
            field.id,
            [cells for cells, _ in kept],
            raw,
            locator,
            self._rows_confidence(field, hit, bool(kept)),
            row_locators=places,
        )

    def _heading(self, field: Field) -> Hit | None:
        """The heading over a block whose heads are not there."""
        words = fold(field.anchor)
        return next(
            (
                hit
                for hit in self.ground.hits
                if hit.item.words[0].startswith(words) or words.startswith(hit.item.words[0])
            ),
            None,
        )

    def _rows_confidence(self, field: Field, hit: Hit | None, is_filled: bool) -> float:
        if hit is None:
            return _DISPUTED if is_filled else _NOT_PRINTED
        return _SURE if len({column for column, _ in hit.cells}) == len(field.columns) else _MISPRINTED

    def _opinions(self) -> Iterable[tuple[str, Answer]]:
        """Opinions in the form's order. Where several share a cell or stand in the body, words may come before each printed label; then
        what follows one's date belongs to the next."""
        fields = [field for field in self.form.fields if field.type == "opinion"]
        found = [(field, self.hits[field.id]) for field in fields if field.id in self.hits]
        carried, previous = "", None
        for at, (field, hit) in enumerate(found):
            following = found[at + 1][1] if at + 1 < len(found) else None
            before, region = self.ground.opinion(hit)
            if previous is not None and self.ground.shares_container(previous, hit):
                before = carried
            elif previous is None and not before.strip():
                before = self._words_before(hit)
            goes_on = following is not None and self.ground.shares_container(hit, following)
            answer, carried = self._opinion(field, hit, region, before, goes_on)
            previous = hit
            yield field.id, answer
        for field in fields:
            if field.id not in self.hits:
                yield (
                    field.id,
                    Answer(field.id, opinions.opinion_value(opinions.NO_OPINION, ()), "", None, _NOT_PRINTED),
                )

    def _opinion(self, field: Field, hit: Hit, region: Region, before: str, goes_on: bool) -> tuple[Answer, str]:
        """One opinion, and the words behind it that belong to the next if it `goes_on` in the same place."""
        hints = self.hints.get(field.id, frozenset())
        parts = opinions.part_opinion(region.text, self.form.placeholders, hints, before)
        confidence = _confidence(hit, region, parts.text)
        if parts.behind and not goes_on:
            # A second block under the same label: whose words count is for a person to say.
            parts = replace(parts, text="\n".join(filter(None, (parts.text, parts.behind))))
            confidence = _DISPUTED
        doubt = opinions.date_doubt(region.text) if parts.is_date_doubtful else ""
        value = opinions.opinion_value(parts, region.pictures, self._shown(region, hit))
        raw = "\n".join(text for text in (before.strip(), region.text) if text)
        answer = Answer(field.id, value, raw, _place(region, hit, self.sheet), confidence, doubt)
        return answer, parts.behind if goes_on else ""

    def _shown(self, region: Region, hit: Hit) -> frozenset[PictureLook]:
        """The looks whose absence from an opinion says something."""
        page = _place(region, hit, self.sheet).page
        shown: set[PictureLook] = set()
        # A seal stamped beside its place may belong here: as long as one on the page is nobody's, it is not said that there is none.
        if self.document.would_show("seal", page) and not self._has_stray_seal(page):
            shown.add("seal")
        if self.document.would_show("ink", page) and opinions.asks_for_signature(region.text):
            shown.add("ink")
        return frozenset(shown)

    def _has_stray_seal(self, page: int | None) -> bool:
        """Whether a page bears a seal outside of all opinions."""
        seals = sum(_seals(unit.pictures) for unit in self.sheet.units if unit.locator.page == page)
        return seals > sum(
            _seals(region.pictures)
            for field in self.form.fields
            if field.type == "opinion" and (hit := self.hits.get(field.id))
            if _place(region := self.ground.opinion(hit)[1], hit, self.sheet).page == page
        )

    def _words_before(self, hit: Hit) -> str:
        """Words between the section's heading and the first opinion's label, where no table parts them."""
        earlier = [other for other in self.ground.hits if other.position < hit.position]
        if not earlier or earlier[-1].item.fields or not self.ground.shares_container(earlier[-1], hit):
            return ""
        text = self.ground.between(earlier[-1], hit)
        return "" if is_blank(text) else text


def _only_printed(texts: Mapping[str, str | None], printed: frozenset[str]) -> bool:
    """Whether a row holds nothing but what the blank prints in it, or its number."""
    filled = [text for text in texts.values() if text and fold(text)]
    is_number = len(filled) == 1 and filled[0] == next(iter(texts.values())) and is_count(filled[0])
    return is_number or row_words(texts.values()) in printed


def _seals(pictures: tuple[Picture, ...]) -> int:
    return sum(picture.look == "seal" for picture in pictures)


def _place(region: Region, hit: Hit, sheet: Sheet) -> Locator:
    return region.locator or sheet.units[hit.unit].locator


def _says_nothing(answer: Answer) -> bool:
    """An opinion always has a value and printed words, which ask for seal and day."""
    if isinstance(answer.value, Mapping):
        return not (answer.value.get("text") or answer.value.get("date"))
    return not (answer.value or answer.raw.strip())


def _confidence(hit: Hit, region: Region, value: object) -> float:
    # A period may be spread over cells; of a text it is not sure which of them answer.
    if region.is_joined and hit.item.fields[0].type == "text":
        return _DISPUTED
    if hit.likeness < 1:
        return _MISPRINTED
    if not hit.is_in_order or (region.manner == "same" and value and hit.is_whole):
        return _MOVED
    return _SURE
