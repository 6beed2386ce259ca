"""A YAML file against its schema → the schema's value, or every mismatch as a located Chinese problem that says what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from difflib import get_close_matches
from typing import Annotated, Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from formflow.packs.parts import Part
from formflow.packs.strict_yaml import Path, Problem, YamlFile

F = TypeVar("F", bound=Part)


def validate(file: YamlFile, schema: type[F]) -> tuple[F | None, tuple[Problem, ...]]:
    """The file as `schema`, None when anything in it does not fit."""
    if not isinstance(file.value, dict):
        return None, (Problem(file.name, file.line(()), "整个文件应当是“名称: 值”这样的条目，请按模板改写。"),)
    try:
        return schema.model_validate(file.value), ()
    except ValidationError as error:
        return None, tuple(_problem(file, schema, detail) for detail in error.errors(include_url=False))


def _problem(file: YamlFile, schema: type[Part], detail: ErrorDetails) -> Problem:
    path = _written(file.value, detail["loc"])
    if detail["type"] == "extra_forbidden":
        message = _unknown_key(str(detail["loc"][-1]), _keys_at(schema, detail["loc"][:-1]))
    else:
        message = _SAYINGS.get(detail["type"], _other)(_name(path), detail)
    return file.problem(path, message)


def _written(value: Any, loc: tuple[int | str, ...]) -> Path:
    """pydantic's location without the union tags it adds, which stand nowhere in the file; a missing key stays at the end."""
    path: list[int | str] = []
    for position, step in enumerate(loc):
        inside = dict(enumerate(value)) if isinstance(value, list) else value
        if isinstance(inside, dict) and step in inside:
            value = inside[step]
        elif position < len(loc) - 1:
            continue
        path.append(step)
    return tuple(path)


def _name(path: Path) -> str:
    """How a place is called: its last name, with the list it is in where it has none of its own."""
    names = [step for step in path if isinstance(step, str)]
    if path and isinstance(path[-1], int):
        return f"{names[-1] if names else ''} 第 {path[-1] + 1} 项"
    return str(names[-1]) if names else "这里"


def _unknown_key(key: str, known: tuple[str, ...]) -> str:
    near = get_close_matches(key, known, n=1, cutoff=0.6)
    return f"不认识“{key}”，" + (f"是否想写“{near[0]}”？" if near else f"这里可以写的是：{'、'.join(known)}。")


def _keys_at(schema: type[Part], loc: tuple[int | str, ...]) -> tuple[str, ...]:
    """The keys that may be written in the mapping at `loc`."""
    parts: list[type[Part]] = [schema]
    for step in loc:
        if isinstance(step, int):
            continue
        tagged = [part for part in parts if step in _tags(part)]
        parts = (
            tagged or [inner for part in parts if step in part.model_fields for inner in _parts_of(part, step)] or parts
        )
    return tuple(dict.fromkeys(info.alias or key for part in parts for key, info in part.model_fields.items()))


def _tags(part: type[Part]) -> tuple[str, ...]:
    rule = part.model_fields.get("rule")
    return get_args(rule.annotation) if rule else ()


def _parts_of(part: type[Part], key: str) -> Iterator[type[Part]]:
    yield from _parts_in(part.model_fields[key].annotation)


def _parts_in(annotation: Any) -> Iterator[type[Part]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation  # type: ignore[misc]  # every model of a schema is a Part
    elif get_origin(annotation) is Annotated:
        yield from _parts_in(get_args(annotation)[0])
    else:
        for inner in get_args(annotation):
            yield from _parts_in(inner)


def _found(detail: ErrorDetails) -> str:
    value = detail["input"]
    kinds = {
        bool: "true/false",
        int: f"数 {value}",
        float: f"小数 {value}",
        str: f"文字“{value}”",
        list: "列表",
        dict: "一组条目",
    }
    return kinds.get(type(value), "别的内容")


def _choices(detail: ErrorDetails, key: str) -> str:
    return str(detail.get("ctx", {}).get(key, "")).replace("'", "").replace(" or ", "、").replace(", ", "、")


def _missing(name: str, detail: ErrorDetails) -> str:
    if name == "basis" or name.endswith("_basis"):
        return f"缺少“{name}”（出处）；请写来源文件的条目，自行确定的写 {{source: local, clause: 说明}}。"
    return f"缺少“{name}”；请补上这一项。"


def _other(name: str, detail: ErrorDetails) -> str:
    return f"“{name}”不合要求（{detail['msg']}）；请按模板改写。"


def _wrong_tag(name: str, detail: ErrorDetails) -> str:
    tag = str(detail["ctx"]["tag"])
    choices = _choices(detail, "expected_tags")
    near = get_close_matches(tag, choices.split("、"), n=1, cutoff=0.6)
    return f"没有“{tag}”这种核对规则，" + (f"是否想写“{near[0]}”？" if near else f"可以用的是：{choices}。")


def _wrong_choice(name: str, detail: ErrorDetails) -> str:
    return f"“{name}”写的是{_found(detail)}，只能是：{_choices(detail, 'expected')}。"


_SAYINGS: dict[str, Callable[[str, ErrorDetails], str]] = {
    "missing": _missing,
    "string_type": lambda name, d: f"“{name}”应为文字，写的是{_found(d)}；数字当文字用时请加引号。",
    "string_too_short": lambda name, d: f"“{name}”没有写内容；请填上。",
    "string_pattern_mismatch": lambda name, d: (
        f"“{name}”写的是{_found(d)}，{_pattern_words(str(d['ctx']['pattern']))}。"
    ),
    "exact_decimal": lambda name, d: f'“{name}”应为整数，或加引号的小数（如 "0.5"），写的是{_found(d)}。',
    "int_type": lambda name, d: f"“{name}”应为整数，写的是{_found(d)}；金额请用最小单位的整数，不带小数和引号。",
    "bool_type": lambda name, d: f"“{name}”应为 true 或 false，写的是{_found(d)}。",
    "list_type": lambda name, d: f"“{name}”应为列表（每行以“- ”开头，或写在方括号里），写的是{_found(d)}。",
    "dict_type": lambda name, d: f"“{name}”应为一组“名称: 值”，写的是{_found(d)}。",
    "model_type": lambda name, d: f"“{name}”应为一组“名称: 值”，写的是{_found(d)}。",
    "too_short": lambda name, d: f"“{name}”至少要有一项。",
    "greater_than_equal": lambda name, d: f"“{name}”写的是{_found(d)}，不能小于 {d['ctx']['ge']}。",
    "less_than_equal": lambda name, d: f"“{name}”写的是{_found(d)}，不能大于 {d['ctx']['le']}。",
    "literal_error": _wrong_choice,
    "union_tag_invalid": _wrong_tag,
    "union_tag_not_found": lambda name, d: "这条核对规则缺少“rule”；请写明用哪种规则。",
}


def _pattern_words(pattern: str) -> str:
    if pattern == r"\S":
        return "不能只有空格"
    if r"\d{4}-" in pattern:
        return '应为加引号的日期，如 "2021-12-09"'
    if r"\d" in pattern:
        return '应为三段数字，如 "1.0.0"'
    return "只能用小写英文字母开头，后接小写字母、数字和" + ("短横线" if "-[" in pattern else "下划线")
