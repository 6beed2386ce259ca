from __future__ import annotations

import shutil
from pathlib import Path

from support import offices
from support.commands import Caller


def test_good_packs_and_what_this_office_has_set(call: Caller, tmp_path: Path) -> None:
    called = call("pack", "check", "--home", tmp_path)
    assert called.code == 0
    assert "职工服务中心赋能创优" in called.out
    assert "没有错误" in called.out
    assert "本单位自定" in called.out


def test_a_broken_pack_is_located(call: Caller, tmp_path: Path) -> None:
    folder = tmp_path / "templates" / "nantong-service-centre"
    shutil.copytree(offices.TEMPLATES / "nantong-service-centre", folder)
    path = folder / "policy.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("value: 10", "valeu: 10"), encoding="utf-8")
    called = call("pack", "check", folder)
    assert called.code == 3
    assert "policy.yaml:" in called.out
    assert "valeu" in called.out
