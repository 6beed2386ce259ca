"""What a printed label suggests: an English id, whether it is a month, whether it must be filled in, whether it names the unit.

Pure word lists; a clerk corrects what they get wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import count

from formflow.model.programme import Field

_IDS = {
    "单位名称": "unit_name", "申报单位": "applicant_unit", "申请单位": "applicant_unit", "填报单位": "reporting_unit", "报送单位": "reporting_unit",
    "推荐单位": "recommending_unit", "工作单位": "employer", "所在单位": "employer", "集体名称": "group_name", "项目名称": "project_name",
    "单位地址": "address", "地址": "address", "通讯地址": "address", "家庭住址": "home_address", "联系人": "contact", "联系电话": "telephone",
    "电话": "telephone", "手机": "mobile", "手机号码": "mobile", "电子邮箱": "email", "邮箱": "email", "邮政编码": "postcode", "传真": "fax",
    "统一社会信用代码": "credit_code", "法定代表人": "legal_representative", "负责人": "person_in_charge", "项目负责人": "project_leader",
    "姓名": "name", "申请人": "applicant", "申报人": "applicant", "性别": "sex", "民族": "ethnicity", "年龄": "age", "出生年月": "born_in",
    "籍贯": "native_place", "政治面貌": "political_status", "文化程度": "education", "学历": "education", "职务": "position", "职称": "professional_title",
    "身份证号": "identity_number", "身份证号码": "identity_number", "所属行业": "industry", "职工人数": "employees", "会员人数": "members",
    "成立时间": "founded_on", "起止时间": "period", "开户银行": "bank", "开户行": "bank", "银行账号": "account_number", "银行账户": "account_number",
    "账号": "account_number", "户名": "account_name", "金额": "amount", "申请金额": "amount_requested", "经费预算": "budget", "经费来源": "funding_source",
    "基本情况": "situation", "主要事迹": "achievements", "主要做法": "practice", "工作成效": "results", "工作方案": "work_plan", "工作计划": "work_plan",
    "申请理由": "reason", "推荐理由": "reason", "单位简介": "unit_profile", "备注": "remarks", "编号": "number", "序号": "row_number",
    "填表人": "filled_in_by", "审核人": "checked_by", "时间": "time", "内容": "content", "责任单位": "responsible", "关系": "relation",
}  # fmt: skip
_FORM_DATE = re.compile(r"^(?:(?:填表|填报|填写|申报|申请|制表|报送|上报|推荐)(?:日期|时间|年月)|日期)$")
_MONTH = re.compile(r"年月$")
_OPTIONAL = re.compile(r"备注|其[他它]|编号|传真|邮编|邮政编码|说明|签[名字章]|审核人|制表人|受理|收件|照片|附件")
# Who a case is about, the best first.
_UNIT = (r"^申[报请]单位", r"^单位名称|单位全称", r"单位|集体名称|企业名称|机构名称", r"^申[报请]人", r"姓名", r"名称")
_NO_UNIT = re.compile(r"意见|推荐单位|工作单位|主管|地址|负责人|性质|简介|电话|类型|情况")


def english_id(label: str, taken: set[str], prefix: str = "field") -> str:
    """The id of a label: an English word where it is a common one, else `prefix`_01, 02 …; never one that is `taken`."""
    bare = re.sub(r"[（(].*?[)）]|^[一二三四五六七八九十\d]+[、.．]", "", label)
    base = "form_date" if prefix == "field" and _FORM_DATE.match(bare) else _IDS.get(bare, "")
    if base and base not in taken:
        return base
    names = (f"{base}_{number}" if base else f"{prefix}_{number - 1:02d}" for number in count(2))
    return next(name for name in names if name not in taken)


def is_month(field: Field) -> bool:
    """Whether a field is best read as a month: the form's own date, 出生年月."""
    return (
        field.type == "text" and not field.options and bool(_FORM_DATE.match(field.label) or _MONTH.search(field.label))
    )


def is_form_date(label: str) -> bool:
    return bool(_FORM_DATE.match(label))


def is_required(field: Field) -> bool:
    return not _OPTIONAL.search(field.label)


def unit_field(fields: Iterable[Field]) -> Field | None:
    """The field that names the unit a case is about, the first text if none seems to; None if the form has no text."""
    texts = [field for field in fields if field.type == "text" and not field.options and not is_month(field)]
    for words in _UNIT:
        for field in texts:
            if re.search(words, field.label) and not _NO_UNIT.search(field.label):
                return field
    return texts[0] if texts else None
