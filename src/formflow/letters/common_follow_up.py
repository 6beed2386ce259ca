"""Letters on what became of units: 限期整改通知书 and a 通报 that commends, in words that fit any programme.

What stands here is what `skeleton.make` draws; a clerk then edits the Word files. The pack's wording says the rest (整改后果, 荣誉名称, 表彰要求).
"""

from __future__ import annotations

from formflow.letters import common
from formflow.letters import common_year as year
from formflow.letters import elements as e
from formflow.letters.skeleton import Skeleton, Text

RECTIFICATION = Skeleton(
    kind="letter",
    mark="{{ 发文机关 }}",
    blocks=(
        Text(e.NUMBER, "{{ 发文字号 }}"),
        Text(e.TITLE, "{{ 文件名称 }}"),
        Text(e.RECIPIENT, "{{ 申请单位 }}："),
        Text(e.BODY, "依据{{ 依据 }}，{{ 发文机关 }}对{{ 单位名称 }}{{ 年度 }}年度会员评议{% if 检查日期 %}（{{ 检查日期 }}）{% endif %}的结果进行了核对。"
                     "{% if 检查结论 %}{{ 检查结论 }}。{% endif %}{% if 件次 %}这是第{{ 件次 }}次要求整改。{% endif %}"
                     "现将需要整改的{{ 事项数 }}个事项通知如下，请限期整改。"),
        Text(e.HEADING_1, "一、需要整改的事项"),
        Text(e.BODY, "{%p for 事项 in 整改事项 %}"),
        Text(e.BODY, "{{ 事项.序号 }}.{{ 事项.问题 }}。{% if 事项.要求 %}{{ 事项.要求 }}。{% endif %}"
                     "{% if 事项.依据 %}（依据：{{ 事项.依据 }}）{% endif %}"),
        Text(e.BODY, "{%p endfor %}"),
        Text(e.HEADING_1, "二、整改的期限和要求"),
        Text(e.BODY, "请于{{ 整改期限 }}前（含当日{% if 工作日数 %}，共{{ 工作日数 }}个工作日{% endif %}）完成整改，"
                     "并将整改情况书面报送{{ 经办部门 }}。{{ 期限说明 }}"),
        Text(e.BODY, "{{ 整改后果 }}"),
        Text(e.BODY, "{%p if 复查安排 %}"),
        Text(e.HEADING_1, "三、回访"),
        Text(e.BODY, "{{ 复查安排 }}"),
        Text(e.BODY, "{%p endif %}"),
        *common.CLOSING,
        *common.slip("你单位{{ 成文日期 }}发出的{{ 文件名称 }}（{{ 发文字号 }}）已经收到，整改期限为{{ 整改期限 }}。"),
    ),
)  # fmt: skip

_COMMENDED = "{{ 年度 }}年度{{ 荣誉名称 }}名单"
COMMENDATION = Skeleton(
    kind="red_header",
    mark="{{ 发文机关 }}文件",
    blocks=(
        Text(e.NUMBER, "{{ 发文字号 }}"),
        Text(e.TITLE, "{{ 发文机关 }}关于表彰{{ 年度 }}年度{{ 荣誉名称 }}的通报"),
        Text(e.RECIPIENT, "{{ 主送机关 }}："),
        Text(e.BODY, "根据{{ 依据 }}，经{{ 评定程序 }}，{{ 发文机关 }}决定，表彰{{ 单位数 }}个单位为{{ 年度 }}年度{{ 荣誉名称 }}"
                     "{% if 分组说明 %}，{{ 分组说明 }}{% endif %}{% if 附件名单 %}（名单见附件）{% endif %}，现予通报。"),
        *year.LIST_IN_TEXT,
        Text(e.BODY, "{{ 表彰要求 }}"),
        *year.when("附件名单", Text(e.ENCLOSURES, f"附件：{_COMMENDED}")),
        Text(e.SIGNATURE, "{{ 发文机关 }}"),
        Text(e.DATE, "{{ 成文日期 }}"),
        *year.list_apart(_COMMENDED),
    ),
    copies_to="{{ 抄送机关 }}。",
    copies_key="抄送机关",
    printed=("{{ 印发机关 }}", "{{ 印发日期 }}"),
)  # fmt: skip
