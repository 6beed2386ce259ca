"""What holds for the repository as a whole: imports, labels, licences, nothing of the machine it was written on."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import get_args

from formflow.letters.keys import provided_keys
from formflow.letters.word import template_keys
from formflow.model.finding import CODE_LABELS, FindingCode
from formflow.packs import load_packs
from support.repository import ROOT, tracked_files

_MACHINE = re.compile(rb"(?<![\w.<>{}$*])/(?:work|root|home)/\w")
_CLOCK_OR_FILE = re.compile(r"\b(?:now|utcnow|today|localdate|monotonic)\(|(?<![\w.])open\(")
_UNFINISHED = re.compile(r"\b(?:TODO|FIXME)\b|\bXXX\b")


def test_imports_point_one_way() -> None:
    # In a process of its own: it takes logging for itself.
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_the_pure_core_asks_no_clock_and_opens_no_file() -> None:
    """What it needs of either is an argument. Imports are held by a contract; `date.today()` needs none that it forbids."""
    source = ROOT / "src" / "formflow"
    pure = [path for room in ("model", "forms", "rules") for path in (source / room).rglob("*.py")]
    pure += (source / "letters").glob("compose*.py")
    assert len(pure) > 100
    assert [str(path) for path in pure if _CLOCK_OR_FILE.search(path.read_text(encoding="utf-8"))] == []


def test_each_finding_code_has_a_label() -> None:
    assert set(CODE_LABELS) == set(get_args(FindingCode))
    assert all(CODE_LABELS.values())


def test_each_key_of_each_letter_is_provided() -> None:
    programmes = load_packs(ROOT / "templates")
    letters = [(programme, letter) for programme in programmes for letter in programme.letters]
    assert letters
    for programme, letter in letters:
        used = template_keys(letter.template, name=letter.template_name)
        assert used, letter.template_name
        assert used <= provided_keys(programme, letter.on), letter.template_name


def test_nothing_names_a_path_of_one_machine() -> None:
    files = tracked_files()
    assert len(files) > 100
    assert [str(path) for path in files if _MACHINE.search(path.read_bytes())] == []


def test_each_font_that_is_shipped_has_its_licence() -> None:
    listed = (ROOT / "LICENSES" / "README.md").read_text(encoding="utf-8")
    patterns = [re.escape(name).replace(r"\*", r"[\w-]*") for name in re.findall(r"([\w*-]+\.ttf)`", listed)]
    shipped = [path.name for path in (ROOT / "src").rglob("*.[to]tf")]
    assert shipped
    assert [name for name in shipped if not any(re.fullmatch(pattern, name) for pattern in patterns)] == []
    texts = re.findall(r"`([\w.-]+\.txt)`", listed)
    assert texts
    assert [name for name in texts if not (ROOT / "LICENSES" / name).is_file()] == []


def test_nothing_is_left_to_be_done() -> None:
    sources = sorted((ROOT / "src").rglob("*.py"))
    assert sources
    assert [str(path) for path in sources if _UNFINISHED.search(path.read_text(encoding="utf-8"))] == []
