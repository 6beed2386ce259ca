"""A home again from its backup, in a folder that is new or empty.

In: a file that `backup` wrote. Out: the home, complete and compared with the manifest byte by byte, or nothing at all: it is put together
beside its place and moved there in one step. Papers that were in work find the new inbox as the place they came from.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path, PurePath
from typing import Any

from formflow.errors import EnvironmentFailure, FormflowError, UsageError, in_words
from formflow.register import snapshot
from formflow.service import files
from formflow.service.backup import FORMAT, MANIFEST, REGISTER, Kept, Manifest
from formflow.service.home import Home
from formflow.settings import FILE_NAME

_CHUNK = 2**20
_FOLDERS = frozenset({"inbox", "outbox", "templates", "state"})
_REMEDY = "请换一份备份；文件可能在复制时损坏，也可以重新复制后再试。"


class DamagedBackup(FormflowError):
    """The file is no backup of ours, or not what was written."""

    exit_code = EnvironmentFailure.exit_code


def restore(source: Path, home: Home) -> Manifest:
    """Makes `home` from a backup. Raises UsageError, DamagedBackup or EnvironmentFailure; then the place is as it was."""
    if not source.is_file():
        raise UsageError(f"没有这个文件：{source}", "请核对路径；路径里有空格时要加引号。")
    if home.root.exists() and (not home.root.is_dir() or any(home.root.iterdir())):
        raise UsageError(f"{home.root} 里已有文件，没有恢复", "请用 --home 指明一个新的或空的文件夹。")
    try:
        home.root.absolute().parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=".part-", dir=home.root.absolute().parent))
        try:
            return _put_together(source, work, home)
        finally:
            shutil.rmtree(work, ignore_errors=True)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise DamagedBackup(f"{source} 不是完好的备份文件", _REMEDY) from error
    except OSError as error:
        raise EnvironmentFailure(f"恢复没有完成：{in_words(error)}", "请检查磁盘空间和写权限后再试。") from error


def _put_together(source: Path, work: Path, home: Home) -> Manifest:
    with zipfile.ZipFile(source) as archive:
        manifest = read_manifest(archive)
        for one in manifest.files:
            _extract(archive, one, work)
    new = Home(work / "home")
    new.prepare()
    for slip in sorted(new.claimed.glob("*.json")):
        _readdress(slip, manifest.home, new.root, home.root.absolute())
    _look_through(new.register, manifest)
    if home.root.exists():
        home.root.rmdir()
    new.root.rename(home.root)
    files.sync_folder(home.root.absolute().parent)
    return manifest


def read_manifest(archive: zipfile.ZipFile) -> Manifest:
    """What a backup says it holds. Raises DamagedBackup if it says something that no backup of ours would."""
    try:
        told: dict[str, Any] = json.loads(archive.read(MANIFEST))
        if told.pop("format") != FORMAT:
            raise DamagedBackup("这份备份由别的版本的 formflow 做成", "请用做备份的版本恢复，再升级。")
        kept = tuple(Kept(**one) for one in told.pop("files"))
        count, last = told.pop("anchor")
        manifest = Manifest(**told, anchor=(int(count), str(last)), files=kept)
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise DamagedBackup("文件里没有备份清单，或者清单不完整", _REMEDY) from error
    if not all(_is_ours(one.path) for one in kept) or REGISTER not in {one.path for one in kept}:
        raise DamagedBackup("备份清单不完整，或者含有不属于工作文件夹的文件", _REMEDY)
    return manifest


def _is_ours(path: str) -> bool:
    """Whether a path stays inside a home, in one of the places a backup fills."""
    native = PurePath(path)
    parts = native.parts
    if not parts or native.anchor or ".." in parts or "\x00" in path:
        return False
    return path == FILE_NAME or (parts[0] in _FOLDERS and len(parts) > 1)


def _extract(archive: zipfile.ZipFile, one: Kept, work: Path) -> None:
    """One file, durably, if it is what the manifest says."""
    target = work / "home" / one.path
    target.parent.mkdir(parents=True, exist_ok=True)
    digest, left = hashlib.sha256(), one.size
    try:
        member = archive.open(one.entry)
    except KeyError as error:
        raise DamagedBackup(f"备份里缺少 {one.path}", _REMEDY) from error
    with member, target.open("xb") as out:
        while chunk := member.read(min(_CHUNK, left + 1)):
            left -= len(chunk)
            digest.update(chunk)
            out.write(chunk)
            if left < 0:
                break
        out.flush()
        os.fsync(out.fileno())
    if left or digest.hexdigest() != one.sha256:
        raise DamagedBackup(f"备份里的 {one.path} 与清单不符", _REMEDY)
    os.utime(target, ns=(one.mtime_ns, one.mtime_ns))


def _readdress(slip: Path, before: str, work: Path, after: Path) -> None:
    """A paper in work is given back, if need be, to the inbox of this home and not to that of the old one."""
    told: Mapping[str, Any] = json.loads(slip.read_text(encoding="utf-8"))
    source = Path(os.fsdecode(bytes.fromhex(told["source"])))
    if source.is_absolute() and not source.is_relative_to(before):
        return  # an inbox elsewhere, as it was
    inner = source.relative_to(before) if source.is_absolute() else Path("inbox", source.name)
    (work / inner).parent.mkdir(parents=True, exist_ok=True)
    moved = {**told, "source": os.fsencode(after / inner).hex(), "inode": 0}
    files.write_durably(slip, json.dumps(moved, ensure_ascii=False).encode())


def _look_through(register: Path, manifest: Manifest) -> None:
    """The register is sound, and its journal ends where the manifest says."""
    with tempfile.TemporaryDirectory(prefix=".part-", dir=register.parent) as work:
        snapshot.copy_register(register, Path(work) / "copy.sqlite3")
    if snapshot.end_of_journal(register) != manifest.anchor:
        raise DamagedBackup("备份里的办理记录与清单不符", _REMEDY)
