"""Reading the files a command was given, with the packs of the home. Free of Django."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from formflow.errors import UnreadableError, UsageError, in_words
from formflow.model.document import Document
from formflow.model.programme import Programme
from formflow.reading.contents import Bundle
from formflow.service.assess import Assessment, assess
from formflow.service.home import Home
from formflow.service.members import Looked, Read, look_into
from formflow.service.programmes import load_programmes
from formflow.settings import load_settings

LARGEST_BYTES = 512 * 2**20


def chosen_programmes(home_path: Path, programme_id: str | None = None) -> tuple[Programme, ...]:
    """The packs of the home, or the one that was named."""
    programmes = load_programmes(Home(home_path), load_settings(home_path), with_letters=False)
    if programme_id is None:
        return programmes
    chosen = tuple(programme for programme in programmes if programme.id == programme_id)
    if not chosen:
        known = "、".join(programme.id for programme in programmes)
        raise UsageError(f"没有“{programme_id}”这个项目", f"现有项目：{known}。")
    return chosen


@contextmanager
def opened_reader(home_path: Path) -> Iterator[Read]:
    """What says what is in a file's bytes, for as long as the block lasts, under the limits of formflow.toml.

    Word files are read in this process, which is quicker for a few of them; everything else apart from it, by libraries of others."""
    from formflow.reading.reader import open_file
    from formflow.reading.sniff import sniff
    from formflow.service.opening import opener_of

    opener = opener_of(load_settings(home_path).reading)

    def read(data: bytes) -> Document | Bundle:
        contents = open_file(data) if sniff(data) == "docx" else None
        return contents if isinstance(contents, Document) else opener.open(data)

    try:
        yield read
    finally:
        opener.close()


def assess_file(
    path: Path, programmes: tuple[Programme, ...], read: Read, received_on: date | None = None
) -> tuple[Assessment, ...]:
    """What each paper in a file is and what is wrong with it; a file that cannot even be opened is unreadable, too."""
    try:
        data = bytes_of(path)
    except UnreadableError as problem:
        return (Assessment(str(path), "", "unreadable", problem=problem),)
    return assess(str(path), data, programmes, read, received_on)


def look_into_file(path: Path, read: Read) -> tuple[Looked, ...]:
    """Each paper in a file, read or not."""
    try:
        data = bytes_of(path)
    except UnreadableError as problem:
        return (Looked(str(path), "", problem=problem),)
    return look_into(str(path), data, read)


def bytes_of(path: Path) -> bytes:
    """A file's content. Raises UnreadableError."""
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise UnreadableError(
                "too_large", f"文件超过 {LARGEST_BYTES // 2**20} MB，没有读", "请核对是否放错了文件。"
            )
        return path.read_bytes()
    except OSError as error:
        raise UnreadableError(
            "locked", f"文件打不开：{in_words(error)}", "请关闭正在使用它的程序，或检查读取权限后再试。"
        ) from error
