"""附件 on their own pages: each way of getting it wrong is seen, in Word files and in PDFs."""

from __future__ import annotations

import pytest

from formflow.letters import elements as e
from formflow.letters.fonts import FontBook
from formflow.letters.measure import measure
from formflow.letters.skeleton import Skeleton, Text, make
from formflow.letters.typeset import typeset
from formflow.letters.word import render
from support.broken_letters import BODY, edited, restyled

SHIPPED = FontBook.shipped()


def enclosed(mark: str = "附件", title: e.Element = e.ENCLOSURE_TITLE) -> bytes:
    """A white-headed notice with one 附件."""
    skeleton = make(
        Skeleton(
            "form",
            (
                Text(e.TITLE, "关于优秀职工服务中心名单的通知"), Text(e.RECIPIENT, "各县（市）区总工会："), Text(e.BODY, BODY),
                Text(e.ENCLOSURES, "附件：优秀职工服务中心名单"), Text(e.SIGNATURE, "南通市总工会"), Text(e.DATE, "2022年3月7日"),
                Text(e.ENCLOSURE_MARK, mark), Text(title, "优秀职工服务中心名单"), Text(e.BODY, "白鹭镇职工服务中心。"),
            ),
        )
    )  # fmt: skip
    return render(skeleton, {})


def failing(made: bytes) -> set[str]:
    return {m.rule_id for m in measure(made).failures}


def test_an_enclosure_by_the_rules_keeps_them() -> None:
    word = enclosed()
    for made in (word, typeset(word, fonts=SHIPPED).pdf):
        found = {m.rule_id: m.verdict for m in measure(made).measurements}
        assert [found[rule] for rule in ("F01", "F02", "F03", "F04")] == ["pass"] * 4


def test_without_an_enclosure_nothing_is_said() -> None:
    word = make(Skeleton("form", (Text(e.TITLE, "公示"), Text(e.BODY, BODY), Text(e.DATE, "2022年3月7日"))))
    assert {m.verdict for m in measure(word).measurements if m.rule_id in ("F01", "F02", "F03")} == {"not_applicable"}


@pytest.mark.parametrize("in_pdf", [False, True])
def test_an_enclosure_on_the_letters_own_page(in_pdf: bool) -> None:
    word = restyled(enclosed(), "附件", "<w:pageBreakBefore/>", "")
    if in_pdf:
        word = edited(word, "document", 'w:pStyle w:val="附件"', 'w:pStyle w:val="一级标题"')
        assert "F01" in failing(typeset(word, fonts=SHIPPED).pdf)
    else:
        assert failing(word) == {"F01"}


def test_a_page_break_typed_before_it_is_as_good() -> None:
    word = restyled(enclosed(), "附件", "<w:pageBreakBefore/>", "")
    broken = edited(word, "document", "2022年3月7日</w:t>", '2022年3月7日</w:t><w:br w:type="page"/>')
    assert "F01" not in failing(broken)


def test_a_colon_behind_the_mark() -> None:
    word = enclosed("附件：")
    assert "F02" in failing(word)
    assert "F02" in failing(typeset(word, fonts=SHIPPED).pdf)


def test_a_mark_that_is_not_black_type() -> None:
    assert failing(restyled(enclosed(), "附件", "黑体", "仿宋_GB2312")) == {"F02"}


@pytest.mark.parametrize("title", [e.SLIP_TEXT, e.SLIP_NUMBER])
def test_a_title_that_is_not_centred(title: e.Element) -> None:
    assert "F03" in failing(enclosed(title=title))


def test_a_title_right_under_the_mark() -> None:
    close = restyled(enclosed(), "附件标题", 'w:before="592"', 'w:before="0"')
    assert failing(close) == {"F03"}
    pdf = typeset(
        edited(enclosed(), "document", 'w:pStyle w:val="附件标题"', 'w:pStyle w:val="附件说明文字"'), fonts=SHIPPED
    ).pdf
    assert "F03" in failing(pdf)
