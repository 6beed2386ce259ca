"""What the columns of a score sheet's table hold, told by the heads over them, or by what stands in them where nobody printed heads.

Comes in: rows of cells. Goes out: `Columns`. A head may stand over several columns with heads of its own below it; a head that is no known
word over points may be a name: of a unit where units stand side by side, or of a reviewer (see `score_names`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from formflow.forms.score_names import Kind, may_be_name
from formflow.model.document import Cell
from formflow.model.text import fold

Role = Literal["number", "group", "content", "points", "score", "self", "group_total", "other"]

_WORDS: dict[Role, tuple[str, ...]] = {
    "number": ("序号", "编号", "序", "指标编号", "指标序号", "条目", "项号"),
    "group": ("组", "组别", "项目", "评价项目", "评分项目", "考核项目", "一级指标", "类别", "分类", "指标类别", "大项", "项目名称", "评估项目", "考评项目",
              "评审项目", "模块", "维度"),
    "content": ("内容", "评分内容", "评价内容", "考核内容", "考评内容", "评估内容", "评审内容", "二级指标", "三级指标", "指标内容", "具体内容", "评价指标", "评分指标",
                "考核指标", "考评指标", "评估指标", "指标", "指标名称", "评价标准", "评分标准", "考核标准", "考评标准", "评分要点", "评审要点", "主要内容", "工作内容",
                "内容及要求", "评分项", "评价要点", "小项", "项目内容", "内容要求"),
    "points": ("分值", "满分", "标准分", "标准分值", "满分值", "分数", "权重", "配分", "最高分", "总分值", "应得分", "基本分", "赋分", "分值标准", "设定分值", "指标分值"),
    "score": ("得分", "评分", "打分", "专家评分", "专家打分", "评委评分", "评委打分", "实得分", "考评得分", "考评分", "考核得分", "考核分", "评审得分", "评审分", "评定分",
              "评定得分", "评估得分", "评价得分", "验收得分", "检查得分", "最后得分", "评分得分", "专家得分", "实际得分", "本次得分", "市总评分", "专家评审得分", "专家评审分",
              "上级评分", "考查得分", "他评分", "复评得分", "专家分", "评分结果", "考评", "考评评分", "考核评分", "专家评", "专家考评", "专家组评分", "专家组打分",
              "专家组", "评审组评分", "考评组评分", "考核组评分", "考核", "评审", "评委", "专家", "他评", "上级评", "市级评分", "组织评分"),
    "self": ("自评分", "自评得分", "自评", "自查得分", "自评分数", "自测得分", "自我评分", "自我评价", "自评情况", "单位自评", "自查评分", "自评打分", "自我评价得分",
             "中心自评", "单位自评分", "申报单位自评", "自评分值"),
    "group_total": ("小计", "组得分", "小计得分", "分项得分", "分组得分", "本组得分", "分类得分", "项目得分", "大项得分", "分项合计", "得分小计"),
    "other": ("备注", "说明", "评语", "扣分原因", "扣分理由", "扣分", "加分", "评分依据", "评分说明", "打分依据", "佐证材料", "证明材料", "依据", "理由", "意见", "评分理由",
              "平均分", "平均", "均分", "合计", "总分", "总计", "存在问题", "问题", "建议", "备注说明", "评分方法", "考核方法", "检查方法", "评价方法", "得分率", "单位名称",
              "评分办法", "计分方法", "计分办法", "材料", "评分说明及扣分原因", "责任部门", "页码", "平均得分", "考评方式", "评价方式", "得分说明", "得分依据", "评分依据及材料",
              "差异", "差值", "差额", "差距", "分差", "误差", "偏差", "增减", "增减分", "扣分值", "扣分项", "扣分情况", "扣分说明", "加减分", "异议", "差异说明", "名次", "排名",
              "测算建议分", "建议分", "测算", "测算分", "计算过程", "需核对"),
}  # fmt: skip
_ROLE_OF: dict[str, Role] = {word: role for role, words in _WORDS.items() for word in words}
_BRACKETS = re.compile(r"\([^()]*\)")
_NUMBERISH = re.compile(r"[-+]?\d{1,3}(?:\.\d+)?分?")
# A head is a word or a name, not a sentence.
_LONGEST_HEAD = 40


@dataclass(frozen=True, slots=True)
class Column:
    """A column of marks: where it is, what it holds, and the words over it that are no known head ("" where there are none). `kind`: what
    the name is where the sheet says so."""

    at: int
    role: Role
    name: str = ""
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table. `roles` are by 0-based grid column, those of no known role left out; `marks` are the columns of scores and
    of the units' own scores. `depth`: how many rows the heads take."""

    roles: Mapping[int, Role]
    marks: tuple[Column, ...]
    depth: int
    width: int

    def of(self, role: Role) -> tuple[int, ...]:
        return tuple(sorted(at for at, found in self.roles.items() if found == role))


def role_of(text: str) -> Role | None:
    """The role a head's words say: 分值（满分100分） is points."""
    words = fold(text)
    if len(words) > _LONGEST_HEAD:
        return None
    bare = _BRACKETS.sub("", words).strip(":*")
    return _ROLE_OF.get(bare) or _ROLE_OF.get(words)


def columns_in(rows: Sequence[Sequence[Cell]], width: int) -> Columns | None:
    """The columns if the first of these rows carries heads, the second perhaps heads below them; None if it is no row of heads.
    `rows` are the head's row and those that follow, as cells that reach into them."""
    top = rows[0]
    if not _is_head(top):
        return None
    depth = 2 if len(rows) > 1 and _is_second(top, rows[1]) else 1
    paths = {at: _path(rows[:depth], at) for at in range(width)}
    roles: dict[int, Role] = {}
    marks: list[Column] = []
    for at, path in paths.items():
        role, name = _told(path)
        if role is None and name and _has_marks(rows[depth:], at):
            role = "score"
        if role in ("score", "self"):
            marks.append(Column(at, role, name))
        if role is not None:
            roles[at] = role
    return Columns(roles, _only_named(_apart(marks, rows[0])), depth, width)


def _is_head(cells: Sequence[Cell]) -> bool:
    """A row that says what the criteria are and what they get, in cells of their own."""
    roles = {role for cell in cells if (role := role_of(cell.text))}
    return bool(roles & {"content", "group"}) and bool(roles & {"score", "self", "points"}) and len(roles) >= 2


def _is_second(top: Sequence[Cell], below: Sequence[Cell]) -> bool:
    """Whether a row carries heads under heads: those of the first row that do not reach into it span several columns, or it is heads."""
    own = [cell for cell in below if not any(cell is above for above in top) and fold(cell.text)]
    if not own or any(_NUMBERISH.fullmatch(fold(cell.text)) or len(fold(cell.text)) > _LONGEST_HEAD for cell in own):
        return False
    spanned = [cell for cell in top if cell.column_span > 1 and role_of(cell.text) in ("score", "self", None)]
    under = [cell for cell in own if any(_is_under(cell, wide) for wide in spanned)]
    return len(under) == len(own) and bool(under)


def _is_under(cell: Cell, wide: Cell) -> bool:
    return wide.column <= cell.column and cell.column + cell.column_span <= wide.column + wide.column_span


def _path(rows: Sequence[Sequence[Cell]], at: int) -> list[str]:
    """The heads over a column from the top down, each cell once."""
    path: list[Cell] = []
    for row in rows:
        cell = next((cell for cell in row if cell.column <= at < cell.column + cell.column_span), None)
        if cell is not None and not any(cell is other for other in path):
            path.append(cell)
    return [cell.text for cell in path if fold(cell.text)]


def _told(path: Sequence[str]) -> tuple[Role | None, str]:
    """The role of the lowest head that has one, and the last head that is none. What stands over a head and can be nobody's name
    (评审情况 over 得分) says nothing."""
    role: Role | None = None
    name = ""
    for text in path:
        if found := role_of(text):
            role = found
            name = name if may_be_name(name) else ""
        elif len(fold(text)) <= _LONGEST_HEAD:
            name = _plain_name(text)
    return role, name


def _plain_name(text: str) -> str:
    """甲镇职工服务中心 得分 and 甲镇职工服务中心（得分） are the name."""
    name = re.sub(r"\s*[（(]?\s*(?:专家)?(?:得分|评分|打分)\s*[)）]?\s*$", "", text.strip())
    return "".join(name.split()) if name else text.strip()


def _has_marks(rows: Sequence[Sequence[Cell]], at: int) -> bool:
    """Whether numbers stand in a column, and hardly anything else."""
    texts = [
        text
        for row in rows
        for cell in row
        if cell.column == at and cell.column_span == 1 and (text := fold(cell.text))
    ]
    numbers = sum(1 for text in texts if _NUMBERISH.fullmatch(text))
    return bool(texts) and numbers * 2 > len(texts)


def _apart(marks: Sequence[Column], top: Sequence[Cell]) -> list[Column]:
    """One column a cell: a head that is merged over two grid columns without heads below is one."""
    kept: list[Column] = []
    for column in marks:
        twin = kept[-1] if kept else None
        if twin and (twin.role, twin.name) == (column.role, column.name) and _same_cell(top, twin.at, column.at):
            continue
        kept.append(column)
    return kept


def _same_cell(cells: Sequence[Cell], one: int, other: int) -> bool:
    return any(cell.column <= one and other < cell.column + cell.column_span for cell in cells)


def _only_named(marks: Sequence[Column]) -> tuple[Column, ...]:
    """Beside a column of scores without a name, others with names are notes (复核)."""
    plain = [column for column in marks if column.role == "score" and not column.name]
    return tuple(column for column in marks if not plain or not column.name)
