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
    document = read_document(end.join(["标题一行", "", "　　正文第一段。  ", "正文第二段。"]).encode(name))
    assert (document.format, lines(document)) == ("text", ["标题一行", "　　正文第一段。", "正文第二段。"])
    assert [p.locator.part for p in document.paragraphs()] == ["paragraph 1", "paragraph 2", "paragraph 3"]
    assert {p.locator.page for p in document.paragraphs()} == {None}


def test_a_form_feed_begins_a_page() -> None:
    document = read_document("甲\n乙\f丙".encode())
    assert [(p.text, p.locator.page) for p in document.paragraphs()] == [("甲", 1), ("乙", 1), ("丙", 2)]


def test_nothing_and_too_much() -> None:
    with pytest.raises(UnreadableError) as caught:
        read_document("　\n \n".encode())
    assert caught.value.code == "empty"
    with pytest.raises(UnreadableError) as caught:
        read_document(b"a\n" * 20, Limits(max_blocks=10))
    assert caught.value.code == "too_large"
