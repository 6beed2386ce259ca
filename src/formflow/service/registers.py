"""Where the register of a home is, by its settings, and opening it for those who only look. Free of Django until it is opened."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from formflow.errors import EnvironmentFailure, in_words
from formflow.register.location import DatabaseUrl, Location
from formflow.register.setup import close_register, open_register
from formflow.service.home import Home, founded
from formflow.settings import Settings, load_settings


def register_of(home: Home, settings: Settings) -> Location:
    """The register of a home: the database its settings name, else the file in its state folder."""
    return DatabaseUrl(settings.register.url) if settings.register.url else home.register


def has_register(home: Home) -> bool:
    """Whether anything may have been entered yet. Raises EnvironmentFailure where the register has been lost."""
    from formflow.service.office import refuse_losses

    settings = load_settings(home.root)
    if register_of(home, settings) != home.register or home.register.is_file():
        return True
    refuse_losses(home, settings)
    return False


@contextmanager
def looked_into(root: Path) -> Iterator[Home]:
    """The home in a folder, its register open for as long as the block lasts. Where nothing has been entered yet, it is an empty one that lies
    elsewhere: whoever looks founds nothing. Raises UsageError where there is no home, EnvironmentFailure where the register cannot be read."""
    home = founded(root)
    with _existing_or_empty(home) as location:
        open_register(location)
        from django.db import DatabaseError

        try:
            yield home
        except DatabaseError as error:
            raise EnvironmentFailure(
                f"读不了登记库：{in_words(error)}", "请运行 formflow doctor 检查；损坏或被改动过的，用最近的备份恢复。"
            ) from error
        finally:
            close_register()


@contextmanager
def _existing_or_empty(home: Home) -> Iterator[Location]:
    if has_register(home):
        yield register_of(home, load_settings(home.root))
        return
    elsewhere = Path(tempfile.mkdtemp(prefix="formflow-"))
    try:
        yield elsewhere / home.register.name
    finally:
        shutil.rmtree(elsewhere, ignore_errors=True)
