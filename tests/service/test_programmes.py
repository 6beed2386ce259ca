"""The packs of a home, signed as its settings say."""

from __future__ import annotations

from pathlib import Path

import pytest

from formflow.errors import ConfigurationError, ExitCode
from formflow.service.home import Home
from formflow.service.programmes import load_programmes
from formflow.settings import parse_settings

NANTONG = "nantong-service-centre"


def test_an_office_signs_with_its_own_details(tmp_path: Path) -> None:
    own = parse_settings(f'[issuer."{NANTONG}"]\ntelephone = "0513-00000000"\n')
    [plain] = [p for p in load_programmes(Home(tmp_path), parse_settings(""), with_letters=False) if p.id == NANTONG]
    [signed] = [p for p in load_programmes(Home(tmp_path), own, with_letters=False) if p.id == NANTONG]
    assert signed.issuer.telephone == "0513-00000000" != plain.issuer.telephone
    assert (signed.issuer.name, signed.issuer.office) == (plain.issuer.name, plain.issuer.office)


def test_details_for_a_programme_nobody_has_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as refused:
        load_programmes(Home(tmp_path), parse_settings('[issuer."nantong"]\noffice = "甲"\n'), with_letters=False)
    assert refused.value.exit_code is ExitCode.CONFIGURATION
    assert "nantong" in refused.value.message
    assert NANTONG in refused.value.remedy
