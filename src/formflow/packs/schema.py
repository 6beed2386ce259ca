"""The shape of a pack's YAML files, one pydantic model per mapping. Only `packs` sees these; everyone else speaks `model.programme`.

Whether names that point at each other fit together is not decided here (see `crosscheck`).
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from formflow.model.programme import FieldType, Occasion
from formflow.packs.checks_schema import CheckPart
from formflow.packs.parts import Basis, Day, Name, Part, Text, Year


class IssuerPart(Part):
    name: Text
    office: Text
    address: Text
    telephone: Text
    contact: Text
    # Only letters of a year's batch need these.
    document_code: Annotated[str, Field(pattern=r"^[\u4e00-\u9fff]{1,12}$")] | None = None
    recipients: Text | None = None
    copies_to: list[Text] = Field(default_factory=list)
    printed_by: Text | None = None
    basis: Basis


class CasePart(Part):
    unit: list[Name] = Field(min_length=1)
    folder: list[Name] = Field(min_length=1)
    # Empty where the form bears no date: the year of arrival counts.
    year: list[Name]
    # The union above the unit, by which units are listed together.
    county: list[Name] = Field(default_factory=list)


class AttachmentPart(Part):
    id: Name
    label: Text
    title_words: list[Text] = Field(min_length=1)
    contents: Text
    absence: Literal["ask", "hold"]
    basis: Basis


class ProgrammeFile(Part):
    """programme.yaml"""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
    name: Text
    version: Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$")]
    source: Text
    legal_basis: list[Text] = Field(min_length=1)
    issuer: IssuerPart
    copies: int = Field(ge=1, le=20)
    copies_basis: Basis
    forms: list[Text] = Field(min_length=1)
    case: CasePart
    attachments: list[AttachmentPart] = Field(default_factory=list)


class ColumnPart(Part):
    id: Name
    label: Text


class FieldPart(Part):
    id: Name
    label: Text
    type: FieldType
    region: Literal["cover", "body"]
    anchor: str
    required: bool
    basis: Basis
    range_part: Literal["start", "end"] | None = None
    columns: list[ColumnPart] = Field(default_factory=list)
    accepts_none: bool = False
    also: list[Text] = Field(default_factory=list)
    options: list[Text] = Field(default_factory=list)
    wants: list[Literal["seal", "signature", "date"]] = Field(default_factory=list)


class FormFile(Part):
    """application.yaml and the like"""

    kind: Literal["application", "score_sheet", "honours", "evaluation", "decision_sheet", "evidence", "attachment"]
    title: Text
    blank: Text
    placeholders: list[Text] = Field(default_factory=list)
    fields: list[FieldPart] = Field(min_length=1)
    checks: list[CheckPart] = Field(default_factory=list)


class ParameterPart(Part):
    id: Name
    label: Text
    value: int = Field(ge=0)
    unit: Text
    basis: Basis


class DatedValuePart(Part):
    """A value in force from a day on, until the day of the amendment's eve; nothing ends the last one."""

    value: int = Field(ge=0)
    since: Day = Field(alias="from")
    until: Day | None = None
    basis: Basis
    quote: Text


class DatedPart(Part):
    id: Name
    label: Text
    unit: Text
    values: list[DatedValuePart] = Field(min_length=1)


class QuotaPart(Part):
    id: Name
    label: Text
    limit: int = Field(ge=1)
    unit: Text
    first_year: Year
    last_year: Year
    every_years: int = Field(ge=1, le=20)
    basis: Basis


class PolicyFile(Part):
    """policy.yaml"""

    parameters: list[ParameterPart]
    quotas: list[QuotaPart] = Field(default_factory=list)
    dated: list[DatedPart] = Field(default_factory=list)


class LetterPart(Part):
    id: Name
    title: Text
    when: Occasion
    layout: Literal["letter", "form", "red_header"]
    binding: bool
    template: Text


class WordingPart(Part):
    text: Text
    basis: Basis


class LettersFile(Part):
    """letters.yaml"""

    letters: list[LetterPart] = Field(min_length=1)
    wording: dict[Text, WordingPart]
