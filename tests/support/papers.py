"""Documents and forms made by hand for tests of the pure core: no Word file, no reader."""

from __future__ import annotations

from collections.abc import Sequence

from formflow.model.citation import Citation
from formflow.model.document import Block, Cell, Document, Locator, Paragraph, Picture, Table
from formflow.model.programme import Attachment, CaseRule, Column, Field, Form, Issuer, Programme

CITED = Citation("来源", "一")
# A cell of a row: its text, or (text, columns it spans), or (text, columns, rows).
CellLike = str | tuple[str, int] | tuple[str, int, int] | Table


def paragraph(
    text: str, *, underlined: tuple[tuple[int, int], ...] = (), pictures: tuple[Picture, ...] = ()
) -> Paragraph:
    return Paragraph(text, Locator("paragraph"), underlined, pictures)


def table(
    *rows: Sequence[CellLike], pictures: dict[tuple[int, int], tuple[Picture, ...]] | None = None, number: int = 1
) -> Table:
    """A table from rows of cells; a cell with a row span leaves its place out of the rows below."""
    cells: list[Cell] = []
    taken: set[tuple[int, int]] = set()
    width = 0
    for row, entries in enumerate(rows):
        column = 0
        for entry in entries:
            while (row, column) in taken:
                column += 1
            text, columns, down = _spans(entry)
            taken.update((row + r, column + c) for r in range(down) for c in range(columns))
            part = f"table {number}, row {row + 1}, column {column + 1}"
            seen = (pictures or {}).get((row, column), ())
            blocks: tuple[Block, ...]
            blocks = (text,) if isinstance(text, Table) else _lines(text, part, seen)
            cells.append(Cell(row, column, down, columns, blocks, Locator(part)))
            column += columns
            width = max(width, column)
    return Table(len(rows), width, tuple(cells), Locator(f"table {number}"))


def _spans(entry: CellLike) -> tuple[str | Table, int, int]:
    if isinstance(entry, tuple):
        return entry[0], entry[1], entry[2] if len(entry) > 2 else 1
    return entry, 1, 1


def _lines(text: str, part: str, pictures: tuple[Picture, ...]) -> tuple[Paragraph, ...]:
    lines = text.split("\n")
    return tuple(Paragraph(line, Locator(part), (), pictures if i == 0 else ()) for i, line in enumerate(lines))


def document(*blocks: Block | str) -> Document:
    return Document("docx", tuple(paragraph(block) if isinstance(block, str) else block for block in blocks))


def _field(id_: str, anchor: str, type_: str = "text", region: str = "body", **more: object) -> Field:
    label = str(more.pop("label", anchor.strip("：（）盖章")))
    return Field(id_, label, type_, anchor, region, True, CITED, **more)  # type: ignore[arg-type]


FIELDS = (
    _field("name", "单位名称", region="cover"),
    _field("start", "时间", "month", "cover", range_part="start"),
    _field("end", "时间", "month", "cover", range_part="end"),
    _field("host", "承担单位", region="cover"),
    _field("day", "", "month", "cover", label="填表时间"),
    _field("applicant", "申请单位"),
    _field("industry", "所属行业"),
    _field("state", "现状及应具备条件符合性"),
    _field("plan", "二、工作方案"),
    _field(
        "steps",
        "三、计划",
        "rows",
        columns=(Column("time", "时间"), Column("content", "阶段工作内容"), Column("who", "负责单位")),
    ),
    _field("money", "1.经费来源"),
    _field("opinion_host", "承担单位（盖章）", "opinion", label="承担单位意见"),
    _field("opinion_partner", "参与单位（盖章）", "opinion", label="参与单位意见"),
)

ATTACHMENTS = (
    Attachment("plan_paper", "发展规划", ("发展规划",), "", "review", CITED),
    Attachment("scheme", "实施方案", ("实施方案",), "", "review", CITED),
)

SIGNED = "负责人（签名）　　　　　年　月　日"


def cover(
    name: str = "", span: str = "____年__月至____年__月", host: str = "", day: str = "二〇二　年　月"
) -> tuple[Block, ...]:
    lines = (
        "附件2",
        "职工之友申请表",
        f"单位名称：{name}",
        f"时间：{span}",
        f"承担单位：{host}",
        day,
        "填写说明",
        "1.单位名称要详细填写本中心的全称。",
    )
    return tuple(paragraph(line) for line in lines)


def body(*, answers: tuple[str, str, str, str] = ("", "", "", ""), steps: Sequence[Sequence[CellLike]] = (("", ("", 2), ""),), money: str = "",
         opinions: tuple[str, str] = ("", "")) -> Table:  # fmt: skip
    applicant, industry, state, plan = answers
    return table(
        [("一、申请单位现状", 4)],
        ["申请单位", (applicant, 3)],
        ["所属行业", (industry, 3)],
        ["现状及\n应具备\n条件符合性", (state, 3)],
        [("二、工作方案（参考评价指标，写明目标和主要措施）", 4)],
        [(plan, 4)],
        [("三、计划（1—2年，写明重点任务和工作举措）", 4)],
        ["时间", ("阶段工作内容", 2), "负责单位"],
        *steps,
        [("四、经费保障情况", 4)],
        ["1.经费来源", (money, 3)],
        [("五、承担单位、参与单位意见", 4)],
        [
            (
                f"承担单位（盖章）：\n{opinions[0]}\n{SIGNED}"
                if "负责人" not in opinions[0]
                else f"承担单位（盖章）：\n{opinions[0]}",
                4,
            )
        ],
        [
            (
                f"参与单位（盖章）：\n{opinions[1]}\n{SIGNED}"
                if "负责人" not in opinions[1]
                else f"参与单位（盖章）：\n{opinions[1]}",
                4,
            )
        ],
    )


FORM = Form("application", "职工之友申请表", document(*cover(), body()), FIELDS, (), ("待补充",))


def programme(id_: str = "friends", form: Form = FORM, attachments: tuple[Attachment, ...] = ATTACHMENTS) -> Programme:
    """A small programme around one form."""
    return Programme(
        id=id_,
        name="职工之友",
        issuer=Issuer("海风市总工会", "保障部", "海风路1号", "0513-0000000", "经办人"),
        legal_basis=("关于开展活动的通知",),
        copies=2,
        forms=(form,),
        attachments=attachments,
        case_rule=CaseRule(("name", "applicant"), ("applicant", "name"), ("day", "start")),
        letters=(),
        parameters={},
        wording={},
        version="1",
        sha256="0" * 64,
    )
