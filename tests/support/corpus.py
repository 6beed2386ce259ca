"""Papers an office could send, made from a seed, with the truth beside them.

`make(seed, producer, edits)` gives a `Paper`; the same arguments give the same paper. It knows nothing of the code that reads it.
"""

from __future__ import annotations

import hashlib
import random
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from support.fill_blank import fill
from support.filling import FieldFinding, fields_of, findings_of
from support.hand_edits import HAND_EDITS, as_strict, edit_by_hand
from support.invent import invent
from support.layouts import draw_layout
from support.manner import COVERS, DAY_FORMS, FORM_DATE_FORMS, LABEL_EDITS, MONTH_FORMS, RANGE_FORMS, Manner
from support.more_layouts import LAYOUTS

# A copy of the handed-out blank, and the same form in other offices' shapes.
LAYOUT_NAMES = ("blank", *LAYOUTS)
# What is done to how the form is written; none changes what it says.
WRITING_EDITS = (
    *LABEL_EDITS, "cover_restyled", "dates_restyled", "text_first", "date_on_own_line", "row_inserted", "row_deleted",
    "answer_in_label", "instructions_deleted", "blank_row_inside", "rows_trimmed", "auto_numbered",
    "sign_wording", "renumbered", "head_repeated", "indented", "blank_lines", "soft_breaks", "covering_letter",
)  # fmt: skip
# A producer is a layout, alone or followed by what its file went through afterwards.
PRODUCERS = tuple(f"{layout}{after}" for layout in LAYOUT_NAMES for after in ("", "+hand", "+strict"))
RESAVED = tuple(f"{layout}+libreoffice" for layout in LAYOUT_NAMES)


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper and its truth. `findings` are (code, field), one for each occurrence; `trail` says how it was made."""

    name: str
    data: bytes
    fields: dict[str, Any]
    findings: tuple[FieldFinding, ...]
    trail: tuple[str, ...] = ()


def make(seed: int, producer: str = "blank", edits: int | Sequence[str] = 2) -> Paper:
    """A paper from a producer of `PRODUCERS` or `RESAVED`. `edits` are names of `WRITING_EDITS` or `HAND_EDITS`, or how many writing
    edits to draw."""
    layout, _, after = producer.partition("+")
    # What is said hangs on the seed alone, so that papers of one seed differ only in how they say it.
    filling = invent(random.Random(f"filling {seed}"))
    rng = random.Random(f"{seed} {layout}")
    names = set(rng.sample(WRITING_EDITS, edits)) if isinstance(edits, int) else set(edits)
    hand = names & set(HAND_EDITS)
    if after == "hand":
        hand |= set(rng.sample(sorted(HAND_EDITS), 4))
    manner = _manner(rng, names)
    data = fill(filling, manner) if layout == "blank" else draw_layout(LAYOUTS[layout], filling, manner)
    if hand:
        data = edit_by_hand(data, hand, rng)
    if after == "strict":
        data = as_strict(data)
    if after == "libreoffice":
        data = resave(data)
    trail = (producer, *sorted(names | hand))
    return Paper(f"{producer}-{seed:04d}.docx", data, fields_of(filling), findings_of(filling), trail)


def papers(count: int, seed: int = 0, edits: int = 3) -> list[Paper]:
    """`count` papers, every producer in turn, none that needs another program."""
    return [make(seed + at, PRODUCERS[at % len(PRODUCERS)], edits) for at in range(count)]


def _manner(rng: random.Random, names: set[str]) -> Manner:
    manner = Manner(rng, frozenset(names), text_first="text_first" in names)
    if "cover_restyled" in names:
        manner.cover = rng.choice(COVERS)
    if "dates_restyled" in names:
        manner.month, manner.range = rng.choice(list(MONTH_FORMS)), rng.choice(list(RANGE_FORMS))
        manner.form_date, manner.day = rng.choice(list(FORM_DATE_FORMS)), rng.choice(list(DAY_FORMS))
    return manner


# LibreOffice ---------------------------------------------------------------------------------------------------------


def has_libreoffice() -> bool:
    return shutil.which("soffice") is not None


def resave(data: bytes) -> bytes:
    """The same paper as LibreOffice writes it; kept in the temporary folder, for it takes seconds."""
    folder = Path(tempfile.gettempdir()) / "formflow-resaved"
    source = folder / "in" / f"{hashlib.sha256(data).hexdigest()[:24]}.docx"
    target = folder / "out" / source.name
    if not target.exists():
        source.parent.mkdir(parents=True, exist_ok=True)
        source.write_bytes(data)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [
            "soffice",
            "--headless",
            profile,
            "--convert-to",
            "docx:MS Word 2007 XML",
            "--outdir",
            str(target.parent),
        ]
        subprocess.run([*command, str(source)], check=True, capture_output=True, timeout=120)
    # It ends well even when it wrote nothing.
    return target.read_bytes()
