from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest

from formflow.service.watch import Watch


@pytest.fixture
def wake():
    return threading.Event()


def test_a_change_wakes_and_reading_does_not(tmp_path: Path, wake: threading.Event) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(b"x")
    watch = Watch(tmp_path, wake)
    assert watch.check()
    try:
        path.read_bytes()
        list(tmp_path.iterdir())
        assert not wake.wait(0.5)
        (tmp_path / "y.docx").write_bytes(b"y")
        assert wake.wait(10)
    finally:
        watch.stop()


def test_a_folder_that_was_made_anew_is_watched_anew(tmp_path: Path, wake: threading.Event) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    watch = Watch(inbox, wake)
    assert watch.check()
    first = watch._observer
    assert watch.check()
    assert watch._observer is first
    shutil.rmtree(inbox)
    assert not watch.check()
    (tmp_path / "keeps the inode busy").mkdir()
    inbox.mkdir()
    assert watch.check()
    wake.clear()
    try:
        (inbox / "y.docx").write_bytes(b"y")
        assert wake.wait(10)
    finally:
        watch.stop()


def test_no_observer_on_a_network_file_system(
    tmp_path: Path, wake: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("formflow.service.watch.filesystem_type", lambda path: "cifs")
    assert not Watch(tmp_path, wake).check()


def test_a_system_out_of_watches_is_no_trouble(tmp_path: Path, wake: threading.Event) -> None:
    class Refusing:
        def schedule(self, *args: object, **more: object) -> None:
            raise OSError("inotify watch limit reached")

    assert not Watch(tmp_path, wake, make_observer=Refusing).check()  # type: ignore[arg-type]


def test_watching_that_was_refused_is_not_set_up_again_at_every_look(
    tmp_path: Path, wake: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []

    class Refusing:
        def __init__(self) -> None:
            tried.append(self)

        def schedule(self, *args: object, **more: object) -> None:
            raise OSError("inotify watch limit reached")

    watch = Watch(tmp_path, wake, make_observer=Refusing)  # type: ignore[arg-type]
    for _ in range(5):
        assert not watch.check()
    assert len(tried) == 1
    monkeypatch.setattr(watch, "_not_before", 0.0)
    watch.check()
    assert len(tried) == 2


def test_watching_that_has_died_and_says_nothing_is_begun_anew(tmp_path: Path, wake: threading.Event) -> None:
    """The folder is the same, the observer lives; only what reads the events has ended."""
    watch = Watch(tmp_path, wake)
    assert watch.check()
    try:
        (emitter,) = watch._observer.emitters
        emitter.stop()
        emitter.join(timeout=10)
        assert watch._observer.is_alive()
        assert watch.check()
        wake.clear()
        (tmp_path / "y.docx").write_bytes(b"y")
        assert wake.wait(10)
    finally:
        watch.stop()


def test_a_program_that_may_stand_before_a_share_is_listened_to(
    tmp_path: Path, wake: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is written through it is heard; for the rest there is the look every few seconds (`test_watching`)."""
    monkeypatch.setattr("formflow.service.watch.filesystem_type", lambda path: "fuse")
    watch = Watch(tmp_path, wake)
    try:
        assert watch.check()
    finally:
        watch.stop()
