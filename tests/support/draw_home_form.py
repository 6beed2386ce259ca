"""Draws the blank 职工之家建设情况申报表 of the pack beijing-workers-home: the headings are the notice's, the hints our own short wording.

Run as `python -m support.draw_home_form` with tests/ on the path it writes the pack's `application.docx`.
"""

from __future__ import annotations

from datetime import datetime

from support.form_drawing import FormDrawing
from support.office import TEMPLATES

PACK = TEMPLATES / "beijing-workers-home"
TITLE = "职工之家建设情况申报表"
BOXES = "□达到　□未达到"
COVER = ("职工之家名称", "建家单位", "主管工会")
DATE_LINE = "二〇　　年　　月"
INSTRUCTIONS = (
    "建家单位写单位全称；主管工会是所在区县总工会、产业工会或局、集团、公司工会。",
    "第二至第五部分逐项自查，在“达到”和“未达到”中只选一项，每部分写明做法、实例和不足。",
    "本表由基层工会填写，加盖公章后报主管工会。",
)
# Field id, printed heading, hint.
Item = tuple[str, str, str]
# Heading, items, and the field and label of the text that closes the part.
PARTS: tuple[tuple[str, tuple[Item, ...], tuple[str, str]], ...] = (
    (
        "二、服务设施实体化",
        (
            ("signboard", "1.亮牌子", "专门的活动场所、显著位置的标牌、办公和活动设施"),
            ("identity", "2.亮身份", "工作人员佩戴统一标识，工会主席公布手机号码和电子邮箱"),
            ("rules_posted", "3.亮制度", "人员分工、管理办法等制度上墙"),
            ("services_posted", "4.亮项目", "室内公布服务项目，室外设宣传栏并定期更新"),
            ("procedures_posted", "5.亮程序", "按服务项目制定工作程序，以流程图公开"),
        ),
        ("facilities_notes", "服务设施情况"),
    ),
    (
        "三、服务职责明晰化",
        (
            ("listening", "1.倾听呼声，反映诉求", "来信来访、群体性事件苗头、每年的合理化建议活动"),
            ("helping", "2.了解困难，及时帮扶", "困难职工第一知情人、报告人、协调人职责"),
            ("mediating", "3.调解争议，化解矛盾", "政策咨询、争议调解、法律援助"),
            ("easing", "4.缓解压力，疏导情绪", "谈心、心理讲座和咨询"),
            ("training", "5.提升素质，促进发展", "素质工程、技能交流和培训、职工书屋"),
            ("activities", "6.开展活动，丰富生活", "兴趣小组、经常性的文体活动"),
        ),
        ("duties_notes", "履行服务职责情况"),
    ),
    (
        "四、管理制度规范化",
        (
            ("service_procedures", "1.制定服务工作程序", "各项服务的程序和年度工作计划"),
            ("chair_reception", "2.建立主席接待日制度", "工会主席定期现场接待并协调解决问题"),
            ("staff_contact", "3.建立联系职工制度", "走访调研、座谈会、热线和短信"),
            ("aid_follow_up", "4.建立帮扶对象回访制度", "对帮扶对象定期回访"),
            ("daily_rules", "5.制定日常工作制度", "岗位职责、信息报送、考核奖惩，资料齐全"),
        ),
        ("management_notes", "管理制度执行情况"),
    ),
    (
        "五、运行机制科学化",
        (
            ("management_meetings", "1.建立与单位行政定期会议机制", "与单位领导班子定期开会，争取支持"),
            ("station_linkage", "2.建立与工会服务站协调联动机制", "与街道（乡镇）工会服务站共享信息和资源"),
            ("social_linkage", "3.建立与社会组织联系机制", "联系其他工会、人民团体和社会组织"),
            ("activists", "4.建立工会积极分子队伍", "一支利用业余时间服务职工的队伍"),
        ),
        ("mechanisms_notes", "运行机制建设情况"),
    ),
)
OPINIONS = (("opinion_union", "基层工会"), ("opinion_managing", "主管工会"))
GRID = (2100, 2400, 2100, 2400)


def draw() -> bytes:
    """The blank form."""
    form = FormDrawing(TITLE, "北京市总工会", datetime(2013, 1, 24), GRID)
    form.title(TITLE)
    form.cover(COVER, DATE_LINE)
    form.instructions(INSTRUCTIONS)
    form.begin_table()
    form.head("一、基本情况")
    form.pairs((1, 1, 1, 1), "工会主席", "建家时间")
    form.pairs((1, 1, 1, 1), "职工人数", "会员人数")
    form.pairs((1, 3), "活动场所", height_cm=1.4)
    form.pairs((1, 3), "工作人员", height_cm=1.4)
    for heading, items, (_, closing) in PARTS:
        form.head(heading)
        for _, label, hint in items:
            form.item((3, 1), label, hint, BOXES)
        form.pairs((1, 3), closing, height_cm=3.0)
    form.head("六、意见")
    for _, unit in OPINIONS:
        form.opinion(unit)
    return form.data()


if __name__ == "__main__":
    (PACK / "application.docx").write_bytes(draw())
