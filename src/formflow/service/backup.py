"""A whole home in one file, taken while the service works: the register as it is at one moment, and every file that belongs to it.

In: a home. Out: a zip with the files under their own names and `manifest.json`, which says the size, time and SHA-256 of each; a file of
the zip that the manifest does not name is no part of the backup. It is there whole and looked through, or not at all.

What moves while it is copied is copied before it moves or after: first the inbox and the papers in work, then the register, then the
outbox. What that leaves double is left out again: a paper that the register knows already, and what was published after the moment of
the register. So a restored home goes on as the old one did from that moment.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import stat
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from formflow.errors import EnvironmentFailure, UsageError, in_words, in_words_alone
from formflow.register import snapshot
from formflow.register.location import DatabaseUrl
from formflow.service import files, names
from formflow.service.home import Home, founded
from formflow.service.registers import has_register, register_of
from formflow.settings import FILE_NAME, load_settings

FORMAT = "formflow-backup-1"
MANIFEST = "manifest.json"
REGISTER = "state/register.sqlite3"
_CHUNK = 2**20
_DRAFT = ".part-"
_LASTING = frozenset({"inbox", "outbox"})


@dataclass(frozen=True, slots=True)
class Kept:
    """One file of a backup. `path` is relative to the home, "/" between its parts; `entry` is its name in the zip."""

    path: str
    entry: str
    size: int
    mtime_ns: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds. `home` is where it was taken, `anchor` where the audit chain stood (entries, hash of the last)."""

    home: str
    taken_at: str
    anchor: tuple[int, str]
    files: tuple[Kept, ...]

    def as_json(self) -> dict[str, Any]:
        return {"format": FORMAT, **asdict(self)}


@dataclass(frozen=True, slots=True)
class Backup:
    """What was made. `skipped` are files that could not be taken, each with the reason (Chinese)."""

    manifest: Manifest
    skipped: tuple[str, ...]


def back_up(home: Home, target: Path, now: datetime) -> Backup:
    """Writes a backup to `target`, which must not exist. Raises UsageError or EnvironmentFailure."""
    _refuse_bad_place(home, target)
    draft = target.with_name(f"{_DRAFT}{target.name}")
    try:
        made = _write(home, draft, now)
        _look_through(draft, made.manifest)
        files.settle_new(draft, target)
    except FileExistsError as error:
        raise _taken(target) from error
    except (OSError, zipfile.BadZipFile) as error:
        raise EnvironmentFailure(
            f"备份没有做成：{in_words(error)}", "请检查磁盘空间和写权限后再试；工作文件夹没有改动。"
        ) from error
    finally:
        with contextlib.suppress(OSError):
            files.remove(draft)
    return made


def _refuse_bad_place(home: Home, target: Path) -> None:
    location = register_of(home, load_settings(home.root))
    if isinstance(location, DatabaseUrl):
        raise UsageError(
            f"登记库在 {location} 上，formflow backup 只备份文件登记库",
            "请先停掉 serve 和各个 worker，用 pg_dump -Fc -f 登记库.dump 数据库地址 备份数据库，再复制整个工作文件夹；"
            "恢复时用 pg_restore --clean -d 数据库地址 登记库.dump，并放回工作文件夹。",
        )
    founded(home.root)
    if not has_register(home):
        raise UsageError(
            f"{home.root.resolve()} 里还没有登记过材料，没有登记库可以备份",
            "请先运行一次 formflow run 或 formflow serve；放错了地方的，用 --home 指明工作文件夹。",
        )
    if target.exists():
        raise _taken(target)
    inside = target.resolve().parents
    if any(folder.resolve() in inside for folder in (home.inbox, home.outbox, home.state, home.root / "templates")):
        raise UsageError("备份文件不能放在被备份的文件夹里", "请换一个位置，最好是另一块磁盘或移动硬盘。")


def _taken(target: Path) -> UsageError:
    return UsageError(f"已有文件 {target}，没有覆盖", "请换一个文件名，例如加上日期。")


def _write(home: Home, draft: Path, now: datetime) -> Backup:
    with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        packer = _Packer(archive, home.root)
        # The log before the register: an anchor in it must not be ahead of the chain.
        for folder in (home.log, home.inbox, home.claimed):
            packer.add_folder(folder)
        with tempfile.TemporaryDirectory(prefix=_DRAFT, dir=draft.parent) as work:
            register = Path(work) / "register.sqlite3"
            snapshot.copy_register(home.register, register)
            packer.add(register, REGISTER)
            for folder in (home.outbox, home.root / "templates"):
                packer.add_folder(folder)
            packer.add(home.root / FILE_NAME, FILE_NAME)
            packer.drop(_doubled(home, register, packer.kept, now))
            anchor = snapshot.end_of_journal(register)
        kept = tuple(packer.kept.values())
        manifest = Manifest(str(home.root.resolve()), now.isoformat(timespec="seconds"), anchor, kept)
        archive.writestr(MANIFEST, json.dumps(manifest.as_json(), indent=1))
    return Backup(manifest, tuple(packer.skipped))


@dataclass(slots=True)
class _Packer:
    """Puts files into the zip, one read for each, and keeps account of them by path."""

    archive: zipfile.ZipFile
    root: Path
    kept: dict[str, Kept] = field(default_factory=dict)
    skipped: list[str] = field(default_factory=list)

    def add_folder(self, folder: Path) -> None:
        for path in _walk(folder, self._not_listed):
            self.add(path, path.relative_to(self.root).as_posix())

    def _not_listed(self, error: OSError) -> None:
        """A folder that cannot be listed is said, with all that is in it; one that is gone has moved on, but for those that never do."""
        folder = Path(error.filename).relative_to(self.root).as_posix()
        if not isinstance(error, FileNotFoundError) or folder in _LASTING:
            self.skipped.append(f"{folder}：{in_words_alone(error)}，里面的没有备份")

    def add(self, source: Path, path: str) -> None:
        """Adds a file; one that is gone has moved on and is met there, one that cannot be read is skipped and said."""
        try:
            info = source.lstat()
            if not stat.S_ISREG(info.st_mode):
                self.skipped.append(f"{path}：不是普通文件（链接等），没有备份")
                return
            with source.open("rb") as file:
                self.kept[path] = self._copied(file, path, info.st_mtime_ns)
        except FileNotFoundError:
            return
        except PermissionError as error:
            self.skipped.append(f"{path}：{in_words(error)}")

    def _copied(self, file: Any, path: str, mtime_ns: int) -> Kept:
        entry = path if _is_writable(path) else f"unnameable/{len(self.kept)}"
        digest, size = hashlib.sha256(), 0
        info = zipfile.ZipInfo(entry)
        info.compress_type = zipfile.ZIP_DEFLATED
        with self.archive.open(info, "w", force_zip64=True) as out:
            while chunk := file.read(_CHUNK):
                out.write(chunk)
                digest.update(chunk)
                size += len(chunk)
        return Kept(path, entry, size, mtime_ns, digest.hexdigest())

    def drop(self, paths: Iterator[str]) -> None:
        for path in list(paths):
            self.kept.pop(path, None)


def _walk(folder: Path, not_listed: Callable[[OSError], None]) -> Iterator[Path]:
    """Every file below a folder, sorted; what is half written by us is none."""
    for place, inner, found in os.walk(folder, onerror=not_listed):
        inner.sort()
        yield from (Path(place, name) for name in sorted(found) if not name.startswith(_DRAFT))
        yield from (Path(place, name) for name in inner if Path(place, name).is_symlink())


def _is_writable(path: str) -> bool:
    """Whether a zip can hold the name as it is."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return "\\" not in path and "\x00" not in path


def _doubled(home: Home, register: Path, kept: dict[str, Kept], since: datetime) -> Iterator[str]:
    """What was copied and is in the register's copy as well, or came after it."""
    received, finished = snapshot.received_since(register, since), snapshot.finished_claims(register)
    claimed = {one.sha256 for path, one in kept.items() if path.startswith("state/claimed/")}
    for path, one in kept.items():
        first, *rest = path.split("/")
        if first == "inbox" and one.sha256 in received | claimed and not (home.root / path).exists():
            yield path
        if path.startswith("state/claimed/") and rest[1].removesuffix(".json") in finished:
            yield path
    for place in snapshot.published_after(home.register, snapshot.last_publication(register)):
        yield f"outbox/{place.folder}/{names.joined(place.stem, place.variant, place.ending)}"


def _look_through(draft: Path, manifest: Manifest) -> None:
    """Reads the whole file again: a backup that cannot be read is none."""
    with zipfile.ZipFile(draft) as archive:
        for one in manifest.files:
            with archive.open(one.entry) as file:
                digest = hashlib.file_digest(file, "sha256")  # type: ignore[arg-type]
            if digest.hexdigest() != one.sha256:
                raise OSError(f"备份文件读回来的内容不对：{one.path}")
