"""Readers for the sandbox to run in its child, each bad in one way; the paper's first word says which."""

from __future__ import annotations

import mmap
import os
import signal
import sys
import time

from formflow.model.document import Document, Locator, Paragraph

_HOARD: list[mmap.mmap] = []


def misbehave(data: bytes) -> Document:
    """Does what the bytes say; whatever else they say is the text of a document."""
    word = data.decode()
    deed = {
        "eat": _eat,
        "hoard": _hoard,
        "spin": _spin,
        "sleep": _sleep,
        "exit": _exit,
        "abort": os.abort,
        "killed": _killed,
        "bug": _bug,
    }.get(word)
    if deed is not None:
        deed()
    if word == "print":
        print("not a frame", flush=True)
    if word in ("pid", "hoard"):
        word = str(os.getpid())
    if word == "foreign":
        return os.getcwd  # type: ignore[return-value]
    return Document("text", (Paragraph(word, Locator("paragraph 1")),))


def misbehave_at_length(data: bytes, name: str) -> tuple[list[tuple[str, ...]], str]:
    """The same for what measures letters; every other content is called by its name and cannot be measured."""
    misbehave(data)
    return [], f"量不了：{name}"


def modules(data: bytes) -> Document:
    """A document whose text is the names of the modules that are loaded where it runs."""
    return Document("text", (Paragraph(" ".join(sys.modules), Locator("paragraph 1")),))


def _eat() -> None:
    hoard = []
    while True:
        hoard.append(bytearray(50_000_000))


def _hoard() -> None:
    """Keeps address space it never touches, as a library keeps its code for every shape of page it has seen."""
    _HOARD.append(mmap.mmap(-1, 120_000_000))


def _spin() -> None:
    while True:
        pass


def _sleep() -> None:
    time.sleep(600)


def _exit() -> None:
    os._exit(3)


def _killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _bug() -> None:
    raise AttributeError("a bug of ours")
