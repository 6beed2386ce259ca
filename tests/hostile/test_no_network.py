"""No reader calls anybody: not for what a paper links to, not for its entities, not through LibreOffice.

A listener on this machine would see a connection; the first test shows that it does.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from formflow.errors import UnreadableError
from formflow.reading import legacy
from formflow.reading.archive import unpack
from formflow.reading.contents import Bundle
from formflow.reading.legacy import ENDINGS, Converter
from formflow.reading.opener import Opener
from formflow.reading.reader import open_file
from formflow.reading.sandbox import Sandbox
from formflow.reading.sniff import sniff
from support import offices
from support.archives import zipped
from support.calling_home import calling
from support.listening import Listener, listening
from support.programs import needs_libreoffice

NAMES = sorted(calling("127.0.0.1:9"))
KINDS = {
    "链接.docx": "docx", "实体.docx": "docx", "链接.xlsx": "xlsx", "实体.xlsx": "xlsx", "链接.ods": "ods", "外链.ofd": "ofd",
    "实体.ofd": "ofd", "图.svg": "xml", "网页.doc": "html", "外链.pdf": "pdf", "信.eml": "eml", "外链.rtf": "rtf", "外链.odt": "odt",
    "实体.odt": "odt",
}  # fmt: skip
FOREIGN = [name for name, kind in KINDS.items() if kind in ENDINGS]
# What reads well, for all it links to.
READABLE = ("链接.docx", "链接.xlsx", "链接.ods", "外链.ofd", "外链.pdf", "信.eml")
# A document type is refused before anything else is looked at.
ENTITIES = [name for name in NAMES if name.startswith("实体") and name not in FOREIGN]


@pytest.fixture(scope="module")
def opener() -> Iterator[Opener]:
    with Opener() as made:
        yield made


@pytest.fixture
def listener() -> Iterator[Listener]:
    with listening() as made:
        yield made


def test_the_listener_sees_a_connection(listener: Listener) -> None:
    with pytest.raises(OSError, match=r".*"):
        urllib.request.urlopen(f"http://{listener.address}/seen", timeout=5)
    assert b"/seen" in listener.heard[0]


def test_the_files_are_what_they_are_called() -> None:
    assert {name: sniff(data) for name, data in calling("127.0.0.1:9").items()} == KINDS


def refusal(read: Callable[[], object]) -> UnreadableError | None:
    """What reading is refused with, None if it is not."""
    try:
        read()
    except UnreadableError as problem:
        return problem
    return None


@pytest.mark.parametrize("name", NAMES)
def test_reading_in_this_process_calls_nobody(listener: Listener, name: str) -> None:
    data = calling(listener.address)[name]
    refusal(lambda: open_file(data))
    assert listener.heard == []


@pytest.mark.parametrize("name", [name for name in NAMES if name not in FOREIGN])
def test_reading_in_the_sandbox_calls_nobody(listener: Listener, opener: Opener, name: str) -> None:
    problem = refusal(lambda: opener.open(calling(listener.address)[name]))
    assert problem is None or problem.code != "crashed"
    assert (problem is None) == (name in READABLE)
    assert listener.heard == []


@needs_libreoffice
@pytest.mark.parametrize("name", FOREIGN)
def test_converting_calls_nobody(listener: Listener, opener: Opener, name: str) -> None:
    document = opener.open(calling(listener.address)[name])
    assert not isinstance(document, Bundle)
    assert "end" in document.text
    assert listener.heard == []


@needs_libreoffice
def test_converting_would_call_if_it_were_not_kept_from_it(listener: Listener, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(legacy, "_PROFILE", ())
    monkeypatch.setattr(legacy, "_NO_NETWORK", {})
    with Converter() as converter:
        converter.convert(calling(listener.address)["外链.odt"], "odt")
    assert any(b"/image.png" in call for call in listener.heard)


def test_an_archive_of_them_calls_nobody(listener: Listener, opener: Opener) -> None:
    bundle = opener.open(zipped(calling(listener.address)))
    assert isinstance(bundle, Bundle)
    assert len(bundle.members) == len(NAMES)
    mail = calling(listener.address)["信.eml"]
    assert [Path(member.name).suffix for member in unpack(mail, "eml")] == [".svg"]
    assert listener.heard == []


@pytest.mark.parametrize("name", ENTITIES)
def test_entities_are_refused_and_never_looked_up(name: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        open_file(calling("127.0.0.1:9")[name])
    assert caught.value.code in ("hostile", "damaged")


@pytest.mark.parametrize("way", ["socket", "datagram", "name", "url"])
def test_a_reader_that_would_call_is_kept_from_it(listener: Listener, way: str) -> None:
    with Sandbox(reader="support.networked_reader:call") as sandbox:
        said = sandbox.read(f"{way} {listener.address}".encode())
    assert "no network" in said.text  # type: ignore[union-attr]
    assert listener.heard == []


def _can_trace() -> bool:
    program = shutil.which("strace")
    return (
        program is not None
        and subprocess.run([program, "-qq", "true"], capture_output=True, check=False).returncode == 0
    )


@pytest.mark.skipif(not _can_trace(), reason="no strace here, or not allowed")
def test_a_whole_run_opens_no_socket_of_a_network(tmp_path: Path) -> None:
    """Not by any library either: the system is asked what the program and all it starts call."""
    home, trace = tmp_path / "home", tmp_path / "trace"
    command = [sys.executable, "-m", "formflow.cli"]
    subprocess.run([*command, "init", str(home)], check=True, capture_output=True)
    files = {
        name: data
        for name, data in calling("127.0.0.1:9").items()
        if name in ("链接.docx", "链接.xlsx", "外链.pdf", "外链.rtf")
    }
    for name, data in {**files, "申请表.docx": offices.COMPLETE.read_bytes()}.items():
        offices.drop(home, data, name)
    strace = ["strace", "-f", "-qq", "-e", "trace=socket", "-o", str(trace)]
    subprocess.run([*strace, *command, "run", "--home", str(home)], check=False, capture_output=True)
    assert any(path.name == "受理通知书.pdf" for path in (home / "outbox").rglob("*"))
    called = [line for line in trace.read_text(encoding="utf-8", errors="replace").splitlines() if "AF_INET" in line]
    assert called == []


@pytest.mark.skipif(not _can_trace(), reason="no strace here, or not allowed")
def test_the_trace_would_show_a_socket(tmp_path: Path, listener: Listener) -> None:
    code = f"import urllib.request; urllib.request.urlopen('http://{listener.address}/', timeout=1)"
    trace = tmp_path / "trace"
    subprocess.run(["strace", "-f", "-qq", "-e", "trace=socket", "-o", str(trace), sys.executable, "-c", code], check=False, capture_output=True)  # fmt: skip
    assert "AF_INET" in trace.read_text(encoding="utf-8", errors="replace")
