"""The shape of evaluation.yaml. Whether its words tell answers apart is decided in `evaluation`."""

from __future__ import annotations

from pydantic import Field

from formflow.packs.parts import Basis, Name, Part, Text


class ChoicePart(Part):
    id: Name
    label: Text
    also: list[Text] = Field(default_factory=list)
    satisfied: bool
    basis: Basis


class EvaluationFile(Part):
    """evaluation.yaml"""

    title: Text
    basis: Basis
    subjects: list[Text] = Field(min_length=1)
    home_heads: list[Text] = Field(min_length=1)
    choices: list[ChoicePart] = Field(min_length=2)
