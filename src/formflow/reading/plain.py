"""A text file's bytes → `Document`: each line that says something is a paragraph, as it stands, indent included.

Lines are not joined here: whether a line ends a paragraph or was only broken to fit, the file does not say. A form feed begins a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from formflow.model.document import Document, Locator, Paragraph
from formflow.reading.encodings import decoded
from formflow.reading.limits import Limits
from formflow.reading.refusals import refuse, refuse_kind

_LINE_END = re.compile(r"\r\n?|[\n\v\x85\u2028\u2029]")
_HAN = re.compile(r"[\u3400-\u9fff]")
# No report, however short, has fewer.
_FEWEST_HAN = 20
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufeff]")
# Blanks and line ends may come to this many times what is said.
_MOST_BLANK = 4


def read_text(data: bytes, limits: Limits) -> Document:
    """The document of a text file. `UnreadableError`: "empty" where nothing is said, "not_word" where it is too little to be a paper (a
    few bytes under the name of a Word file), "damaged" where it is no text, "too_large"."""
    text = decoded(data)
    if not text.strip("\ufeff\x00").strip():
        raise refuse("empty")
    if len(text) > _MOST_BLANK * limits.max_text:
        raise refuse("too_large", f"文字超过 {limits.max_text // 10_000} 万字")
    if sum(1 for _ in islice(_HAN.finditer(text), _FEWEST_HAN)) < _FEWEST_HAN:
        raise refuse_kind("text")
    blocks = tuple(_paragraphs(text.split("\f"), limits))
    if not blocks:
        raise refuse("empty")
    return Document("text", blocks)


def _paragraphs(pages: list[str], limits: Limits) -> Iterator[Paragraph]:
    count = 0
    for number, page in enumerate(pages, 1):
        for line in _LINE_END.split(page):
            text = _CONTROL.sub("", line).rstrip()
            if not text:
                continue
            count += 1
            if count > limits.max_blocks:
                raise refuse("too_large", "行数过多")
            yield Paragraph(text, Locator(f"paragraph {count}", number if len(pages) > 1 else None))
