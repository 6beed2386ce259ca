"""Archives inside archives are opened once; what cannot be opened inside stays, what is hostile inside refuses the whole."""

from __future__ import annotations

import pytest

from formflow.errors import UnreadableError
from formflow.reading import Limits
from formflow.reading.archive import unpack
from formflow.reading.contents import Bundle
from formflow.reading.reader import open_file
from support.archives import attached, encrypted, link, mail, sevenzip, zipped
from support.wordml import docx, p

PAPER = docx(p("甲"))


def names(data: bytes, limits: Limits | None = None) -> list[str]:
    bundle = open_file(data, limits or Limits())
    assert isinstance(bundle, Bundle)
    return [member.name for member in bundle.members]


def refusal(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(UnreadableError) as caught:
        open_file(data, limits or Limits())
    return caught.value.code


def test_each_kind_is_told_by_its_content() -> None:
    assert names(zipped({"甲.docx": PAPER})) == ["甲.docx"]
    assert names(sevenzip({"甲.docx": PAPER})) == ["甲.docx"]
    assert names(mail(attached("a.docx", PAPER))) == ["a.docx"]


def test_a_word_file_is_not_unpacked_though_it_is_a_zip() -> None:
    assert not isinstance(open_file(PAPER), Bundle)
    assert names(zipped({"a.docx": PAPER})) == ["a.docx"]


def test_nested_once() -> None:
    inner = zipped({"规划.docx": PAPER, "图/一.png": b"png"})
    data = mail(attached("材料.zip", inner), attached("b.docx", PAPER))
    assert names(data) == ["材料.zip/规划.docx", "材料.zip/图/一.png", "b.docx"]


def test_nested_twice_is_refused_whole() -> None:
    inner = zipped({"c.zip": zipped({"d.docx": PAPER})})
    assert refusal(zipped({"a.docx": PAPER, "b.zip": inner})) == "hostile"


@pytest.mark.parametrize("inner", [encrypted(zipped({"x.docx": PAPER})), zipped({"x.docx": PAPER})[:-30], zipped({})])
def test_one_inside_that_cannot_be_opened_stays_a_file(inner: bytes) -> None:
    data = zipped({"内.zip": inner, "甲.docx": PAPER})
    assert names(data) == ["内.zip", "甲.docx"]


@pytest.mark.parametrize("inner", [link("x"), zipped({"x": bytes(20_000_000)})])
def test_one_inside_that_is_hostile_refuses_the_whole(inner: bytes) -> None:
    assert refusal(zipped({"内.zip": inner, "甲.docx": PAPER})) == "hostile"


def test_limits_are_for_all_of_them_together() -> None:
    inner = zipped({"a": b"x" * 300, "b": b"x" * 300})
    data = zipped({"one.zip": inner, "two.zip": inner})
    assert len(names(data, Limits(max_members=4, max_unpacked=1200))) == 4
    assert refusal(data, Limits(max_members=3)) == "too_large"
    assert refusal(data, Limits(max_unpacked=1000)) == "too_large"


def test_unpacking_says_nothing_of_what_is_inside() -> None:
    (member,) = unpack(zipped({"x.docx": b"no Word file"}), "zip")
    assert member.data == b"no Word file"
