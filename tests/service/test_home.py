from __future__ import annotations

from pathlib import Path

import pytest

from formflow.errors import EnvironmentFailure
from formflow.service.home import Home, bundled_templates, found
from formflow.settings import Settings, load_settings
from support import offices


def test_a_home_is_founded_with_packs_settings_and_samples(tmp_path: Path) -> None:
    home = Home(tmp_path / "office")
    count, packs = found(home, with_samples=True)
    assert "nantong-service-centre" in packs
    assert count == len(offices.names(home.inbox))
    assert (home.inbox / offices.COMPLETE.name).read_bytes() == offices.COMPLETE.read_bytes()
    assert not [name for name in offices.names(home.inbox) if name.endswith(".json")]
    assert home.templates == tmp_path / "office" / "templates"
    assert load_settings(home.root) == Settings()
    assert (home.root / "formflow.toml").read_text(encoding="utf-8").startswith("# formflow 的设置")


def test_founding_again_keeps_what_is_there(tmp_path: Path) -> None:
    home = Home(tmp_path)
    found(home, with_samples=False)
    (home.root / "formflow.toml").write_text("[inbox]\nsettle_s = 5\n", encoding="utf-8")
    own = home.root / "templates/nantong-service-centre/programme.yaml"
    own.write_text("changed", encoding="utf-8")
    found(home, with_samples=False)
    assert load_settings(home.root).inbox.settle_s == 5
    assert own.read_text(encoding="utf-8") == "changed"
    assert offices.names(home.inbox) == []


def test_a_home_without_packs_uses_those_of_the_program(tmp_path: Path) -> None:
    assert Home(tmp_path).templates == bundled_templates()
    assert (bundled_templates() / "nantong-service-centre" / "programme.yaml").is_file()
    (tmp_path / "templates").mkdir()
    assert Home(tmp_path).templates == bundled_templates()


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "inbox").write_bytes(b"a file where the folder should be")
    with pytest.raises(EnvironmentFailure, match="inbox"):
        Home(tmp_path).prepare()
