"""Web pages: what a reader sees of them, and nothing that leads elsewhere."""

from __future__ import annotations

import pytest

from formflow.errors import UnreadableError
from formflow.model.document import Document, Paragraph, Table
from formflow.reading.limits import Limits
from formflow.reading.reader import read_document

ARTICLE = "　　近日，青岛市四方社区的职工来到服务站，领取了清凉用品，还体验了理发、缝补等便民服务，大家都说工会把服务送到了身边，以后要常来。"


def read(body: str, head: str = "", encoding: str = "utf-8", before: str = "") -> Document:
    return read_document(f"<!DOCTYPE html>{before}<html><head>{head}</head><body>{body}</body></html>".encode(encoding))


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


def test_paragraphs_headings_and_breaks() -> None:
    found = read(
        f"<h1>工会送清凉<br>职工得实惠</h1><div><p>{ARTICLE}</p>甲<br/>乙<p>丙<b>丁</b><i> 戊</i>\n己</p></div>"
    )
    assert texts(found) == ["工会送清凉 职工得实惠", ARTICLE, "甲", "乙", "丙丁 戊己"]
    assert [b.style for b in found.blocks if isinstance(b, Paragraph)] == ["heading 1", None, None, None, None]
    assert [b.locator.part for b in found.blocks][:2] == ["paragraph 1", "paragraph 2"]


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>var 甲=1</script>",
        "<style>.甲{}</style>",
        "<noscript>甲</noscript>",
        "<template>甲</template>",
        "<nav>甲</nav>",
        "<div hidden>甲</div>",
        '<p style="DISPLAY: none">甲</p>',
        '<p style="visibility:hidden">甲</p>',
        '<span style="font-size:0px">甲</span>',
        '<div aria-hidden="true">甲</div>',
        '<ul role="navigation"><li>甲</ul>',
        "<select><option>甲</option></select>",
        "<button>甲</button>",
        '<ul><li><a href="1">甲一</a><li><a href="2">甲二</a><li><a href="3">甲三</a></ul>',
        "<!-- 甲 -->",
    ],
)
def test_what_is_not_to_be_seen_or_leads_elsewhere(hidden: str) -> None:
    found = read(f"<div>{hidden}<p>{ARTICLE}</p>{hidden}</div>")
    assert texts(found) == [ARTICLE]


def test_a_short_article_among_many_links_stays() -> None:
    links = "".join(f'<li><a href="{n}">别处的一条新闻的标题第{n}条</a></li>' for n in range(40))
    assert texts(read(f"<div><ul>{links}</ul><p>{ARTICLE}</p><ul>{links}</ul></div>")) == [ARTICLE]


def test_links_in_running_text_stay() -> None:
    assert texts(read('<p>见<a href="1">甲</a>、<a href="2">乙</a>和<a>丙</a>的报道，都是这次活动的内容。</p>')) == [
        "见甲、乙和丙的报道，都是这次活动的内容。"
    ]


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("gb18030", "gb2312"), ("gb18030", ""), ("utf-8", ""), ("utf-8", "utf-8"), ("big5", "big5"), ("utf-16", "")],
)
def test_encodings(encoding: str, declared: str) -> None:
    found = read("<p>職工服務中心</p>", f'<meta charset="{declared}">' if declared else "", encoding)
    assert texts(found) == ["職工服務中心"]


def test_an_xhtml_page_with_its_declaration() -> None:
    page = (
        '<?xml version="1.0" encoding="GBK"?><html xmlns="http://www.w3.org/1999/xhtml"><body><p>甲</p></body></html>'
    )
    assert texts(read_document(page.encode("gbk"))) == ["甲"]


def test_what_the_page_says_of_itself_stands_beside() -> None:
    head = (
        "<title>送清凉_青岛新闻</title><meta name='source' content='青岛日报'><meta property='og:site_name' content='青岛新闻网'>"
        "<meta name='PubDate' content='2023-07-05 08:00'><link rel=canonical href='https://epaper.example.cn/a.html'>"
    )
    found = read(
        f"<header>青岛日报</header><p>{ARTICLE}</p><footer>版权所有</footer>",
        head,
        before="<!-- saved from url=(0022)http://www.example.cn/ -->",
    )
    assert texts(found) == [ARTICLE]
    assert [p.text for p in found.furniture] == [
        "送清凉_青岛新闻",
        "青岛新闻网",
        "来源：青岛日报",
        "发布时间：2023-07-05 08:00",
        "网址：https://epaper.example.cn/a.html",
        "网址：http://www.example.cn/",
        "青岛日报",
        "版权所有",
    ]


def test_tables_are_true_grids_and_those_that_only_place_things_are_none() -> None:
    inner = "<table><tr><th>项目<th>级别<tr><td rowspan=2>甲<td>市级<tr><td>省级<tr><td colspan=2>合计</table>"
    found = read(f"<table width=100%><tr><td>{inner}<p>{ARTICLE}</p></td></tr></table>")
    table = found.blocks[0]
    assert isinstance(table, Table)
    assert (table.rows, table.columns) == (4, 2)
    assert [(c.row, c.column, c.row_span, c.column_span, c.text) for c in table.cells] == [
        (0, 0, 1, 1, "项目"), (0, 1, 1, 1, "级别"), (1, 0, 2, 1, "甲"), (1, 1, 1, 1, "市级"), (2, 1, 1, 1, "省级"), (3, 0, 1, 2, "合计"),
    ]  # fmt: skip
    assert table.cells[1].locator.part == "table 1, row 1, column 2"
    assert texts(found)[1:] == [ARTICLE]


def test_a_page_saved_as_one_file() -> None:
    import base64

    body = base64.encodebytes(f"<html><body><p>{ARTICLE}</p></body></html>".encode("gbk")).decode()
    data = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: http://www.example.cn/a.html\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html; charset="gb2312"\r\n'
        f"Content-Transfer-Encoding: base64\r\n\r\n{body}\r\n--b\r\nContent-Type: image/png\r\n\r\nx\r\n--b--\r\n"
    )
    found = read_document(data.encode())
    assert (found.format, texts(found)) == ("html", [ARTICLE])
    assert [p.text for p in found.furniture] == ["网址：http://www.example.cn/a.html"]


@pytest.mark.parametrize("page", ["<html></html>", "<html><body><script>1</script></body>", "<!DOCTYPE html><table>"])
def test_a_page_that_says_nothing(page: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_document(page.encode())
    assert caught.value.code == "empty"


def test_monstrous_pages_are_refused_or_read() -> None:
    with pytest.raises(UnreadableError) as caught:
        read_document(b"<html>" + b"<p>a" * 100, Limits(max_blocks=50))
    assert caught.value.code == "too_large"
    with pytest.raises(UnreadableError) as caught:
        read_document(b"<html><table><tr>" + b"<td>a" * 300 + b"<tr><td>b")
    assert caught.value.code == "too_large"
    with pytest.raises(UnreadableError) as caught:
        read_document(b"<html>" + b"<div>" * 100_000 + "甲".encode())
    assert caught.value.code in ("hostile", "empty")
    wide = read_document(b"<html><table><tr><td colspan=9999>a<tr><td rowspan=9999>b</table>")
    assert isinstance(wide.blocks[0], Table)
    assert (wide.blocks[0].rows, wide.blocks[0].columns) == (2, 256)


@pytest.mark.parametrize(
    ("markup", "sure"),
    [
        ("<p>甲<s>乙</s></p><p>丙</p>", [False, True]),
        ("<p>甲<del>乙</del>丙<br>丁</p>", [False, True]),
        ('<div style="text-decoration:line-through"><p>甲</p><p>乙</p></div><p>丙</p>', [False, False, True]),
        ('<p style="color:red; text-decoration: underline line-through">甲</p>', [False]),
        ('<p style="text-decoration-line:line-through">甲</p>', [False]),
        ('<p style="text-decoration:underline">甲<s> </s></p>', [True]),
        ("<table><tr><td>甲</td><td><s>乙</s></td></tr><tr style='text-decoration:line-through'><td>丙</td><td>丁</td></tr></table>", [True, False, False, False]),
    ],
)  # fmt: skip
def test_what_is_struck_out_is_read_and_unsure(markup: str, sure: list[bool]) -> None:
    found = read(markup)
    assert [line.confidence >= 0.9 for line in found.paragraphs()] == sure
    assert any("删除线" in remark for remark in found.remarks) is not all(sure)
