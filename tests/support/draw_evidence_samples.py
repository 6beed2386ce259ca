"""Draws the papers of evidence of the pack qingdao-social-organisations: a page of a newspaper and an article, of papers that never were.

Run as `python -m support.draw_evidence_samples` with tests/ on the path. What each says stands in
`tests/packs/qingdao-social-organisations`.
"""

from __future__ import annotations

from support.draw_recommendation import PACK
from support.honours_lists import word

PAGE = """青岛晨讯　2021年7月3日　星期六　第4版　民生

烈日下有了歇脚处

“新驿站”为户外劳动者送清凉

本报讯（记者 高远）7月2日中午，气温逼近36摄氏度。环卫工人孙桂芳走进墨河边的“新驿站”，接过一杯绿豆汤。“以前只能蹲在树荫下歇脚，现在有空调、有座位。”她说。
“新驿站”户外劳动者关爱项目由青岛市暖阳社会工作服务中心承接，今年1月启动。目前已建成驿站18个，服务户外劳动者6200人次，满意率达97%。
暖阳社会工作服务中心负责人介绍，下半年还将新建户外劳动者服务站20个，把理发、量血压送到站里。

巧手绣出新生活

日前，平度市同和街道的女职工在非遗工坊里学习刺绣。工坊由街道妇女手工协会开办，每周三晚上开课，已有90多名女职工结业。
通讯员 姜丽 摄

一间调解室化解百起劳动纠纷

本报讯（通讯员 崔志强）走进李沧区九水路上的职工法律服务站，墙上挂着十几面锦旗。青岛市明法法律服务中心派驻在这里的调解员王春燕刚刚送走一位来讨要加班费的快递员。
明法法律服务中心去年与工会签订服务协议，安排12名律师轮流值班。一年来，服务站接待职工1300余人次，调解劳动争议107起，为职工挽回经济损失215万元。
"""
ARTICLE = (
    "社会组织服务职工有新招",
    "来源：工友导报　2021年9月8日　作者：梁毅",
    "在青岛，户外劳动者累了能进“新驿站”歇脚，这是青岛市暖阳社会工作服务中心与工会合作的成果。",
    "青岛市暖阳社会工作服务中心自2021年1月起承接“新驿站”户外劳动者关爱项目，8个月服务职工9000余人次，培训志愿者120名。",
    "“社会组织离职工近，工会有阵地、有资源，合起来，服务就能送到最后一米。”暖阳社会工作服务中心负责人说。",
)
PAGE_NAME, ARTICLE_NAME = "青岛晨讯2021年7月3日第4版.txt", "工友导报2021年9月8日.docx"


def main() -> None:
    """Write the samples into the pack."""
    folder = PACK / "samples" / "佐证材料"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / PAGE_NAME).write_bytes(PAGE.encode())
    (folder / ARTICLE_NAME).write_bytes(word(*ARTICLE))


if __name__ == "__main__":
    main()
