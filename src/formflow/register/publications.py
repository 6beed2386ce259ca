"""Which files have to stand in the outbox under which name: entered before any of them is put there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby

from django.db import transaction
from django.db.models import Q, QuerySet

from formflow.register import locks, queue
from formflow.register import models as rows
from formflow.register.asked import Asked
from formflow.register.entries import PlannedBundle

Bundle = tuple[rows.Publication, ...]
_STATE, _WHAT = rows.Publication.State, rows.Publication.What


def _pending() -> QuerySet[rows.Publication]:
    pending = rows.Publication.objects.filter(state=_STATE.PENDING)
    return pending.select_related("paper", "paper__case", "letter", "letter__case").order_by("id")


def _stale() -> QuerySet[rows.Publication]:
    return rows.Publication.objects.filter(state=_STATE.STALE).order_by("id")


_PENDING, _PENDING_IN = Asked(_pending), Asked(lambda folder: _pending().filter(folder=folder), str)
_STALE, _STALE_IN = Asked(_stale), Asked(lambda folder: _stale().filter(folder=folder), str)
_NOTES_ABOUT = Asked(
    lambda letter: rows.Publication.objects.filter(letter_id=letter, what=_WHAT.NOTE, state=_STATE.DONE), int
)
_PICTURES_OF = Asked(
    lambda publication: rows.ReviewPicture.objects.filter(publication_id=publication).order_by("id"), int
)


def add_bundle(bundle: PlannedBundle, *, paper: rows.Paper | None = None, letter: rows.Letter | None = None) -> Bundle:
    """Enters files to be published side by side."""
    queue.note_folder(bundle.folder)
    planned = [
        rows.Publication(
            bundle=bundle.key,
            position=position,
            what=file.what,
            paper=paper,
            letter=letter,
            folder=bundle.folder,
            stem=bundle.stem,
            ending=file.ending,
            text=file.text,
            series=bundle.series,
            sha256=file.sha256,
        )
        for position, file in enumerate(bundle.files, 1)
    ]
    return tuple(rows.Publication.objects.bulk_create(planned))


def add_pictures(publication: rows.Publication, pictures: Mapping[str, bytes]) -> None:
    """Keeps pictures of places (PNG by the code of the line they belong to) until the 审核表 they belong to has been published."""
    kept = [rows.ReviewPicture(publication=publication, code=code, png=png) for code, png in pictures.items()]
    if kept:
        rows.ReviewPicture.objects.bulk_create(kept)


def pictures_of(publication: rows.Publication) -> dict[str, bytes]:
    """The pictures of a 审核表, in the order they were kept."""
    return {row.code: bytes(row.png) for row in _PICTURES_OF.all(publication.pk)}


def drop_pictures(bundles: Iterable[Bundle]) -> None:
    """The sheets stand in the outbox with their pictures: the register need not keep them twice."""
    ids = [row.pk for bundle in bundles for row in bundle if row.what == rows.Publication.What.REVIEW_SHEET]
    if ids:
        rows.ReviewPicture.objects.filter(publication__in=ids).delete()


def pending_bundles(folder: str | None = None) -> list[Bundle]:
    """Everything that was entered and is not known to stand in the outbox, or in one folder of it, in the order it was entered."""
    ordered = _PENDING.all() if folder is None else _PENDING_IN.all(folder)
    return [tuple(group) for _, group in groupby(ordered, key=lambda row: row.bundle)]


def unsettled_folders() -> list[str]:
    """The folders that something has to be put into or taken back from."""
    states = (rows.Publication.State.PENDING, rows.Publication.State.STALE)
    return list(
        rows.Publication.objects.filter(state__in=states).order_by("folder").values_list("folder", flat=True).distinct()
    )


def has_copies_before(row: rows.Publication) -> bool:
    """Whether copies of the same received file, entered before this one, have still to be made from it."""
    copies = rows.Publication.objects.filter(what=rows.Publication.What.COPY, state=rows.Publication.State.PENDING)
    return copies.filter(paper=row.paper_id, pk__lt=row.pk).exists()


def note_names(bundle: Bundle, variant: int, hashes: Mapping[int, str]) -> None:
    """Enters the names the files will get (`variant`) and what they will hold (`hashes` by position)."""
    with transaction.atomic():
        for row in bundle:
            row.variant = variant
            row.sha256 = hashes[row.position]
            row.save(update_fields=("variant", "sha256"))


def mark(bundles: Iterable[Bundle], state: str) -> None:
    """Enters that files stand in the outbox (done) or were taken back."""
    if ids := [row.pk for bundle in bundles for row in bundle]:
        rows.Publication.objects.filter(pk__in=ids).update(state=state)


def notes_about(letter: rows.Letter) -> list[Bundle]:
    """The notes that stand in the outbox because this letter could not be written."""
    return [(row,) for row in _NOTES_ABOUT.all(letter.pk)]


def cancel(letter: rows.Letter) -> None:
    """What has been entered about a letter and does not stand in the outbox yet will not be put there."""
    pending = letter.publications.filter(state=rows.Publication.State.PENDING)
    pending.update(state=rows.Publication.State.WITHDRAWN)


def take_back(letter: rows.Letter) -> None:
    """The files of a letter are wrong by now: what stands in the outbox is taken back with the next delivery."""
    cancel(letter)
    done = letter.publications.filter(state=rows.Publication.State.DONE)
    for folder in done.values_list("folder", flat=True):
        queue.note_folder(folder)
    done.update(state=rows.Publication.State.STALE)


def latest_in(prefix: str) -> dict[str, rows.Publication]:
    """The file that was entered last of each series that begins so ("…/"), by the series; none of what was taken back."""
    states = (rows.Publication.State.PENDING, rows.Publication.State.DONE)
    # In SQLite a range ("0" follows "/") goes by the index, in PostgreSQL LIKE does.
    within = Q(series__startswith=prefix) if locks.is_shared() else Q(series__gt=prefix, series__lt=f"{prefix[:-1]}0")
    return {row.series: row for row in rows.Publication.objects.filter(within, state__in=states).order_by("id")}


def take_back_series(series: str) -> None:
    """What was entered of a series is wanted no more: it is taken back with the next delivery, or never put there."""
    of_series = rows.Publication.objects.filter(series=series)
    of_series.filter(state=rows.Publication.State.PENDING).update(state=rows.Publication.State.WITHDRAWN)
    done = of_series.filter(state=rows.Publication.State.DONE)
    for folder in done.values_list("folder", flat=True):
        queue.note_folder(folder)
    done.update(state=rows.Publication.State.STALE)


def stale_bundles(folder: str | None = None) -> list[Bundle]:
    """What is to be taken back, or what of it stands in one folder."""
    return [(row,) for row in (_STALE.all() if folder is None else _STALE_IN.all(folder))]


def of_letter(letter: rows.Letter) -> list[Bundle]:
    """A letter's files that stand in the outbox."""
    done = letter.publications.filter(state=rows.Publication.State.DONE).order_by("id")
    return [(row,) for row in done]


def earlier_in_series(bundle: Bundle) -> list[Bundle]:
    """What stands in the outbox and is overtaken by this bundle."""
    series, first = bundle[0].series, bundle[0].pk
    if not series:
        return []
    done = rows.Publication.objects.filter(series=series, state=rows.Publication.State.DONE, pk__lt=first)
    return [(row,) for row in done]
