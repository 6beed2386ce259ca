"""Honours lists in many shapes, each read into exactly the rows that stand in it."""

from __future__ import annotations

import pytest

from formflow.forms.honours import honours_lists, record_of_list
from formflow.model.honours import HonoursList
from formflow.model.money import yuan_number
from formflow.reading import read_document
from support.honours_lists import Row, Sample, samples, word, workbook
from support.office import NANTONG, packs

SAMPLES = samples()


def read(data: bytes) -> tuple[HonoursList, ...]:
    return honours_lists(read_document(data), packs())


def rows_of(lists: tuple[HonoursList, ...]) -> tuple[Row, ...]:
    return tuple(
        Row(h.project or None, h.organisation, h.level, h.date, None if h.paid is None else int(yuan_number(h.paid)))
        for found in lists
        for h in found.honours
    )


def test_there_are_enough_of_them() -> None:
    assert len(SAMPLES) >= 60
    assert len({sample.name for sample in SAMPLES}) == len(SAMPLES)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_a_list_says_what_stands_in_it(sample: Sample) -> None:
    lists = read(sample.data)
    assert rows_of(lists) == sample.rows
    codes = {finding.code for found in lists for finding in found.findings}
    assert sample.codes <= codes
    assert not (sample.clean and codes)


@pytest.mark.parametrize("sample", [s for s in SAMPLES if s.extra], ids=lambda sample: sample.name)
def test_what_else_a_list_says(sample: Sample) -> None:
    ((found),) = read(sample.data)
    for honour in found.honours:
        for key, value in sample.extra.items():
            assert getattr(honour, key) == value


def test_a_revoked_honour_is_marked() -> None:
    revoked = {s.name: s for s in SAMPLES if s.name.startswith("revoked")}
    assert len(revoked) == 2
    for sample in revoked.values():
        assert all(honour.is_revoked for found in read(sample.data) for honour in found.honours)


def test_what_is_not_sure_holds_its_row() -> None:
    by_name = {sample.name: sample for sample in SAMPLES}
    for name in ("paid-without-unit", "unsure-payment", "paid-flag-only", "level-against-honour", "no-project"):
        assert all(honour.doubts for found in read(by_name[name].data) for honour in found.honours), name
    for name in ("plain", "paid-in-yuan", "paid-not", "other-cities", "paid-large-without-unit"):
        assert not any(honour.doubts for found in read(by_name[name].data) for honour in found.honours), name


def test_the_record_has_the_fields_of_the_contract() -> None:
    (found,) = read(next(s for s in SAMPLES if s.name == "paid-in-yuan").data)
    record = record_of_list(found)
    assert (record.kind, record.programme_id) == ("honours", "qingdao-social-organisations")
    (row,) = record.value("honours")
    assert list(row) == ["project", "organisation", "level", "date", "document", "paid"]
    assert row["paid"] == 10_000
    assert len(record.answers["honours"].row_locators) == 1


def test_other_papers_are_no_honours_lists() -> None:
    papers = [
        workbook([["序号", "项目", "金额（元）", "时间"], [1, "房屋维修", 20000, "2022-05-01"]]),
        workbook([["姓名", "单位", "级别"], ["王某", "青岛市总工会", "市级"]]),
        workbook([["项目名称", "负责单位", "完成时间"], ["阵地建设", "镇工会", "2022年6月"]]),
        word("关于召开全国工会工作会议的通知", "各区市总工会：", "1.会议时间（2022年5月1日）", "2022年4月20日"),
        *(path.read_bytes() for path in sorted((NANTONG / "samples").glob("*.docx"))[:3]),
    ]
    for data in papers:
        assert read(data) == ()


def test_the_place_of_a_row_is_told() -> None:
    (found,) = read(next(s for s in SAMPLES if s.name == "plain").data)
    assert [honour.locator.part for honour in found.honours] == [f"sheet 1, row {row}, column 1" for row in (3, 4, 5)]
