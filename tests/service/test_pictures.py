"""Which papers are shown in their 审核表, and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from formflow.model.document import Box, Document
from formflow.register.entries import Arrival
from formflow.service.office import Office
from formflow.service.pictures import with_pictures
from formflow.service.sorting import Sorted, sort
from support import offices
from support.doubtful import PLACE, SCANNED, read_as_scanned


def sorted_as(office: Office, name: str, tmp_path: Path, *unsure: str) -> tuple[Sorted, Document, Path]:
    path = tmp_path / name
    path.write_bytes(offices.COMPLETE.read_bytes())
    document = read_as_scanned(*unsure)(path)
    assert isinstance(document, Document)
    arrival = Arrival("c1", name, "", "a" * 64, 10, offices.NOW)
    return sort(office, arrival, document), document, path


def test_places_are_asked_for_once_and_what_cannot_be_shown_is_left_out(office: Office, tmp_path: Path) -> None:
    asked: list[Sequence[tuple[int, Box]]] = []

    def crops(path: Path, places: Sequence[tuple[int, Box]]) -> list[bytes | None]:
        asked.append(places)
        return [b"png" if number % 2 else None for number in range(len(places))]

    paper, document, path = sorted_as(office, f"{SCANNED}.docx", tmp_path)
    shown = with_pictures(replace(office, crops=crops), paper, document, path)
    assert len(asked) == 1
    assert set(asked[0]) == {(1, PLACE)}
    assert len(shown.pictures) == len(asked[0]) // 2
    assert set(shown.pictures.values()) == {b"png"}


def test_what_was_typed_is_not_shown(office: Office, tmp_path: Path) -> None:
    def crops(path: Path, places: Sequence[tuple[int, Box]]) -> list[bytes | None]:
        raise AssertionError("asked for")

    paper, document, path = sorted_as(office, "电子版.docx", tmp_path)
    assert with_pictures(replace(office, crops=crops), paper, document, path).pictures == {}
