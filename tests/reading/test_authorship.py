"""Who a file says saved it last."""

from __future__ import annotations

import pytest

from formflow.errors import UnreadableError
from formflow.reading.authorship import authorship
from formflow.reading.limits import DEFAULT
from formflow.reading.package import Package
from support.archives import zipped


@pytest.mark.parametrize(
    ("part", "said", "name"),
    [
        ("docProps/core.xml", "<cp:lastModifiedBy>王敏</cp:lastModifiedBy>", "王敏"),
        ("docProps/core.xml", "<dc:creator>formflow</dc:creator><lastModifiedBy> 王\n 敏 </lastModifiedBy>", "王 敏"),
        ("docProps/core.xml", "<cp:lastModifiedBy>A &amp; B</cp:lastModifiedBy>", "A & B"),
        ("docProps/core.xml", "<dc:creator>formflow</dc:creator>", ""),
        ("docProps/core.xml", "<cp:lastModifiedBy/>", ""),
        ("meta.xml", "<meta:initial-creator>甲</meta:initial-creator><dc:creator>乙</dc:creator>", "乙"),
        ("other.xml", "<cp:lastModifiedBy>王敏</cp:lastModifiedBy>", ""),
    ],
)
def test_the_name_is_on_one_line_and_empty_where_the_file_does_not_say(part: str, said: str, name: str) -> None:
    package = Package(zipped({part: f"<x>{said}</x>".encode()}), DEFAULT)
    assert authorship(package).saved_by == name


def test_a_name_is_no_longer_than_can_be_shown() -> None:
    long = f"<x><cp:lastModifiedBy>{'王' * 200}</cp:lastModifiedBy></x>".encode()
    package = Package(zipped({"docProps/core.xml": long}), DEFAULT)
    assert authorship(package).saved_by == "王" * 100


def test_of_a_workbook_we_handed_out_the_first_page_is_read() -> None:
    import io

    from openpyxl import Workbook

    from formflow.reading.limits import Limits
    from formflow.reading.reader import read_document

    def made(creator: str) -> bytes:
        book = Workbook()
        book.active.append(["单位", "拟命名"])
        for title in ("明细", "分歧"):
            book.create_sheet(title).append(["甲"] * 30)
        book.properties.creator = creator
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    # One page fits, and one behind it; all three do not.
    limits = Limits(max_blocks=40)
    assert "拟命名" in read_document(made("formflow"), limits).text
    assert "甲" not in read_document(made("formflow")).text
    assert "甲" in read_document(made("张三")).text
    with pytest.raises(UnreadableError):
        read_document(made("张三"), limits)
