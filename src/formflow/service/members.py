"""A file's bytes → each paper in it, read or not: what an archive or mail holds is looked at file by file. Free of Django, keeps nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from formflow.errors import UnreadableError
from formflow.model.document import Document
from formflow.reading.contents import Bundle, Member
from formflow.reading.refusals import refuse_archive, refuse_kind
from formflow.service import ignored
from formflow.service.names import legible

Read = Callable[[bytes], Document | Bundle]


@dataclass(frozen=True, slots=True)
class Looked:
    """One paper by its bytes: its document, or why it cannot be read. `name`: the file's, with the path inside an archive behind it."""

    name: str
    sha256: str
    document: Document | None = None
    problem: UnreadableError | None = None


def look_into(name: str, data: bytes, read: Read) -> tuple[Looked, ...]:
    """Every paper in a file; more than one only if it is an archive or mail."""
    try:
        contents = read(data)
        if isinstance(contents, Bundle):
            return tuple(_look_inside(name, papers_in(contents), read))
    except UnreadableError as problem:
        return (Looked(name, _sha256(data), problem=problem),)
    return (Looked(name, _sha256(data), contents),)


def _look_inside(name: str, members: tuple[Member, ...], read: Read) -> Iterator[Looked]:
    for member in members:
        label, sha256 = f"{name}/{legible(member.name)}", _sha256(member.data)
        try:
            yield Looked(label, sha256, document_of(read(member.data)))
        except UnreadableError as problem:
            yield Looked(label, sha256, problem=problem)


def document_of(contents: Document | Bundle) -> Document:
    """The document of a paper out of an archive; an archive there has been opened already, if it could be."""
    if isinstance(contents, Bundle):
        raise refuse_kind(contents.kind)
    return contents


def papers_in(bundle: Bundle) -> tuple[Member, ...]:
    """The members that are papers by their names; `UnreadableError` if there is none."""
    papers = tuple(member for member in bundle.members if not _is_junk(member.name))
    if not papers:
        raise refuse_archive("empty")
    return papers


def _is_junk(name: str) -> bool:
    *folders, file_name = name.split("/")
    return ignored.is_ignored_file(file_name) or any(map(ignored.is_ignored_folder, folders))


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
