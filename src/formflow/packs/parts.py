"""What the files of a pack are made of: texts, names, years, and where a rule comes from. The files themselves are in the schemas."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

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
