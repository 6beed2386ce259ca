"""The settings of one home: `formflow.toml` and the environment, read in one place, handed on as one frozen value.

In: a home folder. Out: `Settings`. An unknown key or a value of the wrong kind is refused with its line; nothing is guessed.
"""

from __future__ import annotations

import math
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from formflow.errors import ConfigurationError, in_words
from formflow.model.programme import Issuer
from formflow.settings_text import DEFAULT_TOML as DEFAULT_TOML

FILE_NAME = "formflow.toml"
HOME_VARIABLE = "FORMFLOW_HOME"
DATABASE_VARIABLE = "FORMFLOW_DATABASE_URL"
LOG_FORMATS = ("text", "json")


@dataclass(frozen=True, slots=True)
class InboxSettings:
    """When a file counts as complete, and how often the inbox is looked through; seconds."""

    settle_s: float = 2.0
    network_settle_s: float = 10.0
    rescan_s: float = 5.0
    attachment_wait_s: float = 600.0
    at_once: int = 32


@dataclass(frozen=True, slots=True)
class CountySettings:
    """A further inbox, of one county, beside the common one."""

    name: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class RegisterSettings:
    """Where the register is: a database's URL, "" for the file in the state folder."""

    url: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class WorkerSettings:
    """How often a worker says that it is alive, and after what silence it counts as gone; seconds."""

    heartbeat_s: float = 10.0
    stalled_s: float = 30.0


@dataclass(frozen=True, slots=True)
class ReadingSettings:
    """What reading one file may cost."""

    memory_mb: int = 1024
    cpu_s: int = 30
    wall_s: int = 60
    max_file_mb: int = 50
    scan_memory_mb: int = 3072
    convert_memory_mb: int = 1536
    convert_wall_s: int = 40


@dataclass(frozen=True, slots=True)
class LogSettings:
    """How the log is written."""

    format: str = LOG_FORMATS[0]


@dataclass(frozen=True, slots=True)
class ServeSettings:
    """Where a monitor may ask how the service is, "" for nowhere."""

    listen: str = ""


@dataclass(frozen=True, slots=True)
class LetterSettings:
    """How letters are drawn."""

    official_fonts: bool = True


@dataclass(frozen=True, slots=True)
class IssuerSettings:
    """What a federation puts in place of the pack's own details; "" keeps the pack's."""

    office: str = ""
    contact: str = ""
    telephone: str = ""
    address: str = ""

    def applied_to(self, issuer: Issuer) -> Issuer:
        """The issuer as it signs here."""
        return replace(
            issuer,
            office=self.office or issuer.office,
            address=self.address or issuer.address,
            telephone=self.telephone or issuer.telephone,
            contact=self.contact or issuer.contact,
        )


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set. `issuer` is keyed by programme id."""

    inbox: InboxSettings = InboxSettings()
    counties: tuple[CountySettings, ...] = ()
    register: RegisterSettings = RegisterSettings()
    worker: WorkerSettings = WorkerSettings()
    reading: ReadingSettings = ReadingSettings()
    log: LogSettings = LogSettings()
    serve: ServeSettings = ServeSettings()
    letters: LetterSettings = LetterSettings()
    issuer: Mapping[str, IssuerSettings] = field(default_factory=lambda: MappingProxyType({}))


def home_from_environment() -> Path:
    """`$FORMFLOW_HOME`, else the working folder."""
    return Path(os.environ.get(HOME_VARIABLE) or ".").expanduser()


def load_settings(home: Path) -> Settings:
    """The settings of a home, as its formflow.toml and the environment say. Raises ConfigurationError."""
    settings = _written_settings(home)
    url = os.environ.get(DATABASE_VARIABLE, "")
    return replace(settings, register=RegisterSettings(url)) if url else settings


def _written_settings(home: Path) -> Settings:
    """All defaults if there is no formflow.toml."""
    path = home / FILE_NAME
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return Settings()
    except UnicodeDecodeError as error:
        raise ConfigurationError(
            f"设置文件 {path} 不是 UTF-8 编码", "请用记事本打开，选“另存为”，编码选 UTF-8，再保存。"
        ) from error
    except OSError as error:
        raise ConfigurationError(f"读不了设置文件 {path}：{in_words(error)}", "请检查文件的读取权限。") from error
    return parse_settings(text, str(path))


def parse_settings(text: str, name: str = FILE_NAME) -> Settings:
    """The settings written in `text`; `name` is what messages call it."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        place = f"{name}:{line[1]}" if line else name
        raise ConfigurationError(
            f"{place}：不是合法的 TOML（{error}）", "请对照 formflow init 生成的样子改正。"
        ) from error
    source = _Source(name, text)
    source.refuse_unknown(data, tuple(f.name for f in fields(Settings) if f.name != "counties"), "")
    issuer = source.table(data, "issuer", "")
    inbox = dict(source.table(data, "inbox", ""))
    counties = source.counties(inbox.pop("counties", []))
    return Settings(
        inbox=source.read(InboxSettings, {"inbox": inbox}, "inbox"),
        counties=counties,
        register=source.read(RegisterSettings, data, "register"),
        worker=source.read(WorkerSettings, data, "worker"),
        reading=source.read(ReadingSettings, data, "reading"),
        log=source.one_of(LOG_FORMATS, source.read(LogSettings, data, "log"), "format"),
        serve=source.read(ServeSettings, data, "serve"),
        letters=source.read(LetterSettings, data, "letters"),
        issuer=MappingProxyType({key: source.read(IssuerSettings, issuer, key, "issuer.") for key in issuer}),
    )


_Section = TypeVar("_Section")


@dataclass(frozen=True, slots=True)
class _Source:
    """The file being read, for messages that name the line."""

    name: str
    text: str

    def read(self, section: type[_Section], data: Mapping[str, Any], key: str, prefix: str = "") -> _Section:
        table = self.table(data, key, prefix)
        kinds = {f.name: type(f.default) for f in fields(section)}  # type: ignore[arg-type]
        self.refuse_unknown(table, tuple(kinds), f"[{prefix}{key}] ")
        return section(**{name: self.value(name, value, kinds[name]) for name, value in table.items()})

    def counties(self, listed: Any) -> tuple[CountySettings, ...]:
        """The further inboxes: each with a name of its own that can stand in a path, and a folder of its own."""
        if not isinstance(listed, list):
            raise self.problem(
                "counties", "“counties”应逐段写", "请每个县写一段 [[inbox.counties]]，下面写 name 和 path。"
            )
        found = [self.read(CountySettings, {"counties": one}, "counties", "inbox.") for one in listed]
        for county in found:
            if not county.name or not county.path or set(county.name) & set("/\\\n"):
                raise self.problem("counties", "每个县的收件箱要有 name（不含斜杠）和 path", "请补全后再运行。")
        for values in ([c.name for c in found], [c.path for c in found]):
            if repeated := next((value for value in values if values.count(value) > 1), ""):
                raise self.problem("counties", f"“{repeated}”写了两次", "每个县的 name 和 path 都不能相同。")
        return tuple(found)

    def one_of(self, allowed: tuple[str, ...], section: _Section, name: str) -> _Section:
        """The section, if this value of it is one of those allowed."""
        value = getattr(section, name)
        if value not in allowed:
            raise self.problem(name, f"“{name}”的值 {value!r} 不对", f"可用的有：{'、'.join(allowed)}。")
        return section

    def table(self, data: Mapping[str, Any], key: str, prefix: str) -> Mapping[str, Any]:
        table = data.get(key, {})
        if not isinstance(table, dict):
            raise self.problem(key, f"“{prefix}{key}”应是一节", f"请写成 [{prefix}{key}]，下面每行一个设置。")
        return table

    def refuse_unknown(self, table: Mapping[str, Any], known: tuple[str, ...], where: str) -> None:
        for key in table:
            if key not in known:
                raise self.problem(key, f"{where}没有“{key}”这个设置", f"可用的有：{'、'.join(known)}。")

    def value(self, key: str, value: Any, kind: type) -> Any:
        if kind is bool and isinstance(value, bool):
            return value
        if kind is str and isinstance(value, str):
            return value
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
        if kind in (int, float) and is_number and value > 0 and (kind is float or isinstance(value, int)):
            return kind(value)
        wanted = {bool: "true 或 false", str: "加引号的文字", int: "大于 0 的整数", float: "大于 0 的数"}[kind]
        raise self.problem(key, f"“{key}”的值 {value!r} 不对", f"应是{wanted}。")

    def problem(self, key: str, message: str, remedy: str) -> ConfigurationError:
        pattern = re.compile(rf"""^\s*(?:\[+[^\]#]*\b|["']?){re.escape(key)}["']?\s*[\].=]""")
        lines = (number for number, line in enumerate(self.text.splitlines(), 1) if pattern.match(line))
        number = next(lines, None)
        return ConfigurationError(f"{self.name}{f':{number}' if number else ''}：{message}", remedy)
