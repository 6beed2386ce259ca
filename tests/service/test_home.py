from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from formflow.errors import EnvironmentFailure
from formflow.reading.legacy import Converter
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


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script")
def test_papers_are_converted_in_a_home_named_by_a_relative_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    workshop = Home(Path("office")).fresh_workshop()
    assert workshop == tmp_path / "office/state/convert"
    # Like LibreOffice, it is started in another folder.
    program = tmp_path / "soffice"
    program.write_text(
        f"#!{sys.executable}\n"
        "import shutil, sys\n"
        "from pathlib import Path\n"
        f"shutil.copy({str(offices.COMPLETE)!r}, Path(sys.argv[-1]).with_suffix('.docx'))\n"
    )
    program.chmod(0o755)
    with Converter(program=str(program), folder=workshop) as converter:
        assert converter.convert(b"{\\rtf1 a}", "rtf") == offices.COMPLETE.read_bytes()


def test_a_workshop_that_cannot_be_made_anew_is_used_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A state folder that may not be written to: what is in the workshop goes, the workshop itself stays."""
    home = Home(tmp_path)
    (home.fresh_workshop() / "left.docx").write_bytes(b"x")

    def emptied(folder: Path, **settings: object) -> None:
        for path in folder.iterdir():
            path.unlink()

    monkeypatch.setattr(shutil, "rmtree", emptied)
    assert list(home.fresh_workshop().iterdir()) == []
