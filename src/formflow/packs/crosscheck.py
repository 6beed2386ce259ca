"""Whether the names in a form's file point at something: fields at the blank, checks and the case rule at fields, ids at one thing only.

Each function yields every problem it sees; shapes were settled before (see `validate`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from formflow.forms.blocks import Rows, layered_heads
from formflow.model.document import Document, Paragraph, Table
from formflow.model.programme import FIELD_TYPE_WORDS
from formflow.model.text import fold
from formflow.packs import checks_schema as c
from formflow.packs import schema as s
from formflow.packs.strict_yaml import Problem, YamlFile

# Of each rule, the keys that name a field and the type (or types) that field must have.
_RULE_FIELDS: dict[str, tuple[tuple[str, str], ...]] = {
    "ends_with": (("field", "text"),),
    "ordered": (("first", "month|date"), ("then", "month|date")),
    "credit_code": (("field", "text"),),
    "years_before": (("field", "date"), ("at", "opinion")),
    "within_years": (("field", "date"), ("at", "opinion")),
    "still_valid": (("field", "date"), ("at", "opinion")),
    "all_chosen": (("field", "choice"),),
    "span_years": (("start", "month"), ("end", "month")),
    "year_within": (("field", "month"),),
    "rows_complete": (("field", "rows"),),
    "rows_within": (("field", "rows"), ("start", "month"), ("end", "month")),
    "handed_in_within": (("field", "month"),),
    "answers_are": (),
    "elapsed": (("start", "month"), ("end", "month")),
    "rows_elapsed": (("field", "rows"),),
}


def check_form(file: YamlFile, form: s.FormFile, blank: Document | None) -> Iterator[Problem]:
    """Everything inside one form's file; what needs the blank is left out when there is none."""
    yield from repeated_ids(file, "fields", [field.id for field in form.fields])
    for index, field in enumerate(form.fields):
        yield from _check_field(file, index, field)
    yield from _check_ranges(file, form)
    for index, check in enumerate(form.checks):
        yield from _check_rule(file, ("checks", index), check, form)
    if blank is not None:
        yield from _check_blank(file, form, blank)


def repeated_ids(file: YamlFile, key: str, ids: list[str]) -> Iterator[Problem]:
    """Ids that a list under `key` gives twice."""
    seen: dict[str, int] = {}
    for index, name in enumerate(ids):
        if name in seen:
            first = file.line((key, seen[name], "id"))
            yield file.problem((key, index, "id"), f"“{name}”已在第 {first} 行用过；每一项的 id 请各不相同。")
        seen.setdefault(name, index)


def _check_field(file: YamlFile, index: int, field: s.FieldPart) -> Iterator[Problem]:
    """Settings that go with one type only."""
    place = ("fields", index)
    if (field.type == "rows") != bool(field.columns):
        said = (
            "type 是 rows 的栏目要用 columns 写明各列"
            if field.type == "rows"
            else "columns 只用于 type 是 rows 的栏目，请删去"
        )
        yield file.problem((*place, "columns"), f"“{field.id}”：{said}。")
    if field.type != "opinion" and field.wants:
        yield file.problem((*place, "wants"), f"“{field.id}”：wants 只用于 type 是 opinion 的栏目，请删去。")
    if field.type != "month" and field.range_part:
        yield file.problem((*place, "range_part"), f"“{field.id}”：range_part 只用于 type 是 month 的栏目，请删去。")
    if field.type not in ("text", "date") and field.accepts_none:
        said = f"“{field.id}”：accepts_none 只用于 type 是 text（可以写“无”）或 date（可以写“长期”）的栏目，请删去。"
        yield file.problem((*place, "accepts_none"), said)
    if field.type not in ("text", "choice") and field.options:
        yield file.problem((*place, "options"), f"“{field.id}”：options 只用于 type 是 text 或 choice 的栏目，请删去。")
    if field.type == "choice" and len(field.options) < 2:
        yield file.problem((*place, "options"), f"“{field.id}”：type 是 choice 的栏目要用 options 写明可以勾选的各项。")
    if not fold(field.anchor) and (field.type, field.region) != ("month", "cover"):
        yield file.problem(
            (*place, "anchor"), f"“{field.id}”：anchor 是空的；只有封面上单独成行的年月可以空着，请写出表上印的字。"
        )
    for position, column in enumerate(field.columns):
        if column.id in [other.id for other in field.columns[:position]]:
            yield file.problem(
                (*place, "columns", position, "id"), f"“{field.id}”有两列都叫“{column.id}”；请各取不同的 id。"
            )


def _check_ranges(file: YamlFile, form: s.FormFile) -> Iterator[Problem]:
    """A printed "…至…" line has one start and one end."""
    ends: dict[tuple[str, str], dict[str, int]] = {}
    for index, field in enumerate(form.fields):
        if field.range_part and field.type == "month":
            pair = ends.setdefault((field.region, fold(field.anchor)), {})
            if field.range_part in pair:
                yield file.problem(
                    ("fields", index, "range_part"),
                    f"“{field.anchor}”的 {field.range_part} 写了两次；起写 start，止写 end。",
                )
            pair[field.range_part] = index
    for pair in ends.values():
        if len(pair) == 1:
            ((part, index),) = pair.items()
            other = "end" if part == "start" else "start"
            yield file.problem(
                ("fields", index, "range_part"),
                f"“{form.fields[index].anchor}”只有 {part}；请给它配一个 range_part: {other} 的栏目。",
            )


def _check_rule(file: YamlFile, place: tuple[str, int], check: c.CheckPart, form: s.FormFile) -> Iterator[Problem]:
    for key, wanted in _RULE_FIELDS[check.rule]:
        yield from field_reference(file, (*place, key), getattr(check, key), wanted.split("|"), form.fields)
    match check:
        case c.RowsWithinPart():
            yield from _check_column(file, (*place, "column"), check.field, check.column, form)
        case c.RowsElapsedPart():
            yield from _check_column(file, (*place, "start"), check.field, check.start, form)
            yield from _check_column(file, (*place, "end"), check.field, check.end, form)
        case c.AnswersArePart():
            yield from _check_options(file, place, check, form)
        case c.YearWithinPart(first=first, last=last) if first > last:
            yield file.problem((*place, "last"), f"last（{last}）早于 first（{first}）；请把先后改过来。")
        case c.HandedInWithinPart(first_month=first, last_month=last) if first > last:
            yield file.problem(
                (*place, "last_month"), f"last_month（{last}）小于 first_month（{first}）；请把先后改过来。"
            )
        case _:
            pass


def _check_column(
    file: YamlFile, place: tuple[str | int, ...], field_id: str, column: str, form: s.FormFile
) -> Iterator[Problem]:
    field = next((field for field in form.fields if field.id == field_id), None)
    columns = [column.id for column in field.columns] if field else []
    if columns and column not in columns:
        yield file.problem(place, f"“{field_id}”没有“{column}”这一列；它的列是：{'、'.join(columns)}。")


def _check_options(
    file: YamlFile, place: tuple[str | int, ...], check: c.AnswersArePart, form: s.FormFile
) -> Iterator[Problem]:
    """Each field is there and prints the option that is wanted."""
    by_id = {field.id: field for field in form.fields}
    for index, name in enumerate(check.fields):
        yield from field_reference(file, (*place, "fields", index), name, ("text",), form.fields)
        field = by_id.get(name)
        if field and field.type == "text" and check.option not in field.options:
            options = "、".join(field.options) or "没有写 options"
            yield file.problem((*place, "option"), f"“{name}”的选项里没有“{check.option}”（{options}）；请改成一样的。")


def field_reference(
    file: YamlFile, place: tuple[str | int, ...], name: str, wanted: Iterable[str], fields: Iterable[s.FieldPart]
) -> Iterator[Problem]:
    """A name that must be a field of one of the `wanted` types."""
    types = {field.id: field.type for field in fields}
    wanted = tuple(wanted)
    if name not in types:
        near = get_close_matches(name, types, n=1, cutoff=0.6)
        hint = f"是否想写“{near[0]}”？" if near else f"表里的栏目是：{'、'.join(types)}。"
        yield file.problem(place, f"没有“{name}”这一栏，{hint}")
    elif types[name] not in wanted:
        words = "或".join(FIELD_TYPE_WORDS[kind] for kind in wanted)
        yield file.problem(place, f"“{name}”是{FIELD_TYPE_WORDS[types[name]]}栏，这里要用{words}栏；请换一个栏目。")


def _check_blank(file: YamlFile, form: s.FormFile, blank: Document) -> Iterator[Problem]:
    printed = tuple(_printed(blank.blocks))
    headings = tuple(_heading_rows(blank.blocks))
    for index, field in enumerate(form.fields):
        anchor = fold(field.anchor)
        if anchor and not any(anchor in text for text in printed):
            yield file.problem(
                ("fields", index, "anchor"),
                f"空白表 {form.blank} 上没有印“{field.anchor}”；请照表上的字改写，或改空白表。",
            )
        labels = {fold(column.label) for column in field.columns}
        if labels and not any(labels <= row for row in headings):
            yield file.problem(
                ("fields", index, "columns"),
                f"空白表 {form.blank} 上没有哪一行表头同时印有“{'、'.join(column.label for column in field.columns)}”；请照表头改写。",
            )


def _printed(blocks: Iterable[Paragraph | Table]) -> Iterator[str]:
    """The folded text of each paragraph outside tables and of each cell, nested ones too."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield fold(block.text)
        else:
            for cell in block.cells:
                yield fold(cell.text)
                yield from _printed(inner for inner in cell.blocks if isinstance(inner, Table))


def _heading_rows(blocks: Iterable[Paragraph | Table]) -> Iterator[set[str]]:
    """The folded cell texts of each row of each table, nested ones too, and of heads under heads ("上级-下级")."""
    for table in blocks:
        if isinstance(table, Table):
            rows = Rows(table)
            for row in range(table.rows):
                yield {fold(cell.text) for cell in rows[row]}
                if layered := layered_heads(rows, row):
                    yield {fold(label) for label in layered[1]}
            for cell in table.cells:
                yield from _heading_rows(cell.blocks)
