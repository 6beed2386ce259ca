"""A blank form → the files of a pack that `pack check` accepts and a clerk finishes in YAML and Word.

Comes in: the blank's bytes. Goes out: files by name and what was found. What a blank cannot tell (who issues, on what basis, by when) is
marked `source: local` and begins with 请填写. Writes no files; guesses are in `guess`.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace

from formflow.errors import UsageError
from formflow.forms.learn import form_from_blank
from formflow.letters.common import ACCEPTANCE, SUPPLEMENT
from formflow.letters.skeleton import make
from formflow.model.programme import Field, Form
from formflow.packs.folder import CHANGELOG, LETTERS, POLICY, PROGRAMME
from formflow.packs.guess import english_id, is_form_date, is_month, is_required, unit_field
from formflow.reading.docx import read_docx

# What every value that a clerk must replace begins with.
TO_FILL_IN = "请填写"
FORM_FILE, BLANK_FILE = "application.yaml", "application.docx"
_TYPE_OF_FORM = re.compile(r"(?:申请|申报|登记|审批|推荐|汇总|备案|审核|呈报|报名|统计)*(?:表|书|单)(?:[（(].*[)）])?$")


@dataclass(frozen=True, slots=True)
class Draft:
    """A drafted pack: its files by name, and the fields as they are written there."""

    pack_id: str
    title: str
    fields: tuple[Field, ...]
    files: dict[str, bytes]


def draft_pack(blank: bytes, pack_id: str) -> Draft:
    """The pack of a blank. Raises UnreadableError for a file that is no Word form, UsageError for one that asks for nothing."""
    form = form_from_blank(read_docx(blank))
    fields = _named(form)
    if (unit := unit_field(fields)) is None:
        raise UsageError(
            "空白表里没有找到可以认出申报单位（或申请人）的文字栏目",
            "请核对文件：空白表应印有栏目名称，并留出空格或横线。",
        )
    title = form.title or f"{TO_FILL_IN}表名"
    files = {
        PROGRAMME: _programme(pack_id, title, unit, fields),
        FORM_FILE: _form(title, form, fields),
        POLICY: _POLICY,
        LETTERS: _LETTERS,
        CHANGELOG: "# 更新记录\n\n## 0.1.0\n\n- 由空白表自动起草，尚待核对。\n",
    }
    encoded = {name: text.encode() for name, text in files.items()}
    letters = {"letters/受理通知书.docx": make(ACCEPTANCE), "letters/补正通知书.docx": make(SUPPLEMENT)}
    return Draft(pack_id, title, fields, {**encoded, **letters, BLANK_FILE: blank})


def _named(form: Form) -> tuple[Field, ...]:
    """The learned fields with English ids, labels that differ, and types as guessed."""
    taken: set[str] = set()
    named: list[Field] = []
    for field in form.fields:
        label = re.sub(r"#(\d+)$", r"（第\1处）", field.id)
        name = english_id(field.label, taken)
        taken.add(name)
        # A date that stands alone can only be a month.
        type_ = "month" if is_month(field) or not field.anchor else field.type
        columns: set[str] = set()
        heads = []
        for column in field.columns:
            heads.append(replace(column, id=english_id(column.label, columns, "column")))
            columns.add(heads[-1].id)
        named.append(
            replace(field, id=name, label=label, type=type_, columns=tuple(heads), is_required=is_required(field))
        )
    return tuple(named)


def _said(text: str) -> str:
    """A text as a quoted YAML value on one line."""
    return json.dumps(text, ensure_ascii=False)


def _list(texts: list[str]) -> str:
    return f"[{', '.join(_said(text) for text in texts)}]"


def _local(clause: str) -> str:
    return f"{{source: local, clause: {_said(clause)}}}"


def _programme(pack_id: str, title: str, unit: Field, fields: tuple[Field, ...]) -> str:
    name = _TYPE_OF_FORM.sub("", re.sub(r"\s+", "", title)) or title
    dates = [field.id for field in fields if field.type == "month" and is_form_date(re.sub("（第.*", "", field.label))][
        :1
    ]
    return f"""# 项目本身：叫什么、谁主办、依据什么、收哪些材料。由空白表“{title}”起草；写着“请填写”的都要改。
# “basis” 是出处：写来源文件的条目；来源文件没有规定、由本单位自行确定的，写 {{source: local, clause: 说明}}。
id: {pack_id}
name: {_said(name)}
version: "0.1.0"
source: {_said(TO_FILL_IN + "来源文件名称")}
legal_basis:
  - {_said(TO_FILL_IN + "依据文件名称（" + TO_FILL_IN + "印发日期）")}

# 落款和联系方式，印在文书上。
issuer:
  name: {_said(TO_FILL_IN + "发文机关全称")}
  office: {_said(TO_FILL_IN + "经办部门")}
  address: {_said(TO_FILL_IN + "联系地址")}
  telephone: {_said(TO_FILL_IN + "联系电话")}
  contact: {_said(TO_FILL_IN + "联系人")}
  basis: {_local("由本单位填写")}

copies: 1
copies_basis: {_local("份数由本单位确定")}

forms:
  - {FORM_FILE}

# 一份申报材料怎样归到案卷：按哪一栏认单位、用哪一栏作文件夹名、按哪一栏定年度（年度空着时按收到的日期）。
case:
  unit: [{unit.id}]
  folder: [{unit.id}]
  year: [{", ".join(dates)}]

# 应随表一并提交的材料；没有就空着。写法见其他项目。
attachments: []
"""


def _form(title: str, form: Form, fields: tuple[Field, ...]) -> str:
    head = f"""# {title}：各栏和核对规则，由空白表起草，请逐栏核对。
# anchor 是空白表上印在答案前面的字（空白和换行不计）；label 是给人看的栏目名称；id 可以改成别的英文词，一经使用就不要再改。
# type: text 文字，month 年月，rows 多行表格，opinion 意见（wants 写明要盖章 seal、签名 signature、日期 date）。
# required: true 的栏目没有填写就要补正；由主办单位填写的栏目请改成 false，或者删去。
kind: application
title: {_said(title)}
blank: {BLANK_FILE}
placeholders: {_list(list(form.placeholders))}

fields:
"""
    return head + "".join(_field(field) for field in fields) + "\n# 各栏之间的核对规则；写法见其他项目。\nchecks: []\n"


def _field(field: Field) -> str:
    lines = [
        f"  - id: {field.id}",
        f"    label: {_said(field.label)}",
        f"    type: {field.type}",
        f"    region: {field.region}",
        f"    anchor: {_said(_anchor(field))}",
        f"    required: {'true' if field.is_required else 'false'}",
    ]
    if field.type == "rows":
        lines.append("    columns:")
        lines += [f"      - {{id: {column.id}, label: {_said(column.label)}}}" for column in field.columns]
    if field.options:
        lines.append(f"    options: {_list(list(field.options))}")
    if wants := _wants(field):
        lines.append(f"    wants: [{', '.join(wants)}]")
    lines.append(f"    basis: {_local(f'空白表“{field.label}”一栏，是否必填由本单位核定')}")
    return "\n".join(lines) + "\n"


def _anchor(field: Field) -> str:
    """What is printed before the answer, on one line; for rows the first head."""
    words = field.columns[0].label.split("-")[0] if field.type == "rows" else field.anchor
    return re.sub(r"\s+", "", words)


def _wants(field: Field) -> list[str]:
    marks = (("seal", field.wants_seal), ("signature", field.wants_signature), ("date", field.wants_date))
    return [name for name, is_wanted in marks if is_wanted and field.type == "opinion"]


_POLICY = f"""# 数字：期限、金额、门槛。每个都要有出处；来源文件没有规定的，写 {{source: local, clause: 说明}}。
parameters:
  - id: supplement_working_days
    label: 补正期限
    value: 10
    unit: 工作日
    basis: {_local("补正期限由本单位确定，" + TO_FILL_IN + "或核对")}
"""
_LETTERS = f"""# 文书：什么结果发什么文书，用哪个 Word 模板（letters 文件夹里的模板可以用 Word 或 WPS 修改）。
# when: accepted 材料齐全，supplement 需要补正。
letters:
  - id: acceptance_notice
    title: 受理通知书
    when: accepted
    layout: letter
    binding: false
    template: letters/受理通知书.docx
  - id: supplement_notice
    title: 补正通知书
    when: supplement
    layout: letter
    binding: false
    template: letters/补正通知书.docx

# 文书里的固定说法，名称就是模板里的标签。
wording:
  后续程序:
    text: {_said(TO_FILL_IN + "受理以后的程序。")}
    basis: {_local("由本单位填写")}
  份数要求:
    text: {_said("纸质材料的份数：" + TO_FILL_IN + "。")}
    basis: {_local("由本单位填写")}
  逾期后果:
    text: {_said("逾期没有补正的：" + TO_FILL_IN + "处理办法。")}
    basis: {_local("由本单位填写")}
"""
