"""What is fuzzed: for each reader its sound papers, how they are spoiled, and what is done with the result.

A target's `run` takes bytes and comes back, or raises what the program raises on purpose (`FormflowError`); anything else is a bug. The papers
are made here or lie in the repository: nothing is fetched. `benchmarks.fuzz` tries them for as long as one likes; `tests/hostile/corpus` keeps
what was found.
"""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from pathlib import Path

from formflow.errors import FormflowError, UnreadableError
from formflow.forms.align import align
from formflow.forms.corrections import corrected, returned_sheet
from formflow.forms.learn import form_from_blank
from formflow.forms.ledgers import ledger_of
from formflow.letters.measure import measure
from formflow.model.document import Box, Document
from formflow.model.honours import Ledger
from formflow.model.programme import Programme
from formflow.packs import load_packs
from formflow.packs.draft import draft_pack
from formflow.packs.load import load_pack
from formflow.reading.contents import Bundle
from formflow.reading.crops import crops
from formflow.reading.limits import DEFAULT
from formflow.reading.reader import open_file
from formflow.reading.scan.images import pages_of
from formflow.service.assess import assess
from formflow.service.members import Looked, look_into
from formflow.service.names import safe, split
from formflow.service.score_files import score_papers
from formflow.service.subsidy import ListFile, settle_files, settlement_json
from formflow.settings import parse_settings
from support import fuzz_seeds
from support.fuzz_documents import changed
from support.fuzz_parts import Change, spoiled_parts, spoiled_text
from support.repository import ROOT

Spoil = Callable[[bytes, random.Random, Change], bytes]
TEMPLATES = ROOT / "templates"
_DAY = date(2022, 3, 10)
_PLACES = ((1, Box(0, 0, 100, 50)), (2, Box(-5, 700, 1e6, 1e6)), (99, Box(1, 1, 2, 2)))


@dataclass(frozen=True, slots=True)
class Target:
    """`seeds` are sound inputs; `spoil` changes one thing of an input (None: its bytes); `run` is what is tried."""

    seeds: Callable[[], Sequence[bytes]]
    run: Callable[[bytes], object]
    spoil: Spoil | None = None


def attempt(target: Target, data: bytes) -> object:
    """What the target makes of an input; None where it was refused in words. Whatever else is raised is a bug."""
    try:
        return target.run(data)
    except FormflowError as refusal:
        if not refusal.message.strip():
            raise AssertionError("a refusal without words") from refusal
        return None


@cache
def programmes() -> tuple[Programme, ...]:
    return load_packs(TEMPLATES, with_letters=False)


@cache
def _programme(programme_id: str) -> Programme:
    return next(one for one in programmes() if one.id == programme_id)


def _opened(data: bytes) -> Document | Bundle:
    contents = open_file(data)
    if isinstance(contents, Document | Bundle):
        return contents
    raise UnreadableError("unsupported", "要先转换或识别文字")


def _cut_out(data: bytes) -> object:
    """A paper read, and places cut out of it as the 审核表 shows them."""
    with suppress(UnreadableError):
        open_file(data)
    return crops(data, _PLACES)


def _decoded(data: bytes) -> object:
    for page in pages_of(data, DEFAULT):
        page.pixels()
    return crops(data, _PLACES)


def _unpacked(data: bytes) -> object:
    """What an archive holds, each member opened as far as the archive itself allows, under the name it is kept by."""
    papers = look_into("材料.zip", data, _opened)
    for paper in papers:
        for part in paper.name.split("/"):
            assert safe(part)
            assert split(safe(part))
            assert not set(safe(part)) & set('/\\:*?"<>|\0\n')
    return papers


def _assessed(data: bytes) -> object:
    """A document changed as the bytes say, and everything that is made of a document without the register."""
    if not data:
        return None
    bases = fuzz_seeds.documents()
    document = changed(bases[data[0] % len(bases)], data[1:])
    found = assess("x.docx", b"", programmes(), lambda _: document, _DAY)
    json.dumps([one.as_json() for one in found], ensure_ascii=False, allow_nan=False).encode()
    paper = Looked("x.docx", "", document)
    score_papers([paper], programmes())
    _settled(paper)
    _corrected(document)
    return found


def _settled(paper: Looked) -> None:
    rewarding = [programme for programme in programmes() if programme.honours]
    for programme in rewarding:
        assert programme.honours is not None
        assert paper.document is not None
        ledger = ledger_of(paper.document, programme.honours) or Ledger()
        settled = settle_files((ListFile("x.docx", (paper,)),), programme, ledger)
        json.dumps(settlement_json(settled), ensure_ascii=False, allow_nan=False)


def _corrected(document: Document) -> None:
    sheet = returned_sheet(document)
    if sheet is None:
        return
    for programme in programmes():
        for form in programme.forms:
            corrected(align(Document("docx", ()), form, programme.id), form, sheet.corrections)


def _learned(data: bytes) -> object:
    """A document changed as the bytes say, taken for a blank, and filled in from itself."""
    if not data:
        return None
    bases = fuzz_seeds.forms()
    document = changed(bases[data[0] % len(bases)], data[1:])
    form = form_from_blank(document)
    return align(document, form)


def _packed(data: bytes) -> object:
    """The files of a pack, one of them replaced: its name in the first line, then what stands in it."""
    name, _, content = data.partition(b"\n")
    pack_id, _, file = name.decode("utf-8", "replace").partition("/")
    if file not in fuzz_seeds.pack_files().get(pack_id, {}):
        return None
    with tempfile.TemporaryDirectory() as folder:
        pack = Path(folder) / "templates" / pack_id
        for name_of_file, own in fuzz_seeds.pack_files()[pack_id].items():
            path = pack / name_of_file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if name_of_file == file else own)
        return load_pack(pack, with_letters=False)


_parts: Spoil = spoiled_parts

TARGETS = {
    "docx": Target(fuzz_seeds.word, _opened, _parts),
    "workbook": Target(fuzz_seeds.workbooks, _opened, _parts),
    "xls": Target(partial(fuzz_seeds.named, "xls"), _opened),
    "pdf": Target(fuzz_seeds.pdfs, _cut_out, _parts),
    "ofd": Target(fuzz_seeds.ofds, _opened, _parts),
    "archive": Target(partial(fuzz_seeds.named, "zip", "7z", "rar"), _unpacked, _parts),
    "mail": Target(partial(fuzz_seeds.named, "eml"), _unpacked),
    "old": Target(partial(fuzz_seeds.named, "doc", "doc put together"), open_file),
    "web": Target(partial(fuzz_seeds.named, "html", "text"), _opened, spoiled_text),
    "image": Target(fuzz_seeds.images, _decoded),
    "document": Target(fuzz_seeds.programs, _assessed),
    "blank": Target(fuzz_seeds.programs, _learned),
    "draft": Target(fuzz_seeds.word, lambda data: draft_pack(data, "x"), _parts),
    "measure": Target(lambda: [*fuzz_seeds.word(), *fuzz_seeds.pdfs()], measure, _parts),
    "pack": Target(fuzz_seeds.pack_inputs, _packed, fuzz_seeds.spoiled_yaml),
    "settings": Target(fuzz_seeds.settings_texts, lambda data: parse_settings(data.decode("utf-8", "replace"))),
}
