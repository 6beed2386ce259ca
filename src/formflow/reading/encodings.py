"""Bytes of a text → the text: the mark at its beginning, what it declares, else what its bytes can be.

Chinese papers are UTF-8, GB18030 (which holds GBK and GB2312) or UTF-16. Nothing is guessed by language: a text that is valid UTF-8 is
UTF-8, for other encodings hardly ever are.
"""

from __future__ import annotations

import codecs
import re

from formflow.reading.refusals import refuse

# UTF-32 first: its mark begins like that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_USUAL = re.compile(r"[\x20-\x7e\s\u2010-\u203f\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
# Of a text without a mark, this share must be usual characters for it to be UTF-16.
_MOST = 0.9
# A few characters that a copy spoilt do not make a text unreadable; more do.
_SPOILT = 0.02


def decoded(data: bytes, declared: str = "") -> str:
    """The text of the bytes. `declared` is the encoding the text gives itself; it is only asked where the bytes bear no mark, and passed
    over where they are not in it. `UnreadableError` ("damaged") where they are no text at all."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    names = (*filter(None, (_known(declared),)), "utf-8", "gb18030")
    if unmarked := unmarked_utf16(data):
        names = (unmarked, *names)
    for name in names:
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    text = min((data.decode(name, "replace") for name in ("utf-8", "gb18030")), key=lambda text: text.count("\ufffd"))
    if text.count("\ufffd") > _SPOILT * len(text):
        raise refuse("damaged", "不是可以辨认的文字编码")
    return text


def unmarked_utf16(data: bytes) -> str:
    """ "utf-16-le" or "utf-16-be" where the bytes (or the first of them) are text in it without a mark; "" otherwise."""
    head = data[: 4096 - 4096 % 2]
    head = head[: len(head) - len(head) % 2]
    beyond_ascii = sum(byte > 0x7F for byte in head)
    if b"\x00" not in head or max(2.5 * head.count(0), 10 * beyond_ascii) < len(head):
        # Latin text has a zero in every character; Chinese text has bytes beyond ASCII. Other bytes with zeros are none.
        return ""
    for name in ("utf-16-le", "utf-16-be"):
        text = head.decode(name, "replace")
        if not _NO_TEXT.search(text) and len(_USUAL.findall(text)) >= _MOST * len(text):
            return name
    return ""


def _known(name: str) -> str:
    """The encoding of a name as Python has it: GB2312 and GBK are parts of GB18030, and what is called so often holds more of it."""
    lowered = name.strip().strip("\"'").lower()
    return "gb18030" if lowered.startswith("gb") or lowered in ("cp936", "936", "x-gbk") else lowered
