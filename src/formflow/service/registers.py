"""Where the register of a home is, by its settings. Free of Django."""

from __future__ import annotations

from formflow.errors import UsageError
from formflow.register.location import DatabaseUrl, Location
from formflow.service.home import Home
from formflow.settings import Settings, load_settings


def register_of(home: Home, settings: Settings) -> Location:
    """The register of a home: the database its settings name, else the file in its state folder."""
    return DatabaseUrl(settings.register.url) if settings.register.url else home.register


def existing_register(home: Home) -> Location:
    """The same for those who only look into it. Raises UsageError where there is none yet."""
    location = register_of(home, load_settings(home.root))
    if location == home.register and not home.register.is_file():
        raise UsageError(
            f"{home.root.resolve()} 里还没有登记过材料", "请先用 formflow run 处理，或用 --home 指明工作文件夹。"
        )
    return location
