"""Putting files into the outbox: exactly those the register names, each once, over nobody's file.

In: bundles of publications that are entered as pending. Out: the files under their names, then the entry that they are there. Every
step may be cut short and is done again from the register: a name that holds the right content already counts as done, one that
holds something else belongs to a clerk, and the next free name is entered before it is used. Folders are made, none is removed.
"""

from __future__ import annotations

import contextlib
import errno
import os
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from formflow.errors import in_words_alone
from formflow.register import publications
from formflow.register.publications import Bundle
from formflow.service import files, names
from formflow.service.logs import LOG

MOST_VARIANTS = 10_000
# Files that bear the names they came with; all others are named by us.
_RECEIVED = frozenset({"original", "copy"})
# What ails disk, share or machine, never one file alone.
_OF_ALL = frozenset(
    {
        errno.ENOSPC,
        errno.EDQUOT,
        errno.EIO,
        errno.ESTALE,
        errno.ENOTCONN,
        errno.EHOSTDOWN,
        errno.EMFILE,
        errno.ENFILE,
        errno.ENOMEM,
    }
)


class Publication(Protocol):
    """What is needed of a register row."""

    pk: int
    position: int
    what: str
    folder: str
    stem: str
    ending: str
    variant: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Material:
    """What a file will hold: bytes that can be made again, or the received original, which is moved unless it `is_copied`, because it is
    needed again."""

    sha256: str
    data: bytes | None = None
    original: Path | None = None
    is_copied: bool = False


def publish(outbox: Path, bundle: Bundle, materials: Mapping[int, Material]) -> None:
    """Puts the files of one bundle in place. `materials` by position. The caller enters them as done afterwards.

    Raises OSError; then nothing that was made stands there, only an original that was received may already have come to rest."""
    for row in bundle:
        files.remove(_draft(outbox, row))
    variant = _free_variant(outbox, bundle, materials)
    hashes = {row.position: materials[row.position].sha256 for row in bundle}
    if any((row.variant, row.sha256) != (variant, hashes[row.position]) for row in bundle):
        publications.note_names(bundle, variant, hashes)
    try:
        for row in bundle:
            _place(outbox, row, materials[row.position])
    except OSError:
        for row in bundle:
            _unmake(outbox, row, materials[row.position])
        raise


def _unmake(outbox: Path, row: Publication, material: Material) -> None:
    """Half a bundle is not left lying: nobody would take it back, should the rest never be wanted."""
    target = target_of(outbox, row)
    with contextlib.suppress(OSError):
        files.remove(_draft(outbox, row))
        if material.data is not None and _holds(target, material):
            files.remove(target)


def refuses_all(outbox: Path, error: OSError) -> bool:
    """Whether what kept a file out of the outbox would keep every other one out as well: the disk is full, the share is away, the outbox takes
    nothing. Tries it with a folder and a file of its own, which are gone afterwards."""
    if error.errno in _OF_ALL or not outbox.is_dir():
        return True
    folder = outbox / f".part-probe-{uuid.uuid4().hex}"
    draft, named = folder / "draft", folder / "named"
    try:
        files.make_folder(folder)
        files.write_durably(draft, b"formflow")
        files.put_without_overwriting(draft, named)
    except OSError:
        return True
    finally:
        with contextlib.suppress(OSError):
            files.remove(draft)
            files.remove(named)
            folder.rmdir()
    return False


def target_of(outbox: Path, row: Publication) -> Path:
    """Where a file of the register stands."""
    return outbox / row.folder / names.joined(row.stem, row.variant, row.ending)


def _free_variant(outbox: Path, bundle: Bundle, materials: Mapping[int, Material]) -> int:
    """The first variant from the entered one on under which no file of the bundle meets another's."""
    twins = _folded_names(outbox / bundle[0].folder) if any(row.what in _RECEIVED for row in bundle) else frozenset()
    for variant in range(bundle[0].variant, MOST_VARIANTS):
        targets = [(_target(outbox, row, variant), materials[row.position]) for row in bundle]
        if all(_is_free(target, twins) or _holds(target, material) for target, material in targets):
            return variant
    raise OSError(f"同名文件太多：{target_of(outbox, bundle[0])}")


def _target(outbox: Path, row: Publication, variant: int) -> Path:
    return outbox / row.folder / names.joined(row.stem, variant, row.ending)


def _folded_names(folder: Path) -> frozenset[str]:
    """The names in a folder as systems that do not tell capitals from small letters see them: received names may differ in nothing else, and
    whoever copies or shares the folder there would have one file for two."""
    try:
        return frozenset(map(names.folded, os.listdir(folder)))  # noqa: PTH208 - names alone are wanted
    except FileNotFoundError:
        return frozenset()


def _is_free(target: Path, twins: frozenset[str]) -> bool:
    return not _is_taken(target) and (names.folded(target.name) not in twins or files.is_reserved(target))


def _is_taken(target: Path) -> bool:
    return (target.exists() or target.is_symlink()) and not files.is_reserved(target)


def _holds(target: Path, material: Material) -> bool:
    return target.is_file() and not target.is_symlink() and files.sha256_of(target) == material.sha256


def _draft(outbox: Path, row: Publication) -> Path:
    """The temporary name beside the target; from the row's key, so that a restart finds and removes it."""
    return outbox / row.folder / f".part-{row.pk}"


def _place(outbox: Path, row: Publication, material: Material) -> None:
    target = target_of(outbox, row)
    files.make_folder(target.parent)
    if not _is_taken(target):
        draft = _draft(outbox, row)
        if material.data is not None:
            files.write_durably(draft, material.data)
            _settle(draft, target)
        elif material.original is not None and material.is_copied:
            files.copy_durably(material.original, draft)
            _settle(draft, target)
        elif material.original is not None:
            _move_original(material.original, draft, target)
    if material.original is not None and not material.is_copied:
        files.remove(material.original)


def _settle(draft: Path, target: Path) -> None:
    files.put_without_overwriting(draft, target)
    files.remove(draft)
    files.sync_folder(target.parent)


def _move_original(original: Path, draft: Path, target: Path) -> None:
    """Within a file system by a second name, across two by a verified copy; the first name goes only when the second is durable."""
    try:
        files.put_without_overwriting(original, target)
    except FileExistsError:
        raise
    except OSError:
        files.copy_durably(original, draft)
        _settle(draft, target)
    files.sync_folder(target.parent)


def withdraw(outbox: Path, bundle: Bundle) -> None:
    """Takes back what has become wrong or is overtaken. What a person has changed since stays, and so does what is open in a program that
    holds on to it: what takes its place gets another name."""
    for row in bundle:
        target = target_of(outbox, row)
        try:
            if files.sha256_of(target) == row.sha256:
                files.remove(target)
        except FileNotFoundError:
            continue
        except OSError as error:
            LOG.warning("%s 撤不下来（%s），请关闭后自行删除；新的一份另起名字", target.name, in_words_alone(error))
