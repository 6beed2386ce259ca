"""media.yaml → the registry of media, or a line that says which level does not exist or which name stands for two media.

The schema stands here, too: it is small, and nobody else needs it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from formflow.model.evidence import MediaLevel, MediaRegistry, Outlet
from formflow.model.text import fold
from formflow.packs.build import citation
from formflow.packs.crosscheck import repeated_ids
from formflow.packs.parts import Basis, Name, Part, Text
from formflow.packs.strict_yaml import Problem, YamlFile

Host = Annotated[str, Field(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)+$")]


class LevelPart(Part):
    id: Name
    label: Text


class OutletPart(Part):
    name: Text
    level: Name
    also: list[Text] = Field(default_factory=list)
    hosts: list[Host] = Field(default_factory=list)


class MediaFile(Part):
    """media.yaml"""

    basis: Basis
    # From the lowest to the highest.
    levels: list[LevelPart] = Field(min_length=1)
    below: list[Text] = Field(default_factory=list)
    # Which media are of which level is hardly ever in the source.
    media_basis: Basis
    media: list[OutletPart] = Field(min_length=1)


def check_media(file: YamlFile, part: MediaFile) -> Iterator[Problem]:
    """Every medium is of a level that exists; no name and no host stands for two of them."""
    yield from repeated_ids(file, "levels", [level.id for level in part.levels])
    levels = [level.id for level in part.levels]
    seen: dict[str, int] = {}
    for index, outlet in enumerate(part.media):
        if outlet.level not in levels:
            said = f"没有“{outlet.level}”这一级；可以写的是：{'、'.join(levels)}。"
            yield file.problem(("media", index, "level"), said)
        for word in (outlet.name, *outlet.also, *outlet.hosts):
            if (first := seen.setdefault(fold(word), index)) != index:
                line = file.line(("media", first))
                yield file.problem(("media", index), f"“{word}”在第 {line} 行已经写过；一个名称只能指一家媒体。")


def build_media(part: MediaFile, source: str) -> MediaRegistry:
    """The registry; `source` is the programme's own. Nothing is checked here."""
    return MediaRegistry(
        levels=tuple(MediaLevel(level.id, level.label) for level in part.levels),
        outlets=tuple(Outlet(o.name, o.level, tuple(o.also), tuple(o.hosts)) for o in part.media),
        below=tuple(part.below),
        citation=citation(part.basis, source),
    )


def local_choices(part: MediaFile) -> tuple[str, ...]:
    """What the sources do not give, one line each."""
    bases = (("媒体级别", part.basis), (f"媒体名录（{len(part.media)} 家）", part.media_basis))
    return tuple(f"{name}：{basis.clause}" for name, basis in bases if basis.source == "local")
