"""What the columns of an honours list hold, by the words of their heads: project, organisation, level, date … in any wording and order.

Only a head that says money has gone out (已补助, 已拨付 …) is a payment; one that says what is due (补助标准, 应补金额) is none. Pure text work.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from formflow.forms.honour_levels import level_of_honour, read_level
from formflow.model.money import MoneyUnit, unit_in
from formflow.model.policy import HonoursPolicy
from formflow.model.text import fold

Role = Literal[
    "project", "organisation", "level", "honour", "issuer", "date", "document", "paid", "paid_flag", "unsure_payment", "former", "status",
    "number", "amount", "paid_on", "other",
]  # fmt: skip

_NUMBER = re.compile(r"^(?:序号?|编号|项目编号|no\.?|号)$", re.IGNORECASE)
_UNITS = re.compile(r"\((?:单位:?)?(?:人民币)?[亿万千百]?元\)|[(/]?单位:[亿万千百]?元\)?|/[亿万千百]?元$")
# Something that is due, planned or left, whatever else the head says.
_DUE = re.compile(
    r"[应拟待需可将尚未][补付拨发支领兑]|应[获享]|本次|此次|本批|本年|差额|标准|剩余|结余|扣除|补齐|测算|额度|预算|计划|申请[补金资经]|申报金|建议|核定|合同|自筹|预计"
)
_PAID = re.compile(
    r"已(?:经|累计|获得?|享受|领取?|按.{0,4})?(?:市总|各级|市级|省级)?(?:补|付|拨|下拨|划拨|发放|发$|发金|支|兑|到账|奖补|获补|享受补)|已(?:获得?|享受|领取?)(?:的)?(?:补|经费|资金|金额|奖)"
)
# Whose money it was, if not ours.
_BY_OTHERS = re.compile("配套|区市|区级|县级|区县|县区|各区|本区|镇街|街道|财政|民政|企业|基金会")
_PAYMENT_FACTS = re.compile(
    r"(?:补助?|付款?|拨[付款]?|发放|支付|到账|领取).{0,4}(?:时间|日期|年月|年度|批次|凭证|单号|账号|账户|单位|方式|文号|级别|对象|依据|文件)"
)
_FLAG = re.compile(r"是否(?:已|曾)?(?:获得?|享受)?(?:补|付|拨|发|支|领)")
_UNSURE_PAYMENT = re.compile(
    r"累计(?:补|拨|付|发)|实[际]?(?:拨|付|发|补)|(?:拨付|发放|支付|到账|拨款|付款|领取)(?:的)?(?:金额|资金|经费|数额|情况|款)?$|(?:既往|前期|曾|以前|以往|此前|上年|往年|历年|原).{0,4}(?:补|拨|付|发)"
)
_AMOUNT = re.compile(r"金额|补助|资金|经费|奖补|数额")
_FORMER = re.compile(r"^原|曾用名|更名|变更前|原名|旧名")
_ISSUER = re.compile(
    r"(?:命名|授予|颁发|颁奖|表彰|评选|评定|发文|认定|公布|颁授|授奖|发证|授牌|发布).{0,2}(?:单位|机关|部门|机构|主体|工会|组织)"
)
_NO_DATE = re.compile(
    "完成|实施|起止|成立|登记|注册|建会|推荐|填报|申报|结项|开始|结束|启动|服务|立项|合同|有效|截止|申请|签订|开展|运行|评估|公示|起始|终止|周期|制表|填表|出生|入会"
)
_DATE = re.compile(r"时间|日期|年月|年度|年份|何时|^年$")
_AWARD_DATE = re.compile(
    "命名|获奖|获评|表彰|授予|荣誉|评选|评为|公布|发文|认定|获得|文件|入选|评定|颁发|授牌|当选|称号"
)
# A honour and when it was conferred in one column.
_WITH_DATE = re.compile("(?:荣誉|称号|奖项|级别|层级|情况)[^时日]{0,3}[及和与,/(][^)]{0,6}(?:时间|日期)")
_DOCUMENT = re.compile(r"文号|字号|文件|依据|证书|批文|决定|通报")
_LEVEL = re.compile(r"级别|层级|等级|级次|^级$|层次|荣誉级|奖级|^级[别次]|评级")
# A head is made of these words; a project's own name ends in 项目 too, but begins with others.
_PROJECT_WORDS = "获奖|获评|优秀|命名|服务职工|服务|入选|受|补助|奖补|申报|评选|社会组织|荣誉|表彰|推荐|拟|已|承接|承办|工会|所获|评为|现|的|被"
_PROJECT_BEST = re.compile(rf"^[^“”\"《》]{{0,12}}项目(?:名称?|全称)(?:\([^()]*\)?)?$|^(?:{_PROJECT_WORDS})*项目$")
_PROJECT_NEXT = re.compile(
    r"^(?:服务)?品牌(?:项目)?(?:名称)?$|^[^“”]{0,6}项目[(/]?[\u4e00-\u9fff]{0,4}\)?名称$|品牌\(项目\)名称$"
)
_NO_PROJECT = re.compile(
    r"类别|类型|级别|等级|负责|编号|金额|经费|时间|周期|内容|简介|单位|主体|地|期|概况|进度|状态|荣誉|个数|数量"
)
_HONOUR = re.compile("荣誉|称号|奖项|获奖|表彰|命名|获评|评选结果|入选|评为|奖励名|评定结果")
_NO_ORGANISATION = re.compile(
    "推荐|主管|购买|指导|所属|上级|联系|开户|采购|区市|报送|填报|审核|验收|评估单位|监督|合作单位|服务对象|受益|拨款|付款|拨付|收款|发放"
)
_ORGANISATIONS = tuple(map(re.compile, (r"社会组织", r"承接|承办|承担", r"实施|执行|运营", r"机构|组织名称?", r"申报(?:单位|主体)|项目(?:单位|主体|主办)|获奖单位|主办|服务主体|获评单位", r"单位(?:名称|全称)?$|^组织$|所在单位")))  # fmt: skip
# Heads of columns that may tell levels, if what stands in them does.
_MAYBE_LEVEL = re.compile("类|型|档|名次|结果")
# What a head says beside the level it is about.
_HEAD_FACTS = re.compile(
    "时间|日期|年月|文号|字号|文件号?|是否|情况|已?(?:补助|拨付|发放|付)|金额|资金|经费|[亿万千百]?元"
)
_STATUS = re.compile("备注|说明|状态|^情况|变动|^注$|其他")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its role, how well its head fits it (0 is best), the unit its head names, the level it is about where heads name
    levels (全国 | 山东省 | 青岛市)."""

    index: int
    role: Role
    rank: int
    unit: MoneyUnit | None
    level: str | None
    head: str


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a list by role, the best of each role; `by_level` are those whose head names a level, each as {role: column}.
    `payments` are all that say what has been paid, if there are several."""

    by_role: Mapping[Role, Column]
    by_level: Mapping[str, Mapping[Role, Column]]
    others: tuple[Column, ...]
    payments: tuple[Column, ...] = ()

    def __contains__(self, role: Role) -> bool:
        return role in self.by_role


def role_of(head: str) -> tuple[Role, int]:
    """The role a head's words give its column, and how well they fit (0 best)."""
    words = _UNITS.sub("", fold(head)).strip("():,.*")
    if _NUMBER.match(words):
        return "number", 0
    return _money_role(words) or _honour_role(words) or _thing_role(words) or ("other", 9)


def _money_role(words: str) -> tuple[Role, int] | None:
    if _FLAG.search(words):
        return "paid_flag", 0
    is_paid = bool(_PAID.search(words))
    if _PAYMENT_FACTS.search(words):
        return "paid_on", 0
    if _DUE.search(words):
        return "amount", 9
    if is_paid:
        return ("unsure_payment" if _BY_OTHERS.search(words) else "paid"), 0
    if _UNSURE_PAYMENT.search(words):
        return "unsure_payment", 0
    if _AMOUNT.search(words) and not re.search("项目名|文件|文号|依据", words):
        return "amount", 0 if re.search("补助?(?:金额|资金|经费|款)|^(?:补助|奖补)$", words) else 1
    return None


def _honour_role(words: str) -> tuple[Role, int] | None:
    if _FORMER.search(words):
        return "former", 0
    if _ISSUER.search(words):
        return "issuer", 0
    if _DOCUMENT.search(words) and not re.search("日期|时间", words):
        return "document", 0 if re.search("文号|字号", words) else 1
    if _WITH_DATE.search(words):
        return "honour", 1
    if _DATE.search(words) and not re.search("是否", words):
        if _NO_DATE.search(words) and not _AWARD_DATE.search(words):
            return "other", 9
        return "date", (0 if _AWARD_DATE.search(words) else 1) + (2 if re.search("年度|年份", words) else 0)
    if _LEVEL.search(words):
        return "level", 0 if re.search("级别|层级|荣誉|获奖", words) else 1
    return None


def _thing_role(words: str) -> tuple[Role, int] | None:
    if not _NO_PROJECT.search(words) or words.endswith(("项目名称", "项目名")):
        if _PROJECT_BEST.search(words):
            return "project", 0
        if _PROJECT_NEXT.search(words):
            return "project", 1
    if not _NO_ORGANISATION.search(words):
        for rank, pattern in enumerate(_ORGANISATIONS):
            if pattern.search(words):
                return "organisation", rank
    if _HONOUR.search(words):
        return "honour", 0
    if _STATUS.search(words):
        return "status", 0
    return ("project", 2) if words == "名称" else None


def columns_of(heads: Sequence[str], policy: HonoursPolicy) -> Columns:
    """The columns under a row of heads ("" where there is none). A role that several heads could have goes to the one that fits best,
    the leftmost of equals."""
    found = [_column(index, head, policy) for index, head in enumerate(heads) if fold(head)]
    levels = _by_level([column for column in found if column.level])
    taken = {column.index for group in levels.values() for column in group.values()}
    by_role: dict[Role, Column] = {}
    for column in sorted((c for c in found if c.index not in taken), key=lambda c: (c.rank, c.index)):
        by_role.setdefault(column.role, column)
    chosen = {column.index for column in by_role.values()} | taken
    payments = tuple(column for column in found if column.role == "paid" and column.index not in taken)
    others = tuple(column for column in found if column.index not in chosen)
    return Columns(by_role, levels, others, payments if len(payments) > 1 else ())


def may_tell_level(column: Column) -> bool:
    """Whether a column without a role could be that of the levels, by its head."""
    return column.role == "other" and bool(_MAYBE_LEVEL.search(fold(column.head)))


def _column(index: int, head: str, policy: HonoursPolicy) -> Column:
    role, rank = role_of(head)
    reading = None
    if role in ("date", "document", "paid", "honour", "level", "other", "amount") and read_level(head, policy):
        reading = level_of_honour(_HEAD_FACTS.sub("", fold(head)), policy)
    return Column(index, role, rank, unit_in(head), reading.level if reading else None, head)


def _by_level(columns: Sequence[Column]) -> dict[str, dict[Role, Column]]:
    """Columns whose heads name levels, if they are a wide list: at least one says whether, when or by what there was the honour."""
    levels: dict[str, dict[Role, Column]] = {}
    for column in columns:
        role: Role = "honour" if column.role in ("other", "level") else column.role
        if role == "amount":
            continue
        levels.setdefault(column.level or "", {}).setdefault(role, column)
    return {level: group for level, group in levels.items() if {"honour", "date", "document"} & group.keys()}
