"""What a line is by its own words: who reports, who wrote, whose picture, where from, what belongs to the page."""

from __future__ import annotations

import pytest

from formflow.forms import articles_marks as marks

LEADS = [
    ("通讯员庄越报道 丰门街道地处温州", "通讯员庄越", "", "丰门街道地处温州"),
    ("本报讯 记者张浩呈 通讯员陈标、王锡权报道 “5月份", "记者张浩呈 通讯员陈标、王锡权", "", "“5月份"),
    ("本报讯（记者 李明 通讯员 王丽）近日，", "记者 李明 通讯员 王丽", "", "近日，"),
    ("本报讯(记者李明)近日,", "记者李明", "", "近日,"),
    ("【本报讯】近日，", "", "", "近日，"),
    ("（本报讯 记者张浩）今天，", "记者张浩", "", "今天，"),
    ("本报青岛7月5日讯 记者 李娜 报道：日前", "记者 李娜", "", "日前"),
    ("新华社北京3月5日电（记者 王琦、李明）全国", "记者 王琦、李明", "新华社", "全国"),
    ("中新社济南7月1日电 山东", "", "中新社", "山东"),
]
NO_LEADS = [
    "记者从市总工会获悉，",
    "记者了解到，",
    "本报记者走进车间",
    "通讯员队伍不断壮大。",
    "近日，新华社记者",
    "本报告所称职工",
    "",
]


@pytest.mark.parametrize(("text", "who", "agency", "rest"), LEADS)
def test_leads(text: str, who: str, agency: str, rest: str) -> None:
    assert marks.lead_of(text) == marks.Lead(who, agency, rest)


@pytest.mark.parametrize("text", NO_LEADS)
def test_no_leads(text: str) -> None:
    assert marks.lead_of(text) is None


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("■汪燕盼", "汪燕盼"),
        ("□ 本报记者 张丽", "本报记者 张丽"),
        ("☑ 韩立群", "韩立群"),
        ("本报记者 王伟 文/图", "本报记者 王伟 文/图"),
        ("工人日报-中工网记者 张嫱", "工人日报-中工网记者 张嫱"),
        ("记者 王明 通讯员 李强 赵文 文/图", "记者 王明 通讯员 李强 赵文 文/图"),
        ("通讯员耿玲菊 摄", None),
        ("记者节快到了", None),
        ("青岛市总工会", None),
        ("本报记者 王伟走进港口，看到了不一样的夜班生活。", None),
    ],
)
def test_bylines(text: str, who: str | None) -> None:
    assert marks.byline_of(text) == who


@pytest.mark.parametrize(
    ("text", "who", "before"),
    [
        ("通讯员耿玲菊 摄", "通讯员耿玲菊 摄", ""),
        ("被授予“优秀制版师”称号。 通讯员 耿玲菊 摄", "通讯员 耿玲菊 摄", "被授予“优秀制版师”称号。"),
        ("职工在学习刺绣。（王丽 摄影报道）", None, None),
        ("他喜欢拍摄", None, None),
    ],
)
def test_credits(text: str, who: str | None, before: str | None) -> None:
    assert marks.credit_of(text) == who
    if before is not None:
        assert marks.without_credit(text) == before


@pytest.mark.parametrize(
    ("text", "who", "before"),
    [
        ("安全感不断提升。(姚雪梅)", "姚雪梅", "安全感不断提升。"),
        ("双提升。（记者 李明 通讯员 王丽）", "记者 李明 通讯员 王丽", "双提升。"),
        ("共同举办（见图）", None, None),
        ("职工技术协作中心(工会)", None, None),
        ("（一）总体要求", None, None),
    ],
)
def test_signatures(text: str, who: str | None, before: str | None) -> None:
    assert marks.signature_of(text) == who
    if before is not None:
        assert marks.without_signature(text) == before


@pytest.mark.parametrize(
    ("text", "name", "is_reprint"),
    [
        ("来源：青岛日报 2023-07-05", "青岛日报", False),
        ("2023年07月05日 08:00 来源：大众日报", "大众日报", False),
        ("转载自《工人日报》", "工人日报", True),
        ("（原载《四川工人日报》2023年3月1日）", "四川工人日报", True),
    ],
)
def test_sources(text: str, name: str, is_reprint: bool) -> None:
    assert marks.source_of(text) == marks.Source(name, is_reprint)


@pytest.mark.parametrize("text", ["项目经费来源于工会经费和社会捐赠两个方面，其中工会经费占七成", "经费来源工会"])
def test_no_sources(text: str) -> None:
    assert marks.source_of(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "第4版", "A03", "2023年7月5日 星期三", "责任编辑：纪晓文 美编：穆青", "新闻热线：0532-12345678", "浙江工人日报 2021年8月25日 星期三 第3版",
        "大 众 日 报", "大众日报 2023年7月5日 星期三 农历五月十八", "来源：青岛日报", "当前位置：首页>>新闻", "http://www.example.cn/a.html", "* * *",
        "海景家园 现房发售 电话：0532-88880000", "发布时间：2023-07-05 08:00 浏览次数：120",
    ],
)  # fmt: skip
def test_furniture(text: str) -> None:
    assert marks.is_furniture(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("青岛晨讯　2021年7月3日　星期六　第4版　民生", "青岛晨讯"),
        ("工友导报 2021年9月8日 第A02版 综合新闻", "工友导报"),
        ("青岛日报 2023年7月5日 第3版", "青岛日报"),
    ],
)
def test_heads_of_pages_name_the_paper(text: str, name: str) -> None:
    assert (marks.masthead_of(text), marks.is_furniture(text)) == (name, True)


@pytest.mark.parametrize(
    "text",
    ["民生 2021年7月3日 第4版", "本报讯 2021年7月3日的第4版刊登了一封读者来信，反映驿站夏天没有空调、座位也不够。"],
)
def test_no_paper_is_named(text: str) -> None:
    assert marks.masthead_of(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "主管部门有关人士表示，今年还将组织10万人次的技能培训。", "2023年7月5日，青岛市总工会举办了启动仪式。", "编辑部里的年轻人", "工人日报的记者来了",
        "版权保护走进企业", "烈日下的清凉驿站", "三、结束语",
    ],
)  # fmt: skip
def test_no_furniture(text: str) -> None:
    assert not marks.is_furniture(text)


def test_captions_and_author_units() -> None:
    assert marks.is_caption("图为职工在学习刺绣。")
    assert marks.is_caption("职工代表在投票（资料图片）")
    assert not marks.is_caption("图书角建在车间旁")
    assert marks.is_author_unit("作者单位:杭州市职工服务中心(杭州市职工技术协作中心)")
    assert not marks.is_author_unit("作者走访了三家单位")
