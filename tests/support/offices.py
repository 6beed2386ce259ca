"""Homes to work in: the real packs and samples, the real reader in this process, letters printed as plain text."""

from __future__ import annotations

import hashlib
import io
import json
import os
import uuid
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from formflow.errors import FormflowError
from formflow.model.document import Document
from formflow.model.letter import LetterContent
from formflow.model.programme import LetterSpec, Programme
from formflow.packs import load_pack
from formflow.reading.contents import Bundle
from formflow.reading.reader import open_file
from formflow.register.location import Location
from formflow.register.setup import close_register, open_register
from formflow.service.home import Home
from formflow.service.office import Office
from formflow.service.printing import Printed
from formflow.settings import InboxSettings
from support import registers

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
SAMPLES = TEMPLATES / "nantong-service-centre" / "samples"
COMPLETE = SAMPLES / "临溪科技园区职工服务中心申请表.docx"
COMPLETE_UNIT = "通泽区临溪科技园区职工服务中心"
INCOMPLETE = SAMPLES / "菱塘镇申请表 草稿.docx"
WITH_ATTACHMENTS = SAMPLES / "白鹭镇职工服务中心赋能创优申请表.docx"
PLAN = SAMPLES / "白鹭镇职工服务中心发展规划.docx"
SCHEME = SAMPLES / "白鹭镇职工服务中心实施方案.docx"
LEDGER = "职工服务中心赋能创优/2022年/年度台账.xlsx"
NOW = datetime(2022, 3, 10, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
# What is dropped has come to rest when it is looked at: what a test shows must not hang on how fast the machine is.
AT_ONCE = InboxSettings(settle_s=0.0, network_settle_s=0.0, rescan_s=0.05)
_packs: list[tuple[Programme, ...]] = []


def programmes() -> tuple[Programme, ...]:
    """The pack most tests work with, alone, loaded once: what they expect must not change when a programme is added."""
    if not _packs:
        _packs.append((load_pack(TEMPLATES / "nantong-service-centre"),))
    return _packs[0]


def read_in_process(path: Path) -> Document | Bundle:
    contents = open_file(path.read_bytes())
    assert isinstance(contents, Document | Bundle)
    return contents


def print_plainly(spec: LetterSpec, content: LetterContent) -> Printed:
    """Both files hold the content as JSON: quick, and what a letter says can be looked up in it."""
    text = json.dumps(content.context, ensure_ascii=False, sort_keys=True).encode()
    return Printed(b"docx " + text, b"pdf " + text)


class BrokenPrinter:
    """A template that is broken until it is mended."""

    is_broken = True

    def __call__(self, spec: LetterSpec, content: LetterContent) -> Printed:
        if self.is_broken:
            raise FormflowError("模板里的标签写错了", "请改模板。")
        return print_plainly(spec, content)


@contextmanager
def office(root: Path, *, location: Location | None = None, **changes: object) -> Iterator[Office]:
    """A home under `root` with its register open, in its own file or at `location`. `changes` replace parts of the office."""
    home = Home(root)
    home.prepare()
    if location is None:
        registers.open_empty(home.register)
    else:
        open_register(location)
    parts: dict[str, object] = {
        "home": home,
        "programmes": programmes(),
        "read": read_in_process,
        "print_letter": print_plainly,
        "now": lambda: NOW,
        "inbox_settings": AT_ONCE,
    }
    try:
        yield Office(**{**parts, **changes})  # type: ignore[arg-type]
    finally:
        close_register()


def drop(home: Path, source: Path | bytes, name: str = "", age_s: float = 60) -> Path:
    """Puts a file into the inbox, whole at once, as if it had been there for a while; `name` may have folders."""
    target = home / "inbox" / (name or (source.name if isinstance(source, Path) else "x.docx"))
    target.parent.mkdir(parents=True, exist_ok=True)
    half = target.with_name(f".part-{uuid.uuid4().hex}")
    half.write_bytes(source if isinstance(source, bytes) else source.read_bytes())
    then = half.stat().st_mtime - age_s
    os.utime(half, (then, then))
    return half.replace(target)


def rewritten(source: Path, changes: Mapping[str, str]) -> bytes:
    """A sample with words exchanged in its text."""
    out = io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == "word/document.xml":
                text = data.decode()
                for before, after in changes.items():
                    assert before in text, before
                    text = text.replace(before, after)
                data = text.encode()
            new.writestr(entry, data)
    return out.getvalue()


def tree(folder: Path) -> dict[str, str]:
    """Every file under a folder by its path, with the hash of its content."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def names(folder: Path) -> list[str]:
    """The paths of every file under a folder, sorted."""
    return list(tree(folder))
