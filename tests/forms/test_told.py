"""The one order in which everybody looks at what a document is."""

from __future__ import annotations

import pytest

from formflow.forms.told import claims_on
from formflow.model.document import Document
from formflow.reading.reader import read_document
from support import offices
from support.draw_evidence_samples import PAGE
from support.honours_lists import word
from support.money import honours
from support.office import packs

ROW = ["新驿站", "暖阳中心", "全国", "2022年3月15日"]
VOTED = (
    "本报讯（记者 高远）近日，某中心召开会员评议会，发出评议票150张，收回148张，其中满意127票、基本满意10票、不满意11票，"
    "该中心的“心灵港湾”项目被评为2022年全国工会联系引导社会组织服务职工优秀项目。"
)


def kinds(document: Document) -> list[str]:
    return [match.kind for match in claims_on(document, packs())]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (offices.COMPLETE.read_bytes(), "application"),
        (offices.PLAN.read_bytes(), "attachment"),
        (honours(ROW), "honours"),
        (PAGE.encode(), "evidence"),
        (f"青岛日报 2023年7月5日\n评议会上听民声\n{VOTED}".encode(), "evidence"),
        (word("2022年优秀项目名单", [["项目名称", "社会组织", "级别", "命名时间"], ROW]), "honours"),
    ],
    ids=["form", "attachment", "list", "page", "page that tells of votes", "list in Word"],
)
def test_what_a_document_is(data: bytes, kind: str) -> None:
    assert kinds(read_document(data)) == [kind]


def test_what_is_nothing_is_claimed_by_nobody() -> None:
    assert kinds(read_document(("今天天气很好，适合出门走走。" * 8).encode())) == []
