"""`pack check` lists every choice of an office's own: whatever in any file of a pack is marked `source: local`."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from formflow.packs import load_pack
from support.office import TEMPLATES

PACKS = sorted(path.name for path in TEMPLATES.iterdir() if path.is_dir())


def bases(value: Any) -> Iterator[tuple[dict[str, Any], str]]:
    """Each place in a file where a basis stands, and under which key."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "basis" or (key.endswith("_basis") and key != "legal_basis"):
                yield value, key
            else:
                yield from bases(inner)
    elif isinstance(value, list):
        for one in value:
            yield from bases(one)


@pytest.mark.parametrize("name", PACKS)
def test_whatever_is_marked_as_local_is_listed_once(name: str, tmp_path: Path) -> None:
    pack = tmp_path / name
    shutil.copytree(TEMPLATES / name, pack, ignore=shutil.ignore_patterns("samples"))
    marks: list[str] = []
    for path in sorted(pack.glob("*.yaml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        for place, key in list(bases(content)):
            marks.append(f"记号{len(marks)}。")
            place[key] = {"source": "local", "clause": marks[-1]}
        path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
    choices = load_pack(pack, with_letters=False).local_choices
    listed = sorted(mark for mark in marks if any(choice.endswith(f"：{mark}") for choice in choices))
    assert len(marks) > 20
    assert listed == sorted(marks)
    assert len(choices) == len(marks)


def test_a_check_is_called_by_the_fields_it_is_about() -> None:
    (told,) = (
        choice
        for choice in load_pack(TEMPLATES / "sichuan-demonstration-units", with_letters=False).local_choices
        if "满两年方可申报" in choice
    )
    assert told.startswith("对“")
    assert "申报时间”的核对：" in told
    assert "elapsed" not in told
