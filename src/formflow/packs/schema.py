"""The shape of a pack's YAML files, one pydantic model per mapping. Only `packs` sees these; everyone else speaks `model.programme`.

Whether names that point at each other fit together is not decided here (see `crosscheck`).
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from formflow.model.programme import FieldType, Occasion

Text = Annotated[str, Field(min_length=1, pattern=r"\S")]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Day = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")]
Year = Annotated[int, Field(ge=1949, le=2200)]
MonthNumber = Annotated[int, Field(ge=1, le=12)]


class Part(BaseModel):
    """A mapping of a pack: nothing unknown in it, nothing converted."""

    # Built with the file that holds it, so that a part costs nothing until a pack is read.
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)


class Basis(Part):
    """Where a rule comes from: the clause alone, or {source, clause}; "" stands for the programme's own source."""

    source: Text = ""
    clause: Text

    @model_validator(mode="before")
    @classmethod
    def _clause_alone(cls, value: Any) -> Any:
        return {"clause": value} if isinstance(value, str) else value


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


class CreditCodePart(Part):
    rule: Literal["credit_code"]
    field: Name
    basis: Basis


class YearsBeforePart(Part):
    rule: Literal["years_before"]
    field: Name
    years: int = Field(ge=1, le=50)
    at: Name
    # ask: a person looks at it; hold: the application is held back.
    weight: Literal["ask", "hold"]
    basis: Basis


class WithinYearsPart(Part):
    rule: Literal["within_years"]
    field: Name
    years: int = Field(ge=1, le=50)
    at: Name
    basis: Basis


class StillValidPart(Part):
    rule: Literal["still_valid"]
    field: Name
    at: Name
    basis: Basis


class AllChosenPart(Part):
    rule: Literal["all_chosen"]
    field: Name
    weight: Literal["ask", "hold"]
    basis: Basis


class EndsWithPart(Part):
    rule: Literal["ends_with"]
    field: Name
    suffixes: list[Text] = Field(min_length=1)
    basis: Basis


class OrderedPart(Part):
    rule: Literal["ordered"]
    first: Name
    then: Name
    basis: Basis


class SpanYearsPart(Part):
    rule: Literal["span_years"]
    start: Name
    end: Name
    years: list[Annotated[int, Field(ge=1, le=50)]] = Field(min_length=1)
    basis: Basis


class YearWithinPart(Part):
    rule: Literal["year_within"]
    field: Name
    first: Year
    last: Year
    basis: Basis


class RowsCompletePart(Part):
    rule: Literal["rows_complete"]
    field: Name
    basis: Basis


class RowsWithinPart(Part):
    rule: Literal["rows_within"]
    field: Name
    column: Name
    start: Name
    end: Name
    basis: Basis


class HandedInWithinPart(Part):
    rule: Literal["handed_in_within"]
    field: Name
    first_month: MonthNumber
    last_month: MonthNumber
    basis: Basis


class AnswersArePart(Part):
    rule: Literal["answers_are"]
    fields: list[Name] = Field(min_length=1)
    option: Text
    basis: Basis


class ElapsedPart(Part):
    rule: Literal["elapsed"]
    start: Name
    end: Name
    months: int = Field(ge=1, le=600)
    basis: Basis


class RowsElapsedPart(Part):
    rule: Literal["rows_elapsed"]
    field: Name
    start: Name
    end: Name
    months: int = Field(ge=1, le=600)
    basis: Basis


CheckPart = Annotated[
    EndsWithPart
    | CreditCodePart
    | YearsBeforePart
    | WithinYearsPart
    | StillValidPart
    | AllChosenPart
    | OrderedPart
    | SpanYearsPart
    | YearWithinPart
    | RowsCompletePart
    | RowsWithinPart
    | HandedInWithinPart
    | AnswersArePart
    | ElapsedPart
    | RowsElapsedPart,
    Field(discriminator="rule"),
]


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
