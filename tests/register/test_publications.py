from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from formflow.register.entries import PlannedBundle, PlannedFile

pytestmark = pytest.mark.usefixtures("register")
AT = datetime(2022, 3, 10, 1, 30, tzinfo=UTC)
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


def _letter(key: str) -> Any:
    from formflow.register import models as rows

    return rows.Letter.objects.create(
        key=key,
        programme_id="p",
        year=2022,
        version_no=1,
        kind="n",
        title="通知",
        content={},
        issued_on=date(2022, 3, 10),
    )


def _bundle_of(letter: Any, folder: str, what: str = "letter_pdf") -> Any:
    from formflow.register import publications

    file = PlannedFile(what, ".pdf")
    return publications.add_bundle(
        PlannedBundle(f"{letter.key}/{folder}/{what}", folder, "通知", (file,)), letter=letter
    )


def test_of_a_letter_that_is_cancelled_nothing_more_comes_and_nothing_goes() -> None:
    from formflow.register import publications
    from formflow.register.models import Publication

    letter, other = _letter("k1"), _letter("k2")
    publications.mark([_bundle_of(letter, "甲")], "done")
    _bundle_of(letter, "乙")
    _bundle_of(other, "甲")
    publications.cancel(letter)
    assert dict(Publication.objects.values_list("bundle", "state")) == {
        "k1/甲/letter_pdf": "done", "k1/乙/letter_pdf": "withdrawn", "k2/甲/letter_pdf": "pending",
    }  # fmt: skip


def test_of_a_letter_that_is_taken_back_what_stands_is_stale() -> None:
    from formflow.register import publications
    from formflow.register.models import Publication

    letter, other = _letter("k1"), _letter("k2")
    publications.mark([_bundle_of(letter, "甲"), _bundle_of(other, "甲")], "done")
    _bundle_of(letter, "乙")
    publications.take_back(letter)
    assert dict(Publication.objects.values_list("bundle", "state")) == {
        "k1/甲/letter_pdf": "stale", "k1/乙/letter_pdf": "withdrawn", "k2/甲/letter_pdf": "done",
    }  # fmt: skip


def test_what_is_open_is_found_by_its_folder() -> None:
    from formflow.register import publications

    first, second, third = _letter("k1"), _letter("k2"), _letter("k3")
    pending, stale, done = _bundle_of(first, "乙"), _bundle_of(second, "甲"), _bundle_of(third, "丙")
    more = _bundle_of(third, "乙")
    publications.mark([stale], "stale")
    publications.mark([done], "done")
    assert publications.pending_bundles() == [pending, more]
    assert publications.pending_bundles("乙") == [pending, more]
    assert publications.pending_bundles("甲") == []
    assert publications.stale_bundles() == publications.stale_bundles("甲") == [stale]
    assert publications.stale_bundles("乙") == []
    assert sorted(publications.unsettled_folders()) == ["乙", "甲"]
    publications.mark([pending, stale], "done")
    assert publications.unsettled_folders() == ["乙"]


def test_notes_about_a_letter_are_those_that_stand_there() -> None:
    from formflow.register import publications

    letter, other = _letter("k1"), _letter("k2")
    note, pending, pair = (
        _bundle_of(letter, at, what) for at, what in (("甲", "note"), ("乙", "note"), ("甲", "letter_pdf"))
    )
    foreign = _bundle_of(other, "甲", "note")
    publications.mark([note, pair, foreign], "done")
    assert publications.notes_about(letter) == [note]
    assert pending not in publications.notes_about(letter)


def test_an_original_waits_for_the_copies_that_were_entered_before_it() -> None:
    from formflow.register import models as rows
    from formflow.register import publications

    def paper(claim: str) -> Any:
        return rows.Paper.objects.create(
            claim_id=claim, sha256="a" * 64, original_name="甲.docx", size=1, received_at=AT
        )

    def planned(of: Any, what: str, number: int) -> Any:
        file = PlannedFile(what, ".docx")
        return publications.add_bundle(PlannedBundle(f"{what}/{of.pk}/{number}", "甲", "表", (file,)), paper=of)

    one, other = paper("c1"), paper("c2")
    copy, foreign = planned(one, "copy", 1), planned(other, "copy", 1)
    (original,) = planned(one, "original", 1)
    later = planned(one, "copy", 2)
    assert publications.has_copies_before(original)
    publications.mark([copy], "done")
    assert not publications.has_copies_before(original)
    assert publications.has_copies_before(later[0]) is False
    assert foreign[0].state == "pending"
