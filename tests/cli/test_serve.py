from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from support import offices
from support.commands import Caller
from support.serving import wait_for


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX systems")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_serves_until_it_is_told_to_stop(home: Path, number: signal.Signals) -> None:
    command = [sys.executable, "-m", "formflow.cli", "serve", "--home", str(home)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        wait_for((home / "state" / "register.sqlite3").exists)
        offices.drop(home, offices.COMPLETE)
        wait_for(lambda: any(home.glob("outbox/*/*/*/受理通知书.pdf")))
        process.send_signal(number)
        out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err.decode()
    assert "已停止" in out.decode()
    assert err == b""
    assert offices.names(home / "state" / "claimed") == []


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX systems")
@pytest.mark.parametrize("form", ["text", "json"])
def test_works_on_when_nobody_hears_it(home: Path, form: str) -> None:
    """Whoever read standard output has gone: no paper is held up by that, and it is no trouble of the disk."""
    (home / "formflow.toml").write_text(f'[log]\nformat = "{form}"\n', encoding="utf-8")
    command = [sys.executable, "-m", "formflow.cli", "serve", "--home", str(home)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.close()
        wait_for((home / "state" / "register.sqlite3").exists)
        offices.drop(home, offices.COMPLETE)
        wait_for(lambda: any(home.glob("outbox/*/*/*/受理通知书.pdf")))
        process.send_signal(signal.SIGTERM)
        assert process.stderr is not None
        err = process.stderr.read().decode()
    assert (process.returncode, err) == (0, "")
    assert "出错" not in (home / "state" / "log" / "formflow.log").read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX systems")
def test_says_what_it_waits_for(home: Path) -> None:
    offices.drop(home, offices.COMPLETE, "表.docx")
    offices.drop(home, b"owner", "~$表.docx")
    command = [sys.executable, "-m", "formflow.cli", "serve", "--home", str(home)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        log = home / "state" / "log" / "formflow.log"
        wait_for(lambda: log.exists() and "打开着" in log.read_text(encoding="utf-8"))
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=120)
    assert err.decode().count("打开着") == 1
    assert "表.docx" in err.decode()


def test_an_address_on_the_command_line_counts_before_that_in_the_settings(call: Caller, home: Path) -> None:
    with (home / "formflow.toml").open("a", encoding="utf-8") as settings:
        settings.write('[serve]\nlisten = "127.0.0.1:8642"\n')
    called = call("serve", "--listen", "nonsense", "--home", home)
    assert called.code == 3
    assert "nonsense" in called.err
    assert called.out == "", "nobody is told that it watches"


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX systems")
def test_a_monitor_is_answered_and_json_lines_name_nobody(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with (home / "formflow.toml").open("a", encoding="utf-8") as settings:
        settings.write(f'[log]\nformat = "json"\n[serve]\nlisten = "127.0.0.1:{port}"\n')
    offices.drop(home, offices.COMPLETE)
    command = [sys.executable, "-m", "formflow.cli", "serve", "--home", str(home)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        wait_for(lambda: any(home.glob("outbox/*/*/*/受理通知书.pdf")))
        wait_for(lambda: 'formflow_papers_total{result="accepted"} 1' in asked(port, "/metrics"))
        assert asked(port, "/healthz") == "ok\n"
        assert 'formflow_register_letters{state="issued"} 1' in asked(port, "/metrics")
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err.decode()
    assert all("message" in json.loads(line) for line in out.decode().splitlines())
    assert "accepted" in out.decode()
    assert offices.COMPLETE_UNIT not in out.decode() + err.decode()
    assert offices.COMPLETE.stem not in out.decode() + err.decode()


def asked(port: int, page: str) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{page}", timeout=10) as answer:
        text: str = answer.read().decode()
    return text
