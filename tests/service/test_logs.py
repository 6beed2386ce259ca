"""The log for collecting names nobody; the log for reading says everything."""

from __future__ import annotations

import ast
import io
import json
import logging
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from formflow.service.logs import LOG, JsonFormatter, Ref, formatter_of, logged, told
from formflow.service.office import Office
from support import offices
from support.repository import ROOT

SECRET = "张三丰身份证320600199001011234"


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def fail() -> None:
    raise ValueError(f"bad: {SECRET}")


def test_json_lines_hold_patterns_numbers_and_references(tmp_path: Path) -> None:
    with logged(tmp_path, "json"):
        LOG.info("收件 %s：%s，%d 项", Ref("20220310-abc"), SECRET, 3)
        LOG.warning("磁盘已满")
        logging.getLogger("watchdog.x").warning("no more watches for %s", SECRET)
    first, second, third = lines(tmp_path / "formflow.log")
    assert first["message"] == "收件 20220310-abc：…，3 项"
    assert first["level"] == "info"
    assert str(first["where"]).startswith("test_logs:")
    assert str(first["at"]).endswith("+00:00")
    assert second["message"] == "磁盘已满"
    assert (third["logger"], third["message"]) == ("watchdog.x", "")


@pytest.mark.parametrize("level", [logging.NOTSET, logging.ERROR])
def test_afterwards_the_program_logs_as_before(tmp_path: Path, level: int) -> None:
    found = LOG.level, LOG.propagate, list(LOG.handlers)
    LOG.setLevel(level)
    try:
        with logged(tmp_path):
            assert (LOG.level, LOG.propagate) == (logging.INFO, False)
        with pytest.raises(ValueError, match="bad"), logged(tmp_path):
            fail()
        assert (LOG.level, LOG.propagate, list(LOG.handlers)) == (level, *found[1:])
    finally:
        LOG.setLevel(found[0])


def test_of_an_exception_only_its_kind_and_place(tmp_path: Path) -> None:
    with logged(tmp_path, "json"):
        try:
            fail()
        except ValueError:
            LOG.exception("%s: %s", Ref("c1"), SECRET)
    text = (tmp_path / "formflow.log").read_text(encoding="utf-8")
    (line,) = lines(tmp_path / "formflow.log")
    assert line["error"] == "ValueError"
    frames = line["frames"]
    assert isinstance(frames, list)
    assert frames[-1].endswith(" fail")
    assert "张三" not in text
    assert "3206" not in text


def test_lines_for_reading_say_everything(tmp_path: Path) -> None:
    with logged(tmp_path):
        try:
            fail()
        except ValueError:
            LOG.exception("%s: %s", Ref("c1"), SECRET)
    text = (tmp_path / "formflow.log").read_text(encoding="utf-8")
    assert f"ERROR c1: {SECRET}" in text
    assert "Traceback" in text


def test_the_console_is_told_warnings_without_traces_or_everything_as_json(tmp_path: Path) -> None:
    said: dict[str, str] = {}
    for form in ("text", "json"):
        stream = io.StringIO()
        with logged(tmp_path, form), told(stream, form):
            LOG.info("办结 %s", SECRET)
            LOG.warning("等待 %s", SECRET)
            LOG.error("坏了", exc_info=ValueError(SECRET))
        said[form] = stream.getvalue()
    assert said["text"] == f"等待 {SECRET}\n"
    assert [json.loads(line)["message"] for line in said["json"].splitlines()] == ["办结 …", "等待 …", "坏了"]
    assert SECRET not in said["json"]


def test_afterwards_nothing_is_taken_any_more(tmp_path: Path) -> None:
    before = (list(LOG.handlers), LOG.propagate)
    with logged(tmp_path):
        assert LOG.handlers != before[0]
    assert (list(LOG.handlers), LOG.propagate) == before
    assert not isinstance(formatter_of("text"), JsonFormatter)


def test_a_whole_run_as_json_names_no_unit_and_no_file(office: Office) -> None:
    from formflow.service import engine

    offices.drop(office.home.root, offices.COMPLETE, "某某某的申请表.docx")
    offices.drop(office.home.root, b"bad", "某某某的照片.docx")
    with logged(office.home.log, "json"):
        results = [done.result for done in engine.work_off(office).done]
    text = (office.home.log / "formflow.log").read_text(encoding="utf-8")
    messages = [str(line["message"]) for line in lines(office.home.log / "formflow.log")]
    assert sorted(results) == ["accepted", "set_aside"]
    assert sum("accepted" in message or "set_aside" in message for message in messages) == 2
    claims = [message.split()[1] for message in messages if message.startswith("收件 ")]
    assert len(claims) == 2
    assert all(claim.startswith("20220310") for claim in claims)
    assert "某某" not in text
    assert "临溪" not in text


def test_patterns_are_constants_of_the_program() -> None:
    """What is put together before it is logged could name anybody."""
    calls = [
        (path.name, call)
        for path in (ROOT / "src").rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id in ("LOG", "log", "logger")
        and call.func.attr in ("debug", "info", "warning", "error", "exception", "critical")
    ]
    assert len(calls) > 5
    wrong = [(name, call.lineno) for name, call in calls if not isinstance(call.args[0], ast.Constant)]
    assert wrong == []


@pytest.mark.parametrize("form", ["text", "json"])
def test_names_that_are_no_text_do_not_stop_the_log(tmp_path: Path, form: str) -> None:
    with logged(tmp_path, form):
        LOG.info("收件 %s", "\udcb0\udcc4")
        LOG.info("收件 %s", Ref("\udcb0"))
    assert len((tmp_path / "formflow.log").read_text(encoding="utf-8").splitlines()) == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("form", ["text", "json"])
def test_a_log_on_a_full_disk_shows_nobody_a_trace(
    tmp_path: Path, form: str, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "formflow.log").symlink_to("/dev/full")
    with logged(tmp_path, form):
        LOG.warning("磁盘已满")
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a process cannot be set there")
def test_lines_for_reading_say_the_time_of_the_journal(monkeypatch: pytest.MonkeyPatch) -> None:
    record = logging.LogRecord("formflow", logging.INFO, __file__, 1, "收件", (), None)
    record.created = datetime(2022, 3, 10, 23, 30, tzinfo=UTC).timestamp()
    monkeypatch.setenv("TZ", "America/Lima")
    time.tzset()
    try:
        assert formatter_of("text").format(record).startswith("2022-03-11 07:30:00")
    finally:
        monkeypatch.undo()
        time.tzset()
