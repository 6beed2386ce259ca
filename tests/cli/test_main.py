from __future__ import annotations

import errno
import re
import subprocess
import sys
from pathlib import Path

import pytest

from formflow.cli.group import COMMANDS
from formflow.errors import EnvironmentFailure
from support.commands import Caller
from support.repository import ROOT
from support.sheets import xlsx


def test_help_names_every_command_in_chinese(call: Caller) -> None:
    called = call("--help")
    assert called.code == 0
    assert all(f"  {name} " in called.out for name in COMMANDS)
    assert "用法：" in called.out
    assert "选项" in called.out
    assert "Show this message" not in called.out


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_explains_itself(call: Caller, name: str) -> None:
    called = call(name, "--help")
    assert called.code == 0
    assert "显示本说明" in called.out
    assert not re.search(r"OPTIONS|COMMAND|ARGS|FILE|DIR|HOME\b(?<!FORMFLOW_HOME)", called.out)


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        ((), "请写明"),
        (("rea",), "rea"),
        (("read",), "缺少"),
        (("read", "--hom", "x"), "--home"),
        (("read", "gone.docx"), "gone.docx"),
        (("letter",), "请写明"),
        (("letter", "chek"), "没有“chek”这个命令"),
        (("pack", "check", "gone"), "没有“gone”"),
        (("cases", "--xlsx", "."), "--xlsx 的值不对：“.”是文件夹"),
        (("run", "--home"), "--home 后面要写内容"),
        (("run", "x"), "多出了“x”"),
        (("doctor", "--json=1"), "--json 后面不写内容"),
    ],
)
def test_a_wrong_call_is_explained(call: Caller, arguments: tuple[str, ...], part: str) -> None:
    called = call(*arguments)
    assert called.code == 2
    assert part in called.err
    assert "Traceback" not in called.err


def test_an_operational_failure_ends_in_its_code_with_what_to_do(call: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object) -> None:
        raise EnvironmentFailure("磁盘满了", "请清理")

    monkeypatch.setattr("formflow.service.health.examine", fail)
    called = call("doctor")
    assert called.code == 4
    assert "错误：磁盘满了" in called.err
    assert "办法：请清理" in called.err


def test_what_the_machine_refuses_is_no_bug(call: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", "/office/state/formflow.lock")

    monkeypatch.setattr("formflow.service.health.examine", fail)
    called = call("doctor")
    assert called.code == 4
    assert "没有权限（/office/state/formflow.lock）" in called.err
    assert "denied" not in called.err


def test_a_bug_shows_no_traceback_unless_asked_for(call: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object) -> None:
        raise ZeroDivisionError("inside")

    monkeypatch.setattr("formflow.service.health.examine", fail)
    called = call("doctor")
    assert called.code == 70
    assert "Traceback" not in called.err
    assert "内部错误" in called.err
    assert "Traceback" in call("--debug", "doctor").err
    assert "Traceback" not in call("doctor").err


@pytest.mark.parametrize(
    ("command", "sample"),
    [
        ("read", "nantong-service-centre/samples/白鹭镇职工服务中心赋能创优申请表.docx"),
        ("check", "nantong-service-centre/samples/白鹭镇职工服务中心赋能创优申请表.docx"),
        ("score", "nantong-service-centre/samples/评分表/白鹭镇评分表（李晓雯）.xlsx"),
        ("subsidy", "qingdao-social-organisations/samples/荣誉名单/2022年度荣誉情况汇总表.xlsx"),
    ],
)
def test_commands_that_need_no_register_start_without_django(command: str, sample: str, tmp_path: Path) -> None:
    code = """
import sys
from formflow.cli import main
code = main(sys.argv[1:])
assert code in (0, 1), code
assert not [name for name in sys.modules if name == 'django' or name.startswith('django.')]
"""
    arguments = [command, str(ROOT / "templates" / sample)]
    if command == "subsidy":  # without a ledger of its own, that of the register counts
        ledger = tmp_path / "台账.xlsx"
        ledger.write_bytes(xlsx({"A1": "项目名称", "B1": "已补助金额（元）", "A2": "新驿站", "B2": 10000}))
        arguments += ["--paid", str(ledger)]
    run = [sys.executable, "-c", code, *arguments, "--home", str(ROOT)]
    done = subprocess.run(run, check=False, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()


def test_a_form_is_read_without_what_reads_newspapers() -> None:
    """It takes long to load, and few papers need it."""
    code = """
import sys
from formflow.cli import main
assert main(['read', *sys.argv[1:]]) in (0, 1)
assert not [name for name in sys.modules if name.startswith('formflow.forms.articles')]
"""
    form = ROOT / "templates/nantong-service-centre/samples/白鹭镇职工服务中心赋能创优申请表.docx"
    run = [sys.executable, "-c", code, str(form), "--home", str(ROOT)]
    done = subprocess.run(run, check=False, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()


def test_help_imports_neither_rich_nor_the_rooms() -> None:
    code = """
import sys
from formflow.cli import main
main(['--help'])
heavy = {'rich', 'django', 'lxml', 'formflow.service', 'formflow.forms', 'formflow.reading', 'reportlab'}
assert not heavy & set(sys.modules), heavy & set(sys.modules)
"""
    assert subprocess.run([sys.executable, "-c", code], check=False, capture_output=True).returncode == 0


def test_a_reader_that_has_gone_is_no_trouble() -> None:
    from support.offices import SAMPLES

    command = f"{sys.executable} -m formflow.cli read '{SAMPLES}' | head -c 10"
    done = subprocess.run(["bash", "-c", command], check=False, capture_output=True)
    assert done.stderr == b""
