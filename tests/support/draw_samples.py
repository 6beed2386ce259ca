"""Writes the samples of the pack and, beside the tests, what must be read and found in each.

Run as `python -m support.draw_samples` with tests/ on the path.
"""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN

from support.draw_application import PACK, ROOT, write_run
from support.fill_blank import ENCLOSURES, fill
from support.filling import fields_of, findings_of
from support.packing import lean
from support.sample_cases import SAMPLES, place_names

FOLDER = PACK / "samples"
GOLDEN = ROOT / "tests" / "packs" / "nantong-service-centre"
# Plans handed in as papers of their own, for the unit of the first sample: case, file, attachment.
PLANS = (
    ("development-plan", "白鹭镇职工服务中心发展规划.docx", "development_plan"),
    ("implementation-plan", "白鹭镇职工服务中心实施方案.docx", "implementation_plan"),
)


def papers() -> dict[str, bytes]:
    """Every sample by its file name."""
    drawn = {sample.file: fill(sample.filling, sample.manner()) for sample in SAMPLES}
    return drawn | {file: _plan(attachment) for _, file, attachment in PLANS}


def goldens() -> dict[str, dict[str, Any]]:
    """What each sample must give, by case."""
    expected = {
        sample.case: {
            "file": sample.file,
            "kind": "application",
            "fields": fields_of(sample.filling),
            "findings": [list(found) for found in findings_of(sample.filling)],
        }
        for sample in SAMPLES
    }
    for case, file, _ in PLANS:
        expected[case] = {"file": file, "kind": "attachment", "fields": {}, "findings": []}
    return expected


def _plan(attachment: str) -> bytes:
    place = place_names(0)
    title, lines = ENCLOSURES[attachment]
    document = Document()
    head = document.add_paragraph()
    head.alignment = ALIGN.CENTER
    write_run(head, f"{place['centre']}{title}", "方正小标宋简体", 20)
    for line in lines:
        write_run(document.add_paragraph(), line.format(**place), size=16)
    write_run(document.add_paragraph(), f"{place['town']}总工会", size=16)
    write_run(document.add_paragraph(), "2022年3月10日", size=16)
    buffer = io.BytesIO()
    document.save(buffer)
    return lean(buffer.getvalue())


def golden_text(expected: dict[str, Any]) -> str:
    return json.dumps(expected, ensure_ascii=False, indent=2) + "\n"


def write() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, data in papers().items():
        (FOLDER / name).write_bytes(data)
    for case, expected in goldens().items():
        target: Path = GOLDEN / case / "expected.json"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(golden_text(expected), encoding="utf-8")


if __name__ == "__main__":
    write()
