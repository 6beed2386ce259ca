"""What is settled about one honour while its row is read: its level and date from all that is said of them, and every doubt.

Comes in: readings of cells, headings and titles. Goes out: a value or None, with findings; where sayings do not agree there is no value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from formflow.forms.honour_levels import LevelReading
from formflow.forms.honour_papers import Surroundings
from formflow.forms.honour_texts import Dated
from formflow.model.document import Locator
from formflow.model.finding import Finding, FindingCode, Severity
from formflow.model.policy import HonoursPolicy
from formflow.model.text import quoted

FIELD = "honours"


@dataclass(slots=True)
class RowReading:
    """One honour while it is read: what was found wrong with it so far."""

    policy: HonoursPolicy
    locator: Locator
    project: str = ""
    findings: list[Finding] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    def say(self, code: FindingCode, severity: Severity, message: str, *, is_doubt: bool = False) -> None:
        """A finding about this row; `is_doubt`: nothing can be paid before it is settled."""
        named = f"{quoted(self.project)}：" if self.project else ""
        basis = self.policy.citation.clause
        self.findings.append(
            Finding(
                code,
                FIELD,
                severity,
                f"{named}{message}",
                basis,
                label=self.project,
                place=_place(self.locator),
                locator=self.locator,
            )
        )
        if is_doubt:
            self.doubts.append(message)


def settle_level(
    reading: RowReading,
    said: list[LevelReading],
    heading: LevelReading | None,
    context: LevelReading | None,
    title: LevelReading | None = None,
) -> str | None:
    """One level from what the row, the heading over it and the title say; None with a finding where they do not agree or say none."""
    found = said or [r for r in (heading or context,) if r]
    if not found:
        reading.say("missing", "error", "看不出是哪一级荣誉，请写明全国、省或市", is_doubt=True)
        return None
    away = next((r for r in found if r.elsewhere), None)
    if away and all(r.elsewhere or r.is_ranked_only for r in found):
        _say_elsewhere(reading, away)
        return None
    if title and title.elsewhere == "outside" and all(r.is_ranked_only for r in found):
        _say_elsewhere(reading, title)
        return None
    levels = {r.level for r in found}
    if len(levels) > 1 or None in levels:
        words = "”“".join(dict.fromkeys(r.text for r in found))
        reading.say(
            "inconsistent" if len(found) > 1 else "invalid",
            "error",
            f"级别写的是“{words}”，看不出是哪一级荣誉",
            is_doubt=True,
        )
        return None
    return found[0].level


def _say_elsewhere(reading: RowReading, place: LevelReading) -> None:
    what = "外省市的荣誉" if place.elsewhere == "outside" else "区市及以下的荣誉"
    labels = "、".join(level.label for level in reversed(reading.policy.levels))
    reading.say("not_eligible", "review", f"“{place.text}”是{what}，不在补助范围内（补助的是{labels}的荣誉）")


def settle_date(reading: RowReading, dated: Dated, around: Surroundings) -> str | None:
    if dated.doubt:
        reading.say("invalid", "review" if dated.text else "error", f"获得荣誉的时间{dated.doubt}")
    elif dated.text is None:
        known = f"，标题写有{around.year}年" if around.year else ""
        reading.say("missing", "review" if around.year else "error", f"没有写获得荣誉的时间{known}")
    return dated.text


def _place(locator: Locator) -> str:
    row = re.search(r"row (\d+)", locator.part)
    return f"第{row[1]}行" if row else ""
