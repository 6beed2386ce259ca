"""The shape of rubric.yaml. Whether its points add up is decided in `rubric`."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from formflow.packs.parts import Basis, Name, Part, Text


def _exact(value: Any) -> Decimal:
    """A whole number, or a decimal in quotes: what YAML calls a float is not exact."""
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, str) and value.isascii() and value.replace(".", "", 1).isdigit() and value[-1] != ".":
        return Decimal(value)
    raise PydanticCustomError("exact_decimal", "a whole number or a decimal in quotes")


Points = Annotated[Decimal, BeforeValidator(_exact), Field(ge=0, le=1000)]
Percent = Annotated[Decimal, BeforeValidator(_exact), Field(ge=0, le=100)]


class BandPart(Part):
    from_percent: Percent
    lowest: Points
    highest: Points


class CriterionPart(Part):
    id: Annotated[str, Field(pattern=r"^\d{1,2}\.\d{1,2}$")]
    title: Text
    points: Points
    method: Literal["judged", "measured"]
    also: list[Text] = Field(default_factory=list)
    evidence: list[Text] = Field(default_factory=list)
    bands: list[BandPart] = Field(default_factory=list)
    basis: Basis


class GroupPart(Part):
    id: Annotated[str, Field(pattern=r"^\d{1,2}$")]
    title: Text
    points: Points
    also: list[Text] = Field(default_factory=list)
    basis: Basis
    criteria: list[CriterionPart] = Field(min_length=1)


class VetoPart(Part):
    id: Name
    label: Text
    below_percent: Percent | None = None
    basis: Basis


class StepPart(Part):
    value: Points
    basis: Basis


class GradePart(Part):
    label: Text
    from_points: Points


class NamingPart(Part):
    pass_mark: Points
    below: Literal["extend", "refuse"]
    quota: Annotated[int, Field(ge=1)] | None = None
    # The highest first.
    grades: list[GradePart] = Field(default_factory=list)
    basis: Basis


class ReviewerPart(Part):
    name: Text
    own_units: list[Text]


class RubricFile(Part):
    """rubric.yaml"""

    title: Text
    points: Points
    basis: Basis
    step: StepPart | None = None
    groups: list[GroupPart] = Field(min_length=1)
    vetoes: list[VetoPart] = Field(default_factory=list)
    naming: NamingPart | None = None
    reviewers: list[ReviewerPart] = Field(default_factory=list)
