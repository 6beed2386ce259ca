"""Papers that eat memory, spin, hang or kill their reader cost themselves and nothing else."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from formflow.errors import UnreadableError
from formflow.reading.reader import read_document
from formflow.reading.sandbox import Sandbox, SandboxLimits
from support.wordml import docx, p

BAD = "support.bad_readers:misbehave"
SMALL = SandboxLimits(memory_mb=400, cpu_s=1, wall_s=20, max_file_mb=1)
Paper = Callable[[str], Path]


@pytest.fixture
def paper(tmp_path: Path) -> Paper:
    def write(word: str) -> Path:
        path = tmp_path / "paper"
        path.write_text(word, "utf-8")
        return path

    return write


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(SMALL, reader=BAD) as made:
        yield made


def refusal(sandbox: Sandbox, path: Path) -> UnreadableError:
    with pytest.raises(UnreadableError) as caught:
        sandbox.read(path)
    assert caught.value.message
    return caught.value


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_gives_what_reading_gives(tmp_path: Path) -> None:
    path = tmp_path / "申请表.docx"
    path.write_bytes(docx(p("单位名称")))
    with Sandbox() as sandbox:
        assert sandbox.read(path) == read_document(path.read_bytes())
        path.write_bytes(b"%PDF-1.7")
        error = refusal(sandbox, path)
    with pytest.raises(UnreadableError) as here:
        read_document(b"%PDF-1.7")
    assert (error.code, error.message, error.remedy) == (here.value.code, here.value.message, here.value.remedy)


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("eat", "out_of_memory"),
        ("spin", "time_out"),
        ("exit", "crashed"),
        ("abort", "crashed"),
        ("killed", "out_of_memory"),
        ("bug", "crashed"),
        ("foreign", "crashed"),
    ],
)
def test_a_bad_paper_and_then_a_good_one(sandbox: Sandbox, paper: Paper, word: str, code: str) -> None:
    assert refusal(sandbox, paper(word)).code == code
    assert sandbox.read(paper("好")).text == "好"


def test_a_hanging_paper_is_stopped(paper: Paper) -> None:
    with Sandbox(SandboxLimits(wall_s=1), reader=BAD) as sandbox:
        assert sandbox.read(paper("好")).text == "好"
        assert refusal(sandbox, paper("sleep")).code == "time_out"
        assert sandbox.read(paper("好")).text == "好"


def test_processor_time_is_counted_for_each_paper(sandbox: Sandbox, paper: Paper) -> None:
    before = sandbox.read(paper("pid")).text
    for _ in range(3):
        sandbox.read(paper("好"))
    assert refusal(sandbox, paper("spin")).code == "time_out"
    assert sandbox.read(paper("pid")).text != before


def test_our_own_bug_is_told_to_the_log_not_to_the_clerk(sandbox: Sandbox, paper: Paper) -> None:
    error = refusal(sandbox, paper("bug"))
    assert "AttributeError: a bug of ours" in "".join(error.__notes__)
    assert "AttributeError" not in str(error)


def test_a_reader_that_cannot_be_had(paper: Paper) -> None:
    with Sandbox(SMALL, reader="support.bad_readers:nobody") as sandbox:
        error = refusal(sandbox, paper("好"))
    assert error.code == "crashed"
    assert "nobody" in "".join(error.__notes__)


def test_what_is_printed_does_not_disturb(sandbox: Sandbox, paper: Paper) -> None:
    assert [sandbox.read(paper(word)).text for word in ("print", "好")] == ["print", "好"]


def test_one_child_is_kept_and_then_replaced(paper: Paper) -> None:
    with Sandbox(SMALL, reader=BAD, recycle_after=3) as sandbox:
        pids = [sandbox.read(paper("pid")).text for _ in range(7)]
    assert len(set(pids[:3])) == len(set(pids[3:6])) == 1
    assert len(set(pids)) == 3


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="the system does not tell how large a process is")
def test_a_child_that_has_grown_is_replaced_before_a_paper_finds_no_room(paper: Paper) -> None:
    with Sandbox(SMALL, reader=BAD) as sandbox:
        pids = [sandbox.read(paper("hoard")).text for _ in range(6)]
    assert len(set(pids)) > 1


def test_nothing_is_left_running(paper: Paper) -> None:
    with Sandbox(SMALL, reader=BAD) as sandbox:
        pid = int(sandbox.read(paper("pid")).text)
        assert is_running(pid)
    assert not is_running(pid)


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_an_interrupt_is_for_the_parent(sandbox: Sandbox, paper: Paper) -> None:
    pid = sandbox.read(paper("pid")).text
    os.kill(int(pid), signal.SIGINT)
    assert sandbox.read(paper("pid")).text == pid


def test_a_child_without_work_is_ended_and_the_next_paper_starts_another(paper: Paper) -> None:
    with Sandbox(SMALL, reader=BAD, idle_s=0.2) as sandbox:
        first = int(sandbox.read(paper("pid")).text)
        deadline = time.monotonic() + 20
        while is_running(first) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not is_running(first)
        assert int(sandbox.read(paper("pid")).text) != first


def test_content_that_is_too_large_is_not_even_sent() -> None:
    """Sent, it would take more memory than the child has."""
    with Sandbox(SandboxLimits(memory_mb=400, max_file_mb=1), reader=BAD) as sandbox:
        with pytest.raises(UnreadableError) as caught:
            sandbox.read(bytes(500_000_000))
        assert caught.value.code == "too_large"


def test_a_shorter_time_than_the_limits_give(sandbox: Sandbox, paper: Paper) -> None:
    with pytest.raises(UnreadableError) as caught:
        sandbox.read(paper("sleep"), within_s=0.3)
    assert caught.value.code == "time_out"


def test_a_child_that_died_between_papers_is_replaced(sandbox: Sandbox, paper: Paper) -> None:
    pid = int(sandbox.read(paper("pid")).text)
    os.kill(pid, signal.SIGKILL)
    while is_running(pid) and not _is_zombie(pid):
        time.sleep(0.01)
    assert sandbox.read(paper("pid")).text != str(pid)


def _is_zombie(pid: int) -> bool:
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"


PARENT = """
import os, signal, sys
from pathlib import Path
from formflow.reading.sandbox import Sandbox
sandbox = Sandbox(reader="support.bad_readers:misbehave")
print(sandbox.read(Path(sys.argv[1])).text, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks at /proc")
def test_the_child_dies_with_its_parent(paper: Paper) -> None:
    parent = subprocess.run(
        [sys.executable, "-c", PARENT, str(paper("pid"))],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        check=False,
    )
    pid = int(parent.stdout)
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and is_running(pid) and not _is_zombie(pid):
        time.sleep(0.02)
    assert not is_running(pid) or _is_zombie(pid)


def test_files_that_are_too_large_or_away(sandbox: Sandbox, tmp_path: Path) -> None:
    large = tmp_path / "large"
    large.write_bytes(b"x" * (1024 * 1024 + 1))
    assert refusal(sandbox, large).code == "too_large"
    assert refusal(sandbox, tmp_path / "gone").code == "locked"
    assert refusal(sandbox, tmp_path).code == "locked"


def test_starts_with_reading_alone(paper: Paper) -> None:
    """The child is small and quick to start because it loads nothing of the rest of the house."""
    with Sandbox(reader="support.bad_readers:modules") as sandbox:
        loaded = sandbox.read(paper("")).text.split()
    assert "formflow.reading.docx" in loaded
    foreign = [
        name
        for name in loaded
        if name.startswith("formflow.") and name.split(".")[1] not in ("reading", "model", "errors")
    ]
    assert foreign == []
    assert not {"django", "click", "PIL", "docx", "reportlab"} & set(loaded)
