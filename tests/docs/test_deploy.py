"""What is handed out for running the service fits this repository: the unit is sound, the image builds from what it copies."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from formflow.cli.group import COMMANDS
from formflow.service.pulse import Pulse
from support.repository import ROOT

DEPLOY = ROOT / "docs" / "deploy"
UNITS = sorted(path for path in DEPLOY.iterdir() if path.suffix in (".service", ".timer"))


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile's instructions with their arguments, continued lines joined."""
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return [(word, rest.strip()) for word, _, rest in (line.partition(" ") for line in lines)]


def copied() -> list[str]:
    """What is copied from the repository."""
    found = [shlex.split(rest) for word, rest in instructions() if word == "COPY"]
    return [name for words in found if not words[0].startswith("--from") for name in words[:-1]]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_units_are_sound(tmp_path: Path) -> None:
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8").replace("/opt/formflow/bin/formflow", sys.executable)
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
    command = ["systemd-analyze", "verify", "--man=no", *(str(tmp_path / unit.name) for unit in UNITS)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    ours = [line for line in run.stderr.splitlines() if "formflow" in line]
    assert ours == []


def test_units_run_commands_that_there_are() -> None:
    called = re.findall(r"bin/formflow (\w+)", "".join(unit.read_text(encoding="utf-8") for unit in UNITS))
    assert sorted(called) == ["backup", "serve", "worker"]
    assert set(called) <= set(COMMANDS)


def test_the_image_s_command_and_health_check_fit_each_other() -> None:
    told = dict(instructions())
    command = json.loads(told["CMD"] if told["CMD"].startswith("[") else "[]")
    words = re.findall(r"formflow (\w+)", command[-1])
    assert words == ["init", "serve"]
    port = told["EXPOSE"]
    assert f"--listen 0.0.0.0:{port}" in command[-1]
    assert f":{port}/healthz" in told["HEALTHCHECK"]
    assert told["VOLUME"] in told["ENV"]


def test_the_image_builds_from_what_it_copies_alone(tmp_path: Path) -> None:
    for name in copied():
        source, target = ROOT / name, tmp_path / "context" / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
    build = "import sys, hatchling.build; print(hatchling.build.build_wheel(sys.argv[1]))"
    subprocess.run(
        [sys.executable, "-c", build, str(tmp_path)], cwd=tmp_path / "context", check=True, capture_output=True
    )
    assert list(tmp_path.glob("formflow-*.whl"))


def test_what_is_sent_to_the_builder_is_what_is_copied_and_nothing_else() -> None:
    rules = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    told = [rule for rule in rules if rule and not rule.startswith("#")]
    assert told[0] == "*"
    assert sorted(rule[1:] for rule in told if rule.startswith("!")) == sorted(copied())


def test_the_image_s_python_and_extras_are_those_of_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    assert {tuple(map(int, version)) for version in re.findall(r"FROM python:(\d+)\.(\d+)", text)} == {(3, 11)}
    assert project["requires-python"] == ">=3.11"
    (named,) = re.findall(r"install [^\n]*\"\.\[([\w,]+)\]\"", text)
    extras = named.split(",")
    assert extras == ["ocr", "postgresql"]
    assert set(extras) <= set(project["optional-dependencies"])


def test_the_manual_names_metrics_that_there_are() -> None:
    pulse = Pulse()
    pulse.worked(["accepted"], 1)
    told = pulse.metrics({"letters": {"retry": 1}, "jobs": {"todo": 1}, "workers": {"alive": 1}})
    named = set(re.findall(r"`(formflow_\w+)", (ROOT / "docs" / "运维手册.md").read_text(encoding="utf-8")))
    assert len(named) >= 6
    assert {name for name in named if f"# TYPE {name} " not in told} == set()
