"""The shipped pack's checks on true values: the findings are exactly those the corpus expects, how many there are of each included."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest

from formflow.model.programme import Programme
from formflow.model.record import Answer, Record
from formflow.packs import load_pack
from formflow.rules.checks import check
from formflow.rules.decide import decide
from support.filling import fields_of, findings_of
from support.invent import invent

PACK = Path(__file__).resolve().parents[2] / "templates" / "nantong-service-centre"
ATTACHMENTS = {"development_plan", "implementation_plan"}


@pytest.fixture(scope="module")
def pack() -> Programme:
    return load_pack(PACK, with_letters=False)


@pytest.mark.parametrize("seed", range(80))
def test_true_values_give_the_expected_findings(pack: Programme, seed: int) -> None:
    filling = invent(random.Random(f"filling {seed}"))
    fields, expected = fields_of(filling), findings_of(filling)
    unread = {field for code, field in expected if code == "invalid" and fields.get(field) is None}
    answers = {
        name: Answer(name, value, "写了", None, 0.99, "写的是“写了”，看不出来" if name in unread else "")
        for name, value in fields.items()
    }
    enclosed = tuple(ATTACHMENTS - {field for code, field in expected if code == "attachment_missing"})
    record = Record(pack.id, "application", answers, enclosed)
    form = pack.form("application")
    assert form is not None
    findings = check(pack, form, record, None)
    assert sorted((finding.code, finding.field) for finding in findings) == sorted(expected)
    reviews = {"unsealed", "unsigned", "attachment_missing"}
    assert decide(findings).outcome == ("accepted" if {code for code, _ in expected} <= reviews else "supplement")
    late = check(pack, form, record, date(int((fields["form_date"] or "2022-01")[:4]), 5, 6))
    assert ("out_of_window", "form_date") in {(finding.code, finding.field) for finding in late}
