"""Lists of honours that stand in the text of a paper, not in a table."""

from __future__ import annotations

import pytest

from formflow.forms.honours import honours_lists
from formflow.model.honours import Honour
from formflow.reading import read_document
from support.honours_lists import word
from support.office import packs

HEAD = (
    "青岛市总工会文件",
    "青工发〔2023〕12号",
    "青岛市总工会关于命名2023年度青岛市工会联系引导社会组织服务职工优秀项目的决定",
    "各区市总工会：",
)
TAIL = ("青岛市总工会", "2023年12月8日")
LIST = "2023年度青岛市工会联系引导社会组织服务职工优秀项目名单"


def told(*paragraphs: str) -> tuple[Honour, ...]:
    return tuple(h for found in honours_lists(read_document(word(*paragraphs)), packs()) for h in found.honours)


@pytest.mark.parametrize(
    "line",
    [
        "甲服务中心：暖心驿站（二期）",
        "暖心驿站（二期）——甲服务中心",
        "暖心驿站（二期）（甲服务中心）",
        "甲服务中心　　暖心驿站（二期）",
    ],
)
def test_a_stage_in_brackets_is_no_organisation(line: str) -> None:
    (honour,) = told(*HEAD, *TAIL, LIST, f"1.{line}")
    assert (honour.project, honour.organisation) == ("暖心驿站（二期）", "甲服务中心")
