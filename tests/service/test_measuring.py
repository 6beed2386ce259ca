"""A letter from outside is measured apart: what hangs, floods or kills costs itself and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from formflow.errors import UnreadableError
from formflow.letters.measure import MeasureError, measure
from formflow.service import measuring
from formflow.service.measuring import measurer
from formflow.settings import ReadingSettings
from support.offices import COMPLETE

BAD = {"sleep": "time_out", "spin": "time_out", "eat": "out_of_memory", "abort": "crashed", "bug": "crashed"}


def test_what_is_measured_apart_is_what_is_measured_here() -> None:
    with measurer(ReadingSettings()) as measured:
        assert measured(COMPLETE) == measure(COMPLETE).measurements


def test_what_misbehaves_is_refused_and_the_next_is_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring, "MEASURER", "support.bad_readers:misbehave_at_length")
    limits = ReadingSettings(memory_mb=512, cpu_s=1, wall_s=2, max_file_mb=1)
    with measurer(limits) as measured:
        for word, code in BAD.items():
            (tmp_path / word).write_text(word, encoding="utf-8")
            with pytest.raises(UnreadableError) as refused:
                measured(tmp_path / word)
            assert refused.value.code == code
        (tmp_path / "好.docx").write_text("letter", encoding="utf-8")
        with pytest.raises(MeasureError, match=r"量不了：好\.docx"):
            measured(tmp_path / "好.docx")
        (tmp_path / "大.docx").write_bytes(b"x" * (2**20 + 1))
        with pytest.raises(UnreadableError) as refused:
            measured(tmp_path / "大.docx")
        assert refused.value.code == "too_large"


def test_a_file_that_is_no_letter_is_said_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "x.docx").write_bytes(b"no Word file")
    with (
        measurer(ReadingSettings()) as measured,
        pytest.raises(MeasureError, match=r"不是 \.docx 或者 PDF 文件：x\.docx"),
    ):
        measured(tmp_path / "x.docx")
