"""What was filled in on a 佐证材料 sheet, held against the sheet as things are now: what is newly said of each article, and everything that
stands against taking it. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from formflow.model.evidence_sheet import NOBODY, ArticleLine, EvidenceSheet, ReturnedArticle, ReturnedEvidence
from formflow.model.text import fold, quoted
from formflow.rules.drafts import not_the_latest


@dataclass(frozen=True, slots=True)
class Word:
    """What is newly said of one article, checked: a unit's label, NOBODY or "" (nothing said); a level's label or ""."""

    line: ArticleLine
    owner: str
    level: str
    is_counted: bool | None

    @property
    def is_new(self) -> bool:
        return bool(self.owner or self.level or self.is_counted is not None)

    @property
    def applied(self) -> ArticleLine:
        """The line as it will be."""
        line = self.line
        is_counted = line.is_counted if self.is_counted is None else self.is_counted
        return replace(
            line, owner=self.owner or line.owner, level_said=self.level or line.level_said, is_counted=is_counted
        )


def problems_of(shown: EvidenceSheet, returned: ReturnedEvidence) -> tuple[str, ...]:
    """Everything that stands against taking the sheet, in Chinese; empty when it can be taken. `shown` is how things are now."""
    if returned.revision != shown.head.revision:
        return (not_the_latest(returned.revision, shown.head.revision, "此后又有佐证材料、申请表或核定"),)
    lines = {line.code: line for line in shown.articles}
    found = [*returned.problems]
    for one in returned.articles:
        line = lines.get(one.code)
        found += _problems(one, line, shown) if line else [f"没有{one.code}号材料，不能增加行"]
    return tuple(found) or tuple(_contradictions(shown, returned))


def _problems(one: ReturnedArticle, line: ArticleLine, shown: EvidenceSheet) -> Iterator[str]:
    name = _name(line)
    if fold(one.title) != fold(line.title):
        yield f"{line.code}号应当是{name}，表上是{quoted(one.title)}，行被移动过，请在原表上填写"
        return
    units = _units_called(one.owner, shown)
    if one.owner and one.owner != line.owner and len(units) != 1:
        several = f"，可能是{'、'.join(map(quoted, units))}" if units else ""
        yield f"{name}的归属单位写的是{quoted(one.owner)}，名单上没有这一家{several}；请照{NOBODY}或“单位名单”一页上的名称填写"
        return
    if one.level and one.level != line.level_said and not _levels_called(one.level, shown):
        yield f"{name}的媒体级别写的是“{one.level}”，请写{'、'.join(shown.levels)}中的一个"


def _contradictions(shown: EvidenceSheet, returned: ReturnedEvidence) -> Iterator[str]:
    """What cannot be true together, of everything that was and is said."""
    words = words_of(shown, returned)
    after = [words[line.code].applied if line.code in words else line for line in shown.articles]
    for line in after:
        if line.is_counted and line.code in words:
            yield from _against_counting(line)
    for line in after:
        same = [other for other in after if other.code in line.copies and other.code > line.code]
        for other in same:
            if line.is_counted and other.is_counted and _owner(line) == _owner(other):
                yield f"{line.code}号和{other.code}号是同一篇，只能有一份计入"


def _against_counting(line: ArticleLine) -> Iterator[str]:
    name = _name(line)
    if line.owner == NOBODY:
        yield f"{name}写了{NOBODY}，不能计入"
    elif not _owner(line):
        yield f"{name}写了计入，请在“归属单位”一栏写明是哪一家"
    if not (line.level_said or line.level or line.genre == "表彰文件"):
        yield f"{name}写了计入，请在“媒体级别”一栏写明级别"


def _owner(line: ArticleLine) -> str:
    return line.owner or line.about


def _name(line: ArticleLine) -> str:
    return f"《{line.title}》" if line.title else f"{line.code}号材料"


def _units_called(said: str, shown: EvidenceSheet) -> list[str]:
    """The labels of the units that go by a name, the whole of it."""
    wanted = fold(said)
    if wanted == fold(NOBODY):
        return [NOBODY]
    by_label = [unit.label for unit in shown.units if fold(unit.label) == wanted]
    return by_label or [unit.label for unit in shown.units if wanted in map(fold, unit.names)]


def _levels_called(said: str, shown: EvidenceSheet) -> str:
    return next((level for level in shown.levels if fold(level) == fold(said)), "")


def words_of(shown: EvidenceSheet, returned: ReturnedEvidence) -> Mapping[int, Word]:
    """What is newly said, by code."""
    lines = {line.code: line for line in shown.articles}
    found = {}
    for one in returned.articles:
        line = lines[one.code]
        owner = "" if not one.owner or one.owner == line.owner else _units_called(one.owner, shown)[0]
        level = "" if not one.level or one.level == line.level_said else _levels_called(one.level, shown)
        is_counted = None if one.is_counted == line.is_counted else one.is_counted
        word = Word(line, "" if owner == line.owner else owner, level, is_counted)
        if word.is_new:
            found[line.code] = word
    return found
