"""The media a pack knows, and every way of stating them wrongly, each told at its line."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from formflow.errors import PackError
from formflow.model.text import fold
from formflow.packs import load_pack

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
PACK = TEMPLATES / "qingdao-social-organisations"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PACK, tmp_path / "templates" / PACK.name, ignore=shutil.ignore_patterns("samples")))


def test_the_registry_of_the_pack() -> None:
    programme = load_pack(PACK, with_letters=False)
    media = programme.media
    assert media
    levels = {outlet.name: outlet.level for outlet in media.outlets}
    told = {"人民日报": "national", "工人日报": "national", "新华社": "national", "大众日报": "provincial", "四川日报": "provincial", "四川工人日报": "provincial", "浙江工人日报": "provincial", "青岛日报": "municipal", "温州日报": "municipal"}  # fmt: skip
    assert told.items() <= levels.items()
    assert media.label("provincial") == "省部级"
    names = [fold(name) for outlet in media.outlets for name in (outlet.name, *outlet.also)]
    assert len(names) == len(set(names))
    assert any("媒体名录" in choice for choice in programme.local_choices)


def test_other_packs_have_none() -> None:
    assert load_pack(TEMPLATES / "nantong-service-centre", with_letters=False).media is None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("name: 大众日报, level: provincial", "name: 大众日报, level: regional", "没有“regional”这一级"),
        ("name: 大众日报, level: provincial", "name: 人民日报, level: provincial", "“人民日报”在第"),
        ("also: [大众网]", "also: [工人日报]", "“工人日报”在第"),
        ("hosts: [dzwww.com]", "hosts: [workercn.cn]", "“workercn.cn”在第"),
        ("hosts: [dzwww.com]", "hosts: ['http://dzwww.com/']", "hosts"),
        ("id: municipal, label: 设区市级", "id: national, label: 设区市级", "“national”已在第"),
        ("basis: 附件2 六\n", "", "basis"),
        ("media_basis:", "mediabasis:", "media_basis"),
        ("name: 大众日报, level", "names: 大众日报, level", "names"),
    ],
)
def test_what_is_wrong_is_told(pack: Path, old: str, new: str, said: str) -> None:
    path = pack / "media.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text, "the shipped pack has changed: adapt this row"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PackError) as refused:
        load_pack(pack, with_letters=False)
    problems = refused.value.problems
    assert any(
        re.match(r"templates/qingdao-social-organisations/media\.yaml:\d+: ", p) and said in p for p in problems
    ), problems
