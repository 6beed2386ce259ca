"""Old and foreign files become .docx, or a sentence; LibreOffice is kept on a short leash."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from formflow.errors import UnreadableError
from formflow.model.document import Table
from formflow.reading import legacy
from formflow.reading.docx import read_docx
from formflow.reading.legacy import ConversionLimits, Converter
from formflow.reading.sniff import sniff
from support import offices
from support.programs import needs_libreoffice, program, saved_as
from support.wordml import docx, p

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "real"
RTF = b"{\\rtf1\\ansi hello}"
posix = pytest.mark.skipif(sys.platform == "win32", reason="the stand-ins are shell scripts")
# Cells of the tables in each real file; of those that have a twin saved as .docx by another program, the same as in the twin.
CELLS = {
    "2025年省级节能升级改造项目汇总表.wps": [148],
    "河北食品药品从业人员健康检查表.doc": [67],
    "淳安县专业岗位领导干部遴选报名推荐表_样表.doc": [46],
    "渝青年就业见习补贴申报表_附件6.wps": [29, 6, 2],
    "贷款明细表_sample4.wps": [28],
    "公安部决定保留废止修改规范性文件目录_附件.wps": [73],
    "武发改规2018-1号_公布废止失效文件的通知.wps": [57],
}


def refusal(converter: Converter, data: bytes = RTF, kind: str = "rtf") -> UnreadableError:
    with pytest.raises(UnreadableError) as caught:
        converter.convert(data, kind)
    return caught.value


@needs_libreoffice
def test_real_files_keep_their_tables() -> None:
    found = {}
    with Converter() as converter:
        for folder in ("forms_doc", "notices"):
            for path in (CORPUS / folder).iterdir():
                if (kind := sniff(path.read_bytes())) in legacy.ENDINGS:
                    document = read_docx(converter.convert(path.read_bytes(), kind))
                    found[path.name] = [len(b.cells) for b in document.blocks if isinstance(b, Table)]
    assert found == CELLS


@needs_libreoffice
@pytest.mark.parametrize("ending", ["doc", "rtf", "odt"])
def test_a_form_says_the_same_as_before(ending: str, tmp_path: Path) -> None:
    data = saved_as(offices.COMPLETE, ending, tmp_path)
    assert sniff(data) == ending
    with Converter() as converter:
        converted = read_docx(converter.convert(data, ending))
    original = read_docx(offices.COMPLETE.read_bytes())

    def texts(document: object) -> list[list[str]]:
        tables = [block for block in document.blocks if isinstance(block, Table)]  # type: ignore[attr-defined]
        return [["".join(cell.text.split()) for cell in table.cells] for table in tables]

    assert texts(converted) == texts(original)


def test_without_libreoffice_it_says_what_is_lost_and_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(legacy, "libreoffice", lambda: None)
    for kind in legacy.ENDINGS:
        error = refusal(Converter(), b"x", kind)
        assert error.code == "unsupported"
        assert "LibreOffice" in error.message
        assert ".docx" in error.remedy


def test_a_password_is_told_before_anything_is_started(tmp_path: Path) -> None:
    data = (CORPUS / "robustness" / "poi_PasswordProtected.doc").read_bytes()
    with Converter(program=str(tmp_path / "nothing")) as converter:
        assert refusal(converter, data, "doc").code == "encrypted"


@posix
@pytest.mark.parametrize("script", ["exit 0", 'echo rubbish > "$out"', 'printf "PK" > "$out"; exit 0', "exit 1"])
def test_what_it_says_counts_for_nothing_without_a_word_file(tmp_path: Path, script: str) -> None:
    with Converter(program=program(tmp_path, script)) as converter:
        error = refusal(converter)
    assert error.code == "damaged"
    assert ".docx" in error.remedy


@posix
def test_the_file_it_writes_is_what_is_given(tmp_path: Path) -> None:
    (tmp_path / "made.docx").write_bytes(docx(p("甲")))
    with Converter(program=program(tmp_path, 'cp "$here/made.docx" "$out"; exit 77')) as converter:
        assert converter.convert(RTF, "rtf") == docx(p("甲"))


@posix
def test_too_much_output_is_refused(tmp_path: Path) -> None:
    (tmp_path / "made.docx").write_bytes(bytes(3_000_000))
    copying = program(tmp_path, 'ln "$here/made.docx" "$out"')
    with Converter(ConversionLimits(max_output_mb=2), program=copying) as converter:
        assert refusal(converter).code == "too_large"


@posix
def test_what_hangs_is_ended_with_all_it_started(tmp_path: Path) -> None:
    hanging = program(tmp_path, 'sleep 600 &\necho $! > "$here/pid"\nwait')
    with Converter(ConversionLimits(wall_s=1), program=hanging) as converter:
        error = refusal(converter)
    assert error.code == "time_out"
    assert "另存为 .docx" in error.remedy
    pid = int((tmp_path / "pid").read_text())
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and _is_running(pid):
        time.sleep(0.02)
    assert not _is_running(pid)


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not status.exists() or status.read_text().rsplit(")", 1)[1].split()[0] != "Z"


@posix
def test_it_runs_under_limits(tmp_path: Path) -> None:
    telling = program(tmp_path, 'echo "$(ulimit -v) $(ulimit -t) $(ulimit -f)" > "$here/limits"')
    limits = ConversionLimits(memory_mb=900, cpu_s=7, max_output_mb=3)
    with Converter(limits, program=telling) as converter:
        refusal(converter)
    memory_kb, cpu_s, blocks = map(int, (tmp_path / "limits").read_text().split())
    assert (memory_kb, cpu_s) == (900 * 1024, 7)
    assert blocks * 512 == 3 * 1024 * 1024 or blocks * 1024 == 3 * 1024 * 1024


@posix
def test_one_profile_that_runs_no_macro_and_knows_no_network(tmp_path: Path) -> None:
    script = 'echo "$1" >> "$here/profiles"; p="${1#*file://}"; cp "$p/user/registrymodifications.xcu" "$here/registry"'
    telling = program(tmp_path, f'{script}; echo "$http_proxy" > "$here/proxy"')
    with Converter(program=telling, folder=tmp_path) as converter:
        refusal(converter)
        refusal(converter)
        assert list(tmp_path.glob("formflow-office-*"))
    profiles = (tmp_path / "profiles").read_text().split()
    assert len(profiles) == 2
    assert len(set(profiles)) == 1
    registry = (tmp_path / "registry").read_text()
    for setting in ("DisableMacrosExecution", "BlockUntrustedRefererLinks", "ooInetProxyType"):
        assert setting in registry
    assert (tmp_path / "proxy").read_text().strip() == "http://127.0.0.1:9"
    assert not list(tmp_path.glob("formflow-office-*"))


@posix
def test_two_converters_have_two_profiles(tmp_path: Path) -> None:
    telling = program(tmp_path, 'echo "$1" >> "$here/profiles"')
    with Converter(program=telling) as first, Converter(program=telling) as second:
        refusal(first)
        refusal(second)
    assert len(set((tmp_path / "profiles").read_text().split())) == 2
