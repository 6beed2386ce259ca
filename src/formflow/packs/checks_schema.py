"""The checks of a form's file, each told by its `rule`. What they mean is said in `model.checks`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from formflow.packs.parts import Basis, MonthNumber, Name, Part, Text, Year


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
