"""The shape of honours.yaml."""

from __future__ import annotations

from pydantic import Field

from formflow.packs.parts import Basis, Day, Name, Part, Text


class LevelPart(Part):
    id: Name
    label: Text
    # Who confers honours of this level, and words for its rank.
    places: list[Text] = Field(min_length=1)
    words: list[Text] = Field(default_factory=list)
    amount: Name


class UsePart(Part):
    text: Text
    basis: Basis


class MatchingPart(Part):
    district: Text
    level: Name
    value: int = Field(ge=0)
    unit: Text
    since: Day = Field(alias="from")
    until: Day | None = None
    basis: Basis
    quote: Text


class HonoursFile(Part):
    """honours.yaml"""

    title_words: list[Text] = Field(min_length=1)
    # From the lowest to the highest.
    levels: list[LevelPart] = Field(min_length=1)
    outside: list[Text] = Field(default_factory=list)
    below: list[Text] = Field(default_factory=list)
    uses: list[UsePart] = Field(min_length=1)
    matching: list[MatchingPart] = Field(default_factory=list)
    basis: Basis
