"""The inboxes of a home, how what lies in them is called, and what follows from where they lie."""

from __future__ import annotations

from pathlib import Path

import pytest

from formflow.service import complete
from formflow.service.home import Home
from formflow.service.inboxes import Ground, Inbox, inboxes_of
from formflow.settings import CountySettings, InboxSettings


def test_a_path_of_a_county_is_one_in_the_home_unless_it_is_absolute(tmp_path: Path) -> None:
    found = inboxes_of(Home(tmp_path), [CountySettings("东县", "east"), CountySettings("西县", "/srv/west")])
    assert [inbox.path for inbox in found] == [tmp_path / "inbox", tmp_path / "east", Path("/srv/west")]
    assert [inbox.name for inbox in found] == ["inbox", "inbox/东县", "inbox/西县"]


def test_a_label_is_below_the_inbox_on_one_line() -> None:
    inbox, county = Inbox(Path("/srv/inbox")), Inbox(Path("/srv/east"), "东县")
    assert inbox.label(Path("/srv/inbox/甲/申请\n表.docx")) == "甲/申请_表.docx"
    assert inbox.label(Path("/srv/inbox")) == "inbox"
    assert county.label(Path("/srv/east/表.docx")) == "东县：表.docx"


@pytest.mark.parametrize(
    ("fs_type", "is_shared", "asks_who_writes"),
    [
        ("ext4", False, True),
        ("tmpfs", False, True),
        ("ntfs3", False, False),
        ("", False, False),
        ("nfs4", True, False),
        ("smb3", True, False),
        ("remote", True, False),
        ("fuse", True, False),
        ("fuse.rclone", True, False),
    ],
)
def test_what_follows_from_the_file_system(fs_type: str, is_shared: bool, asks_who_writes: bool) -> None:
    ground = Ground(fs_type)
    assert ground.is_shared is is_shared
    assert ground.check is (complete.check if asks_who_writes else complete.check_content)
    assert ground.settle_s(InboxSettings(settle_s=1, network_settle_s=9)) == (9 if is_shared else 1)
