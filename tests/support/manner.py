"""How people write the same thing: months, days, printed labels that went through someone's hands."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from support.filling import Day, YearMonth

_HAN = "〇一二三四五六七八九"
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def han_year(year: int) -> str:
    """2022 → 二〇二二."""
    return "".join(_HAN[int(digit)] for digit in str(year))


def han_number(number: int) -> str:
    """1 … 31 → 一 … 三十一."""
    tens, units = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else _HAN[tens] + "十") + (_HAN[units] if units else "")


MONTH_FORMS: dict[str, Callable[[int, int], str]] = {
    "plain": lambda y, m: f"{y}年{m}月",
    "padded": lambda y, m: f"{y}年{m:02d}月",
    "spaced": lambda y, m: f"{y} 年 {m} 月",
    "dotted": lambda y, m: f"{y}.{m}",
    "hyphen": lambda y, m: f"{y}-{m:02d}",
    "slash": lambda y, m: f"{y}/{m}",
    "wide": lambda y, m: f"{y}年{m}月".translate(_WIDE),
    "han": lambda y, m: f"{han_year(y)}年{han_number(m)}月",
    "han_circle": lambda y, m: f"{han_year(y)}年{han_number(m)}月".replace("〇", "○"),
    "first_day": lambda y, m: f"{y}年{m}月1日",
    "underscored": lambda y, m: f"__{y}__年__{m}__月",
}
# On the cover the printed 二〇二 may be completed by a figure.
FORM_DATE_FORMS: dict[str, Callable[[int, int], str]] = {
    "han": MONTH_FORMS["han"],
    "han_spaced": lambda y, m: f"{han_year(y)} 年 {han_number(m)} 月",
    "completed": lambda y, m: f"二〇二 {y - 2020} 年 {m} 月",
    "plain": MONTH_FORMS["plain"],
    "spaced": MONTH_FORMS["spaced"],
    "wide": MONTH_FORMS["wide"],
    "with_day": lambda y, m: f"{y}年{m}月{8 + m}日",
    "dotted": MONTH_FORMS["dotted"],
}
DAY_FORMS: dict[str, Callable[[int, int, int], str]] = {
    "plain": lambda y, m, d: f"{y}年{m}月{d}日",
    "spaced": lambda y, m, d: f"{y} 年 {m} 月 {d} 日",
    "padded": lambda y, m, d: f"{y}年{m:02d}月{d:02d}日",
    "dotted": lambda y, m, d: f"{y}.{m}.{d}",
    "hyphen": lambda y, m, d: f"{y}-{m:02d}-{d:02d}",
    "slash": lambda y, m, d: f"{y}/{m}/{d}",
    "wide": lambda y, m, d: f"{y}年{m}月{d}日".translate(_WIDE),
    "han": lambda y, m, d: f"{han_year(y)}年{han_number(m)}月{han_number(d)}日",
}
RANGE_FORMS: dict[str, Callable[[str, str], str]] = {
    "to": lambda a, b: f"{a}至{b}",
    "dash": lambda a, b: f"{a}—{b}",
    "hyphen": lambda a, b: f"{a} - {b}",
    "tilde": lambda a, b: f"{a}～{b}",
    "from_to": lambda a, b: f"自{a}起至{b}止",
    "with_note": lambda a, b: f"{a}至{b}（建设周期）",
}
COVERS = ("underline", "underscores", "retyped", "tab", "next_line")
LABEL_EDITS = ("respaced", "rebroken", "vertical", "half_width", "suffixed", "typo")
SIGN_LABELS = ("负责人（签字）：", "负责人签名：", "负责人：", "单位负责人（签名）：")
# Slips of the input method that a person would not even notice.
_TYPOS = {"经费来源": "经费来原", "目前工作情况": "目前工做情况", "所属行业": "所属行页"}


@dataclass(slots=True)
class Manner:
    """How one paper is written. `edits` names what was done to the printed labels; the random source decides where."""

    rng: random.Random
    edits: frozenset[str] = frozenset()
    cover: str = "underline"
    month: str = "plain"
    form_date: str = "han"
    day: str = "plain"
    range: str = "to"
    text_first: bool = False
    label_share: float = 0.4

    def month_text(self, when: YearMonth) -> str:
        return MONTH_FORMS[self.month](*when)

    def range_text(self, start: str, end: str) -> str:
        # A dash between 2022-03 and 2023-02 would be read as a fourth part of the date by anybody.
        form = "to" if self.month in ("hyphen", "slash") and self.range in ("dash", "hyphen") else self.range
        return RANGE_FORMS[form](start, end)

    def form_date_text(self, when: YearMonth) -> str:
        return FORM_DATE_FORMS[self.form_date](*when)

    def day_text(self, day: Day) -> str:
        return DAY_FORMS[self.day](*day)

    def label(self, text: str) -> str:
        """A printed label as it looks after someone's editing; "\\n" is a break inside it."""
        for edit in LABEL_EDITS:
            if edit in self.edits and self.rng.random() < self.label_share:
                text = getattr(self, f"_{edit}")(text)
        return text

    def answer(self, text: str) -> str:
        """A long answer as it is laid out: indented by hand, with empty lines between its paragraphs."""
        lines = text.split("\n")
        if "indented" in self.edits:
            lines = [f"　　{line}" if line else line for line in lines]
        return ("\n\n" if "blank_lines" in self.edits else "\n").join(lines)

    def sign_label(self, printed: str) -> str:
        return self.rng.choice(SIGN_LABELS) if "sign_wording" in self.edits else printed

    def number(self, number: int) -> str:
        """The number before a section's heading, 1 to 5."""
        forms = (f"{number}、", f"（{_HAN[number]}）", f"{number}. ", "")
        return self.rng.choice(forms) if "renumbered" in self.edits else f"{_HAN[number]}、"

    def _vertical(self, text: str) -> str:
        return text if len(text) > 12 or "：" in text or "\n" in text else "\n".join(text.replace(" ", ""))

    def _respaced(self, text: str) -> str:
        head, colon, rest = text.partition("：")
        return (self.rng.choice((" ", "　")).join(head) if len(head) <= 8 else head) + colon + rest

    def _rebroken(self, text: str) -> str:
        if len(text) > 12 or "：" in text:
            return text
        cut = self.rng.randrange(1, max(2, len(text) - 1))
        return text[:cut] + "\n" + text[cut:]

    def _half_width(self, text: str) -> str:
        return text.translate(str.maketrans("（）：，、．", "():,、."))

    def _suffixed(self, text: str) -> str:
        return (
            text
            if "：" in text or ":" in text or len(text) > 12
            else text + self.rng.choice(("（必填）", "*", "（填写全称）"))
        )

    def _typo(self, text: str) -> str:
        return _TYPOS.get(text, text)
