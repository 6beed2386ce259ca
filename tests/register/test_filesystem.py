from __future__ import annotations

import errno
from pathlib import Path

import pytest

from formflow.register.filesystem import (
    NETWORK_TYPES,
    filesystem_type,
    is_network,
    may_change_unheard,
    tells_of_writers,
)

MOUNTS = r"""
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 0:40 / /mnt rw - cifs //server/share rw
31 30 8:2 / /mnt/local rw master:2 - xfs /dev/sdb1 rw
32 22 0:41 / /data\040of\040office rw - nfs4 nas:/x rw
33 22 0:42 / /over rw - ext4 /dev/sdc rw
34 22 0:43 / /over rw - fuse.sshfs me@host:/ rw
broken line
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/mnt/office/state", "cifs"),
        ("/mnt", "cifs"),
        ("/mnt/local/state", "xfs"),
        ("/mntx/state", "ext4"),
        ("/data of office/a/b", "nfs4"),
        ("/over/state", "fuse.sshfs"),
        ("/srv/formflow", "ext4"),
    ],
)
def test_the_longest_and_latest_mount_counts(path: str, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("formflow.register.filesystem._nearest_existing", lambda path: path)
    assert filesystem_type(Path(path), MOUNTS) == kind


def test_a_folder_that_is_still_to_be_made_lies_where_its_parent_does(tmp_path: Path) -> None:
    mounts = f"1 0 8:1 / / rw - ext4 x rw\n2 1 8:2 / {tmp_path.resolve()} rw - btrfs y rw"
    assert filesystem_type(tmp_path / "not" / "there" / "yet", mounts) == "btrfs"


def test_a_share_that_does_not_answer_is_still_where_it_is_mounted(monkeypatch: pytest.MonkeyPatch) -> None:
    def ask(path: Path) -> bool:
        if str(path).startswith("/mnt"):
            raise OSError(errno.ENOTCONN, "", str(path))
        return str(path) == "/"

    monkeypatch.setattr(Path, "exists", ask)
    assert filesystem_type(Path("/mnt/inbox"), MOUNTS) == "cifs"


def test_unknown_is_empty_and_not_a_network() -> None:
    assert filesystem_type(Path("/"), "") == ""
    assert not is_network("")
    assert not is_network("ext4")
    assert is_network("remote")
    assert is_network("nfs")


def test_where_files_may_change_without_a_word() -> None:
    assert [
        kind for kind in ("nfs4", "remote", "fuse", "fuse.sshfs", "fuse.unheard-of") if not may_change_unheard(kind)
    ] == []
    assert [kind for kind in ("ext4", "ntfs", "fuseblk", "overlay", "") if may_change_unheard(kind)] == []


def test_who_writes_is_asked_only_where_the_answer_is_true() -> None:
    assert all(map(tells_of_writers, ("ext4", "xfs", "btrfs", "tmpfs", "overlay")))
    assert not any(map(tells_of_writers, (*NETWORK_TYPES, "", "remote", "fuse", "fuse.sshfs", "unheard-of")))
