"""Text files: lines as they stand, with their places."""

from __future__ import annotations

import pytest

from formflow.errors import UnreadableError
from formflow.model.document import Document, Paragraph
from formflow.reading.limits import Limits
from formflow.reading.reader import read_document


def lines(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028"])
def test_lines_are_paragraphs_and_keep_their_indent(name: str, end: str) -> None:
    document = read_document(
        end.join(["标题一行", "", "　　正文第一段写了这样一些话。  ", "正文第二段也写了一些。"]).encode(name)
    )
    assert (document.format, lines(document)) == (
        "text",
        ["标题一行", "　　正文第一段写了这样一些话。", "正文第二段也写了一些。"],
    )
    assert [p.locator.part for p in document.paragraphs()] == ["paragraph 1", "paragraph 2", "paragraph 3"]
    assert {p.locator.page for p in document.paragraphs()} == {None}


def test_a_form_feed_begins_a_page() -> None:
    first, second, third = "第一页的第一行文字", "第一页的第二行文字", "第二页的文字"
    document = read_document(f"{first}\n{second}\f{third}".encode())
    assert [(p.text, p.locator.page) for p in document.paragraphs()] == [(first, 1), (second, 1), (third, 2)]


def test_nothing_and_too_much() -> None:
    with pytest.raises(UnreadableError) as caught:
        read_document("　\n \n".encode())
    assert caught.value.code == "empty"
    with pytest.raises(UnreadableError) as caught:
        read_document("一行\n".encode() * 20, Limits(max_blocks=10))
    assert caught.value.code == "too_large"


@pytest.mark.parametrize("data", [b"no Word file", b"bad", "说明".encode(), b"PK is how a Word file would begin. " * 9])
def test_a_few_bytes_under_the_name_of_a_word_file_are_no_paper(data: bytes) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_document(data)
    assert caught.value.code == "not_word"
