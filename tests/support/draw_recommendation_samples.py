"""Draws the samples of the pack qingdao-social-organisations: filled 推荐表, honours lists and a ledger of invented organisations.

Run as `python -m support.draw_recommendation_samples` with tests/ on the path; the same bytes every time for the forms. What each says
stands in `tests/packs/qingdao-social-organisations`.
"""

from __future__ import annotations

from typing import Any

from support.draw_recommendation import MATERIALS, PACK, draw
from support.honours_lists import word, workbook

COMPLETE: dict[str, Any] = {
    "project_name": "“新驿站”户外劳动者关爱项目", "organisation": "青岛市暖阳社会工作服务中心", "credit_code": "52370200MJD0000017",
    "registered_on": "2018年3月5日", "registration_until": "2026年3月4日", "union_founded_on": "2019年6月1日", "project_start": "2021年1月1日",
    "project_end": "2021年12月31日", "completed_on": "2022年1月20日", "people_served": "12,600人次", "contract_amount": "86,000.00",
    "satisfaction": "96.5",
    "media": [
        ("青岛晨讯", "设区市级", "“新驿站”为户外劳动者送清凉", "2021年7月3日"),
        ("工友导报", "国家级", "社会组织服务职工有新招", "2021年9月8日"),
    ],
    "exchanges": [("全市工会社会组织工作推进会", "设区市级", "2021年11月5日")],
    "attachments": MATERIALS, "opinion": "项目服务精准，职工满意，同意推荐。", "opinion_date": "2022年3月15日",
}  # fmt: skip
SLIPS: dict[str, Any] = {
    **COMPLETE,
    "project_name": "童心托管班", "organisation": "青岛市童心公益发展中心", "credit_code": "52370200MJD0000024", "registered_on": "2020年9月1日",
    "registration_until": "2022年2月28日", "union_founded_on": "", "project_start": "2018年7月1日", "project_end": "2018年8月31日",
    "completed_on": "2018年9月10日", "people_served": "约300人", "contract_amount": "肆万伍仟元整", "satisfaction": "",
    "media": [("青岛晨讯", "", "暑期托管解了职工后顾之忧", "2018年8月5日")], "exchanges": [],
    "attachments": ("登记证书", "建立工会批复文件", "合同和实施方案"),
}  # fmt: skip
LONG_TERM: dict[str, Any] = {
    **COMPLETE,
    "project_name": "法律援助直通车（二期）", "organisation": "青岛市明法法律服务中心", "registration_until": "长期", "people_served": "1.2万人次",
    "contract_amount": "12万元", "satisfaction": "百分之八十九点五", "media": [], "opinion": "同意推荐。",
}  # fmt: skip
FORMS = {
    "新驿站优秀项目推荐表.docx": COMPLETE,
    "童心托管班推荐表 待补.docx": SLIPS,
    "法律援助直通车（二期）推荐表.docx": LONG_TERM,
}

LIST_2022 = workbook([
    ["2022年度社会组织服务职工优秀项目荣誉情况汇总表"],
    ["序号", "项目名称", "社会组织名称", "荣誉级别", "命名时间", "文号", "已补助金额（元）"],
    [1, "“新驿站”户外劳动者关爱项目", "青岛市暖阳社会工作服务中心", "山东省", "2022年11月20日", "鲁会办〔2022〕31号", 10000],
    [2, "法律援助直通车（二期）", "青岛市明法法律服务中心", "青岛市", "2022年3月15日", "青工发〔2022〕7号", ""],
    [3, "泉城职工课堂", "济南市泉心社工服务中心", "济南市", "2022年5月1日", "济工发〔2022〕9号", ""],
    [4, "老城里的便民站", "青岛市邻里互助中心", "青岛市", "2021年10月8日", "青工发〔2021〕20号", ""],
    ["合计", "", "", "", "", "", 10000],
], ["A1:G1"])  # fmt: skip
DECISION_2023 = word(
    "青岛市总工会文件", "青工发〔2023〕12号", "青岛市总工会关于命名2023年度青岛市工会联系引导社会组织服务职工优秀项目的决定", "各区市总工会：",
    "经组织评估，决定命名下列项目。", "附件：2023年度青岛市工会联系引导社会组织服务职工优秀项目名单", "青岛市总工会", "2023年12月8日",
    [["序号", "项目名称", "实施单位"], [1, "童心托管班", "青岛市童心公益发展中心"], [2, "心灵港湾热线", "青岛市向晴心理服务中心"]],
)  # fmt: skip
LEDGER = workbook([
    ["社会组织服务职工优秀项目补助台账"],
    ["项目名称", "社会组织名称", "荣誉级别", "拨付日期", "拨付金额（元）"],
    ["“新驿站”户外劳动者关爱项目", "青岛市暖阳社会工作服务中心", "青岛市", "2022年6月10日", 10000],
], ["A1:E1"])  # fmt: skip
LISTS = {"2022年度荣誉情况汇总表.xlsx": LIST_2022, "2023年度优秀项目命名决定.docx": DECISION_2023}


def main() -> None:
    """Write the samples into the pack."""
    samples = PACK / "samples"
    (samples / "荣誉名单").mkdir(parents=True, exist_ok=True)
    for name, values in FORMS.items():
        (samples / name).write_bytes(draw(values))
    for name, data in LISTS.items():
        (samples / "荣誉名单" / name).write_bytes(data)


if __name__ == "__main__":
    main()
