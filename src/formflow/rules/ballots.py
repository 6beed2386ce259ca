"""One home's ballots: what they add up to, and every slip in them. Exact; nothing is rounded but in the words of a message.

The rate of participation is ballots handed in ÷ handed out; the rate of satisfaction is the answers that count as satisfied ÷ valid ballots
(handed in less spoilt; all that were handed in where the sheet says neither).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from formflow.model.evaluation import (
    BALLOT_LABELS,
    PARTICIPATION,
    RATE_LABELS,
    SATISFACTION,
    Count,
    EvaluationRules,
    HomeTally,
    StatedRate,
)
from formflow.model.finding import Finding, FindingCode, Severity
from formflow.model.ratio import percent
from formflow.model.text import is_blank
from formflow.rules.fields import SURE_ENOUGH
from formflow.rules.places import locator_words

FIELD = "homes"
_NONE_WORDS = ("无", "没有", "零")


@dataclass(frozen=True, slots=True)
class Ballots:
    """A home's ballots with what follows from them. `answers` are by choice id, those that were left empty and can only be nought filled in
    (`filled_in`); `base` is the number of valid ballots. A number that cannot be told is None."""

    issued: int | None
    returned: int | None
    base: int | None
    answers: Mapping[str, int | None]
    filled_in: tuple[str, ...] = ()

    def satisfied(self, rules: EvaluationRules) -> int | None:
        """How many answers count as satisfied; None if one of them is not known."""
        numbers = [
            self.answers[choice.id] for choice in rules.choices if choice.is_satisfied and choice.id in self.answers
        ]
        return sum(number for number in numbers if number is not None) if numbers and None not in numbers else None


def ballots_of(tally: HomeTally) -> Ballots:
    """What the counts of a home come to."""
    returned, valid, spoilt = tally.value("returned"), tally.value("valid"), tally.value("spoilt")
    base = valid if valid is not None else returned
    if valid is None and spoilt is not None and returned is not None:
        base = returned - spoilt
    counts = {key: count for key, count in tally.counts.items() if key not in BALLOT_LABELS}
    empty = tuple(key for key, count in counts.items() if count.value is None and is_blank(count.raw, _NONE_WORDS))
    others = [count.value for key, count in counts.items() if key not in empty] + [c.value for _, c in tally.unmapped]
    known = sum(value for value in others if value is not None)
    # Nothing is left over for the empty places: they are nought.
    is_nought = bool(empty) and None not in others and base is not None and known == base
    answers = {key: 0 if is_nought and key in empty else count.value for key, count in counts.items()}
    return Ballots(tally.value("issued"), returned, base, answers, empty if is_nought else ())


def participation(ballots: Ballots) -> Fraction | None:
    """Handed in ÷ handed out."""
    if not ballots.issued or ballots.returned is None:
        return None
    return Fraction(ballots.returned, ballots.issued)


def satisfaction(ballots: Ballots, rules: EvaluationRules) -> Fraction | None:
    """Satisfied answers ÷ valid ballots."""
    satisfied = ballots.satisfied(rules)
    return Fraction(satisfied, ballots.base) if satisfied is not None and ballots.base else None


def check_home(rules: EvaluationRules, tally: HomeTally) -> Iterator[Finding]:
    """Every slip in one home's line, at once."""
    slips = list(_numbers(rules, tally))
    yield from slips
    if not any(slip.severity == "error" for slip in slips):
        sums = list(_sums(rules, tally))
        yield from sums
        if not any(slip.severity == "error" for slip in sums):
            yield from _rates(rules, tally)
    yield from _unmapped(rules, tally)
    if tally.confidence < SURE_ENOUGH:
        said = "票数识读的把握不大"
        yield slip(rules, tally, "low_confidence", said, "请对照原件核对这一行的数字", "review")


def slip(
    rules: EvaluationRules,
    tally: HomeTally,
    code: FindingCode,
    said: str,
    requirement: str,
    severity: Severity = "error",
    count: Count | StatedRate | None = None,
) -> Finding:
    """A finding in a home's line; the home leads the sentence."""
    locator = (count.locator if count else None) or tally.locator
    name = tally.home_name or "未写明名称的一行"
    return Finding(
        code=code,
        field=FIELD,
        severity=severity,
        message=f"“{name}”：{said}",
        basis=rules.citation.clause,
        requirement=requirement,
        label=name,
        place=locator_words(locator),
        locator=locator,
    )


def label_of(rules: EvaluationRules, key: str) -> str:
    """What a count or rate is called."""
    if choice := rules.choice(key):
        return choice.label
    return BALLOT_LABELS.get(key) or RATE_LABELS.get(key, key)


def _numbers(rules: EvaluationRules, tally: HomeTally) -> Iterator[Finding]:
    """Each count alone: there, whole, not negative."""
    ballots = ballots_of(tally)
    for key in (key for key in ("issued", "returned") if key not in tally.counts):
        yield slip(rules, tally, "missing", f"没有写{label_of(rules, key)}", f"请补上{label_of(rules, key)}")
    for key, count in tally.counts.items():
        label = label_of(rules, key)
        if count.value is not None and count.value < 0:
            yield slip(
                rules, tally, "invalid", f"{label}写的是 {count.raw}，票数不能是负数", f"请改正{label}", count=count
            )
        elif count.value is None and not is_blank(count.raw, _NONE_WORDS):
            said = f"{label}写的是“{count.raw}”，不是整数"
            yield slip(rules, tally, "invalid", said, f"请用整数填写{label}", count=count)
        elif key in ballots.filled_in:
            said = f"{label}没有填数，其余各项相加已等于有效票数，按 0 票计"
            yield slip(rules, tally, "missing", said, "请核对，没有的写 0", "info", count)
        elif count.value is None and key not in ("members", "valid", "spoilt"):
            yield slip(rules, tally, "missing", f"{label}没有填写", f"请补填{label}，没有的写 0", count=count)
    if not any(key not in BALLOT_LABELS for key in tally.counts):
        yield slip(rules, tally, "missing", "没有各种评价的票数", "请分别写明各种评价的票数")


def _sums(rules: EvaluationRules, tally: HomeTally) -> Iterator[Finding]:
    """What the counts say to each other."""
    ballots = ballots_of(tally)
    issued, returned, valid, spoilt = (tally.value(key) for key in ("issued", "returned", "valid", "spoilt"))
    members = tally.value("members")
    if issued == 0:
        yield slip(rules, tally, "invalid", "发出票数是 0，不能计算", "请核对发出票数", count=tally.counts["issued"])
    if members is not None and issued is not None and issued > members:
        said = f"发出 {issued} 张，多于会员 {members} 人"
        yield slip(rules, tally, "inconsistent", said, "请核对发出票数和会员人数", "review", tally.counts["issued"])
    if issued is not None and returned is not None and returned > issued:
        said = f"收回 {returned} 张，多于发出的 {issued} 张"
        yield slip(rules, tally, "inconsistent", said, "请核对发出和收回票数", count=tally.counts["returned"])
    if valid is not None and returned is not None and valid > returned:
        said = f"有效票 {valid} 张，多于收回的 {returned} 张"
        yield slip(rules, tally, "inconsistent", said, "请核对收回和有效票数", count=tally.counts["valid"])
    elif valid is not None and spoilt is not None and returned is not None and valid + spoilt != returned:
        said = f"有效 {valid} 张加无效 {spoilt} 张是 {valid + spoilt} 张，收回的是 {returned} 张"
        yield slip(rules, tally, "inconsistent", said, "请核对收回、有效和无效票数", count=tally.counts["valid"])
    yield from _answers_sum(rules, tally, ballots)


def _answers_sum(rules: EvaluationRules, tally: HomeTally, ballots: Ballots) -> Iterator[Finding]:
    parts = [(label_of(rules, key), value) for key, value in ballots.answers.items() if value is not None]
    parts += [(words, count.value) for words, count in tally.unmapped if count.value is not None]
    total = sum(value for _, value in parts)
    if ballots.base is None or total == ballots.base:
        return
    told = " + ".join(f"{label} {value}" for label, value in parts)
    base = "有效票" if tally.value("valid") is not None or tally.value("spoilt") is not None else "收回票数"
    said = f"{told} = {total} 张，{base}是 {ballots.base} 张，相差 {abs(total - ballots.base)} 张"
    yield slip(rules, tally, "inconsistent", said, "请核对各种评价的票数和收回票数，有无效票的写明无效票数")


def _rates(rules: EvaluationRules, tally: HomeTally) -> Iterator[Finding]:
    """Each stated rate against the counted one."""
    for key, stated in tally.rates.items():
        if not stated.readings:
            said = f"{_rate_label(rules, key)}写的是“{stated.raw}”，不是比率"
            yield slip(rules, tally, "invalid", said, "请核对；比率以票数计算的为准", "review", stated)
        elif (counted := _counted(rules, tally, key)) and not any(_agrees(stated, share) for share in counted):
            said = f"{_rate_label(rules, key)}表上写的是 {stated.raw}，按票数计算是 {percent(counted[0])}"
            only = _satisfied_only(rules, tally) if key == SATISFACTION else None
            if only is not None and _agrees(stated, only):
                said += f"（与只计“{_first_label(rules)}”一种评价的比率相符）"
                yield slip(rules, tally, "inconsistent", said, "请核对满意率的算法", "review", stated)
            else:
                yield slip(rules, tally, "inconsistent", said, "请核对票数和比率", count=stated)


def _rate_label(rules: EvaluationRules, key: str) -> str:
    return RATE_LABELS.get(key) or f"{label_of(rules, key)}的比率"


def _counted(rules: EvaluationRules, tally: HomeTally, key: str) -> list[Fraction]:
    """What a rate can be by the counts: of the valid ballots, or of all that were handed in (or out, or of the members)."""
    ballots = ballots_of(tally)
    if key == SATISFACTION:
        parts, bases = ballots.satisfied(rules), (ballots.base, ballots.returned)
    elif key == PARTICIPATION:
        parts, bases = ballots.returned, (ballots.issued, tally.value("members"))
    else:
        parts, bases = ballots.answers.get(key), (ballots.base, ballots.returned)
    return [Fraction(parts, base) for base in bases if base] if parts is not None else []


def _satisfied_only(rules: EvaluationRules, tally: HomeTally) -> Fraction | None:
    first = next((choice.id for choice in rules.choices if choice.is_satisfied), "")
    shares = _counted(rules, tally, first)
    return shares[0] if shares else None


def _first_label(rules: EvaluationRules) -> str:
    return next((choice.label for choice in rules.choices if choice.is_satisfied), "")


def _agrees(stated: StatedRate, share: Fraction) -> bool:
    """Whether a written rate is the share to its last digit, rounded or cut off."""
    return any(abs(value - share) < unit for value, unit in zip(stated.readings, stated.units, strict=True))


def _unmapped(rules: EvaluationRules, tally: HomeTally) -> Iterator[Finding]:
    """Answers the pack does not know: nobody here decides whether they are satisfied."""
    for words, count in tally.unmapped:
        if count.value is None and is_blank(count.raw, _NONE_WORDS):
            continue
        if count.value is None or count.value < 0:
            yield slip(rules, tally, "invalid", f"“{words}”写的是“{count.raw}”，不是票数", "请改正", count=count)
        elif count.value:
            known = "、".join(choice.label for choice in rules.choices)
            said = f"“{words}”有 {count.value} 票，不在规定的评价（{known}）之内，不能确定是否算满意"
            yield slip(rules, tally, "inconsistent", said, "请确定这种评价算不算满意", "review", count)
