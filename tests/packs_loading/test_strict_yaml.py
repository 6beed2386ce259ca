"""Strict YAML: plain values with their lines, and everything YAML would let slip."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formflow.packs.strict_yaml import read_yaml


def test_plain_values_with_their_lines() -> None:
    file, problems = read_yaml(
        'a: 1\nb:\n  - 文字\n  - {c: true, d: 1.5}\ne: "010"\nf: |\n  两行\n  文字\n'.encode(), "x.yaml"
    )
    assert problems == ()
    assert file is not None
    assert file.value == {"a": 1, "b": ["文字", {"c": True, "d": 1.5}], "e": "010", "f": "两行\n文字\n"}
    assert [file.line(path) for path in ((), ("a",), ("b", 1, "c"), ("e",), ("b", 1, "absent"))] == [1, 1, 4, 5, 4]
    assert str(file.problem(("e",), "说明")) == "x.yaml:5: 说明"


@pytest.mark.parametrize("word", ["文字", "1.0.0", "a-b", "0.5.", "2022年3月", "-", "12:30:xx", "nonsense", "Norway"])
def test_words_that_are_text(word: str) -> None:
    file, problems = read_yaml(f"a: [{word}]\n".encode(), "x.yaml")
    assert problems == ()
    assert file is not None
    assert file.value == {"a": [word]}


SURPRISES: list[tuple[str, str, str]] = [
    ("yes", "a: yes", "true 或 false"),
    ("off", "a: Off", "true 或 false"),
    ("capital", "a: True", "true 或 false"),
    ("octal", "a: 010", "加引号"),
    ("telephone", "a: 051385512345", "加引号"),
    ("account", "a: 6222021111012345678", "加引号"),
    ("endless", f"a: {'9' * 5000}", "加引号"),
    ("hexadecimal", "a: 0x1F", "加引号"),
    ("grouped", "a: 30_000", "加引号"),
    ("sexagesimal", "a: 12:30", "加引号"),
    ("signed", "a: +5", "加引号"),
    ("date", "a: 2022-03-07", "加引号"),
    ("empty", "a:", "填上"),
    ("null", "a: ~", "填上"),
    ("switch as key", "on: x", "加引号"),
    ("number as key", "1: x", "加引号"),
    ("anchor", "a: &name x", "完整写出来"),
    ("alias", "b: 1\na: &name x\nc: *name", "完整写出来"),
    ("merge", "<<: {a: 1}", "完整写出来"),
    ("tag", "a: !!python/name:os.system x", "删去"),
    ("list as key", "? [a, b]\n: x", "只能是一个词"),
    ("duplicate", "a: 1\na: 2", "写了两次"),
    ("two documents", "a: 1\n---\nb: 2", "---"),
    ("nothing", "", "空的"),
    ("comments only", "# nothing\n", "空的"),
]


@pytest.mark.parametrize(
    ("text", "remedy"), [surprise[1:] for surprise in SURPRISES], ids=[surprise[0] for surprise in SURPRISES]
)
def test_surprises_are_refused(text: str, remedy: str) -> None:
    _, problems = read_yaml(text.encode(), "x.yaml")
    assert any(remedy in problem.message for problem in problems), problems
    assert all(problem.line >= 1 for problem in problems)


def test_a_duplicate_names_both_lines() -> None:
    _, (problem,) = read_yaml(b"a: 1\nb: 2\na: [3, {c: 4}]\n", "x.yaml")
    assert problem.line == 3
    assert "第 1 行" in problem.message


@pytest.mark.parametrize(
    ("text", "line", "part"),
    [
        ("a: 1\n\tb: 2\n", 2, "YAML 写法有误"),
        ("a: b: c\n", 1, "冒号的位置不对"),
        ("a: [1, 2\nb: 3\n", 2, "括号"),
        ('a: "开头\n', 2, "引号"),
        ("a: 1\n  b: 2\n", 2, "冒号的位置不对"),
        ("a:\n - 1\n  - 2: 3\n- 4\n", 3, "YAML 写法有误"),
        ("a: @x\n", 1, "不能用的字符"),
    ],
)
def test_syntax_errors_are_told_with_their_line(text: str, line: int, part: str) -> None:
    file, problems = read_yaml(text.encode(), "x.yaml")
    assert file is None
    assert problems[-1].line == line
    assert part in problems[-1].message


def test_gbk_is_told() -> None:
    file, (problem,) = read_yaml("a: 1\nb: 总工会\n".encode("gbk"), "x.yaml")
    assert file is None
    assert problem.line == 2
    assert "UTF-8" in problem.message


def test_a_byte_order_mark_is_fine() -> None:
    file, problems = read_yaml(b"\xef\xbb\xbfa: 1\n", "x.yaml")
    assert problems == ()
    assert file is not None
    assert file.value == {"a": 1}


def test_bottomless_nesting_is_refused() -> None:
    file, problems = read_yaml(b"a: " + b"[" * 200 + b"]" * 200, "x.yaml")
    assert file is None
    assert "层数太多" in problems[-1].message


@given(st.text(alphabet=" \n\tab:-[]{}#&*!|>'\"%@`,?0123.yesno~<", max_size=60))
def test_never_anything_but_a_value_or_problems(text: str) -> None:
    file, problems = read_yaml(text.encode(), "x.yaml")
    assert file is not None or problems


@given(
    st.dictionaries(
        st.text("abc", min_size=1, max_size=3),
        st.integers(1 - 10**15, 10**15 - 1) | st.text("甲乙 :#", max_size=6) | st.booleans(),
        min_size=1,
    )
)
def test_what_json_can_say_is_read_as_it_is(value: dict[str, Any]) -> None:
    import json

    file, problems = read_yaml(json.dumps(value, ensure_ascii=False).encode(), "x.yaml")
    assert problems == ()
    assert file is not None
    assert file.value == value
