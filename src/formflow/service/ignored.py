"""Which names in the inbox are no papers: lock files, half-copied files, what systems and synchronisers leave. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import translate


@dataclass(frozen=True, slots=True)
class _Names:
    """A list of patterns (lower case), sorted by what has to be done to find them: tens of thousands of names are asked for in one look."""

    exact: frozenset[str]
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    inside: tuple[str, ...]
    others: re.Pattern[str] | None

    @classmethod
    def of(cls, *patterns: str) -> _Names:
        simple = [pattern for pattern in patterns if not re.search(r"[*?\[]", pattern.strip("*"))]
        others = [translate(pattern) for pattern in patterns if pattern not in simple]
        return cls(
            exact=frozenset(pattern for pattern in simple if "*" not in pattern),
            starts=tuple(p[:-1] for p in simple if p.endswith("*") and not p.startswith("*")),
            ends=tuple(p[1:] for p in simple if p.startswith("*") and not p.endswith("*")),
            inside=tuple(p.strip("*") for p in simple if p.startswith("*") and p.endswith("*")),
            others=re.compile("|".join(others)) if others else None,
        )

    def has(self, name: str) -> bool:
        lowered = name.lower()
        return (
            lowered in self.exact
            or lowered.startswith(self.starts)
            or lowered.endswith(self.ends)
            or any(part in lowered for part in self.inside)
            or bool(self.others and self.others.match(lowered))
        )


_FILES = _Names.of(
    # Word, WPS, LibreOffice, editors
    *("~$*", ".~*", ".~lock.*#", "~wrd*.tmp", "~wrl*.tmp", "~wps*.tmp", "*.tmp", "*.temp", "*.bak", "*~", ".*.sw?", ".#*"),
    # browsers, copying programs, network disks
    *("*.part", "*.partial", "*.filepart", "*.crdownload", "*.download", "*.opdownload", "*.!ut", "*.aria2", "*.td"),
    *("*.xltd", "*.downloading", "*.baiduyun.p.downloading", "*.bdtmp", ".part-*"),
    # synchronisers, shares, systems
    *(".syncthing.*.tmp", "~syncthing~*.tmp", ".fuse_hidden*", ".nfs*", ".smbdelete*", "._*", ".ds_store"),
    *(".appledouble", ".apdisk", "thumbs.db", "ehthumbs*.db", "desktop.ini", "*.lnk", "icon\r", ".gitkeep", ".directory"),
)  # fmt: skip
_FOLDERS = _Names.of(
    *("@eadir", "#recycle", "@recycle", "$recycle.bin", "system volume information", ".stfolder", ".stversions"),
    *(".sync", ".trash*", ".trashes", ".spotlight-v100", ".temporaryitems", "__macosx", ".git", ".fseventsd"),
    *(".dropbox.cache",),
)
# Two people changed one file: which one counts is not for a program to say.
_CONFLICTS = _Names.of("*_conflict-*", "*.sync-conflict-*", "*conflicted copy*", "*冲突副本*", "*冲突文件*")


def is_ignored_file(name: str) -> bool:
    """Whether a file is no paper, whatever is in it."""
    return _FILES.has(name)


def is_ignored_folder(name: str) -> bool:
    """Whether nothing in a folder is a paper."""
    return _FOLDERS.has(name)


def is_conflict(name: str) -> bool:
    """Whether a synchroniser made this second copy: said, and left for a person."""
    return _CONFLICTS.has(name)


def owners_of(name: str) -> tuple[str, ...]:
    """The lock files that say somebody has `name` open. Word and WPS cut the first letters off long names."""
    return (f"~${name}", f"~${name[1:]}", f"~${name[2:]}", f".~{name}", f".~lock.{name}#")


def is_held(name: str, owners_present: Iterable[str]) -> bool:
    """Whether one of the lock files present belongs to `name`."""
    return not set(owners_of(name)).isdisjoint(owners_present)
