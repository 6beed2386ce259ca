"""Draws the Word templates of the letters of beijing-workers-home and sichuan-demonstration-units: run as `python -m support.draw_home_letters`.

The committed .docx are the templates (a clerk may edit them); this script is how they were begun.
"""

from __future__ import annotations

from formflow.letters.common import ACCEPTANCE, SUPPLEMENT
from formflow.letters.common_follow_up import COMMENDATION, RECTIFICATION
from formflow.letters.common_year import ANNOUNCEMENT, NAMING
from formflow.letters.skeleton import make
from support.office import TEMPLATES

LETTERS = {
    "beijing-workers-home": {
        "受理通知书.docx": ACCEPTANCE,
        "补正通知书.docx": SUPPLEMENT,
        "限期整改通知书.docx": RECTIFICATION,
        "公示.docx": ANNOUNCEMENT,
        "命名决定.docx": NAMING,
    },
    "sichuan-demonstration-units": {
        "受理通知书.docx": ACCEPTANCE,
        "补正通知书.docx": SUPPLEMENT,
        "表彰通报.docx": COMMENDATION,
    },
}


def main() -> None:
    """Write the templates of both packs."""
    for pack, letters in LETTERS.items():
        folder = TEMPLATES / pack / "letters"
        folder.mkdir(parents=True, exist_ok=True)
        for name, skeleton in letters.items():
            (folder / name).write_bytes(make(skeleton))


if __name__ == "__main__":
    main()
