"""Papers about a programme's year are told by what is printed in them."""

from __future__ import annotations

from formflow.forms.told import claims_on
from formflow.reading.reader import open_file
from formflow.service.yearly import Evidence, Honours, Yearly, yearly_of
from support.honours_lists import word
from support.money import honours, qingdao

ROW = ["新驿站", "暖阳中心", "全国", "2022年3月15日"]
BODY = "近日，市总工会公布优秀项目名单，一批社会组织服务职工的项目受到表彰。" * 4


def test_a_list_is_claimed_by_the_programme_that_pays_for_honours() -> None:
    matches = claims_on(open_file(honours(ROW)), (qingdao(),))
    assert isinstance(yearly_of(matches), Honours)
    assert [match.programme.id for match in matches] == [qingdao().id]


def test_a_newspaper_that_prints_a_list_is_no_list() -> None:
    table = [["项目名称", "社会组织", "级别", "命名时间"], ROW]
    heads = ("工人日报", "2022年5月20日　第3版", "五个项目受到表彰", f"本报讯（记者张某 通讯员李某）{BODY}", BODY, BODY)
    assert isinstance(told(word(*heads, table)), Evidence)
    assert isinstance(told(word("2022年优秀项目名单", table)), Honours)


def told(data: bytes) -> Yearly | None:
    return yearly_of(claims_on(open_file(data), (qingdao(),)))
