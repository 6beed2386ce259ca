"""Django's settings for the register: a library without a web project. `setup.open_register` names the database."""

from __future__ import annotations

from typing import Any

INSTALLED_APPS = ["formflow.register"]
# Besides, where the register is on PostgreSQL: the tables of the jobs that workers take.
QUEUE_APPS = ["procrastinate.contrib.django"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
LANGUAGE_CODE = "zh-hans"
USE_I18N = False
# Django's own logging set-up would take over the handlers of the program.
LOGGING_CONFIG = None
# IMMEDIATE: a transaction takes the write lock at its start, so it never fails half way with "database is locked".
# FULL: a committed transaction survives a power cut; NORMAL would lose the last ones in WAL mode.
SQLITE_OPTIONS: dict[str, Any] = {
    "timeout": 30,
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
}
DATABASES: dict[str, dict[str, Any]] = {
    "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:", "OPTIONS": SQLITE_OPTIONS}
}
