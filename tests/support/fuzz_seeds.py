"""Sound inputs of every fuzz target, small ones: made here, or lying in the repository."""

from __future__ import annotations

import io
import random
from collections.abc import Mapping
from functools import cache

from PIL import Image

from formflow.forms import approvals, decisions, settlements
from formflow.forms.review_lines import CODE, CORRECTION
from formflow.forms.review_lines import HEAD_WORDS as REVIEW_HEAD
from formflow.model.document import Document
from formflow.reading.reader import open_file
from formflow.settings_text import DEFAULT_TOML
from support import evaluation_sheets, honours_lists, odd_score_sheets, score_sheets, seeds
from support.fuzz_parts import Change
from support.papers import document, table
from support.repository import ROOT

_TEMPLATES = ROOT / "templates"
_LARGEST = 120_000
_YAML_WORDS = (
    *("{}", "[]", "null", "~", "1.5", "1e999", "-1", "0", "yes", "2022-13-45", "2022-02-30", "!!python/object:os.system", "&a [*a]", "*a", "<<: *a"),
    *("? x\n: y", "|", ">", "---", "...", "%YAML 9.9", "\t", "\x00", "\ufeff", "\u202e", "9" * 5000, "a" * 10_000, "[" * 2000, "{a: " * 300, "(?:a+)+$", "[a", "\\"),
)  # fmt: skip


def named(*names: str) -> list[bytes]:
    return [seeds.seed(name) for name in names]


def samples(*endings: str) -> list[bytes]:
    """The packs' own samples and blanks with such endings, the small ones."""
    paths = sorted(path for path in _TEMPLATES.rglob("*") if path.suffix in endings)
    return [data for path in paths if len(data := path.read_bytes()) <= _LARGEST]


def word() -> list[bytes]:
    return [*named("docx", "docx of an office"), *samples(".docx")]


def workbooks() -> list[bytes]:
    return [*named("xlsx", "ods"), *samples(".xlsx")]


def pdfs() -> list[bytes]:
    return [*named("pdf", "newspaper"), *samples(".pdf")]


def ofds() -> list[bytes]:
    return named("ofd", "ofd of an office")


def images() -> list[bytes]:
    """A small page in every format that is decoded; the TIFF has two pages, the JPEG was turned by the camera."""
    page = Image.effect_noise((310, 320), 60).convert("RGB")
    made = []
    for kind in ("JPEG", "PNG", "TIFF", "BMP", "GIF", "WEBP"):
        buffer = io.BytesIO()
        exif = Image.Exif()
        exif[0x0112] = 6
        more = {"TIFF": {"save_all": True, "append_images": [page]}, "JPEG": {"exif": exif, "dpi": (72, 72)}}
        page.quantize(16).convert("RGB").save(buffer, kind, **more.get(kind, {}))
        made.append(buffer.getvalue())
    return made


@cache
def documents() -> tuple[Document, ...]:
    """Papers of every kind as they are read: forms, score sheets, votes, honours, newspapers, and sheets of ours that came back."""
    files = [*samples(".docx", ".xlsx"), seeds.seed("newspaper"), seeds.seed("text"), seeds.seed("html")]
    files += [sample.data for sample in honours_lists.samples()]
    read = [found for data in files if isinstance(found := open_file(data), Document)]
    votes = evaluation_sheets.votes(3, 1)
    return (
        *read,
        *(evaluation_sheets.as_document(name, votes) for name in evaluation_sheets.LAYOUTS),
        *_scored(),
        *_returned(),
    )


def _scored() -> list[Document]:
    made = [make(random.Random(1))[0] for make in odd_score_sheets.ODD]
    read = (open_file(score_sheets.as_xlsx(pages)) for pages in made)
    return [found for found in read if isinstance(found, Document)]


def _returned() -> list[Document]:
    """Sheets of ours, filled in: 审核表, 评分汇总, 发文审批表, 补助测算."""
    qingdao, nantong = "qingdao-social-organisations", "nantong-service-centre"
    review = table(
        _head(REVIEW_HEAD, nantong), [CODE, CORRECTION], ["industry", "制鞋业"], ["schedule[1].time", "2022年3月"], ["opinion_managing.date", "2022年3月4日"],
        ["period_start", "（空）"], ["schedule[99].content", "x"],
    )  # fmt: skip
    summary = table(
        _head(decisions.HEAD_WORDS, nantong),
        [decisions.NUMBER, decisions.UNIT, decisions.DECISION, decisions.REASON, decisions.UNTIL],
        ["1", "甲镇", "是", "", ""], ["2", "乙镇", "延期", "整改", "2023年12月31日"], ["", "", "否", "", ""],
    )  # fmt: skip
    approval = table(
        _head(approvals.HEAD_WORDS, nantong), list(approvals.HEADINGS),
        ["1", "公示", "关于公示", "k1", "x.docx", "拟稿", "", "批准", "王敏", "2022年12月8日", ""],
    )  # fmt: skip
    sums = list(settlements.HEADINGS)
    line = [
        "1",
        "暖阳",
        "甲",
        "",
        "",
        "10000",
        "0",
        "10000",
        "壹万元整",
        "",
        "",
        "",
        "",
        "核准",
        "2022-12-08",
        "500元",
        "退回",
    ]
    return [
        document(review), document(summary), document(approval),
        document(
            table(_head(settlements.HEAD_WORDS, qingdao), sums, line),
            table(_head(settlements.HEAD_WORDS, qingdao), list(settlements.NAME_HEADINGS), ["1", "甲", "", "乙", "", settlements.SAME]),
            table(_head(settlements.HEAD_WORDS, qingdao), list(settlements.HONOUR_HEADINGS), ["1", "a.xlsx", "甲", "", "市级", "", "", "", "", "是"]),
        ),
    ]  # fmt: skip


def _head(names: tuple[str, ...], programme_id: str) -> list[str]:
    values = [programme_id, "2022", *["1"] * (len(names) - 2)]
    return [word for pair in zip(names, values, strict=True) for word in pair]


@cache
def forms() -> tuple[Document, ...]:
    """The packs' forms, blank and filled."""
    return tuple(found for data in samples(".docx") if isinstance(found := open_file(data), Document))


def programs() -> list[bytes]:
    """Strings of bytes that change the documents: at first next to nothing."""
    return [bytes([number]) + bytes((deed, 0, number, 0, number)) for number in range(60) for deed in (0, 2, 160, 200)]


@cache
def pack_files() -> Mapping[str, Mapping[str, bytes]]:
    """The packs' files without their samples, by pack and name."""
    return {
        folder.name: {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file() and "samples" not in path.parts
        }
        for folder in sorted(_TEMPLATES.iterdir())
        if folder.is_dir()
    }


def pack_inputs() -> list[bytes]:
    return [
        f"{pack}/{name}\n".encode() + data
        for pack, files in pack_files().items()
        for name, data in files.items()
        if name.endswith((".yaml", ".md"))
    ]


def spoiled_yaml(data: bytes, rng: random.Random, change: Change) -> bytes:
    """A pack's file with a line lost, doubled, moved in or out, or its value replaced."""
    name, _, content = data.partition(b"\n")
    lines = content.split(b"\n")
    at = rng.randrange(len(lines))
    line = lines[at]
    match rng.randrange(7):
        case 0:
            del lines[at]
        case 1:
            lines.insert(rng.randrange(len(lines)), line)
        case 2:
            lines[at] = b"  " + line
        case 3:
            lines[at] = line.removeprefix(b"  ")
        case 4 | 5:
            key, colon, _ = line.partition(b": ")
            lines[at] = key + colon + rng.choice(_YAML_WORDS).encode()
        case _:
            lines[at] = change(line)
    return name + b"\n" + b"\n".join(lines)


def settings_texts() -> list[bytes]:
    return [DEFAULT_TOML.encode(), DEFAULT_TOML.replace("\n# ", "\n").encode()]
