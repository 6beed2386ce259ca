"""The words and numbers of evaluation sheets: what a head or label asks for, how many ballots a cell says, what rate.

Pure text work; which cell stands under which head is for `tallies`. Total: what is no whole number of ballots is a `Count` without value.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction

from formflow.model.document import Locator
from formflow.model.evaluation import PARTICIPATION, SATISFACTION, Count, EvaluationRules, StatedRate
from formflow.model.text import fold

# Subjects of columns that hold no number of ballots.
HOME, ITEM, SERIAL, RANK, REMARK = "home", "item", "serial", "rank", "remark"
# An answer of members that the pack does not know (一般 …).
UNKNOWN_ANSWER = "unknown_answer"

_PAPER = r"(?:的)?(?:会员|民主|职工|满意度)*(?:测评|评议|评家|评价|调查|表决|打分)*(?:选票|问卷|表|票|卷)?"
_AMOUNT = r"(?:总)?(?:票|份|张|人|人次)?(?:数量|数目|数|量)?"
_COUNTED = (
    ("issued", rf"(?:共|实际|实|总)?(?:发出|发放|印发|下发|投放|发){_PAPER}{_AMOUNT}"),
    ("returned", rf"(?:共|实际|实|总)?(?:收回|回收|收到|交回|收){_PAPER}{_AMOUNT}"),
    ("valid", rf"(?:其中)?(?:收回|回收)?(?:的)?有效{_PAPER}{_AMOUNT}"),
    ("spoilt", rf"(?:其中)?(?:收回|回收)?(?:的)?(?:无效|作废|废){_PAPER}{_AMOUNT}"),
    ("members", r"(?:现有|本单位|应参加?评?的?)?(?:工会)?会员总?(?:人)?数(?:量)?|应参(?:评|加评议|加测评)(?:会员)?(?:总)?人数"),
    (HOME, r"(?:被)?(?:测评|评议|参评|受评)(?:单位|对象|工会)(?:名称)?"),
    (ITEM, r"(?:测评|评议|评价|考评)(?:项目|内容|指标|事项)"),
    (SERIAL, r"序号|编号|序|号|no\.?"),
    (RANK, r"排名|名次|位次|排序"),
    (REMARK, r"备注|说明|备考|意见(?:和|与)?建议|主要意见"),
)  # fmt: skip
_PARTICIPATION = r"(?:会员|测评|评议|票)*(?:参评|参与|参加|投票|回收|收回)(?:评议|测评)?(?:比)?率"
_SATISFIED_RATE = r"(?:会员|职工|综合|总体|总|测评|评议|群众)*满意(?:率|度|比例|比率|百分比)"
_RATE_TAIL = r"(?:票|人)?(?:数)?(?:所)?(?:得票率|占比|比例|比率|百分比|百分率|率|占%|%)"
_RATE_WORDS = re.compile(r"(?:所)?(?:得票率|占比|比例|比率|百分比|百分率|率|%|占%)")
_COUNT_TAIL = rf"(?:得票|{_AMOUNT}|的?人数|的?票数)"
# What a member can say of something, whatever the pack's own answers are.
_ANSWERS = re.compile(r".{0,4}满意|一般|较?好|较?差|优秀?|良好?|中|合格|基本合格|不合格|不?称职|弃权|不?了解")
_UNITS = re.compile(r"\((?:票|张|份|人|名|个|单位:?.{1,2}|人次|必填)\)")
_NUMBER = re.compile(
    r"(?:共|计)?([+-]?(?:\d{1,3}(?:,\d{3})+|\d+))(?:\.0+)?(?:票|张|份|人次|人|名|个)?"
    r"(?:[(/,;]*(?:占比?|得票率|比例)?:?(\d{1,3}(?:\.\d+)?%)\)?)?"
)
_RATE = re.compile(r"(\d{1,3})(?:\.(\d+))?(%?)")
_DASHES = str.maketrans("－−–—﹣", "-----")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a head asks for. `subject` is a ballot count, a choice's id, a rate of the whole home, or one of the words above; `words` as
    printed. `is_rate`: a share is wanted, not a number; `is_percent`: the head itself says per cent. `is_open`: 满意率 can be the
    share of the answer 满意 or the rate of all that are satisfied."""

    subject: str
    words: str
    is_rate: bool = False
    is_percent: bool = False
    is_open: bool = False


class Vocabulary:
    """The words of one pack's sheets."""

    def __init__(self, rules: EvaluationRules) -> None:
        self.rules = rules
        self._choices = {fold(word): choice.id for choice in rules.choices for word in (choice.label, *choice.also)}
        self._homes = tuple(_head_of(fold(word)) for word in rules.home_heads)
        self.choice_ids = frozenset(choice.id for choice in rules.choices)
        self._known: dict[str, Meaning | None] = {}

    def meaning(self, *path: str) -> Meaning | None:
        """What heads one above the other, the lowest last, ask for; None where none of them says anything known."""
        is_rate = is_percent = False
        for words in reversed(path):
            found = self._of(words)
            if found:
                return Meaning(
                    found.subject,
                    words,
                    found.is_rate or is_rate,
                    found.is_percent or is_percent,
                    found.is_open and not is_rate,
                )
            bare = _UNITS.sub("", fold(words)).strip("()")
            is_rate = is_rate or bool(_RATE_WORDS.fullmatch(bare))
            is_percent = is_percent or "%" in bare
        return None

    def _of(self, words: str) -> Meaning | None:
        if words not in self._known:
            self._known[words] = self._look_up(words)
        return self._known[words]

    def _look_up(self, words: str) -> Meaning | None:
        folded = re.sub(r"^\(?\d{1,2}[).,]", "", _UNITS.sub("", fold(words))).rstrip(":")
        bare = folded.replace("(%)", "")
        is_percent = "%" in folded
        if home := self._home(bare):
            return home
        for subject, pattern in _COUNTED:
            if re.fullmatch(pattern, bare):
                return Meaning(subject, words)
        if re.fullmatch(_PARTICIPATION, bare):
            return Meaning(PARTICIPATION, words, True, is_percent)
        return self._answer(bare, words, is_percent)

    def _home(self, bare: str) -> Meaning | None:
        return Meaning(HOME, bare) if _head_of(bare) in self._homes else None

    def _answer(self, bare: str, words: str, is_percent: bool) -> Meaning | None:
        if re.fullmatch(_SATISFIED_RATE, bare):
            return Meaning(
                SATISFACTION, words, True, is_percent, is_open=bool(re.fullmatch("满意(?:率|比例|比率|百分比)", bare))
            )
        plain = re.sub(r"^(?:其中|评价为?|测评为?|评议为?)[:,]?", "", bare).strip("\"'")
        for label in sorted(self._choices, key=len, reverse=True):
            if not plain.startswith(label):
                continue
            tail = plain[len(label) :].strip("\"'")
            if re.fullmatch(_RATE_TAIL, tail) or (is_percent and not tail):
                return Meaning(self._choices[label], words, True, is_percent)
            if not tail or re.fullmatch(_COUNT_TAIL, tail):
                return Meaning(self._choices[label], words, is_percent, is_percent)
        bare_answer = re.sub(rf"(?:{_COUNT_TAIL}|{_RATE_TAIL})$", "", plain)
        if bare_answer and _ANSWERS.fullmatch(bare_answer):
            return Meaning(
                UNKNOWN_ANSWER,
                words,
                bool(re.fullmatch(rf".*?{_RATE_TAIL}", plain)) and not plain.endswith(bare_answer),
                is_percent,
            )
        return None

    def home_order(self, words: str) -> int:
        """Which of two heads over names is meant: the pack's own order, other wordings last."""
        bare = _head_of(fold(words))
        return self._homes.index(bare) if bare in self._homes else len(self._homes)


def _head_of(folded: str) -> str:
    return folded.rstrip(":").removesuffix("名称").removesuffix("全称")


def _plain(text: str) -> str:
    """Half width, one kind of dash, no white space at the ends and round marks; digits apart from each other stay apart."""
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES)
    return re.sub(r"\s*([(),;:/%]|票|张|份|人|名|占|[+-])\s*", r"\1", plain).strip()


def is_number(text: str) -> bool:
    """Whether a cell holds a number of ballots or a rate, right or wrong."""
    plain = _plain(text)
    return bool(_NUMBER.fullmatch(plain) or re.fullmatch(r"-?\d+(?:\.\d+)?%?(?:票|张|份|人|名|个)?", plain))


def read_count(text: str, locator: Locator | None, confidence: float = 1.0) -> tuple[Count, StatedRate | None]:
    """The ballots a cell says, and the share written beside them (127（92.7%）). 零 is 0; a blank, a stroke, a fraction, 约120 have no value."""
    plain = _plain(text)
    found = _NUMBER.fullmatch(re.sub(r"\s+(?=\d{1,3}(?:\.\d+)?%)", "/", plain)) if plain else None
    if found is None:
        value = 0 if re.fullmatch(r"[零〇○](?:票|张|份|人)?", plain) else None
        return Count(value, text.strip(), locator, confidence), None
    share = read_rate(found[2], locator, is_percent=True) if found[2] else None
    return Count(int(found[1].replace(",", "")), text.strip(), locator, confidence), share


def read_rate(text: str, locator: Locator | None, *, is_percent: bool) -> StatedRate:
    """A rate as written. Without a sign a number up to 1 can be a fraction (a workbook's 0.925); `is_percent`: the head says per cent."""
    found = _RATE.fullmatch(_plain(text))
    if found is None:
        return StatedRate(text.strip(), (), (), locator)
    decimals = found[2] or ""
    number, unit = Fraction(f"{found[1]}.{decimals or 0}"), Fraction(1, 10 ** len(decimals))
    as_percent, as_fraction = (number / 100, unit / 100), (number, unit)
    readings = [as_percent]
    if not found[3] and number <= 1:
        readings.insert(1 if is_percent else 0, as_fraction)
    return StatedRate(text.strip(), tuple(value for value, _ in readings), tuple(unit for _, unit in readings), locator)
