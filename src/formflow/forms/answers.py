"""Text as typed → an answer's value by its field's type (design.md section 4). Total: what cannot be read is None with a doubt in words.

Pure text work: knows nothing of tables or labels.
"""

from __future__ import annotations

import re

from formflow.forms.hints import hints_among, without_hint
from formflow.model.period import parse_month, parse_range
from formflow.model.text import fold, is_blank, tidy

# What a blank date prints when nobody filled it in.
_SKELETON = re.compile(r"[年月日至到起止自从.\-~/()]|二〇二|二0二|20(?=年|$)")


def read_text(text: str, placeholders: tuple[str, ...], printed: frozenset[str]) -> str | None:
    """Paragraphs joined by newlines, lines and hints in brackets that the blank itself prints left out; None if nothing was written."""
    if fold(text) in printed:
        return None
    hints = hints_among(printed)
    lines = [without_hint(line, hints) for line in tidy(text).split("\n") if fold(line) not in printed]
    value = "\n".join(line for line in lines if line)
    if any(words.endswith(";") for words in printed):
        value = value.rstrip("；; ")  # the mark the blank prints behind the answer
    return None if is_blank(value, placeholders) else value


def cover_value(value: str | None) -> str | None:
    """A cover's answer without what is drawn or printed round it: underscores between characters, a place for the seal; None for the
    *** of the instructions."""
    if value is None or "***" in value or "＊＊＊" in value:
        return None
    bare = re.sub(r"[（(]\s*(?:盖\s*章|公\s*章)\s*[)）]\s*$", "", value)
    # A name over two lines, or with a space between all its characters, is one name.
    bare = re.sub(r"(?<=[\u4e00-\u9fff）])\n(?=[\u4e00-\u9fff（])", "", bare)
    if all(len(piece) == 1 for piece in bare.split()):
        bare = "".join(bare.split())
    return re.sub(r"(?<=[\u4e00-\u9fff])[_＿]+(?=[\u4e00-\u9fff])", "", bare).strip() or None


def read_day(text: str, placeholders: tuple[str, ...]) -> str | None:
    """A date as it was typed; None where only its skeleton stands."""
    value = tidy(text)
    return None if _says_no_date(value) or is_blank(value, placeholders) else value


def read_month(text: str, printed: str, placeholders: tuple[str, ...]) -> tuple[str | None, str]:
    """ "YYYY-MM" and a doubt. `printed` is what the blank itself prints there."""
    month = parse_month(text)
    if month:
        return str(month), ""
    if fold(text) == printed or _says_no_date(text) or is_blank(text, placeholders):
        return None, ""
    return None, f"写的是“{_short(text)}”，看不出完整的年份和月份"


def read_range_part(text: str, part: str, placeholders: tuple[str, ...]) -> tuple[str | None, str]:
    """One end ("start" or "end") of "…至…" as "YYYY-MM", and a doubt."""
    first, last = parse_range(text)
    month = first if part == "start" else last
    if month:
        return str(month), ""
    halves = re.split(r"至|到|~|(?<=[月日号])-+", fold(text), maxsplit=1)
    half = halves[0] if part == "start" else halves[-1]
    if _says_no_date(half) or is_blank(text, placeholders) or (len(halves) == 1 and part == "end" and first):
        return None, ""
    return None, f"写的是“{_short(text)}”，看不出{'起始' if part == 'start' else '结束'}年月"


def read_cell(text: str | None, placeholders: tuple[str, ...]) -> str | None:
    """The text of one cell of a repeating row; None if nothing was written."""
    value = tidy(text or "")
    return None if is_blank(value, placeholders) else value


def _says_no_date(text: str) -> bool:
    return not _SKELETON.sub("", re.sub(r"\([^()]*\)", "", fold(text))).strip()


def _short(text: str) -> str:
    flat = " ".join(text.split()).strip("_＿ ")
    return flat if len(flat) <= 30 else flat[:29] + "…"
