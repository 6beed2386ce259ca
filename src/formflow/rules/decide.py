"""What follows from the findings, and which case a paper belongs to. Pure; opening and keeping cases is the register's."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

from formflow.model.case import CaseKey, Decision
from formflow.model.finding import Finding
from formflow.model.period import Month
from formflow.model.programme import Programme
from formflow.model.record import Record
from formflow.model.text import fold, is_blank

_FOLDER_LENGTH = 80
# Not allowed in a Windows file name, or invisible; a slash would make a folder of its own.
_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]')
_RESERVED = re.compile(r"^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\.|$)", re.IGNORECASE)
_HARMLESS = re.compile(r"[()<>《》〈〉\"',.;:!?]")


def decide(findings: Iterable[Finding]) -> Decision:
    """Accepted unless something is an error. What only a person can see (a seal on paper) does not hold an application back; what was
    read unsurely holds back every decision, for all that is wrong is told at once and nothing that is not."""
    found = tuple(findings)
    if any(finding.code == "low_confidence" for finding in found):
        return Decision("review", found)
    return Decision("supplement" if any(finding.severity == "error" for finding in found) else "accepted", found)


def case_key(programme: Programme, record: Record, received_on: date) -> CaseKey | None:
    """The case of a paper by the pack's case rule; None when the paper names no unit at all."""
    rule = programme.case_rule
    unit = _first_name(programme, record, rule.unit)
    if not unit:
        return None
    folder = _first_name(programme, record, rule.folder) or unit
    names = (unit_key(_name(programme, record, field_id)) for field_id in (*rule.unit, *rule.folder))
    return CaseKey(
        programme_id=programme.id,
        year=_year(record, rule.year, received_on),
        unit=unit,
        unit_key=unit_key(unit),
        folder=folder_name(folder),
        names=tuple(dict.fromkeys(name for name in names if name)),
        telling_folder=folder_name(f"{folder}（{unit}）") if folder != unit else "",
    )


def unit_names(programme: Programme, record: Record) -> tuple[str, ...]:
    """The names a paper gives its unit (project, centre, applicant), as written, in the pack's order."""
    rule = programme.case_rule
    return tuple(dict.fromkeys(filter(None, (_name(programme, record, id_) for id_ in (*rule.unit, *rule.folder)))))


def unit_key(name: str) -> str:
    """A unit's name for comparison. Only white space, width, brackets, quotes and stray marks are passed over, so that
    服务中心（站） and 服务中心站 are one, but no two units whose names differ by a word."""
    return _HARMLESS.sub("", fold(name)).casefold()


def folder_name(name: str) -> str:
    """A name that Windows and Linux both take for a folder: at most 80 characters, never empty, never reserved."""
    plain = unicodedata.normalize("NFC", " ".join(_UNSAFE.sub(" ", name).split()))
    plain = plain[:_FOLDER_LENGTH].strip(" .")
    if not plain:
        return "未写明单位"
    return f"_{plain}"[:_FOLDER_LENGTH].rstrip(" .") if _RESERVED.match(plain) else plain


def _first_name(programme: Programme, record: Record, field_ids: tuple[str, ...]) -> str:
    return next((name for field_id in field_ids if (name := _name(programme, record, field_id))), "")


def _name(programme: Programme, record: Record, field_id: str) -> str:
    """A unit's name on one line, "" when nothing usable was written: a placeholder, or a label of the form itself, names nobody."""
    value = record.value(field_id)
    form = programme.form(record.kind)
    nobody = (*form.placeholders, *(field.label for field in form.fields)) if form else ()
    if not isinstance(value, str) or is_blank(value, (*nobody, "无")) or not unit_key(value):
        return ""
    return " ".join(value.split())


def _year(record: Record, field_ids: tuple[str, ...], received_on: date) -> int:
    for field_id in field_ids:
        value = record.value(field_id)
        try:
            return Month.of(value).year
        except (AttributeError, ValueError):
            continue
    return received_on.year
