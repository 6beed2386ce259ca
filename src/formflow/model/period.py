"""Months and days as people write them: 2022年3月, 2022.3, 2022-03, 二〇二二年三月, 2022年3月—2023年2月, 一季度 …

`parse_*` are total: they give None when the text does not say one thing, and never guess a year that is nowhere written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from formflow.model.text import fold

_DIGITS = {**{c: str(i) for i, c in enumerate("〇一二三四五六七八九")}, "○": "0", "零": "0", "Ｏ": "0", "O": "0", "o": "0", "两": "2",
           "◯": "0", "⚪": "0", "壹": "1", "贰": "2", "叁": "3", "肆": "4", "伍": "5", "陆": "6", "柒": "7", "捌": "8", "玖": "9"}  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @classmethod
    def of(cls, text: str) -> Month:
        """From "YYYY-MM"; ValueError otherwise."""
        year, month = text.split("-")
        return cls(int(year), int(month))

    def months_to(self, other: Month) -> int:
        """Whole months from this one to `other`: 2022-03 to 2023-02 is 11."""
        return (other.year - self.year) * 12 + other.month - self.month


@dataclass(frozen=True, slots=True)
class MonthSpan:
    """First to last month, both included; a span never runs backwards."""

    first: Month
    last: Month


_NUMERAL = "〇○零Ｏ◯⚪Oo一二三四五六七八九壹贰叁肆伍陆柒捌玖两"
_TENS = "十拾"
_CHINESE_YEAR = re.compile(f"([{_NUMERAL}]{{2,4}})(?=年|[./-])")
_MIXED_YEAR = re.compile(f"([{_NUMERAL}\\d]{{4}})(?=年)")
_CHINESE_COUNT = re.compile(f"([{_NUMERAL}]?[{_TENS}][{_NUMERAL}]?|[{_NUMERAL}]{{1,2}})(?=月|日|号)")
_MONTH = r"(1[0-2]|0?[1-9])"
_DAY = r"(3[01]|[12]\d|0?[1-9])"
_YEAR = r"((?:19|20)\d{2}|(?<!\d)\d{2}(?=年))"
_TOKEN = re.compile(
    rf"{_YEAR}年度?第?([一二三四1-4])季度?"  # 1, 2
    rf"|{_YEAR}年度?(上半年|下半年|全年|年初|年底|年末|初|底|末)"  # 3, 4
    rf"|{_YEAR}(?:年|[./-]){_MONTH}(?!\d)(?:月份?|[./-]?)(?:{_DAY}(?!\d)[日号]?)?"  # 5, 6, 7
    r"|((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])?(?!\d)"  # 8, 9, 10
    rf"|(次年|翌年|明年|同年|当年|本年)?{_MONTH}月"  # 11, 12
    r"|(次年|翌年|同年|当年|本年)?(?<!\d)第?([一二三四1-4])季度"  # 13, 14
    r"|(上半年|下半年)"  # 15
)
_PARTS_OF_YEAR = {"上半年": (1, 6), "下半年": (7, 12), "全年": (1, 12), "年初": (1, 1), "初": (1, 1)}
_SEPARATOR = re.compile(r"至|到|~")


def arabic(text: str) -> str:
    """The folded text with the Chinese numerals of its dates in Arabic: 二〇二二年十一月 → 2022年11月."""
    folded = fold(text)

    def year(match: re.Match[str]) -> str:
        return "".join(_DIGITS.get(c, c) for c in match[1])

    def count(match: re.Match[str]) -> str:
        word = match[1]
        for ten in _TENS:
            if ten in word:
                tens, _, units = word.partition(ten)
                return f"{_DIGITS.get(tens, '1')}{_DIGITS.get(units, '0')}"
        return "".join(_DIGITS[c] for c in word)

    return _CHINESE_COUNT.sub(count, _CHINESE_YEAR.sub(year, _MIXED_YEAR.sub(year, folded)))


def _full_year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _spans(text: str, year: int | None = None) -> list[tuple[MonthSpan, str]]:
    """Every time named in the text, in order, with the text it stands on; a month without a year takes that of the time before it."""
    found: list[tuple[MonthSpan, str]] = []
    for match in _TOKEN.finditer(arabic(text)):
        (quarter_year, quarter, part_year, part, month_year, month, _, packed_year, packed_month, _,
         bare_word, bare_month, bare_quarter_word, bare_quarter, bare_part) = match.groups()  # fmt: skip
        months: tuple[int, int]
        if quarter_year:
            year, months = _full_year(quarter_year), _quarter(quarter)
        elif part_year:
            year, months = _full_year(part_year), _PARTS_OF_YEAR.get(part, (12, 12))
        elif month_year:
            year, months = _full_year(month_year), (int(month), int(month))
        elif packed_year:
            year, months = int(packed_year), (int(packed_month), int(packed_month))
        elif year is None:
            continue
        else:
            word = bare_word or bare_quarter_word
            if bare_quarter:
                months = _quarter(bare_quarter)
            elif bare_part:
                months = _PARTS_OF_YEAR[bare_part]
            else:
                months = (int(bare_month), int(bare_month))
            if word in ("次年", "翌年", "明年") or (found and not word and months[0] < found[-1][0].last.month):
                year += 1
        found.append((MonthSpan(Month(year, months[0]), Month(year, months[1])), match[0]))
    return found


def _quarter(word: str) -> tuple[int, int]:
    number = int(_DIGITS.get(word, word))
    return number * 3 - 2, number * 3


def parse_month(text: str) -> Month | None:
    """The one month a text names; a day behind it is passed over. None when it names none, or several."""
    months = {span.first for span, _ in _spans(text) if span.first == span.last}
    return months.pop() if len(months) == 1 else None


def parse_range(text: str) -> tuple[Month | None, Month | None]:
    """The two ends of "…至…"; an end that is not written out is None."""
    folded = arabic(text)
    parts = _SEPARATOR.split(folded, maxsplit=1)
    if len(parts) == 2:
        start = _spans(parts[0])
        first = start[-1][0].first if start else None
        end = _spans(parts[1], first.year if first else None)
        last = end[0][0].last if end else None
        if first and last and last < first and not re.search(r"\d{2,4}(?:年|[./-]\d)", parts[1]):
            last = Month(last.year + 1, last.month)
        return first, last
    spans = _spans(folded)
    if len(spans) >= 2:
        return spans[0][0].first, spans[-1][0].last
    return (spans[0][0].first, None) if spans else (None, None)


def parse_span(text: str) -> MonthSpan | None:
    """The months a schedule line covers ("2022年3月—5月", "2022年第二季度"). None when no year is written or nothing is named."""
    spans = [span for span, _ in _spans(text)]
    if not spans:
        return None
    first, last = spans[0].first, max(span.last for span in spans)
    return MonthSpan(first, last) if first <= last else None


_DATE = re.compile(rf"{_YEAR}(?:年|[./-]){_MONTH}(?:月|[./-]){_DAY}(?!\d)[日号]?|(?<!\d)((?:19|20)\d{{2}})(\d{{2}})(\d{{2}})(?!\d)")


def find_date(text: str) -> tuple[date, str] | None:
    """The last complete date in a text, with the (folded, Arabic) words it stands in; None if there is none or it does not exist."""
    for match in reversed(list(_DATE.finditer(arabic(text)))):
        year, month, day, packed_year, packed_month, packed_day = match.groups()
        try:
            if year:
                return date(_full_year(year), int(month), int(day)), match[0]
            return date(int(packed_year), int(packed_month), int(packed_day)), match[0]
        except ValueError:
            continue
    return None


def parse_date(text: str) -> date | None:
    """The last complete date in a text."""
    found = find_date(text)
    return found[0] if found else None
