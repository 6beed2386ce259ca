"""Where a register is: a file on this machine's own disk, or a PostgreSQL database that several machines share.

In: the text of a database URL. Out: what Django is told, and a name that may be shown to people, which never has the password. Nothing is
opened here, and psycopg is imported only when there is a URL.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from formflow.errors import ConfigurationError, EnvironmentFailure

SCHEMES = ("postgresql", "postgres")
EXTRA = "pip install 'formflow[postgresql]'"
# libpq's name of a part → Django's. Whatever else a URL says (sslmode, connect_timeout …) is handed on as it is.
_PARTS = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
# A server that is gone is noticed within about a minute. (What the server notices of us: `greeting`.)
_OPTIONS: dict[str, Any] = {
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
}
# psycopg's number for it. Whatever a server has for its default: `locks.write_alone` needs to see what was committed while it waited.
_READ_COMMITTED = 2


@dataclass(frozen=True, slots=True)
class DatabaseUrl:
    """A PostgreSQL database. `str()` of it names the server and the database and nothing else."""

    url: str = field(repr=False)

    def __str__(self) -> str:
        parts = self.parts()
        place = ":".join(part for part in (parts.get("host", ""), parts.get("port", "")) if part)
        return f"PostgreSQL {place or '本机'}/{parts.get('dbname', '')}"

    def parts(self) -> dict[str, str]:
        """The parts by libpq's names. Raises ConfigurationError for what is no such URL, EnvironmentFailure without psycopg."""
        if urlsplit(self.url).scheme not in SCHEMES:
            raise ConfigurationError(
                "登记库的地址不对", "应以 postgresql:// 开头，如 postgresql://formflow:密码@10.0.0.5:5432/formflow。"
            )
        try:
            from psycopg import ProgrammingError
            from psycopg.conninfo import conninfo_to_dict
        except ImportError as error:
            raise EnvironmentFailure("没有安装连接 PostgreSQL 的组件", f"请运行 {EXTRA}。") from error
        try:
            parts = conninfo_to_dict(self.url)
        except ProgrammingError as error:  # its words may repeat the password
            raise ConfigurationError(
                "登记库的地址读不懂", "请核对用户名、密码、主机、端口；特殊字符要按 URL 编码。"
            ) from error
        if not parts.get("dbname"):
            raise ConfigurationError("登记库的地址没有写数据库名", "请写在最后，如 …:5432/formflow。")
        found = {name: str(value) for name, value in parts.items() if value is not None}
        if not found.get("port", "5432").isdecimal():
            raise ConfigurationError("登记库的地址里端口不是数字", "端口一般是 5432。")
        return found

    def for_django(self) -> dict[str, Any]:
        """The entry of Django's DATABASES."""
        parts = self.parts()
        known = {theirs: parts.pop(ours) for ours, theirs in _PARTS.items() if ours in parts}
        return {
            "ENGINE": "django.db.backends.postgresql",
            "CONN_MAX_AGE": None,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {**_OPTIONS, **parts, "isolation_level": _READ_COMMITTED},
            **known,
        }


Location = Path | DatabaseUrl
