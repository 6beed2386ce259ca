"""Bytes of a YAML file → plain values with the line of every one of them, or every problem found.

Stricter than YAML: no duplicate keys, anchors, merge keys, tags, empty values or second documents, and nothing that YAML 1.1 would
quietly turn into something else (yes, 010, 1_000, 12:30, 2022-03-07): such a word must be quoted. What remains are texts, whole
numbers, decimals, true and false, lists and mappings. It knows no schema (see `schema`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

Path = tuple[str | int, ...]

_MAX_DEPTH = 20
_WHOLE = re.compile(r"-?(?:0|[1-9]\d*)")
# Nothing that a pack counts has more digits; a longer number is an account or a code and must be quoted.
_MOST_DIGITS = 15
_DECIMAL = re.compile(
    r"[-+]?(?:\d+\.\d*|\.\d+)(?:[eE][-+]?\d+)?|[-+]?\d+[eE][-+]?\d+|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
)
_SWITCH_WORDS = frozenset(
    word for base in ("yes", "no", "on", "off", "y", "n") for word in (base, base.title(), base.upper())
)
_EMPTY_WORDS = frozenset(("", "~", "null", "Null", "NULL"))
_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}(?:[Tt ].*)?")
_ODD_NUMBER = re.compile(
    r"[-+]?(?:0[0-7_]+|0\d+|0x[\da-fA-F_]+|0b[01_]+|0o[0-7]+|\d[\d_]*_[\d_]*|\d+(?::[0-5]?\d)+(?:\.\d*)?)|\+\d+"
)
# What libyaml says, by a part of its words, in ours.
_SYNTAX_WORDS = (
    ("cannot start any token", "这里有不能用的字符；缩进只能用空格，不能用制表符，开头是 @、` 或 % 的文字要加引号"),
    ("tab character", "缩进只能用空格，不能用制表符"),
    ("mapping values are not allowed", "冒号的位置不对；值里含有“: ”时请给整个值加引号"),
    ("expected ':'", "这里少了冒号；“名称: 值”的冒号要用半角，后面空一格"),
    ("did not find expected key", "缩进或引号不对，请与上面同级的行对齐，并检查引号是否成对"),
    ("did not find expected '-'", "列表的缩进不对，请与上面的“-”对齐"),
    ("did not find expected ',' or", "方括号或花括号没有成对，或项目之间少了半角逗号"),
    ("unexpected end of stream", "引号或括号没有成对"),
)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in one file. `line` is 1-based, 0 where it concerns the whole file."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}" if self.line else f"{self.file}: {self.message}"


@dataclass(frozen=True, slots=True)
class YamlFile:
    """A file that was read: its name as shown to people, its plain value, and the 1-based line of every path into it."""

    name: str
    value: Any
    lines: Mapping[Path, int]

    def line(self, path: Path) -> int:
        """The line a path stands on; for what is not written, that of the nearest thing around it."""
        while path not in self.lines:
            path = path[:-1]
        return self.lines[path]

    def problem(self, path: Path, message: str) -> Problem:
        return Problem(self.name, self.line(path), message)


def read_yaml(data: bytes, name: str) -> tuple[YamlFile | None, tuple[Problem, ...]]:
    """The file's value, and every problem. The value is None only when nothing could be made of the file at all."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return None, (Problem(name, line, "不是 UTF-8 编码（可能是 GBK）；请用记事本另存为 UTF-8。"),)
    builder = _Builder(name)
    try:
        value = builder.document(yaml.parse(text, Loader=yaml.CSafeLoader))
    except _TooDeep as error:
        return None, (*builder.problems, Problem(name, error.line, f"层数太多（超过 {_MAX_DEPTH} 层）；请按模板改写。"))
    except yaml.YAMLError as error:
        return None, (*builder.problems, _syntax_problem(error, name))
    return (YamlFile(name, value, builder.lines) if value is not None else None), tuple(builder.problems)


def _syntax_problem(error: yaml.YAMLError, name: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    words = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
    said = next((ours for theirs, ours in _SYNTAX_WORDS if theirs in words), f"读不懂这一行（{words}）")
    return Problem(name, mark.line + 1 if mark else 0, f"YAML 写法有误：{said}。")


def _line(event: Any) -> int:
    """The 1-based line an event begins on (typed as optional by PyYAML, never absent in what it parses)."""
    line: int = event.start_mark.line
    return line + 1


class _TooDeep(Exception):
    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class _Builder:
    """Turns a stream of YAML events into plain values, noting lines and problems; one file, one builder."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: dict[Path, int] = {}
        self.problems: list[Problem] = []

    def document(self, events: Iterator[yaml.Event]) -> Any:
        """The one document of the stream, None (and a problem) when there is none."""
        value: Any = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._complain(event, "一个文件只能有一份内容，请删去“---”以下的部分。")
                    break
            elif not isinstance(event, yaml.StreamStartEvent | yaml.StreamEndEvent | yaml.DocumentEndEvent):
                value = self._node(event, events, ())
        if value is None and not self.problems:
            self.problems.append(Problem(self.name, 1, "文件是空的；请按模板写出各项内容。"))
        return value

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event], path: Path) -> Any:
        self.lines.setdefault(path, _line(event))
        if isinstance(event, yaml.AliasEvent):
            self._complain(event, f"不能用引用“*{event.anchor}”，请把内容完整写出来。")
            return ""
        self._refuse_decoration(event)
        if len(path) > _MAX_DEPTH:
            raise _TooDeep(_line(event))
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(events, path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, path)
        return self._scalar(event)

    def _refuse_decoration(self, event: Any) -> None:
        if event.anchor is not None:
            self._complain(event, f"不能用标记“&{event.anchor}”，请把内容完整写出来。")
        if event.tag is not None:
            self._complain(event, f"不能用类型标记“{event.tag}”，请删去。")

    def _mapping(self, events: Iterator[yaml.Event], path: Path) -> dict[str, Any]:
        value: dict[str, Any] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._key(event, events, path)
            below = (*path, key)
            if key in value:
                self._complain(event, f"“{key}”写了两次（上一次在第 {self.lines[below]} 行）；请只留一处。")
                self._node(next(events), events, (*path, f"{key} ", len(value)))
                continue
            self.lines[below] = _line(event)
            value[key] = self._node(next(events), events, below)
        return value

    def _key(self, event: yaml.Event, events: Iterator[yaml.Event], path: Path) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            self._complain(event, "名称只能是一个词，不能是列表或引用。")
            if not isinstance(event, yaml.AliasEvent):
                self._node(event, events, (*path, "?"))
            return f"? {_line(event)}"
        self._refuse_decoration(event)
        if event.value == "<<" and not event.style:
            self._complain(event, "不能用合并写法“<<”，请把内容完整写出来。")
        elif not event.style and not isinstance(_plain(event.value), str):
            self._complain(event, f"名称“{event.value}”会被当成别的东西，请换一个名称或加引号。")
        return str(event.value)

    def _sequence(self, events: Iterator[yaml.Event], path: Path) -> list[Any]:
        value: list[Any] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            value.append(self._node(event, events, (*path, len(value))))
        return value

    def _scalar(self, event: Any) -> Any:
        if event.style:  # quoted, or a | or > block; "" or None when plain
            return event.value
        value = _plain(event.value)
        if isinstance(value, _Ambiguous):
            self._complain(event, value.message)
            return event.value
        return value

    def _complain(self, event: yaml.Event, message: str) -> None:
        self.problems.append(Problem(self.name, _line(event), message))


@dataclass(frozen=True, slots=True)
class _Ambiguous:
    message: str


def _plain(word: str) -> str | int | float | bool | _Ambiguous:
    """What an unquoted word means here; `_Ambiguous` where YAML readers differ or a reader of the file would be surprised."""
    if word in ("true", "false"):
        return word == "true"
    if _WHOLE.fullmatch(word):
        if len(word.lstrip("-")) > _MOST_DIGITS:
            return _Ambiguous(f"“{word[:_MOST_DIGITS]}…”位数太多，不像是数；账号、编码一类请加引号。")
        return int(word)
    if _DECIMAL.fullmatch(word):
        return float(word)
    if word in _EMPTY_WORDS:
        return _Ambiguous("这里没有写值；请填上，或整行删去。")
    if word in _SWITCH_WORDS or word.lower() in ("true", "false"):
        return _Ambiguous(f"“{word}”有歧义：是与否请写 true 或 false，要的是文字就加引号。")
    if _DATE.fullmatch(word):
        return _Ambiguous(f'“{word}”会被当成日期；请加引号写成 "{word}"。')
    if _ODD_NUMBER.fullmatch(word):
        return _Ambiguous(f"“{word}”会被换算成别的数；要的是文字就加引号，要的是数就只写数字、开头不写 0。")
    return word
