"""From a letter's content to its two files. Everything that can fail because of a template fails here, as LetterError."""

from __future__ import annotations

from dataclasses import dataclass

from formflow.model.letter import LetterContent
from formflow.model.programme import LetterSpec


@dataclass(frozen=True, slots=True)
class Printed:
    """Both files of a letter. `remarks` say which fonts or characters were replaced (Chinese)."""

    docx: bytes
    pdf: bytes
    remarks: tuple[str, ...] = ()


def print_letter(spec: LetterSpec, content: LetterContent, *, official_fonts: bool) -> Printed:
    """Fills the Word template and draws the PDF from the filled file. The same content gives the same bytes."""
    from formflow.letters.fonts.book import FontBook
    from formflow.letters.typeset import typeset
    from formflow.letters.word import render

    docx = render(spec.template, content.context, name=spec.template_name)
    drawn = typeset(docx, fonts=FontBook.of_machine() if official_fonts else FontBook.shipped())
    return Printed(docx, drawn.pdf, drawn.remarks)
