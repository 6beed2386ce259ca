"""Draws the Word templates of a pack's letters: `python tests/support/draw_letters.py` writes them into the pack.

The committed .docx are the templates (a clerk may edit them); this script is how they were begun.
"""

from __future__ import annotations

from pathlib import Path

from formflow.letters.common import ACCEPTANCE, SUPPLEMENT
from formflow.letters.common_year import ANNOUNCEMENT, CIRCULAR, EXTENSION, NAMING, SHEET_RETURN
from formflow.letters.skeleton import make

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "templates" / "nantong-service-centre" / "letters"

LETTERS = {
    "受理通知书.docx": ACCEPTANCE,
    "补正通知书.docx": SUPPLEMENT,
    "公示.docx": ANNOUNCEMENT,
    "命名决定.docx": NAMING,
    "延期通知.docx": EXTENSION,
    "通报.docx": CIRCULAR,
    "评分表退回通知.docx": SHEET_RETURN,
}


def main() -> None:
    """Write the templates of the pack."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, skeleton in LETTERS.items():
        (FOLDER / name).write_bytes(make(skeleton))


if __name__ == "__main__":
    main()
