"""Which file system a path lies on: decides whether a database may live there and whether file events can be trusted.

In: a path and, for tests, the text of /proc/self/mountinfo. Out: the file system's type, "" where the system does not
tell.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

MOUNTINFO = Path("/proc/self/mountinfo")
# Locks are not kept between machines on these (two writers were measured to hold one SQLite lock at once), and file
# events of other machines never arrive.
NETWORK_TYPES = frozenset(
    """
    9p afs afpfs beegfs ceph cifs coda davfs fuse.ceph-fuse fuse.davfs2 fuse.gcsfuse fuse.glusterfs fuse.rclone
    fuse.s3fs fuse.smbnetfs fuse.sshfs fuse.vmhgfs-fuse glusterfs gpfs lustre ncpfs nfs nfs4 orangefs prl_fs smb smb2
    smb3 smbfs virtiofs vboxsf webdav
    """.split()  # noqa: SIM905 - one name a line would hide that this is a list
)
# Of those behind a program (FUSE) we do not know, only these are sure to lie on this machine.
_LOCAL_FUSE = frozenset({"fuseblk", "fuse.fuse-overlayfs", "fusectl"})
# Where a lease is refused only because somebody has the file open for writing. Network file systems refuse it for reasons of their own.
_LEASING = frozenset("bcachefs btrfs ext2 ext3 ext4 f2fs jfs overlay ramfs reiserfs tmpfs xfs zfs".split())  # noqa: SIM905
_ESCAPE = re.compile(r"\\([0-7]{3})")
_DRIVE_REMOTE = 4


def filesystem_type(path: Path, mountinfo: str | None = None) -> str:
    """The type of the file system `path` lies on, or will lie on once it exists: "ext4", "nfs4", "remote" …"""
    existing = _nearest_existing(path)
    if sys.platform == "win32":  # pragma: no cover - Windows only
        return _windows_type(existing)
    if mountinfo is None:
        try:
            mountinfo = MOUNTINFO.read_text(encoding="utf-8", errors="surrogateescape")
        except OSError:
            return ""
    return _longest_mount(existing, mountinfo)


def is_network(fs_type: str) -> bool:
    """Whether files there may be changed by other machines."""
    return fs_type == "remote" or fs_type in NETWORK_TYPES


def may_change_unheard(fs_type: str) -> bool:
    """Whether files may change there without the system telling: a network file system, or a program's (FUSE) that may stand before one. No
    events were seen of what was written behind such a program."""
    return is_network(fs_type) or (fs_type.startswith("fuse") and fs_type not in _LOCAL_FUSE)


def tells_of_writers(fs_type: str) -> bool:
    """Whether asking for a lease on a file there says if a process of this machine has it open for writing."""
    return fs_type in _LEASING


def _nearest_existing(path: Path) -> Path:
    resolved = path.resolve()
    while not _is_there(resolved) and resolved != resolved.parent:
        resolved = resolved.parent
    return resolved


def _is_there(path: Path) -> bool:
    """A share that does not answer is there all the same."""
    try:
        return path.exists()
    except OSError:
        return True


def _longest_mount(path: Path, mountinfo: str) -> str:
    best, kind = -1, ""
    for line in mountinfo.splitlines():
        left, separator, right = line.partition(" - ")
        fields = left.split(" ")
        if not separator or len(fields) < 5:
            continue
        mount = Path(_ESCAPE.sub(lambda match: chr(int(match[1], 8)), fields[4]))
        # Later lines lie on top of earlier ones with the same mount point.
        if (path == mount or mount in path.parents) and len(mount.parts) >= best:
            best, kind = len(mount.parts), right.split(" ")[0]
    return kind


def _windows_type(path: Path) -> str:  # pragma: no cover - Windows only
    import ctypes

    if str(path).startswith("\\\\"):
        return "remote"
    kernel: object = getattr(ctypes, "windll").kernel32  # noqa: B009 - absent from the stubs on other systems
    drive_type = kernel.GetDriveTypeW(path.anchor)  # type: ignore[attr-defined]
    return "remote" if drive_type == _DRIVE_REMOTE else "local"
