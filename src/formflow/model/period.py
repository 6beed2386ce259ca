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


@dataclass(frozen=True, slots=True)
class NamedSpan:
    """A time as a text names it. `is_exact`: a month (or day) is named, not a quarter, half or whole year."""

    span: MonthSpan
    is_exact: bool


_NUMERAL = "〇○零Ｏ◯⚪Oo一二三四五六七八九壹贰叁肆伍陆柒捌玖两"
_TENS = "十拾"
_CHINESE_YEAR = re.compile(f"([{_NUMERAL}]{{2,4}})(?=年|[./-])")
_MIXED_YEAR = re.compile(f"([{_NUMERAL}\\d]{{4}})(?=年)")
_COUNT = f"[{_NUMERAL}]?[{_TENS}][{_NUMERAL}]?|[{_NUMERAL}]{{1,2}}"
_JOINT = "[-~至到,和及]"  # between the ends or items of "3至5月", "三、四月"
# No list of months or days is longer; without a bound, a text of nothing but numbers would be gone over once for each of them.
_ITEMS = 31
_CHINESE_COUNT = re.compile(f"({_COUNT})(?=(?:{_JOINT}(?:{_COUNT})){{0,{_ITEMS}}}[月日号])")
_MONTH = r"(?P<month>1[0-2]|0?[1-9])"
_BARE_MONTH = r"(?P<bare_month>1[0-2]|0?[1-9])"
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])"
_YEAR = r"(?:(?:19|20)\d{2}|(?<!\d)\d{2}(?=年))"
_FOUR_DIGITS = r"(?:19|20)\d{2}"
_TOKEN = re.compile(
    rf"(?P<quarter_year>{_YEAR})年度?第?(?P<quarter>[一二三四1-4])季度?"
    rf"|(?P<part_year>{_YEAR})年度?(?P<part>上半年|下半年|全年|年初|年底|年末|初|底|末)"
    rf"|(?P<year>{_YEAR})(?:年|[./-]){_MONTH}(?!\d)(?:月份?|[./-]?)(?:{_DAY}(?!\d)[日号]?)?"
    rf"|(?P<packed_year>{_FOUR_DIGITS})(?P<packed_month>0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])?(?!\d)"
    rf"|(?P<word>次年|翌年|明年|同年|当年|本年)?(?<!\d){_BARE_MONTH}月"
    r"|(?P<quarter_word>次年|翌年|明年|同年|当年|本年)?(?<!\d)第?(?P<bare_quarter>[一二三四1-4])季度"
    r"|(?P<bare_part>上半年|下半年)"
    rf"|(?P<bare_year>{_FOUR_DIGITS})年"
)
# "2022.3.15-4.20", "2022年3-5月", "2022.3-5", "2022年二、三季度", "2022-2023年": each end gets the word that stands behind the last one only.
_SHARED_WORDS = (
    (re.compile(rf"({_FOUR_DIGITS}([./])\d{{1,2}}\2\d{{1,2}}[-~至到])(\d{{1,2}})\2(\d{{1,2}})(?![\d./])"), r"\1\3月\4日"),
    (re.compile(rf"(?<!\d)(\d{{1,2}})(?=(?:{_JOINT}\d{{1,2}}){{1,{_ITEMS}}}月)"), r"\1月"),
    (re.compile(rf"(?P<year>{_FOUR_DIGITS})(?P<mark>[./年]|-(?=\d+[~至到]))(?P<first>\d{{1,2}})(?P<joint>[-~至到])(?P<last>\d{{1,2}})(?![\d./年月日-])"),
     r"\g<year>\g<mark>\g<first>月\g<joint>\g<last>月"),
    (re.compile(rf"(第?[一二三四1-4])(?=(?:{_JOINT}第?[一二三四1-4]){{1,{_ITEMS}}}季度?)"), r"\1季度"),
    (re.compile(rf"({_FOUR_DIGITS})(?={_JOINT}{_FOUR_DIGITS}年)"), r"\1年"),
)  # fmt: skip
_PARTS_OF_YEAR = {"上半年": (1, 6), "下半年": (7, 12), "全年": (1, 12), "年初": (1, 1), "初": (1, 1)}
# A dash parts a range only behind 月 or 日: in 2022-03 it does not.
_SEPARATOR = re.compile(r"至|到|~|(?<=[月日号])-+")


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


def _written_out(text: str) -> str:
    """The text in Arabic numerals, words that several numbers share repeated: 2022年三、四月 → 2022年3月,4月."""
    plain = arabic(text)
    for pattern, words in _SHARED_WORDS:
        plain = pattern.sub(words, plain)
    return plain


def _spans(text: str, year: int | None = None, *, whole_years: bool = False) -> list[NamedSpan]:
    """Every time named in the text, in order; a month without a year takes that of the time before it. A year alone is a time only
    with `whole_years`, and only if nothing in it is named."""
    found: list[NamedSpan] = []
    bare_years: list[int] = []
    last_month = 0
    for match in _TOKEN.finditer(_written_out(text)):
        named = match.groupdict()
        if named["bare_year"]:
            year, last_month = int(named["bare_year"]), 0
            bare_years.append(year)
            continue
        written = named["quarter_year"] or named["part_year"] or named["year"] or named["packed_year"]
        first, last, is_exact = _months(named)
        if written:
            year = _full_year(written)
        elif year is None:
            continue
        else:
            year += _years_on(named["word"] or named["quarter_word"], first, last_month)
        found.append(NamedSpan(MonthSpan(Month(year, first), Month(year, last)), is_exact))
        last_month = last
    if whole_years:
        named_years = {year for named_span in found for year in (named_span.span.first.year, named_span.span.last.year)}
        found += [NamedSpan(MonthSpan(Month(y, 1), Month(y, 12)), False) for y in bare_years if y not in named_years]
        found.sort(key=lambda named_span: named_span.span.first)
    return found


def _months(named: dict[str, str | None]) -> tuple[int, int, bool]:
    """First and last month of a token, and whether it names a month."""
    if month := named["month"] or named["packed_month"] or named["bare_month"]:
        return int(month), int(month), True
    if quarter := named["quarter"] or named["bare_quarter"]:
        number = int(_DIGITS.get(quarter, quarter))
        return number * 3 - 2, number * 3, False
    first, last = _PARTS_OF_YEAR.get(named["part"] or named["bare_part"] or "", (12, 12))
    return first, last, False


def _years_on(word: str | None, first: int, last_month: int) -> int:
    """How many years after the time before it a time without a year is: 11月—2月 runs into the next."""
    if word:
        return 1 if word in ("次年", "翌年", "明年") else 0
    return 1 if first < last_month else 0


def parse_month(text: str) -> Month | None:
    """The one month a text names; a day behind it is passed over. None when it names none, or several."""
    months = {named.span.first for named in _spans(text) if named.span.first == named.span.last}
    return months.pop() if len(months) == 1 else None


# The printed 年 月 至 年 月 without a number in it.
_BLANK_SLOTS = re.compile(r"(?<!\d)年月日?(?:至|到|-+|~)?(?:年月日?)?(?!\d)")


def parse_range(text: str) -> tuple[Month | None, Month | None]:
    """The two ends of "…至…"; an end that is not written out is None."""
    folded = _written_out(text)
    beside_blanks = _spans(_BLANK_SLOTS.sub(" ", folded))
    if len(beside_blanks) >= 2 and _BLANK_SLOTS.search(folded):
        # The whole period typed before or behind the printed slots, which were left empty.
        return beside_blanks[0].span.first, beside_blanks[-1].span.last
    parts = _SEPARATOR.split(folded, maxsplit=1)
    if len(parts) == 2:
        start = _spans(parts[0])
        first = start[-1].span.first if start else None
        end = _spans(parts[1], first.year if first else None)
        last = end[0].span.last if end else None
        if first and last and last < first and not re.search(r"\d{2,4}(?:年|[./-]\d)", parts[1]):
            last = Month(last.year + 1, last.month)
        return first, last
    spans = _spans(folded)
    if len(spans) >= 2:
        return spans[0].span.first, spans[-1].span.last
    return (spans[0].span.first, None) if spans else (None, None)


def named_spans(text: str) -> tuple[NamedSpan, ...]:
    """Every month, quarter, half and whole year a text names with its year, in order."""
    return tuple(_spans(text, whole_years=True))


_WRITTEN_OUT = re.compile(r"(?<!\d)(\d{4})[年./-](\d{1,2})[月./-](\d{1,2})(?!\d)[日号]?")
_DATE = re.compile(
    rf"(?P<year>{_YEAR})(?:(?P<mark>[./-])|年){_MONTH}(?(mark)(?P=mark)|月){_DAY}(?!\d)[日号]?"
    r"|(?<!\d)(?P<packed_year>(?:19|20)\d{2})(?P<packed_month>\d{2})(?P<packed_day>\d{2})(?!\d)"
)


def find_date(text: str) -> tuple[date, str] | None:
    """The last complete date in a text, with the (folded, Arabic) words it stands in; None if there is none or it does not exist."""
    for match in reversed(list(_DATE.finditer(arabic(text)))):
        year, month, day = (
            match["year"] or match["packed_year"],
            match["month"] or match["packed_month"],
            match["day"] or match["packed_day"],
        )
        try:
            return date(_full_year(year), int(month), int(day)), match[0]
        except ValueError:
            continue
    return None


def parse_date(text: str) -> date | None:
    """The last complete date in a text."""
    found = find_date(text)
    return found[0] if found else None


def impossible_date(text: str) -> str:
    """The last date in a text that is written out in full and is in no calendar (2023年2月30日), in Arabic digits; "" if there is none."""
    for match in reversed(list(_WRITTEN_OUT.finditer(arabic(text)))):
        try:
            date(*(int(part) for part in match.groups()))
        except ValueError:
            return match[0]
    return ""
