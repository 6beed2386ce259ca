"""A 佐证材料 sheet that came back filled in: whose each article is, of which level its medium is, whether it counts.

In: a returned sheet against which nothing stands (`rules.evidence_said`). Out: all of it in the register. What was left empty stays as it
is. Inside a transaction of the caller's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from formflow.model.evidence_sheet import EvidenceSheet, ReturnedEvidence
from formflow.model.programme import Programme
from formflow.register import books
from formflow.register import evidence as entered
from formflow.register import models as rows
from formflow.register.evidence import Said
from formflow.rules.evidence_said import Word, words_of
from formflow.service.evidence import applicants_of
from formflow.service.office import Office

_STANDING = rows.EvidenceArticle.Standing


def enter(
    office: Office,
    programme: Programme,
    paper: rows.Paper,
    shown: EvidenceSheet,
    returned: ReturnedEvidence,
    who: str,
) -> str:
    """Enters a sheet without problems; what came of it, in one Chinese sentence."""
    words = words_of(shown, returned)
    applicants = applicants_of(programme, returned.year)
    cases = {one.name: applicants.cases[one.id] for one in applicants.applicants}
    found = rows.EvidenceArticle.objects.filter(pk__in=list(words)).select_related("case").order_by("pk")
    for row in found:
        before, said = _told(row), _said(programme, words[row.pk], row, cases)
        entered.settle(row, said, paper, who)
        about = row.title or f"{row.pk}号材料"
        books.add_event(office.now(), "evidence_decided", about, who=who, before=before, after=_told(row))
    return f"佐证材料 {len(words)} 篇已按表核定" if words else "佐证材料表上没有填写新的意见"


def _said(programme: Programme, word: Word, row: rows.EvidenceArticle, cases: Mapping[str, rows.Case]) -> Said:
    """Who wants an article counted says with it that it is whose it was shown to be."""
    assert programme.media is not None
    level = next((one.id for one in programme.media.levels if one.label == word.level), None)
    is_confirmed = word.is_counted is True and row.standing == _STANDING.ATTRIBUTED
    case = cases.get(word.owner) if word.owner else row.case
    return Said(bool(word.owner) or is_confirmed, case, level, word.is_counted)


def _told(row: rows.EvidenceArticle) -> Mapping[str, Any]:
    """An article as the journal tells what was decided about it."""
    return {
        "article": row.pk,
        "standing": row.standing,
        "case": row.case_id,
        "level": row.level,
        "counted": row.is_counted,
    }
