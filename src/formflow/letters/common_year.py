"""The letters of a programme's second half: 公示, 命名决定, 延期通知, 通报, 评分表退回通知, in words that fit any programme.

What stands here is what `skeleton.make` draws; a clerk then edits the Word files. What one programme says of itself (荣誉名称, 评定程序,
命名要求, 通报要求) comes from the wording in its letters.yaml.
"""

from __future__ import annotations

from formflow.letters import elements as e
from formflow.letters.skeleton import Block, Cell, Grid, Skeleton, Text

_CONTACT = "（经办部门：{{ 经办部门 }}；联系人：{{ 联系人 }}；联系电话：{{ 联系电话 }}；联系地址：{{ 联系地址 }}）"
_CLOSING: tuple[Block, ...] = (Text(e.SIGNATURE, "{{ 发文机关 }}"), Text(e.DATE, "{{ 成文日期 }}"))
_RED_HEAD: tuple[Block, ...] = (Text(e.NUMBER, "{{ 发文字号 }}"),)
IMPRINT = ("{{ 印发机关 }}", "{{ 印发日期 }}")


def loop(variable: str, over: str, *blocks: Block) -> tuple[Block, ...]:
    return Text(e.BODY, f"{{%p for {variable} in {over} %}}"), *blocks, Text(e.BODY, "{%p endfor %}")


def when(condition: str, *blocks: Block) -> tuple[Block, ...]:
    """Blocks that stand only where a condition holds."""
    return Text(e.BODY, f"{{%p if {condition} %}}"), *blocks, Text(e.BODY, "{%p endif %}")


def table(loop: str, *columns: tuple[float, str, str, e.Element]) -> Grid:
    """A table of one row a turn of `loop`; columns are (width in mm, heading, text, element)."""
    empty = tuple(Cell(e.TABLE_TEXT, "") for _ in columns[1:])
    return Grid(
        tuple(width for width, *_ in columns),
        (
            tuple(Cell(e.TABLE_HEAD, heading) for _, heading, *_ in columns),
            (Cell(e.TABLE_CENTER, f"{{%tr for {loop} %}}"), *empty),
            tuple(Cell(element, text) for _, _, text, element in columns),
            (Cell(e.TABLE_CENTER, "{%tr endfor %}"), *empty),
        ),
    )


# A short list stands in the text, a long one on a page of its own.
LIST_IN_TEXT = when(
    "正文名单",
    *loop(
        "组", "名单分组",
        *when("组.等次", Text(e.BODY, "{{ 组.等次 }}（{{ 组.单位数 }}个）：")),
        *loop("单位", "组.名单", Text(e.BODY, "{{ 单位.序号 }}.{{ 单位.单位名称 }}{% if 单位.所属地区 %}（{{ 单位.所属地区 }}）{% endif %}")),
    ),
)  # fmt: skip
_NAME = (16, "序号", "{{ 单位.序号 }}", e.TABLE_CENTER)


def list_apart(title: str) -> tuple[Block, ...]:
    """The 附件 with the list, graded where it has grades."""
    return when(
        "附件名单",
        Text(e.ENCLOSURE_MARK, "附件"),
        Text(e.ENCLOSURE_TITLE, title),
        Text(e.ENCLOSURE_NOTE, "（共{{ 单位数 }}个）"),
        *loop(
            "组", "名单分组",
            *when("组.等次", Text(e.HEADING_1, "{{ 组.序号 }}、{{ 组.等次 }}（{{ 组.单位数 }}个）")),
            *when("有地区", table("单位 in 组.名单", _NAME, (90, "单位名称", "{{ 单位.单位名称 }}", e.TABLE_TEXT),
                                  (50, "所属地区", "{{ 单位.所属地区 }}", e.TABLE_TEXT))),
            *when("not 有地区", table("单位 in 组.名单", _NAME, (140, "单位名称", "{{ 单位.单位名称 }}", e.TABLE_TEXT))),
        ),
    )  # fmt: skip


def _announcement() -> Skeleton:
    title = "{{ 年度 }}年度{{ 荣誉名称 }}拟命名名单"
    return Skeleton(
        kind="form",
        blocks=(
            Text(e.TITLE, "关于{{ 年度 }}年度{{ 荣誉名称 }}拟命名名单的公示"),
            Text(e.BODY, ""),  # in the place of 主送机关
            Text(e.BODY, "根据{{ 依据 }}，经{{ 评定程序 }}，拟命名{{ 单位数 }}个单位为{{ 年度 }}年度{{ 荣誉名称 }}{% if 分组说明 %}，{{ 分组说明 }}{% endif %}"
                         "{% if 附件名单 %}（名单见附件）{% endif %}。现予公示，接受监督。"),
            *LIST_IN_TEXT,
            Text(e.BODY, "公示时间：{% if 公示开始 %}{{ 公示开始 }}至{{ 公示结束 }}，共{{ 公示天数 }}个工作日。{{ 期限说明 }}"
                         "{% else %}自公示发布的次日起{{ 公示天数 }}个工作日。{% endif %}"),
            Text(e.BODY, "公示期内，对拟命名的单位有不同意见的，可以来信、来电或者来访，向{{ 经办部门 }}反映。以单位名义反映的，请加盖公章；"
                         "以个人名义反映的，请写明真实姓名和联系方式。反映的情况应当真实、具体。"),
            Text(e.BODY, "联系人：{{ 联系人 }}。"),
            Text(e.BODY, "联系电话：{{ 联系电话 }}。"),
            Text(e.BODY, "联系地址：{{ 联系地址 }}。"),
            *when("附件名单", Text(e.ENCLOSURES, f"附件：{title}")),
            *_CLOSING,
            *list_apart(title),
        ),
    )  # fmt: skip


def _naming() -> Skeleton:
    title = "{{ 年度 }}年度{{ 荣誉名称 }}名单"
    return Skeleton(
        kind="red_header",
        mark="{{ 发文机关 }}文件",
        blocks=(
            *_RED_HEAD,
            Text(e.TITLE, "{{ 发文机关 }}关于命名{{ 年度 }}年度{{ 荣誉名称 }}的决定"),
            Text(e.RECIPIENT, "{{ 主送机关 }}："),
            Text(e.BODY, "根据{{ 依据 }}，经{{ 评定程序 }}{% if 公示开始 %}，并于{{ 公示开始 }}至{{ 公示结束 }}公示期满"
                         "{% if 公示结果 %}，{{ 公示结果 }}{% endif %}{% endif %}，{{ 发文机关 }}决定，命名{{ 单位数 }}个单位为{{ 年度 }}年度{{ 荣誉名称 }}"
                         "{% if 分组说明 %}，{{ 分组说明 }}{% endif %}{% if 附件名单 %}（名单见附件）{% endif %}。"),
            *LIST_IN_TEXT,
            Text(e.BODY, "{{ 命名要求 }}"),
            *when("附件名单", Text(e.ENCLOSURES, f"附件：{title}")),
            *_CLOSING,
            *list_apart(title),
        ),
        copies_to="{{ 抄送机关 }}。",
        copies_key="抄送机关",
        printed=IMPRINT,
    )  # fmt: skip


_EXTENSION_REST = "{{ ('三' if 待完成事项 else '二') if 延期原因 else ('二' if 待完成事项 else '一') }}"
ANNOUNCEMENT, NAMING = _announcement(), _naming()
EXTENSION = Skeleton(
    kind="letter",
    mark="{{ 发文机关 }}",
    blocks=(
        Text(e.NUMBER, "{{ 发文字号 }}"),
        Text(e.TITLE, "关于延长{{ 项目名称 }}建设期限的通知"),
        Text(e.RECIPIENT, "{{ 申请单位 }}："),
        Text(e.BODY, "{{ 单位名称 }}“{{ 项目名称 }}”{{ 年度 }}年度经考查评估，暂未列入命名。依据{{ 依据 }}，"
                     "建设期限{% if 原期限 %}由{{ 原期限 }}{% endif %}延长至{{ 新期限 }}{% if 件次 %}（第{{ 件次 }}次延期）{% endif %}，现将有关事项通知如下。"),
        *when("延期原因", Text(e.HEADING_1, "一、延期的原因"),
               *loop("原因", "延期原因", Text(e.BODY, "{{ loop.index }}.{{ 原因 }}。"))),
        *when("待完成事项", Text(e.HEADING_1, "{{ '二' if 延期原因 else '一' }}、需要完成的事项"),
               *loop("事项", "待完成事项", Text(e.BODY, "{{ loop.index }}.{{ 事项 }}。"))),
        Text(e.HEADING_1, f"{_EXTENSION_REST}、后续安排"),
        Text(e.BODY, "请对照评价指标补充完善实施方案，报送{{ 经办部门 }}，并于{{ 新期限 }}前（含当日）完成建设。完成后请自评，达标的提出验收申请。"),
        Text(e.BODY, "特此通知。"),
        *_CLOSING,
        Text(e.REMARK, _CONTACT),
    ),
)  # fmt: skip

_LATE_TITLE = "{{ 年度 }}年度{{ 项目名称 }}未完成申报单位名单"
CIRCULAR = Skeleton(
    kind="red_header",
    mark="{{ 发文机关 }}文件",
    blocks=(
        *_RED_HEAD,
        Text(e.TITLE, "{{ 发文机关 }}关于{{ 年度 }}年度{{ 项目名称 }}未完成申报情况的通报"),
        Text(e.RECIPIENT, "{{ 主送机关 }}："),
        Text(e.BODY, "根据{{ 依据 }}，现将{{ 年度 }}年度{{ 项目名称 }}未完成申报的情况（截至{{ 统计日期 }}）通报如下。"),
        Text(e.HEADING_1, "一、未完成申报的情况"),
        Text(e.BODY, "{% if 申报数 %}已收到{{ 申报数 }}个单位的申报，其中{% endif %}有{{ 未完成数 }}个单位尚未完成"
                     "{% if 逾期数 %}，{{ 逾期数 }}个单位已经超过规定的期限{% endif %}。"
                     "{% for 组 in 未完成分组 %}{{ 组.所属地区 }}{{ 组.单位数 }}个{{ '。' if loop.last else '，' }}{% endfor %}"
                     "各单位缺少的内容见附件。"),
        Text(e.HEADING_1, "二、有关要求"),
        Text(e.BODY, "{{ 通报要求 }}"),
        Text(e.ENCLOSURES, f"附件：{_LATE_TITLE}"),
        *_CLOSING,
        Text(e.ENCLOSURE_MARK, "附件"),
        Text(e.ENCLOSURE_TITLE, _LATE_TITLE),
        Text(e.ENCLOSURE_NOTE, "（截至{{ 统计日期 }}，共{{ 未完成数 }}个）"),
        *loop(
            "组", "未完成分组",
            Text(e.HEADING_1, "{{ 组.序号 }}、{{ 组.所属地区 }}（{{ 组.单位数 }}个）"),
            table("单位 in 组.名单", (12, "序号", "{{ 单位.序号 }}", e.TABLE_CENTER), (48, "单位名称", "{{ 单位.单位名称 }}", e.TABLE_TEXT),
                  (42, "缺少的内容", "{{ 单位.缺少内容 }}", e.TABLE_TEXT), (36, "规定期限", "{{ 单位.截止日期 }}", e.TABLE_CENTER),
                  (18, "逾期\n工作日", "{{ 单位.逾期天数 }}", e.TABLE_CENTER)),
        ),
    ),
    copies_to="{{ 抄送机关 }}。",
    copies_key="抄送机关",
    printed=IMPRINT,
)  # fmt: skip

SHEET_RETURN = Skeleton(
    kind="letter",
    mark="{{ 发文机关 }}",
    blocks=(
        Text(e.NUMBER, "编号：{{ 编号 }}"),
        Text(e.TITLE, "{{ 文件名称 }}"),
        Text(e.RECIPIENT, "{{ 评分人 }}："),
        Text(e.BODY, "你{% if 评分日期 %}于{{ 评分日期 }}{% endif %}为{% if 被评单位 %}{{ 被评单位 }}{% else %}“{{ 项目名称 }}”申报单位{% endif %}所作的评分表"
                     "（{{ 来件名称 }}），已于{{ 收到日期 }}收到{% if 件次 %}（第{{ 件次 }}次报送）{% endif %}。经核对，有{{ 事项数 }}处需要更正，现一次告知如下。"
                     "更正以前，这份评分表不计入汇总。"),
        Text(e.HEADING_1, "一、需要更正的地方"),
        *loop("事项", "问题清单",
               Text(e.BODY, "{{ 事项.序号 }}.{{ 事项.项目 }}{% if 事项.位置 %}（{{ 事项.位置 }}）{% endif %}：{{ 事项.问题 }}。"
                            "{% if 事项.要求 %}{{ 事项.要求 }}。{% endif %}{% if 事项.依据 %}（依据：{{ 事项.依据 }}）{% endif %}")),
        Text(e.HEADING_1, "二、更正的办法"),
        Text(e.BODY, "请在原评分表上更正，{% if 更正期限 %}于{{ 更正期限 }}前（含当日）{% endif %}重新报送{{ 经办部门 }}。评多少分由评分人确定，"
                     "本通知只指出填写和计算上的问题。"),
        Text(e.BODY, "特此通知。"),
        *_CLOSING,
        Text(e.REMARK, _CONTACT),
    ),
)  # fmt: skip
