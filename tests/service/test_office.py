from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from formflow.errors import ConfigurationError, EnvironmentFailure
from formflow.service.home import Home
from formflow.service.office import LOG, opened, shanghai_now
from formflow.service.programmes import load_programmes
from formflow.settings import parse_settings
from support import offices


def test_two_programs_do_not_work_in_one_home(tmp_path: Path) -> None:
    with opened(Home(tmp_path)), pytest.raises(EnvironmentFailure, match="另一个 formflow"), opened(Home(tmp_path)):
        pass
    with opened(Home(tmp_path)):
        pass


def test_a_killed_program_leaves_no_lock(tmp_path: Path) -> None:
    code = f"""
import os
from pathlib import Path
from formflow.service.home import Home
from formflow.service.office import opened
with opened(Home(Path({str(tmp_path)!r}))):
    os._exit(9)
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 9
    with opened(Home(tmp_path)):
        pass


def test_the_real_office_reads_and_prints_for_real(tmp_path: Path) -> None:
    with opened(Home(tmp_path)) as office:
        from formflow.service import engine

        offices.drop(tmp_path, offices.COMPLETE)
        (done,) = engine.work_off(office).done
        LOG.warning("ein Wort 字")
    assert done.result == "accepted"
    (pdf,) = tmp_path.rglob("受理通知书.pdf")
    assert pdf.read_bytes().startswith(b"%PDF-")
    assert "字" in (tmp_path / "state/log/formflow.log").read_text(encoding="utf-8")
    assert json.dumps(done.folder, ensure_ascii=False)


def test_the_clock_is_that_of_shanghai() -> None:
    offset = shanghai_now().utcoffset()
    assert offset is not None
    assert offset.total_seconds() == 8 * 3600


def test_the_issuer_signs_as_the_settings_say(tmp_path: Path) -> None:
    settings = parse_settings('[issuer."nantong-service-centre"]\ncontact = "张三"\n')
    programmes = load_programmes(Home(tmp_path), settings)
    programme = next(programme for programme in programmes if programme.id == "nantong-service-centre")
    assert programme.issuer.contact == "张三"
    assert [other.issuer.contact for other in programmes if other != programme].count("张三") == 0
    assert programme.issuer.office == offices.programmes()[0].issuer.office


def test_settings_for_a_programme_that_is_not_there_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="nantong"):
        load_programmes(Home(tmp_path), parse_settings('[issuer.nantong]\ncontact = "张三"\n'))


def test_network_inboxes_are_given_more_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from formflow.settings import InboxSettings

    with offices.office(tmp_path, inbox_settings=InboxSettings(settle_s=2, network_settle_s=10)) as office:
        assert office.settle_s == 2
        monkeypatch.setattr("formflow.service.inboxes.filesystem_type", lambda path: "smb3")
        assert office.settle_s == 10
