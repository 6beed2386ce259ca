"""Measures a letter against GB/T 9704-2012, rule by rule, and says what it measured.

In: any .docx or PDF, ours or not. Out: every rule with its clause, its strength and a verdict; what a file cannot show (printing, seals,
who signed when) is said to be for people, never passed in silence. Changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from formflow.letters.elements import Kind
from formflow.letters.measure.opened import MeasureError
from formflow.letters.measure.pdf_checks import PdfChecks, kind_of_pdf
from formflow.letters.measure.pdffile import PdfFile
from formflow.letters.measure.rules import BY_ID, RULES, Check, Rule, Strength, Verdict
from formflow.letters.measure.word_checks import WordChecks, kind_of_word
from formflow.letters.measure.wordfile import WordFile

__all__ = ["MeasureError", "Measurement", "Report", "measure"]


@dataclass(frozen=True, slots=True)
class Measurement:
    """One rule as it was measured."""

    rule_id: str
    clause: str
    strength: Strength
    requirement: str
    measured: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Report:
    """All rules for one file. `kind` is the kind of paper it was taken for, `format` docx or pdf."""

    name: str
    format: str
    kind: Kind
    measurements: tuple[Measurement, ...]

    @property
    def failures(self) -> tuple[Measurement, ...]:
        return tuple(m for m in self.measurements if m.verdict == "fail")


def measure(source: Path | bytes, kind: Kind | None = None, *, name: str = "") -> Report:
    """Measure a file; `kind` overrides what the file looks like, `name` is what bytes are called. Raises MeasureError for anything but a
    readable .docx or PDF. A file from outside may hang or flood it: measure that apart (`measure.plain`, in a child process)."""
    name = source.name if isinstance(source, Path) else name
    try:
        data = source.read_bytes() if isinstance(source, Path) else source
    except OSError as error:
        raise MeasureError(f"打不开文件：{name}") from error
    if data[:5] == b"%PDF-":
        pdf = PdfFile(data)
        kind = kind or kind_of_pdf(pdf)
        return Report(name, "pdf", kind, _all_rules(kind, PdfChecks(pdf, kind).run()))
    if data[:2] == b"PK":
        word = WordFile(data)
        kind = kind or kind_of_word(word)
        return Report(name, "docx", kind, _all_rules(kind, WordChecks(word, kind).run()))
    raise MeasureError(f"不是 .docx 或者 PDF 文件：{name}" if name else "不是 .docx 或者 PDF 文件")


def _all_rules(kind: Kind, checks: Iterable[Check]) -> tuple[Measurement, ...]:
    """Every rule in the standard's order, those nothing was said about as well."""
    found = {check.rule_id: check for check in checks if BY_ID[check.rule_id].applies_to(kind)}
    return tuple(_measurement(rule, kind, found.get(rule.id)) for rule in RULES)


def _measurement(rule: Rule, kind: Kind, check: Check | None) -> Measurement:
    verdict: Verdict
    if not rule.applies_to(kind):
        verdict, measured = "not_applicable", "不是这一类公文"
    elif check is not None and check.is_kept is not None:
        verdict, measured = ("pass" if check.is_kept else "fail"), check.measured
    elif check is not None:
        verdict, measured = "not_applicable", check.measured
    else:
        verdict, measured = "not_checkable", rule.human or "从这种文件量不出"
    return Measurement(rule.id, rule.clause, rule.strength, rule.requirement, measured, verdict)
