"""The list of pilot units of sichuan-demonstration-units: rows, and two years between pilot and demonstration unit."""

from __future__ import annotations

from formflow.forms.align import align
from formflow.forms.recognise import recognise
from formflow.reading import read_document
from formflow.rules.checks import check
from support.demonstration_fills import fill_list
from support.office import packs

ROWS = (
    ("桥溪县职工服务中心", "青衣市", "2021年3月", "2023年3月"),
    ("竹河县职工服务中心", "青衣市", "2022.5", "2023.3"),
    ("茶坪区职工服务中心", "岷水州", "2022年5月", ""),
)


def test_a_pilot_is_named_after_two_years_at_the_earliest() -> None:
    document = read_document(fill_list(ROWS, "青衣市总工会"))
    match = recognise(document, packs()).only
    assert match is not None
    assert match.form is not None
    assert (match.programme.id, match.kind) == ("sichuan-demonstration-units", "evidence")
    record = align(document, match.form, match.programme.id)
    assert record.value("reporting_union") == "青衣市总工会"
    assert [tuple(row.values()) for row in record.value("pilots")] == [(*row[:3], row[3] or None) for row in ROWS]
    (found,) = check(match.programme, match.form, record, None)
    assert (found.code, found.field, found.severity) == ("not_eligible", "pilots", "error")
    assert "竹河县" in found.message
    assert "10个月" in found.message
