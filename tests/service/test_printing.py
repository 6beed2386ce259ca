from __future__ import annotations

import pytest

from formflow.errors import FormflowError
from formflow.service.printing import print_letter
from support import offices


def content(tmp_path):
    """What the register keeps of a real letter."""
    with offices.office(tmp_path) as office:
        from formflow.register import books
        from formflow.register.models import Letter
        from formflow.service import engine

        offices.drop(tmp_path, offices.INCOMPLETE)
        engine.work_off(office)
        letter = Letter.objects.get()
        return books.letter_content(letter), next(s for s in office.programmes[0].letters if s.id == letter.kind)


def test_a_letter_from_the_register_is_printed_the_same_each_time(tmp_path) -> None:
    letter, spec = content(tmp_path)
    first = print_letter(spec, letter, official_fonts=False)
    assert first == print_letter(spec, letter, official_fonts=False)
    assert first.docx.startswith(b"PK")
    assert first.pdf.startswith(b"%PDF-")
    assert any("代替" in remark for remark in first.remarks)


def test_a_label_nobody_provides_is_an_operational_failure(tmp_path) -> None:
    letter, spec = content(tmp_path)
    context = {key: value for key, value in letter.context.items() if key != "补正期限"}
    from dataclasses import replace

    with pytest.raises(FormflowError):
        print_letter(spec, replace(letter, context=context), official_fonts=False)
