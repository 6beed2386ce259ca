"""The rows of a form as pieces that count: of which kind each is, told from its words; what is doubtful about them, in Chinese.

In: the rows of one field and how they are counted. Out: the pieces, and questions for a person. Nothing is counted by guess. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from formflow.model.measures import ByPieces, PieceKind
from formflow.model.text import fold

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """A row with its number from 1. `doubt` says why it is no piece of its own, "" where nothing speaks against it; `is_repeated`: an
    earlier row is the same."""

    number: int
    row: Row
    doubt: str = ""
    is_repeated: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece that counts; `is_shown`: by a paper, not only by the form."""

    kind: PieceKind
    is_shown: bool = False


@dataclass(frozen=True, slots=True)
class Counted:
    """What counts of a form's rows and the papers beside them, and what a person must look at."""

    pieces: tuple[Piece, ...] = ()
    questions: tuple[str, ...] = ()


def kind_of(measure: ByPieces, text: str) -> PieceKind | None:
    """The kind that goes by just these words."""
    said = fold(text)
    return next((kind for kind in measure.kinds if said in {fold(word) for word in kind.words}), None)


def told(row: Row, column: str) -> str:
    """What a cell of a row says, "" where it is empty."""
    return str(row.get(column) or "").strip()


def lines_of(measure: ByPieces, rows: Sequence[Row]) -> Iterator[Line]:
    """Every row, told whether it is whole and the first of its kind."""
    seen: set[tuple[str, ...]] = set()
    for number, row in enumerate(rows, 1):
        key = tuple(fold(told(row, column)) for column in measure.distinct)
        if not all(key):
            yield Line(number, row, f"第{number}行没有写全，没有计入")
        elif key in seen:
            yield Line(number, row, f"第{number}行与前面的一行相同，只计一次", is_repeated=True)
        else:
            yield Line(number, row)
        seen.add(key)


def unclear(number: int, said: str) -> str:
    """That a row's level is none of those the standard has."""
    return f"第{number}行的级别写的是“{said}”，看不出是哪一级，没有计入"


def stated(measure: ByPieces, rows: Sequence[Row]) -> Counted:
    """What counts by the form alone."""
    pieces: list[Piece] = []
    questions: list[str] = []
    for line in lines_of(measure, rows):
        kind = kind_of(measure, said := told(line.row, measure.column))
        if line.doubt or kind is None:
            questions.append(line.doubt or unclear(line.number, said))
        else:
            pieces.append(Piece(kind))
    return Counted(tuple(pieces), tuple(questions))
