"""The labels on the lines of a blank whose answers are drawn behind them: "标签：____", "标签：  年  月  日", "标签____".

In: paragraphs or lines of a blank. Out: labels as they are printed, with the boxes that stand behind them. What opens a list or a sentence
(说明：) asks for nothing. Tables and what stands alone are the business of `learn`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from formflow.forms.choices import options_in
from formflow.forms.places import has_boxes, is_place, is_prose
from formflow.model.document import Paragraph
from formflow.model.text import fold

# A label and the blank behind its colon: nothing, a drawn line, a gap, a date's skeleton, boxes, or a unit.
_INLINE = re.compile(
    r"([^\s:：_＿，。；;□☐][^:：\n_＿，。；;□☐]{0,30}?)[ \t\u3000]*[:：]"
    r"(?=[ \t\u3000_＿]*(?:$|[_＿]|[ \u3000]{2,}|\t|[；;]|[□☐]|(?:20\d?\d?|二〇二.?)?[ \t\u3000_＿]*年[ \t\u3000_＿]*月|[（(][^（()）]*[)）]\s*(?:[；;]|$)))"
)
# A label before a drawn line, without a colon.
_DRAWN = re.compile(r"(?:^|(?<=[ \t\u3000，；;、]))([^\s:：_＿，。；;、]{2,16})[ \t\u3000]*[_＿]{3,}")
# The end of a date's skeleton before the next label on its line; what opens a list or a note and asks for nothing.
_DATE_BEFORE = re.compile(r"(?:[年月日至到][ \t\u3000]*)*[年月日][ \t\u3000]{2,}")
_NO_LABEL = re.compile(
    r"附(?:件|表|注)?[\d一二三四五六七八九十]*$|(?:备?注|说明|填[表写]说明|[年月日至到]+|注意事项|要求)$"
)


def labels_in(paragraphs: Sequence[Paragraph], after: str = "") -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each label with the options behind it, in printed order; `after` is the line that comes next."""
    lines = [line for paragraph in paragraphs for line in _lines(paragraph).split("\n")]
    for line, below in zip(lines, [*lines, after][1:], strict=True):
        found = labels_on(line)
        # A colon at the line's end with text under it opens a list or a sentence: 说明：\n1.……
        if found and _runs_on(line, below):
            del found[max(found)]
        starts = sorted(found)
        for start, end in zip(starts, [*starts, len(line)][1:], strict=True):
            label = found[start]
            yield label.strip(), options_in(line[start + len(label) : end].lstrip(" :："))


def labels_on(line: str) -> dict[int, str]:
    """The labels on one line by where they start."""
    found: dict[int, str] = {}
    taken = 0
    for match in sorted([*_INLINE.finditer(line), *_DRAWN.finditer(line)], key=lambda match: match.start()):
        lead = _DATE_BEFORE.match(match[1])
        label = match[1][lead.end() :] if lead else match[1]
        if match.start() >= taken and fold(label) and not _NO_LABEL.match(fold(label)) and not has_boxes(label):
            found[match.start(1) + len(match[1]) - len(label)] = label
            taken = match.end()
    return found


def has_labels(text: str) -> bool:
    """Whether any line of a cell has a label of its own with a place behind it."""
    lines = text.split("\n")
    return any(
        labels_on(line) and not _runs_on(line, below) for line, below in zip(lines, [*lines, ""][1:], strict=True)
    )


def _runs_on(line: str, below: str) -> bool:
    is_text = is_prose(below) or bool(re.match(r"\s*[（(]?\d", below))
    return line.rstrip().endswith((":", "：")) and is_text and not labels_on(below) and not is_place(below)


def _lines(paragraph: Paragraph) -> str:
    """The paragraph's text with underlined white space drawn as a line."""
    characters = list(paragraph.text)
    for start, end in paragraph.underlined:
        for place in range(start, end):
            if characters[place] in " \t\u3000\xa0":
                characters[place] = "_"
    return "".join(characters)
