"""Where an article stood: by what the paper says, never by a name that only resembles one."""

from __future__ import annotations

import pytest

from formflow.forms.articles import articles_in
from formflow.forms.articles_media import outlet_named
from formflow.model.evidence import Article, MediaLevel, MediaRegistry, Outlet
from formflow.model.programme import Citation, Programme
from formflow.reading.reader import read_document
from support.programme_values import programme as made_up

REGISTRY = MediaRegistry(
    (MediaLevel("municipal", "设区市级"), MediaLevel("provincial", "省部级"), MediaLevel("national", "国家级")),
    (
        Outlet("工人日报", "national", ("中工网",), ("workercn.cn",)),
        Outlet("新华社", "national", ("新华网",), ("news.cn",)),
        Outlet("大众日报", "provincial"),
        Outlet("青岛日报", "municipal", ("青报网",), ("dailyqd.com",)),
    ),
    ("融媒体中心",),
    Citation("x.txt", "一"),
)
TEXT = "青岛市海泊社会工作服务中心在墨河边建起驿站，户外劳动者在这里歇脚、喝水、充电，大家都说工会把服务送到了身边。"


@pytest.fixture(scope="module")
def programme() -> Programme:
    from dataclasses import replace

    return replace(made_up(), media=REGISTRY)


def one(lines: list[str], programme: Programme) -> Article:
    (article,) = articles_in(read_document("\n".join(lines).encode()), programme)
    return article


def page(body: str, head: str = "") -> bytes:
    return f"<html><head>{head}</head><body>{body}</body></html>".encode()


@pytest.mark.parametrize(
    ("name", "outlet"),
    [
        ("工人日报", "工人日报"), ("《工人日报》", "工人日报"), ("中工网", "工人日报"), ("工人日报社", "工人日报"), ("大众日报数字报", "大众日报"), ("大众日报（电子版）", "大众日报"),
        ("四川工人日报", None), ("浙江工人日报", None), ("工人日报客户端山东频道", None), ("新大众日报", None), ("日报", None), ("", None),
    ],
)  # fmt: skip
def test_a_name_is_a_medium_only_wholly(name: str, outlet: str | None) -> None:
    found = outlet_named(name, REGISTRY)
    assert (found.name if found else None) == outlet


def test_the_source_line_and_its_day(programme: Programme) -> None:
    found = one(["驿站建到河边", "2023-07-05 08:30 来源：大众日报 作者：高远", TEXT], programme)
    assert (found.medium, found.level, found.date, found.is_reprint) == ("大众日报", "provincial", "2023-07-05", False)
    assert found.questions == ()


def test_an_unknown_medium_is_asked(programme: Programme) -> None:
    found = one(["驿站建到河边", "2023-07-05 来源：四川工人日报", TEXT], programme)
    assert (found.medium, found.level, found.is_below) == ("四川工人日报", None, False)
    assert any("四川工人日报" in question and "名录" in question for question in found.questions)


def test_a_medium_beneath_all_levels(programme: Programme) -> None:
    found = one(["驿站建到河边", "2023-07-05 来源：即墨区融媒体中心", TEXT], programme)
    assert (found.level, found.is_below, found.questions) == (None, True, ())


@pytest.mark.parametrize(
    ("lines", "medium", "is_reprint"),
    [
        (["青岛日报 2023年7月5日", "驿站建到河边", f"本报讯（记者 高远）{TEXT}"], "青岛日报", False),
        (["青岛日报 2023年7月5日", "驿站建到河边", f"新华社济南7月4日电（记者 高远）{TEXT}"], "新华社", True),
        (["青岛日报 2023年7月5日", "驿站建到河边", TEXT, "（转载自《工人日报》）"], "工人日报", True),
        (["2023年7月5日", "驿站建到河边", "工人日报—中工网记者 高远", TEXT], "工人日报", False),
        (["青岛日报 2023年7月5日", "大众日报", "驿站建到河边", TEXT], None, False),
        (["2023年7月5日", "驿站建到河边", f"本报讯（记者 高远）{TEXT}"], None, False),
    ],
)
def test_where_it_stood(programme: Programme, lines: list[str], medium: str | None, is_reprint: bool) -> None:
    found = one(lines, programme)
    assert (found.medium, found.is_reprint) == (medium, is_reprint)
    assert bool(found.questions) == (medium is None)


def test_a_web_page_by_its_address_and_by_what_it_says_of_itself(programme: Programme) -> None:
    body = f"<h1>驿站建到河边</h1><p>{TEXT}</p>"
    by_host = "<link rel=canonical href='https://epaper.dailyqd.com/a.html'><meta name=publishdate content=2023-07-05>"
    (found,) = articles_in(read_document(page(body, by_host)), programme)
    assert (found.medium, found.level, found.date, found.is_reprint) == ("青岛日报", "municipal", "2023-07-05", False)
    (found,) = articles_in(read_document(page(body, by_host + "<meta name=source content=大众日报>")), programme)
    assert (found.medium, found.level, found.is_reprint) == ("大众日报", "provincial", True)
    (found,) = articles_in(
        read_document(page(body, "<link rel=canonical href='https://notdailyqd.com/a.html'>")), programme
    )
    assert found.medium is None


def test_days_that_disagree_are_none(programme: Programme) -> None:
    found = one(["青岛日报 2023年7月5日", "2023年7月6日", "驿站建到河边", TEXT], programme)
    assert found.date is None
    assert any("日期" in question for question in found.questions)
