"""Roles of columns by their heads; above all, what is a payment and what is not."""

from __future__ import annotations

import pytest

from formflow.forms.honour_columns import columns_of, role_of
from support.office import packs

POLICY = next(programme.honours for programme in packs() if programme.honours)


@pytest.mark.parametrize(
    ("heads", "role"),
    [
        (
            "已补助金额（元） 已补助（万元） 已拨付 已付金额 已发放补助资金 已获补助 已领取补助（元） 已支付金额 已享受补助金额 补助情况已补助 市级已补助金额 已下拨经费",
            "paid",
        ),
        (
            "应补金额 应补助金额（扣除已补助） 补助标准 补助金额 拟补助 本次补助 差额 项目金额 合同金额 未补助金额 尚未拨付金额 待拨付 已补助标准",
            "amount",
        ),
        ("累计拨付金额 实际拨付金额 拨付金额 以前年度补助 前期补助金额", "unsure_payment"),
        ("已拨付时间 拨付日期 补助时间 已补助级别", "paid_on"),
        ("是否已补助 是否拨付", "paid_flag"),
        ("项目名称 优秀项目名称 项目 获奖项目 项目名称（全称） 名称 品牌（项目）名称", "project"),
        ("社会组织名称 实施单位 承接社会组织 申报单位 单位名称 项目实施主体 承办机构 获奖单位", "organisation"),
        ("荣誉级别 级别 获奖等级 荣誉层次 项目级别", "level"),
        ("荣誉名称 所获荣誉 荣誉类别 表彰名称", "honour"),
        ("命名单位 授予机关 颁发部门 评定单位", "issuer"),
        ("命名时间 获奖日期 时间 年度 发文日期 荣誉获得时间 评为优秀项目时间", "date"),
        ("文号 命名文件 发文字号 文件依据", "document"),
        ("原项目名称 曾用名 更名情况", "former"),
        ("完成时间 实施时间 成立时间 推荐时间 公示时间 项目负责人 推荐单位 主管单位 联系电话 项目类别 区市", "other"),
        ("序号 编号 NO.", "number"),
        ("备注 情况说明", "status"),
    ],
)
def test_roles(heads: str, role: str) -> None:
    assert {head: role_of(head)[0] for head in heads.split()} == dict.fromkeys(heads.split(), role)


@pytest.mark.parametrize(
    "text",
    ["户外劳动者关爱项目", "法律援助项目", "“新驿站”项目", "青岛市暖阳社会工作服务中心", "全国", "2022年11月20日"],
)
def test_entries_are_no_heads(text: str) -> None:
    assert role_of(text)[0] not in ("project", "organisation", "paid", "date")


def test_the_best_head_of_a_role_is_taken() -> None:
    columns = columns_of(["单位", "项目", "社会组织名称", "时间", "命名时间", "已补助（万元）"], POLICY)
    assert {role: columns.by_role[role].index for role in ("project", "organisation", "date", "paid")} == {  # type: ignore[index]
        "project": 1,
        "organisation": 2,
        "date": 4,
        "paid": 5,
    }
    assert columns.by_role["paid"].unit == "ten_thousand_yuan"


def test_heads_that_name_levels() -> None:
    columns = columns_of(["项目名称", "全国命名时间", "山东省命名时间", "山东省文号", "青岛市已补助（元）"], POLICY)
    assert {level: sorted(group) for level, group in columns.by_level.items()} == {
        "national": ["date"],
        "provincial": ["date", "document"],
    }
