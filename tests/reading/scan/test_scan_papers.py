"""Whole forms, scanned and photographed, from seeds nobody looked at: how many values come out right, and how sure the wrong ones are."""

from __future__ import annotations

from collections.abc import Callable

import pytest

pytest.importorskip("cv2", reason="formflow[ocr] is not installed")
pytest.importorskip("rapidocr", reason="formflow[ocr] is not installed")

from PIL import Image

from formflow.forms.align import align
from formflow.forms.recognise import recognise
from formflow.model.record import Record
from formflow.packs import load_pack
from formflow.reading.scan import read_pages
from formflow.reading.scan.images import PageImage
from support.evaluate import leaves
from support.office import NANTONG
from support.scan_pages import DPI, noisy, photographed, turned
from support.scan_papers import scanned

SEEDS = (960_001, 960_002)


def crooked(image: Image.Image) -> Image.Image:
    return noisy(turned(image, -2.6), 6, 70)


def record_of(pages: list[Image.Image], dots: float | None) -> Record:
    images = [
        PageImage(page, number, (page.width * 72 / DPI, page.height * 72 / DPI), dots)
        for number, page in enumerate(pages, 1)
    ]
    document = read_pages(images)
    match = recognise(document, (load_pack(NANTONG, with_letters=False),)).only
    assert match is not None
    assert match.form is not None
    return align(document, match.form)


@pytest.mark.parametrize(
    ("condition", "dots", "least"), [(crooked, DPI, 0.96), (photographed, None, 0.90)], ids=["scanned", "photographed"]
)
def test_whole_forms(condition: Callable[[Image.Image], Image.Image], dots: float | None, least: float) -> None:
    right = expected = given = sure = wrong = 0
    marks = []
    for seed in SEEDS:
        paper, pages, sealed = scanned(seed, condition)
        record = record_of(pages, dots)
        truth, got = said(paper.fields), said({key: answer.value for key, answer in record.answers.items()})
        expected, given = expected + len(truth), given + len(got)
        right += sum(got.get(name) == value for name, value in truth.items())
        certain = [name for name in got if record.answers[name.split(".")[0]].confidence >= 0.9]
        sure, wrong = sure + len(certain), wrong + sum(got[name] != truth.get(name) for name in certain)
        marks += [(record.value(name)["sealed"], record.value(name)["signed"], sealed[name]) for name in sealed]
        assert all(answer.locator.page for answer in record.answers.values() if answer.locator)
    assert 2 * right / (expected + given) >= least
    assert wrong <= 0.01 * sure
    assert sure >= given / 3
    assert [is_sealed for is_sealed, _, _ in marks] == [is_stamped for _, _, is_stamped in marks]
    assert not any(is_signed for _, is_signed, _ in marks)


def said(fields: dict[str, object]) -> dict[str, str]:
    """Every value but seals and signatures, which are looked at apart."""
    return {name: value for name, value in leaves(fields) if not name.endswith((".sealed", ".signed"))}
