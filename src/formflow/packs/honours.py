"""Dated values of policy.yaml and honours.yaml → `HonoursPolicy`: windows without gap or overlap, levels with a sum each, or a line that
says where not. Shapes were settled before (see `schema`, `honours_schema`)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from formflow.model.policy import FEN_UNIT, DatedParameter, DatedValue, HonourLevel, HonoursPolicy, MatchingStandard
from formflow.packs import honours_schema as h
from formflow.packs import schema as s
from formflow.packs.build import citation
from formflow.packs.crosscheck import repeated_ids
from formflow.packs.strict_yaml import Path, Problem, YamlFile

_ONE_DAY = timedelta(days=1)


def check_dated(file: YamlFile, policy: s.PolicyFile) -> Iterator[Problem]:
    """Every window of every dated value: real days, the right way round, one behind the other, open only at the end."""
    yield from repeated_ids(file, "dated", [parameter.id for parameter in policy.dated])
    for number, parameter in enumerate(policy.dated):
        problems = [
            problem
            for index, part in enumerate(parameter.values)
            for problem in _check_window(file, ("dated", number, "values", index), part)
        ]
        yield from problems or _check_succession(file, ("dated", number, "values"), parameter.values)


def _check_window(file: YamlFile, place: Path, part: s.DatedValuePart | h.MatchingPart) -> Iterator[Problem]:
    for key, text in (("from", part.since), ("until", part.until)):
        if text is not None and _day(text) is None:
            yield file.problem((*place, key), f"没有“{text}”这一天；请改正。")
    if part.until is not None and part.until < part.since:
        yield file.problem((*place, "until"), f"until（{part.until}）早于 from（{part.since}）；请把先后改过来。")


def _check_succession(file: YamlFile, place: Path, parts: list[s.DatedValuePart]) -> Iterator[Problem]:
    for index, (earlier, later) in enumerate(pairwise(parts), 1):
        here = (*place, index, "from")
        if earlier.until is None:
            yield file.problem(here, f"上一条没有写 until；请写上它最后有效的一天，下一条从 {later.since} 起有效。")
            continue
        wanted = date.fromisoformat(earlier.until) + _ONE_DAY
        since = date.fromisoformat(later.since)
        if since < wanted:
            yield file.problem(here, f"与上一条的有效期重叠（上一条到 {earlier.until}）；from 应为 {wanted}。")
        elif since > wanted:
            yield file.problem(here, f"与上一条之间有空档（上一条到 {earlier.until}）；from 应为 {wanted}。")


def check_honours(file: YamlFile, part: h.HonoursFile, policy: s.PolicyFile | None) -> Iterator[Problem]:
    """Everything inside honours.yaml that does not fit together, or points at no dated value in fen."""
    yield from repeated_ids(file, "levels", [level.id for level in part.levels])
    amounts = {dated.id: dated for dated in policy.dated} if policy else None
    words: dict[str, int] = {}
    for index, level in enumerate(part.levels):
        place: Path = ("levels", index, "amount")
        if amounts is not None and level.amount not in amounts:
            yield file.problem(place, f"policy.yaml 的 dated 里没有“{level.amount}”；请补上，或改正名称。")
        elif amounts is not None and (unit := amounts[level.amount].unit) != FEN_UNIT:
            yield file.problem(place, f"“{level.amount}”的单位是“{unit}”；金额的单位应为“{FEN_UNIT}”。")
        for word in (*level.places, *level.words):
            if words.setdefault(word, index) != index:
                yield file.problem(("levels", index), f"“{word}”在另一级里已经写过；一个说法只能指一个级别。")
    yield from _check_matching(file, part)


def _check_matching(file: YamlFile, part: h.HonoursFile) -> Iterator[Problem]:
    levels = {level.id for level in part.levels}
    for index, standard in enumerate(part.matching):
        place: Path = ("matching", index)
        yield from _check_window(file, place, standard)
        if standard.level not in levels:
            yield file.problem((*place, "level"), f"没有“{standard.level}”这一级；可以写的是：{'、'.join(levels)}。")
        if standard.unit != FEN_UNIT:
            yield file.problem((*place, "unit"), f"金额的单位应为“{FEN_UNIT}”，写的是“{standard.unit}”。")


def honours_policy(part: h.HonoursFile, policy: s.PolicyFile, source: str) -> HonoursPolicy:
    """The policy of a pack whose files have been checked."""
    amounts = {dated.id: dated_parameter(dated, source) for dated in policy.dated}
    return HonoursPolicy(
        title_words=tuple(part.title_words),
        levels=tuple(
            HonourLevel(level.id, level.label, tuple(level.places), tuple(level.words), amounts[level.amount])
            for level in part.levels
        ),
        outside=tuple(part.outside),
        below=tuple(part.below),
        uses=tuple(use.text for use in part.uses),
        citation=citation(part.basis, source),
        matching=tuple(MatchingStandard(m.district, m.level, _value(m, source)) for m in part.matching),
    )


def local_choices(part: h.HonoursFile) -> tuple[str, ...]:
    """What the sources do not give, one line each."""
    bases = [("补助政策", part.basis)]
    bases += [(f"补助经费用途“{use.text}”", use.basis) for use in part.uses]
    bases += [(f"{m.district}配套标准", m.basis) for m in part.matching]
    return tuple(f"{name}：{basis.clause}" for name, basis in bases if basis.source == "local")


def dated_parameter(part: s.DatedPart, source: str) -> DatedParameter:
    return DatedParameter(part.id, part.label, part.unit, tuple(_value(value, source) for value in part.values))


def _value(part: s.DatedValuePart | h.MatchingPart, source: str) -> DatedValue:
    until = date.fromisoformat(part.until) if part.until else None
    return DatedValue(part.value, date.fromisoformat(part.since), until, citation(part.basis, source), part.quote)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
