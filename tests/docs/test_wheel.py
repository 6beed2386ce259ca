"""The package as it is installed elsewhere: it brings its packs and fonts and finds them."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from support.repository import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    build = "import sys, hatchling.build; print(hatchling.build.build_wheel(sys.argv[1]))"
    subprocess.run([sys.executable, "-c", build, str(folder)], cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_brings_packs_fonts_and_licences(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    templates = [path for path in (ROOT / "templates").rglob("*") if path.is_file()]
    fonts = list((ROOT / "src").rglob("*.ttf"))
    assert templates
    assert fonts
    assert {f"formflow/_templates/{path.relative_to(ROOT / 'templates').as_posix()}" for path in templates} <= names
    assert {path.relative_to(ROOT / "src").as_posix() for path in fonts} <= names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert {path.name for path in (ROOT / "LICENSES").iterdir()} <= {Path(name).name for name in names}


def test_works_from_where_it_is_unpacked(wheel: Path, tmp_path: Path) -> None:
    installed, home = tmp_path / "site", tmp_path / "home"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(installed)
    for command in (["init", str(home), "--samples"], ["pack", "check", "--home", str(home)]):
        run = subprocess.run(
            [sys.executable, "-m", "formflow.cli", *command],
            cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(installed)}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert run.returncode == 0, run.stdout + run.stderr
    assert {path.name for path in (home / "templates").iterdir()} == {
        path.name for path in (ROOT / "templates").iterdir() if path.is_dir()
    }
    assert any((home / "inbox").iterdir())
