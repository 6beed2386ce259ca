"""Money and time: an amended policy leaves what was decided before, and a day that has not come yet pays nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from formflow.model.citation import Citation
from formflow.model.policy import DatedValue, HonourLevel
from formflow.model.programme import Programme
from support.money import desk as opened_desk
from support.money import honours, qingdao

CHANGE = date(2023, 1, 1)
STATION = ["新驿站关爱项目", "暖阳中心", "市级", "2022年3月15日"]


def amended() -> Programme:
    """The programme after an entry was added to the policy: from 2023 a municipal honour is worth 15,000 yuan."""
    policy = qingdao().honours
    assert policy is not None

    def changed(level: HonourLevel) -> HonourLevel:
        if level.id != "municipal":
            return level
        (old,) = level.amount.values
        new = DatedValue(1_500_000, CHANGE, None, Citation("local", "调整通知"), "")
        return replace(level, amount=replace(level.amount, values=(replace(old, until=date(2022, 12, 31)), new)))

    levels = tuple(map(changed, policy.levels))
    return replace(qingdao(), honours=replace(policy, levels=levels))


def test_a_new_amount_leaves_earlier_honours_as_they_were_decided(tmp_path: Path) -> None:
    with opened_desk(tmp_path) as found:
        found.drop(("名单.xlsx", honours(STATION, ["法律援助热线", "明法中心", "市级", "2022年11月30日"])))
        found.pay(STATION[0])
    with opened_desk(tmp_path, programmes=(amended(),)) as found:
        found.clock.set(date(2023, 6, 1))
        found.drop(("又.xlsx", honours(["海燕课堂", "童心中心", "市级", "2023-01-01"])))
        rows = found.rows(year=2023)
        assert (rows[STATION[0]]["状态"], rows[STATION[0]]["应补助（元）"]) == ("已补足", 10_000)
        assert rows["法律援助热线"]["本次应补（元）"] == 10_000
        assert rows["海燕课堂"]["本次应补（元）"] == 15_000
        assert found.ledger() == [(STATION[0], "拨付", 10_000)]
        found.drop(("再.xlsx", honours([*STATION[:3], "2023年2月1日"])))
        assert found.rows(year=2023)[STATION[0]]["计算过程"] == "青岛市 15,000 − 已补助青岛市 10,000 = 5,000"


def test_an_honour_of_a_day_to_come_is_asked_about(tmp_path: Path) -> None:
    with opened_desk(tmp_path) as found:
        found.drop(
            (
                "名单.xlsx",
                honours([*STATION[:3], "2032年3月15日"], ["法律援助热线", "明法中心", "市级", "2022年12月1日"]),
            )
        )
        rows = found.rows()
        assert (rows[STATION[0]]["状态"], rows[STATION[0]]["本次应补（元）"]) == ("待确认", 0)
        assert "2032-03-15" in rows[STATION[0]]["疑问"]
        assert rows["法律援助热线"]["本次应补（元）"] == 10_000
