"""The letters every programme begins with: 受理通知书 and 补正通知书, in words that fit any of them.

What stands here is what `skeleton.make` draws; a clerk then edits the Word file. What the letters say about one programme comes by their
keys from its pack.
"""

from __future__ import annotations

from formflow.letters import elements as e
from formflow.letters.skeleton import Block, Cell, Grid, Skeleton, Text

_HEAD: tuple[Block, ...] = (
    Text(e.NUMBER, "编号：{{ 编号 }}"),
    Text(e.TITLE, "{{ 文件名称 }}"),
    Text(e.RECIPIENT, "{{ 申请单位 }}："),
)
CLOSING: tuple[Block, ...] = (
    Text(e.BODY, "特此通知。"),
    Text(e.SIGNATURE, "{{ 发文机关 }}"),
    Text(e.DATE, "{{ 成文日期 }}"),
    Text(
        e.REMARK,
        "（经办部门：{{ 经办部门 }}；联系人：{{ 联系人 }}；联系电话：{{ 联系电话 }}；联系地址：{{ 联系地址 }}）",
    ),
)


def slip(says: str) -> tuple[Block, ...]:
    """The 送达回执 on a page of its own; `says` is what its sender has received."""
    rows = (
        ("收件单位", "{{ 申请单位 }}"),
        ("收件人（签名）", ""),
        ("联系电话", ""),
        ("收到日期", "　　　　年　　　月　　　日"),
    )
    return (
        Text(e.SLIP_TITLE, "送达回执"),
        Text(e.SLIP_RECIPIENT, "{{ 发文机关 }}："),
        Text(e.SLIP_TEXT, says),
        Grid(
            (46, 110),
            tuple((Cell(e.TABLE_CENTER, head), Cell(e.TABLE_TEXT, text)) for head, text in rows),
            row_height_mm=14,
        ),
        Text(e.SLIP_TEXT, "本页请收件人填写后交回{{ 经办部门 }}。"),
    )


_ASKED: tuple[Block, ...] = (
    Text(e.BODY, "{%p if 待补交材料 %}"),
    Text(e.BODY, "下列材料尚未收到，请一并补交，已经提交纸质件的不必重复提交："),
    Text(e.BODY, "{%p for 材料 in 待补交材料 %}"),
    Text(e.BODY, "{{ 材料.序号 }}.{{ 材料.材料名称 }}{% if 材料.要求 %}（{{ 材料.要求 }}）{% endif %}。"),
    Text(e.BODY, "{%p endfor %}"),
    Text(e.BODY, "{%p endif %}"),
    Text(e.BODY, "{%p if 提示事项 %}"),
    Text(e.BODY, "下列事项从电子文件中不能确认，请对照纸质原件核对："),
    Text(e.BODY, "{%p for 提示 in 提示事项 %}"),
    Text(e.BODY, "{{ loop.index }}.{{ 提示 }}。"),
    Text(e.BODY, "{%p endfor %}"),
    Text(e.BODY, "{%p endif %}"),
)

ACCEPTANCE = Skeleton(
    kind="letter",
    mark="{{ 发文机关 }}",
    blocks=(
        *_HEAD,
        Text(e.BODY, "你单位报送的{{ 单位名称 }}“{{ 项目名称 }}”申报材料，已于{{ 收到日期 }}收到{% if 件次 %}（第{{ 件次 }}次报送）{% endif %}。"
                     "依据{{ 依据 }}，经核对，申请表内容齐全，符合填写要求，现予受理，列入{{ 年度 }}年度申报"
                     "{% if 建设周期 %}，建设周期为{{ 建设周期 }}{% endif %}。"),
        Text(e.HEADING_1, "一、收到的材料"),
        Grid((14, 72, 70), (
            (Cell(e.TABLE_HEAD, "序号"), Cell(e.TABLE_HEAD, "材料名称"), Cell(e.TABLE_HEAD, "说明")),
            (Cell(e.TABLE_CENTER, "{%tr for 材料 in 收到材料 %}"), Cell(e.TABLE_TEXT, ""), Cell(e.TABLE_TEXT, "")),
            (Cell(e.TABLE_CENTER, "{{ 材料.序号 }}"), Cell(e.TABLE_TEXT, "{{ 材料.材料名称 }}"), Cell(e.TABLE_TEXT, "{{ 材料.说明 }}")),
            (Cell(e.TABLE_CENTER, "{%tr endfor %}"), Cell(e.TABLE_TEXT, ""), Cell(e.TABLE_TEXT, "")),
        )),
        Text(e.BODY, "{%p if 待补交材料 or 提示事项 %}"),
        Text(e.HEADING_1, "二、需要补交和核对的事项"),
        Text(e.BODY, "下列事项不影响本次受理。"),
        *_ASKED,
        Text(e.BODY, "{%p endif %}"),
        Text(e.HEADING_1, "{{ '三' if 待补交材料 or 提示事项 else '二' }}、后续安排"),
        Text(e.BODY, "{{ 后续程序 }}"),
        Text(e.BODY, "{{ 份数要求 }}"),
        *CLOSING,
    ),
)  # fmt: skip

SUPPLEMENT = Skeleton(
    kind="letter",
    mark="{{ 发文机关 }}",
    blocks=(
        *_HEAD,
        Text(e.BODY, "你单位报送的{{ 单位名称 }}“{{ 项目名称 }}”申报材料，已于{{ 收到日期 }}收到。"
                     "{% if 件次 %}这是第{{ 件次 }}次报送{% if 上次日期 %}，上次通知发出日期为{{ 上次日期 }}{% endif %}。{% endif %}"
                     "依据{{ 依据 }}，经核对，尚有{{ 事项数 }}项内容需要补正，现一次告知如下。"),
        Text(e.HEADING_1, "一、需要补正的内容"),
        Text(e.BODY, "{%p for 事项 in 补正事项 %}"),
        Text(e.BODY, "{{ 事项.序号 }}.{{ 事项.项目 }}{% if 事项.位置 %}（{{ 事项.位置 }}）{% endif %}：{{ 事项.问题 }}。"
                     "{% if 事项.要求 %}{{ 事项.要求 }}。{% endif %}{% if 事项.依据 %}（依据：{{ 事项.依据 }}）{% endif %}"),
        Text(e.BODY, "{%p endfor %}"),
        Text(e.HEADING_1, "二、补正的期限和方式"),
        Text(e.BODY, "请于{{ 补正期限 }}前（含当日{% if 工作日数 %}，共{{ 工作日数 }}个工作日{% endif %}）将补正后的申报材料报送"
                     "{{ 经办部门 }}。{{ 期限说明 }}{{ 份数要求 }}"),
        Text(e.BODY, "{{ 逾期后果 }}"),
        Text(e.BODY, "{%p if 待补交材料 or 提示事项 %}"),
        Text(e.HEADING_1, "三、需要补交和核对的事项"),
        *_ASKED,
        Text(e.BODY, "{%p endif %}"),
        *CLOSING,
        *slip("你单位{{ 成文日期 }}发出的{{ 文件名称 }}（编号：{{ 回执编号 }}）已经收到，补正期限为{{ 补正期限 }}。"),
    ),
)  # fmt: skip
