"""Which names in the inbox are no papers: lock files, half-copied files, what systems and synchronisers leave. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase

_FILES = (
    *(
        "~$*",
        ".~*",
        ".~lock.*#",
        "~wrd*.tmp",
        "~wrl*.tmp",
        "~wps*.tmp",
        "*.tmp",
        "*.temp",
        "*.bak",
        "*~",
        ".*.sw?",
        ".#*",
    ),
    *("*.part", "*.partial", "*.filepart", "*.crdownload", "*.download", "*.opdownload", "*.!ut", "*.aria2", "*.td"),
    *(
        "*.xltd",
        "*.downloading",
        "*.baiduyun.p.downloading",
        "*.bdtmp",
        ".part-*",
        ".syncthing.*.tmp",
        "~syncthing~*.tmp",
    ),
    *(
        ".fuse_hidden*",
        ".nfs*",
        ".smbdelete*",
        "._*",
        ".ds_store",
        ".appledouble",
        ".apdisk",
        "thumbs.db",
        "ehthumbs*.db",
    ),
    *("desktop.ini", "*.lnk", "icon\r", ".gitkeep", ".directory"),
)
_FOLDERS = (
    *(
        "@eadir",
        "#recycle",
        "@recycle",
        "$recycle.bin",
        "system volume information",
        ".stfolder",
        ".stversions",
        ".sync",
    ),
    *(".trash*", ".trashes", ".spotlight-v100", ".temporaryitems", "__macosx", ".git", ".fseventsd", ".dropbox.cache"),
)
# Two people changed one file: which one counts is not for a program to say.
_CONFLICTS = ("*_conflict-*", "*.sync-conflict-*", "*conflicted copy*", "*冲突副本*", "*冲突文件*")


def is_ignored_file(name: str) -> bool:
    """Whether a file is no paper, whatever is in it."""
    return _matches(name, _FILES)


def is_ignored_folder(name: str) -> bool:
    """Whether nothing in a folder is a paper."""
    return _matches(name, _FOLDERS)


def is_conflict(name: str) -> bool:
    """Whether a synchroniser made this second copy: said, and left for a person."""
    return _matches(name, _CONFLICTS)


def owners_of(name: str) -> tuple[str, ...]:
    """The lock files that say somebody has `name` open. Word and WPS cut the first letters off long names."""
    return (f"~${name}", f"~${name[1:]}", f"~${name[2:]}", f".~{name}", f".~lock.{name}#")


def is_held(name: str, owners_present: Iterable[str]) -> bool:
    """Whether one of the lock files present belongs to `name`."""
    return not set(owners_of(name)).isdisjoint(owners_present)


def _matches(name: str, patterns: tuple[str, ...]) -> bool:
    lowered = name.lower()
    return any(fnmatchcase(lowered, pattern) for pattern in patterns)
