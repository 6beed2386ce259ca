"""The folders of one home, and founding one. Nothing here reads a paper."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from formflow.errors import EnvironmentFailure, UsageError, in_words
from formflow.settings import DEFAULT_TOML, FILE_NAME

SET_ASIDE = "_待人工处理"
# Not papers: what a pack keeps beside its samples for the tests and the reader.
_NOT_SAMPLES = frozenset({".json", ".jsonl", ".md", ".yaml", ".yml", ".py"})


@dataclass(frozen=True, slots=True)
class Home:
    """Where everything of one office lies. Clerks see inbox, outbox and templates; `state` is the program's own."""

    root: Path

    @property
    def inbox(self) -> Path:
        return self.root / "inbox"

    @property
    def outbox(self) -> Path:
        return self.root / "outbox"

    @property
    def templates(self) -> Path:
        """The home's own packs, or those that travel with the program if it has none."""
        own = self.root / "templates"
        return own if own.is_dir() and any(own.iterdir()) else bundled_templates()

    @property
    def state(self) -> Path:
        return self.root / "state"

    @property
    def claimed(self) -> Path:
        return self.state / "claimed"

    @property
    def tmp(self) -> Path:
        return self.state / "tmp"

    @property
    def log(self) -> Path:
        return self.state / "log"

    @property
    def register(self) -> Path:
        return self.state / "register.sqlite3"

    @property
    def lock(self) -> Path:
        return self.state / "formflow.lock"

    @property
    def is_founded(self) -> bool:
        """Whether this is a home at all: its settings are there, or one of its folders."""
        return any((self.root / name).exists() for name in (FILE_NAME, "inbox", "outbox", "state"))

    def fresh_workshop(self) -> Path:
        """An empty folder for conversions; what an earlier run left in it is gone. Its path is absolute, however the home was named:
        LibreOffice works in another folder."""
        folder = (self.state / "convert").absolute()
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)  # what may not be taken out of a read-only state is as good
        return folder

    @property
    def is_inbox_elsewhere(self) -> bool:
        """Whether the inbox is a link to what is not there (a share that is not mounted yet, a folder that was renamed), or a share that does
        not answer."""
        try:
            return self.inbox.is_symlink() and not self.inbox.exists()
        except OSError:
            return True

    def prepare(self) -> None:
        """Makes the folders that are missing, but for an inbox elsewhere: that comes back. Raises EnvironmentFailure if that is not allowed."""
        for folder in (self.inbox, self.outbox, self.claimed, self.tmp, self.log):
            if folder == self.inbox and self.is_inbox_elsewhere:
                continue
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise EnvironmentFailure(
                    f"建不了文件夹 {folder}：{in_words(error)}", "请换一个可写的位置，或请管理员开放写权限。"
                ) from error


def founded(root: Path) -> Home:
    """The home in a folder. Raises UsageError where there is none: working in a wrong folder, or looking for cases there, helps nobody."""
    home = Home(root)
    if not home.is_founded:
        raise UsageError(
            f"{root.resolve()} 不是 formflow 的工作文件夹",
            "请用 --home 指明工作文件夹；要新建的，先运行 formflow init。",
        )
    return home


def bundled_templates() -> Path:
    """The packs that travel with the program: inside the installed package, or in the source checkout."""
    package = Path(str(resources.files("formflow")))
    installed = package / "_templates"
    return installed if installed.is_dir() else package.parent.parent / "templates"


def found(home: Home, *, with_samples: bool) -> tuple[int, tuple[str, ...]]:
    """Makes a home: folders, packs and a commented formflow.toml. Keeps everything that is there already.

    Gives the number of samples put into the inbox and the names of the packs.
    """
    home.prepare()
    own = home.root / "templates"
    try:
        packs = _copy_packs(bundled_templates(), own)
        settings = home.root / FILE_NAME
        if not settings.exists():
            settings.write_text(DEFAULT_TOML, encoding="utf-8")
        samples = _copy_samples(own, home.inbox) if with_samples else 0
    except OSError as error:
        raise EnvironmentFailure(f"写不了 {home.root}：{in_words(error)}", "请检查磁盘空间和写权限。") from error
    return samples, packs


def _copy_packs(source: Path, target: Path) -> tuple[str, ...]:
    names = tuple(sorted(folder.name for folder in source.iterdir() if (folder / "programme.yaml").is_file()))
    for name in names:
        if not (target / name).exists():
            shutil.copytree(source / name, target / name, ignore=shutil.ignore_patterns("__pycache__", "~$*"))
    return names


def _copy_samples(packs: Path, inbox: Path) -> int:
    """Copies the samples of every pack, sub-folders as they are; how many files."""
    count = 0
    for samples in sorted(packs.glob("*/samples")):
        for path in sorted(samples.rglob("*")):
            if path.is_file() and path.suffix.lower() not in _NOT_SAMPLES:
                target = inbox / path.relative_to(samples)
                target.parent.mkdir(parents=True, exist_ok=True)
                # copyfile, not copy2: the samples arrive now, whenever they were made.
                shutil.copyfile(path, target)
                count += 1
    return count
