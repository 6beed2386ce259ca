"""Every command that the documents tell people to type is one there is, and does what it is told to."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from formflow.cli import main
from formflow.cli.group import COMMANDS
from support.repository import ROOT, code_spans, fenced_lines

DOCUMENTS = (ROOT / "README.md", ROOT / "docs" / "使用指南.md", ROOT / "docs" / "运维手册.md")
# Done, or done and something needs a person.
GOES_WELL = (0, 1)


def words_of(line: str) -> list[str]:
    """A command line's words, from the program on; none for a line that is no formflow command."""
    words = shlex.split(line, comments=True) if re.match(r"(\S*/)?formflow\b", line) else []
    return words[1:]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_commands_run_one_after_the_other(
    document: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FORMFLOW_HOME", raising=False)
    commands = [words for line in fenced_lines(document) if (words := words_of(line))]
    assert commands
    for words in commands:
        assert main(words) in GOES_WELL, (words, capsys.readouterr().err)


def test_make_targets_exist() -> None:
    targets = re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    told = [line.split()[1] for line in fenced_lines(ROOT / "README.md") if line.startswith("make ")]
    assert told
    assert set(told) <= set(targets)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_commands_and_options_in_the_text_exist(document: Path) -> None:
    told = [span for span in code_spans(document) if span.startswith("formflow ")]
    assert told
    for span in told:
        command, rest = command_of(span.split()[1:])
        options = set(re.findall(r"--[\w-]+", rest))
        assert options <= {name for parameter in command.params for name in parameter.opts}, span


def command_of(words: list[str]) -> tuple[click.Command, str]:
    """The command that words call, and what stands behind it."""
    from formflow.cli.group import ChineseGroup

    context = click.Context(click.Group())
    module, _, name = COMMANDS[words[0]][0].partition(":")
    command: click.Command = getattr(__import__(module, fromlist=[name]), name)
    rest = words[1:]
    if isinstance(command, ChineseGroup):
        inner = command.get_command(context, rest[0])
        assert inner is not None, words
        command, rest = inner, rest[1:]
    return command, " ".join(rest)


def test_every_command_is_told_of() -> None:
    told = {span.split()[1] for span in code_spans(ROOT / "README.md") if span.startswith("formflow ")}
    assert told == set(COMMANDS)
