"""The files of one pack folder, read once: bytes by name, the name people are shown, the fingerprint of all of them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from formflow.packs.strict_yaml import Problem

PROGRAMME, POLICY, LETTERS, CHANGELOG = "programme.yaml", "policy.yaml", "letters.yaml", "CHANGELOG.md"
RUBRIC, EVALUATION, HONOURS = "rubric.yaml", "evaluation.yaml", "honours.yaml"
MEASURES = "measures.yaml"
MEDIA = "media.yaml"
# Every file a pack may have at its top, so that a misspelt one is noticed rather than passed over.
KNOWN = (
    PROGRAMME,
    POLICY,
    LETTERS,
    CHANGELOG,
    "application.yaml",
    "application.docx",
    RUBRIC,
    "score-sheet.xlsx",
    EVALUATION,
    HONOURS,
    MEASURES,
    MEDIA,
)
REQUIRED = (PROGRAMME, POLICY, LETTERS, CHANGELOG)
# What editors and file managers leave behind; no part of the pack.
_LITTER = re.compile(r"(^|/)(\.|~\$|~wrl|Thumbs\.db$|desktop\.ini$)|(~|\.tmp|\.bak|\.swp)$", re.IGNORECASE)
_VERSION_HEADING = re.compile(r"^##\s*\[?v?(\d[\w.]*)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class PackFolder:
    """`display` is how paths begin when shown ("templates/nantong-service-centre"); `files` are bytes by posix name inside."""

    name: str
    display: str
    files: Mapping[str, bytes]

    def shown(self, name: str) -> str:
        return f"{self.display}/{name}"

    @property
    def sha256(self) -> str:
        """Of all names and contents; the same on every machine for the same files."""
        digest = hashlib.sha256()
        for name, data in sorted(self.files.items()):
            digest.update(f"{name}\0{len(data)}\0".encode())
            digest.update(data)
        return digest.hexdigest()


def read_folder(folder: Path) -> PackFolder:
    """All files below the folder, litter left out. OSError where one cannot be read."""
    folder = folder.resolve()
    found = ((path.relative_to(folder).as_posix(), path) for path in folder.rglob("*") if path.is_file())
    files = {name: path.read_bytes() for name, path in found if not _LITTER.search(name)}
    return PackFolder(folder.name, f"{folder.parent.name}/{folder.name}", files)


def check_names(pack: PackFolder) -> Iterator[Problem]:
    """Required files that are not there, and names that look like a slip for a known one."""
    absent = [name for name in KNOWN if name not in pack.files]
    strays = [name for name in pack.files if "/" not in name and name not in KNOWN]
    slips = {stray: near[0] for stray in strays if (near := _meant(stray, absent))}
    for stray, meant in slips.items():
        yield Problem(pack.shown(stray), 0, f"这个文件名像是“{meant}”写错了；请改名，用不着就移出去。")
    for name in REQUIRED:
        if name not in pack.files and name not in slips.values():
            yield Problem(pack.shown(name), 0, "缺少这个文件；请从其他项目的文件夹里照样写一份。")


def _meant(stray: str, absent: list[str]) -> list[str]:
    by_lower = {name.lower(): name for name in absent}
    lower = stray.lower().removesuffix(".txt")
    lower = re.sub(r"\.yml$", ".yaml", lower)
    return [by_lower[near] for near in get_close_matches(lower, by_lower, n=1, cutoff=0.85)]


def check_changelog(pack: PackFolder, version: str) -> Iterator[Problem]:
    """The top entry of CHANGELOG.md is for the version in programme.yaml."""
    if CHANGELOG not in pack.files:
        return
    text = pack.files[CHANGELOG].decode("utf-8-sig", errors="replace")
    heading = _VERSION_HEADING.search(text)
    if heading is None:
        yield Problem(pack.shown(CHANGELOG), 1, f"没有版本条目；请在最上面写“## {version}”并说明改了什么。")
    elif heading[1] != version:
        line = text.count("\n", 0, heading.start()) + 1
        said = f"最上面的条目是 {heading[1]}，programme.yaml 里的 version 是 {version}；请写上这一版改了什么，或改正版本号。"
        yield Problem(pack.shown(CHANGELOG), line, said)
