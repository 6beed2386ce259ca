"""The packs of a home with this office's own details in them. Free of Django: `read` and `check` begin here."""

from __future__ import annotations

from dataclasses import replace

from formflow.errors import ConfigurationError
from formflow.model.programme import Programme
from formflow.packs import load_packs
from formflow.service.home import Home
from formflow.settings import Settings


def load_programmes(home: Home, settings: Settings, *, with_letters: bool = True) -> tuple[Programme, ...]:
    """The packs of a home, signed as formflow.toml says. `with_letters=False` does not look into the letters' templates."""
    programmes = load_packs(home.templates, with_letters=with_letters)
    unknown = sorted(set(settings.issuer) - {programme.id for programme in programmes})
    if unknown:
        raise ConfigurationError(
            f"formflow.toml 的 [issuer] 里有不认识的项目：{'、'.join(unknown)}",
            f"现有项目：{'、'.join(programme.id for programme in programmes)}。",
        )
    return tuple(
        replace(programme, issuer=settings.issuer[programme.id].applied_to(programme.issuer))
        if programme.id in settings.issuer
        else programme
        for programme in programmes
    )
