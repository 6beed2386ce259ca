"""What this machine has and lacks for a home: each with what it means and what to do. Looks only, changes nothing.

In: a home. Out: a tuple of `Condition`. The register is opened with SQLite itself, not through Django: a sick one must not stop the
check.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal

from formflow.errors import FormflowError, in_words
from formflow.register.filesystem import filesystem_type, is_network
from formflow.register.location import DatabaseUrl
from formflow.service.home import Home
from formflow.service.registers import register_of
from formflow.settings import load_settings

State = Literal["ok", "warning", "failed"]
LEAST_FREE_MB = 500
_MB = 2**20


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that was looked at. `failed`: formflow cannot work like this; `warning`: it can, with the loss that `meaning` names."""

    id: str
    label: str
    state: State
    found: str
    meaning: str = ""
    remedy: str = ""


def examine(home: Home, today: date) -> tuple[Condition, ...]:
    """Looks at everything. A check that fails by itself is reported as a failed condition, never raised."""
    checks: tuple[tuple[str, str, Callable[[], Condition]], ...] = (
        ("folders", "文件夹", lambda: _service(home, "folders")),
        ("filesystem", "文件系统", lambda: _filesystem(home)),
        ("disk_space", "磁盘空间", lambda: _disk_space(home)),
        ("program", "程序", lambda: _machine(home, "program")),
        ("register", "登记库", lambda: _register(home)),
        ("structure", "登记库结构", lambda: _machine(home, "structure")),
        ("journal", "办理记录", lambda: _journal(home, today)),
        ("service", "服务", lambda: _service(home, "service")),
        ("settings", "设置", lambda: _settings(home)),
        ("packs", "项目包", lambda: _packs(home)),
        ("contact", "文书联系方式", lambda: _contact(home)),
        ("fonts", "公文字体", _fonts),
        ("calendar", "节假日安排", lambda: _calendar(today)),
        ("libreoffice", "LibreOffice", _libreoffice),
        ("rar", "rar 压缩包", _rar),
        ("ocr", "文字识别", _ocr),
    )
    return _each_once(tuple(_safely(*check) for check in checks))


def _each_once(conditions: tuple[Condition, ...]) -> tuple[Condition, ...]:
    """A slip in the settings or a pack stands where it belongs; what could not be looked at because of it says so."""
    own = [one for one in conditions if one.id in ("settings", "packs") and one.state == "failed"]
    slips = {one.found: one.label for one in reversed(own)}
    return tuple(
        replace(
            one, state="warning", found="没有查", meaning="这一刻查不出", remedy=f"请先看“{slips[one.found]}”一项。"
        )
        if one.state == "failed" and slips.get(one.found, one.label) != one.label
        else one
        for one in conditions
    )


def _safely(check_id: str, label: str, look: Callable[[], Condition]) -> Condition:
    try:
        return look()
    except FormflowError as error:
        return Condition(check_id, label, "failed", error.message, "在改好以前不能工作", error.remedy)
    except OSError as error:
        return Condition(check_id, label, "failed", in_words(error), "这一项查不出", "请检查磁盘和读取权限。")
    except Exception as error:
        return Condition(
            check_id, label, "failed", f"{type(error).__name__}：{error}", "这一项查不出", "请交给维护人员。"
        )


def existing(path: Path) -> Path:
    """The path itself, or the nearest folder above it that is there."""
    while not path.exists():
        path = path.parent
    return path


def _filesystem(home: Home) -> Condition:
    state, inbox = filesystem_type(home.state), filesystem_type(home.inbox)
    if load_settings(home.root).register.url:
        return Condition("filesystem", "文件系统", "ok", f"工作文件夹 {state or '未知'}，收件箱 {inbox or '未知'}")
    found = f"登记库 {state or '未知'}，收件箱 {inbox or '未知'}"
    if is_network(state):
        return Condition(
            "filesystem",
            "文件系统",
            "failed",
            found,
            "网络磁盘上加锁不可靠，会损坏登记库",
            "请把工作文件夹放在本机磁盘上。",
        )
    if is_network(inbox):
        return Condition(
            "filesystem",
            "文件系统",
            "warning",
            found,
            "收件箱在网络磁盘上，收不到变动通知，改为定时查看，稍慢",
            "无需处理。",
        )
    return Condition("filesystem", "文件系统", "ok", found)


def _disk_space(home: Home) -> Condition:
    free = min(shutil.disk_usage(existing(path)).free // _MB for path in (home.state, home.outbox))
    if free < LEAST_FREE_MB:
        remedy = "请清理磁盘。"
        return Condition("disk_space", "磁盘空间", "failed", f"只剩 {free} MB", "写满后不能再收件、出文书", remedy)
    return Condition("disk_space", "磁盘空间", "ok", f"剩余 {free} MB")


def _register(home: Home) -> Condition:
    from formflow.service.health_service import refuse_loss

    settings = load_settings(home.root)
    refuse_loss(home, settings, "register_gone")
    location = register_of(home, settings)
    if isinstance(location, DatabaseUrl):
        from formflow.service.health_shared import shared_register_condition

        return shared_register_condition(location)
    if not home.register.exists():
        return Condition("register", "登记库", "ok", "还没有建立，第一次运行时建立")
    try:
        answers = _quick_check(home.register)
    except sqlite3.OperationalError as error:  # in use or not to be read: says nothing about what is in it
        meaning, found = "这一刻查不出登记库是否完好", in_words(error)
        if "locked" in str(error):
            return Condition("register", "登记库", "warning", found, meaning, "请稍后再查。")
        return Condition("register", "登记库", "failed", found, meaning, "请检查 state 文件夹的读写权限。")
    except sqlite3.DatabaseError as error:
        answers = [in_words(error)]
    if answers != ["ok"]:
        remedy = "请先备份 state 文件夹，再用最近的备份恢复，或交给维护人员。"
        return Condition("register", "登记库", "failed", "；".join(answers), "登记库已损坏", remedy)
    return Condition("register", "登记库", "ok", f"完好，{home.register.stat().st_size // 1024} KB")


def _quick_check(path: Path) -> list[str]:
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=2)) as connection:
        return [row[0] for row in connection.execute("PRAGMA quick_check(5)")]


def _machine(home: Home, look: str) -> Condition:
    from formflow.service import health_machine

    return health_machine.program_condition() if look == "program" else health_machine.structure_condition(home)


def _journal(home: Home, today: date) -> Condition:
    from formflow.service.health_journal import journal_condition

    return journal_condition(home, today)


def _service(home: Home, look: str) -> Condition:
    from formflow.service import health_service

    return health_service.folders_condition(home) if look == "folders" else health_service.service_condition(home)


def _settings(home: Home) -> Condition:
    from formflow.settings import FILE_NAME, load_settings

    load_settings(home.root)
    has_file = (home.root / FILE_NAME).is_file()
    return Condition(
        "settings", "设置", "ok", f"{FILE_NAME} 没有错误" if has_file else f"没有 {FILE_NAME}，全部用默认值"
    )


def _packs(home: Home) -> Condition:
    from formflow.service.programmes import load_programmes
    from formflow.settings import load_settings

    programmes = load_programmes(home, load_settings(home.root))
    names = "、".join(f"{programme.name} {programme.version}" for programme in programmes)
    return Condition("packs", "项目包", "ok" if programmes else "failed", names or "没有项目包", "", "")


def _contact(home: Home) -> Condition:
    """Whether letters still carry the contact details that the packs are shipped with."""
    from formflow.packs import load_packs
    from formflow.service.home import bundled_templates
    from formflow.service.programmes import load_programmes
    from formflow.settings import FILE_NAME, load_settings

    shipped = {programme.id: programme.issuer for programme in load_packs(bundled_templates(), with_letters=False)}
    programmes = load_programmes(home, load_settings(home.root), with_letters=False)
    unset = [programme for programme in programmes if shipped.get(programme.id) == programme.issuer]
    if not unset:
        return Condition("contact", "文书联系方式", "ok", "已填写")
    sections = "、".join(f'[issuer."{programme.id}"]' for programme in unset)
    return Condition(
        "contact",
        "文书联系方式",
        "warning",
        f"还没有填写：{'、'.join(programme.name for programme in unset)}",
        "文书上印的是项目包里的示例，没有联系人和电话",
        f"请在 {FILE_NAME} 的 {sections} {'一节' if len(unset) == 1 else '各节'}填写经办部门、联系人、电话和地址。",
    )


def _fonts() -> Condition:
    from formflow.letters.fonts.book import FontBook
    from formflow.letters.fonts.roles import FACES

    book = FontBook.of_machine()
    replaced = book.substitutions(tuple(face.role for face in FACES))
    if not replaced:
        return Condition("fonts", "公文字体", "ok", "公文字体齐全")
    found = "，".join(f"{one.requested} 用 {one.used} 代替" for one in replaced)
    meaning = "PDF 用随带的开源字体排印，字形与官方字体略有不同；Word 文件仍写官方字体名"
    remedy = "要用官方字体，请在本机安装后重试（字体须有使用授权）。"
    return Condition("fonts", "公文字体", "warning", found, meaning, remedy)


def _calendar(today: date) -> Condition:
    from formflow.rules.calendar import covered_years

    years = covered_years()
    found = f"收录 {years.start}—{years.stop - 1} 年"
    if today.year in years:
        return Condition("calendar", "节假日安排", "ok", found)
    meaning = f"{today.year} 年的调休安排没有收录，补正期限按周一至周五计算，文书里会注明"
    return Condition(
        "calendar", "节假日安排", "warning", found, meaning, "请升级 chinesecalendar：pip install -U chinesecalendar。"
    )


def _libreoffice() -> Condition:
    from formflow.reading.legacy import libreoffice

    if program := libreoffice():
        return Condition("libreoffice", "LibreOffice", "ok", program)
    meaning = "RTF、.odt 和 Word 97 以前的 .doc 文件读不了，会转人工处理；其余不受影响"
    remedy = "要识读这些文件，请在本机安装 LibreOffice（只需文字处理部分）。"
    return Condition("libreoffice", "LibreOffice", "warning", "没有安装", meaning, remedy)


def _rar() -> Condition:
    from formflow.reading.archive.rar import programs

    found = "、".join(Path(command[0]).name for command in programs())
    if found:
        return Condition("rar", "rar 压缩包", "ok", found)
    meaning = ".rar 压缩包打不开，会转人工处理；.zip、.7z 和邮件不受影响"
    return Condition("rar", "rar 压缩包", "warning", "没有能打开它的程序", meaning, "可安装 unrar、7z 或 bsdtar 之一。")


def _ocr() -> Condition:
    from formflow.reading.scan import available

    is_there, found = available()
    if is_there:
        return Condition("ocr", "文字识别", "ok", found)
    missing, _, remedy = found.partition("。")
    meaning = "扫描件、照片和没有文字层的 PDF 读不了，会转人工处理；其余不受影响"
    return Condition("ocr", "文字识别", "warning", missing, meaning, remedy)
