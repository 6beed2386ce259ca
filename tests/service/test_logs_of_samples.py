"""Every sample of every pack goes through the service: what is logged for collecting and told to monitors holds nothing that a paper says."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from formflow.packs import load_packs
from formflow.service.logs import logged
from formflow.service.pulse import Pulse
from support import offices

SAMPLES = sorted(path for path in offices.TEMPLATES.glob("*/samples/**/*") if path.is_file())
# What could name somebody: runs of Chinese, numbers of telephones, identity cards and organisations.
_TELLING = re.compile(r"[\u4e00-\u9fff]{3,}|[0-9A-Z]{11,18}")
# 收件号 are told on purpose, and a hash names nobody; yet both may have eleven digits in a row.
_OURS = re.compile(r"[0-9]{14}-[0-9a-f]{12}|(?<![0-9A-Za-z])(?=[0-9]*[a-f])[0-9a-f]{16,64}(?![0-9A-Za-z])")


def telling(value: Any) -> Iterator[str]:
    """Every text in a value that could name somebody or something."""
    if isinstance(value, str):
        yield from _TELLING.findall(_OURS.sub("", value))
    elif isinstance(value, dict):
        for one in value.values():
            yield from telling(one)
    elif isinstance(value, list):
        for one in value:
            yield from telling(one)


def registered(register: Path) -> Iterator[str]:
    """Whatever was read out of the papers is in the register."""
    with closing(sqlite3.connect(register)) as connection:
        for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            for row in connection.execute(f'SELECT * FROM "{table}"'):
                for value in row:
                    yield from telling(_decoded(value))


def _decoded(value: Any) -> Any:
    try:
        return json.loads(value) if isinstance(value, str) and value[:1] in "{[" else value
    except ValueError:
        return value


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str, set[str]]:
    """The log, the metrics, and what the papers and their names say."""
    root = tmp_path_factory.mktemp("samples")
    programmes = load_packs(offices.TEMPLATES)
    with offices.office(root, programmes=programmes) as office, logged(office.home.log, "json"):
        from formflow.register import figures
        from formflow.service.engine import work_off

        for number, path in enumerate(SAMPLES):
            offices.drop(root, path, f"{number}/{path.name}")
        summary = work_off(office)
        pulse = Pulse()
        pulse.worked([done.result for done in summary.done], 1.0)
        metrics = pulse.metrics(figures.counts())
    assert len(summary.done) >= len(SAMPLES)
    said = {word for path in SAMPLES for word in telling(path.stem)}
    said |= {word for done in summary.done for word in telling(done.message)}
    said |= set(registered(root / "state" / "register.sqlite3"))
    return (root / "state" / "log" / "formflow.log").read_text(encoding="utf-8"), metrics, said


def test_the_papers_say_a_great_deal(told: tuple[str, str, set[str]]) -> None:
    _, _, said = told
    assert len(said) > 500
    assert {"通泽区临溪科技园区职工服务中心", "软件和信息技术服务业"} <= said
    assert any(re.fullmatch(r"[0-9A-Z]{18}", word) for word in said)


def test_none_of_it_is_logged(told: tuple[str, str, set[str]]) -> None:
    log, _, said = told
    lines = [json.loads(line) for line in log.splitlines()]
    assert len(lines) > 2 * len(SAMPLES)
    text = _OURS.sub("", "\n".join(str(line) for line in lines))
    assert {word for word in said if word in text} == set()


def test_none_of_it_is_measured(told: tuple[str, str, set[str]]) -> None:
    _, metrics, said = told
    assert "formflow_papers_total" in metrics
    # Explanations of the figures are ours, and in English.
    assert {word for word in said if word in metrics} == set()
    assert not re.search(r"[\u4e00-\u9fff]", metrics)
