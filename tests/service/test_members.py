"""A file's bytes → the papers in it, for the commands that keep nothing."""

from __future__ import annotations

from formflow.errors import UnreadableError
from formflow.model.document import Document
from formflow.reading.contents import Bundle
from formflow.reading.reader import open_file
from formflow.service.members import look_into
from support.archives import encrypted, raw_names, zipped
from support.wordml import docx, p

PAPER = docx(p("甲"))


def read(data: bytes) -> Document | Bundle:
    contents = open_file(data)
    assert isinstance(contents, Document | Bundle)
    return contents


def test_one_paper() -> None:
    (looked,) = look_into("x.docx", PAPER, read)
    assert (looked.name, looked.document) == ("x.docx", open_file(PAPER))
    assert len(looked.sha256) == 64


def test_papers_by_their_path_without_what_is_none() -> None:
    names = ["夹/甲.docx", "夹/~$甲.docx", "__MACOSX/._甲.docx", "Thumbs.db", "说明.txt"]
    looked = look_into("套件.zip", raw_names({name.encode("gbk"): PAPER for name in names}), read)
    assert [one.name for one in looked] == ["套件.zip/夹/甲.docx", "套件.zip/说明.txt"]


def test_one_that_cannot_be_read_says_why_beside_the_others() -> None:
    looked = look_into("a.zip", zipped({"b.zip": encrypted(zipped({"x": b"x"})), "c.docx": PAPER, "d": b""}), read)
    assert [one.problem.code if one.problem else "" for one in looked] == ["encrypted", "", "empty"]


def test_only_junk_is_an_empty_archive() -> None:
    (looked,) = look_into("a.zip", zipped({"Thumbs.db": b"x", ".DS_Store": b"x"}), read)
    assert looked.problem is not None
    assert (looked.name, looked.problem.code) == ("a.zip", "empty")


def test_what_cannot_be_opened() -> None:
    def fail(data: bytes) -> Document:
        raise UnreadableError("locked", "打不开。")

    (looked,) = look_into("x", b"", fail)
    assert looked.problem is not None
    assert looked.problem.code == "locked"
