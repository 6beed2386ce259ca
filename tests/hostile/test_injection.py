"""Names and answers that would be commands somewhere else go through the whole service and stay words: in letters, workbooks, names, exports.

Letters are printed for real. What is looked at is what a clerk gets: every file of the outbox, and what commands export.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from lxml import etree
from openpyxl import load_workbook

from formflow.service.printing import print_letter
from support import offices
from support.commands import Caller

# Each would do something if it were taken for more than words: a formula, a template's expression or statement, markup, an entity.
COMMANDS = (
    '=HYPERLINK("http://203.0.113.9/x","点")',
    "+SUM(1,41)镇",
    "@SUM(41+1)镇",
    "{{ 41 + 1 }}镇",
    "{% for x in y %}镇",
    "{{ 单位名称.__class__.__mro__ }}",
    "<w:p><w:r><w:t>甲</w:t></w:r></w:p>",
    "]]>&amp;&#65;镇",
)
# What turns writing round, or cannot be seen.
UNSEEN = "甲\u202e镇\u200b职\u2066工"
_UNSEEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True)
class Outcome:
    """What a run left behind: the home, and the files of its outbox by path."""

    files: dict[str, bytes]
    home: Path

    def ending(self, ending: str) -> dict[str, bytes]:
        return {name: data for name, data in self.files.items() if name.endswith(ending) and "原件" not in name}


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """Complete and incomplete applications of units with such names, with such answers, in files with such names."""
    root = tmp_path_factory.mktemp("injected")
    with offices.office(
        root, print_letter=lambda spec, content: print_letter(spec, content, official_fonts=False)
    ) as office:
        for number, words in enumerate((*COMMANDS, UNSEEN)):
            name = escape(f"{words}{number}号职工服务中心")
            answer = {"软件和信息技术服务业": escape(words)}
            paper = offices.rewritten(offices.COMPLETE, {offices.COMPLETE_UNIT: name, **answer})
            offices.drop(root, paper, f"{number}{re.sub('[/<>]', '_', words)[:40]}.docx")
        gap = {offices.COMPLETE_UNIT: escape(f"{COMMANDS[0]}缺项镇职工服务中心"), "软件和信息技术服务业": ""}
        offices.drop(root, offices.rewritten(offices.COMPLETE, gap), "{{ 7*7 }}=1+1.docx")
        from formflow.service.engine import work_off

        results = [done.result for done in work_off(office).done]
    assert sorted(results) == ["accepted"] * (len(COMMANDS) + 1) + ["supplement"]
    files = {
        path.relative_to(root / "outbox").as_posix(): path.read_bytes()
        for path in (root / "outbox").rglob("*")
        if path.is_file()
    }
    return Outcome(files, root)


def _texts(workbook: bytes) -> Iterator[tuple[str, str, object]]:
    for page in load_workbook(io.BytesIO(workbook)):
        for row in page.iter_rows():
            for cell in row:
                if cell.value is not None:
                    yield f"{page.title}!{cell.coordinate}", cell.data_type, cell.value


def assert_no_formula_from_outside(workbook: bytes) -> None:
    """Every cell that computes is one of ours; and words that begin like a formula are marked as words."""
    for place, kind, value in _texts(workbook):
        foreign = any(words in str(value) for words in COMMANDS)
        assert not (foreign and kind != "s"), place
    for name, part in _parts(workbook).items():
        if name.startswith("xl/worksheets/sheet"):
            formulas = [node.text or "" for node in etree.fromstring(part).iter("{*}f")]
            assert not [text for text in formulas if "HYPERLINK" in text or "41" in text or "203.0.113.9" in text]
            assert b"<hyperlink" not in part
        assert not name.startswith("xl/externalLinks")


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_letters_say_the_words_and_compute_nothing(outcome: Outcome) -> None:
    letters = outcome.ending(".docx")
    assert len(letters) == len(COMMANDS) + 2
    said = {
        name: "".join(node.text or "" for node in Document(io.BytesIO(data)).element.iter(f"{_W}t"))
        for name, data in letters.items()
    }
    for words in COMMANDS:
        # Quotes and brackets may be set in their official shapes; what counts is that the words are still words.
        core = re.sub(r"[^\w{}%<>=+@&;#]", "", words)
        assert any(core in re.sub(r"[^\w{}%<>=+@&;#]", "", text) for text in said.values()), words
    assert not [text for text in said.values() if "42镇" in text or "Undefined" in text or "<class" in text]
    assert not [text for text in said.values() if _UNSEEN.search(text)]


def test_every_letter_is_a_sound_file(outcome: Outcome) -> None:
    for name, data in outcome.ending(".docx").items():
        for part, content in _parts(data).items():
            if part.endswith((".xml", ".rels")):
                etree.fromstring(content)
        assert b'TargetMode="External"' not in b"".join(_parts(data).values()), name
    pages = [pypdfium2.PdfDocument(data) for data in outcome.ending(".pdf").values()]
    assert len(pages) == len(COMMANDS) + 2
    text = "".join(page.get_textpage().get_text_bounded() for document in pages for page in document)
    assert "{{" in text
    assert not _UNSEEN.search(text)


def test_no_workbook_computes_what_came_from_outside(outcome: Outcome) -> None:
    books = outcome.ending(".xlsx")
    assert {name.rsplit("/", 1)[-1] for name in books} >= {"审核表.xlsx", "年度台账.xlsx"}
    for data in books.values():
        assert_no_formula_from_outside(data)
    shown = [str(value) for data in books.values() for _, _, value in _texts(data)]
    assert any("HYPERLINK" in text for text in shown)


def test_names_are_plain_and_stay_inside_the_outbox(outcome: Outcome) -> None:
    for name in outcome.files:
        assert not _UNSEEN.search(name), name
        assert not set(name) & set('<>:"\\|?*\n\r\t'), name
        assert all(part not in ("", ".", "..") for part in name.split("/"))


def test_exports_are_words(outcome: Outcome, capsys: pytest.CaptureFixture[str]) -> None:
    formflow = Caller(capsys)
    home = outcome.home
    cases, journal, lines = home / "案卷.xlsx", home / "记录.xlsx", home / "记录.jsonl"
    formflow("cases", "--xlsx", cases, "--home", home)
    formflow("audit", "export", "--xlsx", journal, "--jsonl", lines, "--home", home)
    for path in (cases, journal):
        assert_no_formula_from_outside(path.read_bytes())
    assert "HYPERLINK" in lines.read_text(encoding="utf-8")
    told = formflow("cases", "--home", home).out
    assert "HYPERLINK" in told
    assert not _UNSEEN.search(told)
