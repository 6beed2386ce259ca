"""The Chinese keys that a letter's Word template may use, by what the letter follows from.

A clerk writes {{ 单位名称 }} in a template; `pack check` holds the template against these tables before anything is written. Keys of a
list's items are written with a dot (补正事项.要求), of a list within a list with two (名单分组.名单.单位名称).
"""

from __future__ import annotations

from collections.abc import Mapping

from formflow.model.programme import Occasion, Programme

# Sentences that come from the pack's letters.yaml; a pack may give more, each is then a key too.
WORDING_KEYS = ("份数要求", "后续程序", "逾期后果")
_ALWAYS = ("发文机关", "经办部门", "联系人", "联系电话", "联系地址", "项目名称", "年度", "成文日期", "依据", "文件名称", *WORDING_KEYS)  # fmt: skip
_ISSUED = ("发文字号", "主送机关", "抄送机关", "印发机关", "印发日期")
_ITEM = ("序号", "项目", "位置", "问题", "要求", "依据")
_UNIT = ("序号", "单位名称", "所属地区", "等次")
_LATE = ("序号", "单位名称", "所属地区", "缺少内容", "截止日期", "逾期天数")
_LISTS: Mapping[str, tuple[str, ...]] = {
    "名单": _UNIT,
    "正文名单": _UNIT,
    "附件名单": _UNIT,
    "名单分组": ("序号", "等次", "单位数", "单位", "名单", *(f"名单.{key}" for key in _UNIT)),
}
_LISTED = ("单位数", "分组说明", "有地区")


def _keys(*plain: str, **lists: tuple[str, ...]) -> frozenset[str]:
    dotted = {f"{name}.{key}" for name, keys in lists.items() for key in keys}
    return frozenset(_ALWAYS) | frozenset(plain) | frozenset(lists) | dotted


_APPLICATION = _keys(
    "编号", "回执编号", "申请单位", "单位名称", "收到日期", "建设周期", "补正期限", "工作日数", "期限说明", "事项数", "上次日期", "件次",
    收到材料=("序号", "材料名称", "说明"), 待补交材料=("序号", "材料名称", "要求"), 补正事项=_ITEM, 提示事项=(),
)  # fmt: skip
KEYS: Mapping[Occasion, frozenset[str]] = {
    "accepted": _APPLICATION,
    "supplement": _APPLICATION,
    "sheet_returned": _keys(
        "编号", "被评单位", "评分人", "评分日期", "收到日期", "来件名称", "更正期限", "事项数", "件次", 问题清单=_ITEM
    ),
    "extended": _keys(
        *_ISSUED, "单位名称", "申请单位", "原期限", "新期限", "件次", 延期原因=(), 待完成事项=()
    ),
    "rectify": _keys(
        *_ISSUED, "单位名称", "申请单位", "检查日期", "检查结论", "整改期限", "工作日数", "期限说明", "复查安排", "事项数", "件次",
        整改事项=("序号", "问题", "要求", "依据"),
    ),
    "announced": _keys(*_ISSUED, *_LISTED, "公示开始", "公示结束", "公示天数", "期限说明", **_LISTS),
    "named": _keys(*_ISSUED, *_LISTED, "公示开始", "公示结束", "公示结果", **_LISTS),
    "circulated": _keys(
        *_ISSUED, *_LISTED, "统计日期", "申报数", "未完成数", "逾期数", "地区数", **_LISTS,
        未完成名单=_LATE, 未完成分组=("序号", "所属地区", "单位数", "单位", "名单", *(f"名单.{key}" for key in _LATE)),
    ),
    "subsidised": _keys(
        *_ISSUED, "项数", "合计", "合计大写", "金额单位", 经费用途=(),
        补助名单=("序号", "项目", "单位名称", "荣誉", "应补助", "已补助", "本次补助", "计算"),
    ),
}  # fmt: skip


def provided_keys(programme: Programme, on: Occasion) -> frozenset[str]:
    """Every key that composing gives to a template of this programme for this occasion, the pack's own wording with them."""
    return KEYS[on] | frozenset(programme.wording)
