from __future__ import annotations

import pytest

from formflow.register.entries import PlannedBundle, PlannedFile

pytestmark = pytest.mark.usefixtures("register")
PAIR = (PlannedFile("letter_docx", ".docx"), PlannedFile("letter_pdf", ".pdf"))


def test_bundles_are_pending_in_the_order_they_were_entered_until_they_are_done() -> None:
    from formflow.register import publications

    first = publications.add_bundle(PlannedBundle("b", "x", "受理通知书", PAIR))
    second = publications.add_bundle(
        PlannedBundle("a", "x/原件", "表", (PlannedFile("original", ".docx", sha256="1"),))
    )
    assert publications.pending_bundles() == [first, second]
    publications.mark([first], "done")
    assert publications.pending_bundles() == [second]
    publications.mark([second], "withdrawn")
    assert publications.pending_bundles() == []


def test_a_bundle_is_entered_once() -> None:
    from django.db import IntegrityError

    from formflow.register import publications

    publications.add_bundle(PlannedBundle("b", "x", "受理通知书", PAIR))
    with pytest.raises(IntegrityError):
        publications.add_bundle(PlannedBundle("b", "x", "受理通知书", PAIR))


def test_names_and_contents_are_entered_together() -> None:
    from formflow.register import publications
    from formflow.register.models import Publication

    bundle = publications.add_bundle(PlannedBundle("b", "x", "受理通知书", PAIR))
    publications.note_names(bundle, 3, {1: "d" * 64, 2: "p" * 64})
    assert list(Publication.objects.values_list("variant", "sha256")) == [(3, "d" * 64), (3, "p" * 64)]


def test_pictures_are_kept_in_order_until_their_sheet_stands_in_the_outbox() -> None:
    from formflow.register import publications
    from formflow.register.models import ReviewPicture

    file = PlannedFile("review_sheet", ".xlsx", text="{}")
    (one,) = publications.add_bundle(PlannedBundle("one", "x", "审核表", (file,)))
    (other,) = publications.add_bundle(PlannedBundle("other", "x", "审核表", (file,)))
    publications.add_pictures(one, {"b": b"1", "a": b"2"})
    publications.add_pictures(other, {"b": b"3"})
    assert list(publications.pictures_of(one).items()) == [("b", b"1"), ("a", b"2")]
    publications.drop_pictures([(one,)])
    assert publications.pictures_of(one) == {}
    assert ReviewPicture.objects.count() == 1


def _of_series(series: str, number: int) -> None:
    from formflow.register import publications

    file = PlannedFile("workbook", ".xlsx", text=f"{series} {number}")
    publications.add_bundle(PlannedBundle(f"{series}/{number}", "评审", "甲", (file,), series))


def test_the_latest_of_each_series_is_found_by_how_they_begin() -> None:
    from formflow.register import publications

    for series, number in (("s/a/1", 1), ("s/a/2", 1), ("s/a/1", 2), ("s/ab/1", 1), ("s/a", 1)):
        _of_series(series, number)
    found = publications.latest_in("s/a/")
    assert {series: row.text for series, row in found.items()} == {"s/a/1": "s/a/1 2", "s/a/2": "s/a/2 1"}


def test_a_series_nobody_wants_any_more_is_taken_back() -> None:
    from formflow.register import publications
    from formflow.register.models import Publication

    _of_series("s/a/1", 1)
    publications.mark(publications.pending_bundles(), "done")
    _of_series("s/a/1", 2)
    _of_series("s/a/2", 1)
    publications.take_back_series("s/a/1")
    states = dict(Publication.objects.values_list("bundle", "state"))
    assert states == {"s/a/1/1": "stale", "s/a/1/2": "withdrawn", "s/a/2/1": "pending"}
    assert list(publications.latest_in("s/a/")) == ["s/a/2"]
