"""The texts of an honours list's cells → names, dates, sums, remarks. Total: what cannot be read is None with a doubt in Chinese."""

from __future__ import annotations

import re
from dataclasses import dataclass

from formflow.model.money import NOTHING, Fen, MoneyUnit, parse_money, sums_in
from formflow.model.period import arabic, named_spans, parse_date
from formflow.model.text import fold, is_blank, tidy

_NUMBERING = re.compile(r"^(?:[（(]?\d{1,3}[)）.．、]|[（(]?[一二三四五六七八九十]{1,3}[)）、]|[①-⑳])\s*(?=[^\d\s])")
_OPEN, _CLOSE = "[（(〔\\[【]", "[)）〕\\]】]"
_QUOTES = "“”\"'‘’《》「」『』〈〉"
_OLD_NAME = re.compile(
    rf"^(?P<now>.+?)\s*{_OPEN}\s*(?:原名称?|原项目名称?|原项目名|曾用名|原称|前身为?|原(?!生态|创|野|点|色|乡|始|地|址|则|因|有|来|味|单位))(?:为|是)?\s*[:：]?\s*(?P<old>[^）)]+){_CLOSE}\s*$",
    re.DOTALL,
)
_NEW_NAME = re.compile(
    rf"^(?P<old>.+?)\s*{_OPEN}?\s*[，,;；]?\s*(?:现已?|已|后|于.{{4,12}})?(?:更名|改名|变更名称|名称变更|现名称?)(?:为|是)?\s*[:：]?\s*(?P<now>[^）)]+?){_CLOSE}?\s*$",
    re.DOTALL,
)
# A project's name with all that is said of it; what is longer is no name, and patterns would take long over it.
_LONGEST_NAME = 200
_GAPS = re.compile(r"\s{2,}")
# Renaming said in a remark.
_REMARKED_OLD = re.compile(
    r"(?:原名称?|原项目名称?|原项目|曾用名|前身为?|原为|由)\s*(?:为|是)?\s*[:：]?\s*(?P<quoted>[“\"《「](?P<a>[^”\"》」]+)[”\"》」]|(?P<b>[^，。；,;（()）\s]+?))(?:项目)?(?=$|更名|改名|变更|[，。；,;）)])"
)
_REMARKED_NEW = re.compile(
    r"(?:更名|改名|名称变更)为?\s*[:：]?\s*(?:[“\"《「](?P<a>[^”\"》」]+)[”\"》」]|(?P<b>[^，。；,;（()）\s]+))"
)
_VOID = re.compile("作废|无效|不予|不补|不再?发放|不再?拨|未通过|未获[评批]|未入选|落选|放弃|弃权|暂缓|停发|剔除|除名")
_TAKEN_BACK = re.compile("已(?:被|经)?(?:撤销|撤消|取消|作废|摘牌)|不予(?:补|发|计)")
# What somebody adds to a name.
_ADDED = re.compile(r"[(（\[【〔][^)）\]】〕]*|\s{2}.*|[*※＊].*", re.DOTALL)
_REVOKED = re.compile(r"(?<!未)(?<!不)(?:撤销|撤消|取消|摘牌|撤回|收回(?:荣誉|称号|牌匾|证书))(?!条件)")
_DAY = re.compile(r"[日号]|\d{4}[./-]\d{1,2}[./-]\d{1,2}|(?<!\d)\d{8}(?!\d)")
# What some programs print behind a day.
_CLOCK = re.compile(r"[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$")
_YEAR = re.compile(r"(?P<year>(?:19|20)\d{2})(?:年度?|年份)?")
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
# A bare number so large is no number of 万元 for any honour; smaller ones could be either.
_LEAST_YUAN = 100
_NOT_PAID = re.compile(r"^(?:无|否|未|没有|尚未|暂未|未曾|从未)")
_ABOUT = re.compile("约|左右|大概|估计|近|余|多元|以上|不足")
_PAID_WORDS = re.compile(
    r"已(?:经)?(?:获得?|享受|领取?|按.{0,6})?(?:市总|各级|.级)?(?:补助|拨付|付|发放|支付|奖补|兑现|拨)[^。；;]{0,24}"
)
# The same with the sum before it: 市级补助1万元已发放.
_PAID_BEHIND = re.compile(
    r"(?:补助|奖补|经费|资金|奖金)[^。；;]{0,16}(?:元|万)(?:\([^()]*\))?[^。；;\d]{0,6}已(?:经)?(?:全部|足额)?(?:补助|拨付|下拨|付|发放|发|支付|兑现|到账|到位|领取|拨)"
)
_DOCUMENT_NO = re.compile(r"[\u4e00-\u9fff]{1,12}\s*[〔\[（(【［]\s*\d{4}\s*[〕\]）)】］]\s*第?\s*\d+\s*号")


@dataclass(frozen=True, slots=True)
class Named:
    """A project's name as it is now, and other names it is given beside it."""

    name: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dated:
    """A date as ISO text, as exact as it was written ("2022-11-20", "2022-11", "2022"), and a doubt."""

    text: str | None
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Paid:
    """A sum and a doubt; `note` says what had to be taken for granted."""

    amount: Fen | None
    doubt: str = ""
    note: str = ""


def one_line(text: str) -> str:
    """A text typed over several lines as one: nothing between Chinese characters, else a space."""
    joined = re.sub(r"(?<=[\u4e00-\u9fff”》）)、，—])\n|\n(?=[\u4e00-\u9fff“《（(、，—])", "", tidy(text))
    return joined.replace("\n", " ").strip()


def name_of(text: str) -> str:
    """A name without the number before it."""
    line = one_line(text)
    return "" if is_blank(line) else _NUMBERING.sub("", line).strip()


def project_of(text: str) -> Named:
    """A project's name; "…（原名：…）" and "…（更名为…）" give the name it has now, and the other."""
    line = name_of(text)
    for pattern in (_OLD_NAME, _NEW_NAME) if len(line) <= _LONGEST_NAME else ():
        if match := pattern.match(_GAPS.sub(" ", line)):  # a long gap could be parted in too many ways
            return Named(_unquoted(match["now"]), (_unquoted(match["old"]),))
    return Named(line)


def names_remarked(text: str) -> tuple[tuple[str, ...], str]:
    """The former names a remark gives, and the new one ("" if none)."""
    line = one_line(text)
    old = tuple(_unquoted(match["a"] or match["b"]) for match in _REMARKED_OLD.finditer(line))
    new = _REMARKED_NEW.search(line)
    return tuple(name for name in old if name), _unquoted(new["a"] or new["b"]) if new else ""


def _unquoted(name: str) -> str:
    bare = name.strip(" \t\u3000:：，,。")
    return (
        bare[1:-1]
        if len(bare) > 2 and bare[0] in _QUOTES and bare[-1] in _QUOTES and not set(bare[1:-1]) & set(_QUOTES)
        else bare
    )


def says_revoked(text: str) -> bool:
    return bool(_REVOKED.search(fold(text)))


def says_void(text: str) -> bool:
    """Whether a note says that something does not count, or is not to be paid: more than is revoked."""
    return says_revoked(text) or bool(_VOID.search(fold(text)))


def name_says_void(name: str) -> bool:
    """The same of a name, which may be made of such words itself: what is added to it in brackets or behind a gap, or says that it happened."""
    return any(map(says_void, _ADDED.findall(name))) or bool(_TAKEN_BACK.search(fold(name)))


def date_of(text: str, *, is_from_workbook: bool = False) -> Dated:
    """The one date a cell says."""
    if is_blank(text) or fold(text) in ("无", "不详", "待定"):
        return Dated(None)
    folded = arabic(_CLOCK.sub("", text.strip()))
    if is_from_workbook and (match := re.fullmatch(r"((?:19|20)\d{2})\.1", folded)):
        return Dated(match[1], f"写的是“{folded}”，制表软件里2022.10这样的数会少一个0，看不出是1月还是10月")
    months = {named.span for named in named_spans(folded)}
    if len(months) > 1:
        return Dated(None, f"写的是“{one_line(text)}”，有几个时间，看不出是哪一个")
    if day := parse_date(folded):
        return Dated(day.isoformat())
    if re.search("月[一二三四五六七八九十]+$", folded):
        return Dated(None, f"写的是“{one_line(text)}”，没有写完整")
    if _DAY.search(folded) and re.search(r"\d{4}", folded):
        return Dated(None, f"写的是“{one_line(text)}”，没有这一天")
    if match := _YEAR.fullmatch(folded):
        return Dated(match["year"])
    spans = list(months)
    if len(spans) == 1 and spans[0].first == spans[0].last:
        return Dated(str(spans[0].first))
    return Dated(None, f"写的是“{one_line(text)}”，看不出日期")


def date_within(text: str) -> Dated:
    """The one day or month that a cell about an honour names among other words (2022年3月1日被评为……)."""
    months = {named.span for named in named_spans(text) if named.span.first == named.span.last}
    if len(months) > 1:
        return Dated(None, f"写的是“{one_line(text)}”，有几个时间，看不出是哪一个")
    if not months:
        return Dated(None)
    day = parse_date(text)
    return Dated(day.isoformat() if day else str(months.pop().first))


def year_in(text: str) -> int | None:
    """The one year a title names."""
    years = set(re.findall(r"(?<!\d)((?:19|20)\d{2})(?=年)", re.sub(r"[〔\[（(【]\d{4}[〕\]）)】]", "", arabic(text))))
    return int(years.pop()) if len(years) == 1 else None


def document_of(text: str) -> str | None:
    """A document's number or name as written."""
    line = one_line(text)
    return None if is_blank(line) or line == "无" else line


def document_number(text: str) -> str | None:
    """The first 发文字号 in a text."""
    match = _DOCUMENT_NO.search(text)
    return re.sub(r"\s+", "", match[0]) if match else None


def paid_of(text: str, unit: MoneyUnit | None) -> Paid:
    """The sum a cell of a column of payments says; `unit` is what the head or a note names."""
    line = one_line(text)
    if is_blank(line):
        return Paid(None)
    if _NOT_PAID.match(fold(line)):
        return Paid(NOTHING)
    amount = parse_money(line, unit)
    if amount is not None:
        return Paid(amount)
    if _NUMBER.fullmatch(fold(line)):
        number = fold(line).replace(",", "")
        if float(number) >= _LEAST_YUAN and (amount := parse_money(f"{number}元")) is not None:
            return Paid(amount, note=f"已补助金额“{line}”没有写单位，按元读取")
        return Paid(None, f"已补助金额“{line}”没有写单位，看不出是元还是万元")
    sums = set(sums_in(line))
    if len(sums) == 1 and not _ABOUT.search(line) and not _loose_numbers(line):
        return Paid(sums.pop())
    return Paid(None, f"已补助金额写的是“{line}”，看不出是多少")


def _loose_numbers(line: str) -> bool:
    """Whether numbers stand in a text beside its sums and dates."""
    rest = re.sub(r"(?:19|20)\d{2}[年./-]?(?:\d{1,2}[月./-]?)?(?:\d{1,2}日?)?(?:度)?", "", fold(line))
    return len(re.findall(r"\d[\d,.]*", rest)) > 1


def paid_in_remark(text: str) -> Paid | None:
    """What a remark says has been paid (已补助1万元); None if it speaks of no payment."""
    said = [match[0] for pattern in (_PAID_WORDS, _PAID_BEHIND) for match in pattern.finditer(fold(text))]
    sums = [fen for words in said for fen in sums_in(words)]
    if not sums:
        return None
    if len(set(sums)) > 1:
        return Paid(None, f"备注“{one_line(text)}”写了几笔补助，看不出合计是多少")
    return Paid(sums[0], note=f"备注写有“{one_line(text)}”，按已补助计算")
