"""How two printed texts are compared, and when a written text says nothing."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# White space of every kind, characters without width or that turn the writing, and the underscores and dots that draw a blank.
_FILLER = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad_＿‗﹍﹎]+")
_SAME = str.maketrans(
    {
        "〔": "(", "〕": ")", "【": "(", "】": ")", "［": "(", "］": ")", "[": "(", "]": ")", "﹝": "(", "﹞": ")", "{": "(", "}": ")",
        "“": '"', "”": '"', "„": '"', "「": '"', "」": '"', "『": '"', "』": '"', "＂": '"', "‘": "'", "’": "'",
        "—": "-", "–": "-", "―": "-", "－": "-", "−": "-", "‐": "-", "‑": "-", "─": "-", "～": "~", "〜": "~", "∼": "~",
        "、": ",", "，": ",", "。": ".", "．": ".", "：": ":", "﹕": ":", "∶": ":", "；": ";", "·": "", "•": "", "・": "",
        "／": "/", "﹨": "\\", "□": "☐", "▢": "☐", "☒": "☑", "■": "☑", "✓": "☑", "√": "☑", "✔": "☑",
    }
)  # fmt: skip
# A small or ringed figure behind another one refers to a note, or is an exponent: it is no further digit.
_NOTED = re.compile("(?<=[0-9０-９])[¹²³⁰⁴-⁹₀-₉①-⑳㉑-㉟㊱-㊿❶-❿➀-➓⓪⓵-⓾⓿]")
# Strokes that a clerk draws through a blank.
_STROKES = re.compile(r"^[-/\\~.,·…*×xX]*$")

# What Word, WPS and LibreOffice print where a field has lost what it pointed at.
_LOST_FIELD = re.compile(
    r"(?:错误[!:](?:未找到引用源|引用源未找到|未定义书签|未找到目录项|文档中没有指定样式的文字)"
    r"|error[!:](?:referencesourcenotfound|bookmarknotdefined|notextofspecifiedstyleindocument|notableofcontentsentriesfound))",
    re.IGNORECASE,
)


# Of one paper the same lines are compared again and again, and of the next the same printed ones.
_REMEMBERED, _LONGEST_REMEMBERED = 512, 2_000


def fold(text: str) -> str:
    """The text for comparison: full and half width alike, one kind of bracket, quote, dash and colon, no white space or underscores."""
    return _remembered(text) if len(text) <= _LONGEST_REMEMBERED else _fold(text)


def _fold(text: str) -> str:
    if text.isascii():
        return _FILLER.sub("", text).translate(_SAME)
    bare = _NOTED.sub(r"(\g<0>)", _FILLER.sub("", text).translate(_SAME))
    return unicodedata.normalize("NFKC", bare).translate(_SAME).replace(" ", "")


_remembered = lru_cache(_REMEMBERED)(_fold)


def is_blank(text: str, placeholders: tuple[str, ...] = ()) -> bool:
    """Whether a text says nothing: empty, strokes only (／ — ……), the complaint of a field that has lost what it pointed at, or one of the
    placeholders (待补充), with or without brackets round it and a mark behind it."""
    bare = fold(text).strip("()<>'\".,:;!?")
    return not bare or bool(_STROKES.match(bare) or _LOST_FIELD.fullmatch(bare)) or bare in _folded(placeholders)


@lru_cache(maxsize=64)
def _folded(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(fold, words))


def tidy(text: str) -> str:
    """An answer as it is kept: each line without outer white space and blank-drawing underscores, no empty lines at either end or
    between paragraphs, inner text as typed."""
    lines = (line.strip(" \t\r\f\v\u3000\xa0_＿\u200b\ufeff") for line in text.replace("\r\n", "\n").split("\n"))
    return "\n".join(line for line in lines if line)


_INNER_QUOTES = str.maketrans("“”‘’", "‘’“”")


def quoted(text: str) -> str:
    """The text in quotation marks; those it has itself are the inner ones (“‘暖心驿站’项目”)."""
    return f"“{text.translate(_INNER_QUOTES)}”"
