"""Packs whose letters bind: what they need beside a template is asked for, with file and line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from formflow.errors import PackError
from formflow.letters.keys import KEYS
from formflow.model.programme import SCOPES
from formflow.packs.load import load_pack
from support.repository import ROOT

NANTONG = ROOT / "templates" / "nantong-service-centre"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "templates" / NANTONG.name
    shutil.copytree(NANTONG, folder, ignore=shutil.ignore_patterns("samples"))
    return folder


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def problems(folder: Path, *, with_letters: bool = False) -> tuple[str, ...]:
    with pytest.raises(PackError) as refused:
        load_pack(folder, with_letters=with_letters)
    return refused.value.problems


def test_every_occasion_has_keys_and_a_scope() -> None:
    assert set(KEYS) == set(SCOPES)


@pytest.mark.parametrize(
    ("old", "said"),
    [
        ("  document_code: 通工发\n", "缺少 document_code：机关代字"),
        ("  recipients: 各县（市）区总工会\n", "缺少 recipients：主送机关"),
        ("  printed_by: 南通市总工会办公室\n", "缺少 printed_by：印发机关"),
    ],
)
def test_what_a_letter_prints_of_the_issuer_is_asked_for(pack: Path, old: str, said: str) -> None:
    edit(pack / "programme.yaml", old, "")
    (problem,) = problems(pack)
    assert problem.startswith(f"templates/{pack.name}/programme.yaml:")
    assert said in problem


def test_a_document_code_is_chinese(pack: Path) -> None:
    edit(pack / "programme.yaml", "document_code: 通工发", "document_code: 通工发〔2026〕")
    assert any("document_code" in problem for problem in problems(pack))


def test_a_pack_without_such_letters_needs_none_of_it(pack: Path) -> None:
    text = (pack / "letters.yaml").read_text(encoding="utf-8")
    start, end = text.index("  - id: sheet_return"), text.index("\n# 文书里的固定说法")
    rest = text[end:].split("\n  荣誉名称:")[0] + "\n"
    (pack / "letters.yaml").write_text(text[:start] + rest, encoding="utf-8")
    for line in (
        "  document_code: 通工发\n",
        "  recipients: 各县（市）区总工会\n",
        "  copies_to: [江苏省总工会]\n",
        "  printed_by: 南通市总工会办公室\n",
    ):
        edit(pack / "programme.yaml", line, "")
    text = (pack / "policy.yaml").read_text(encoding="utf-8")
    head, tail = text.split("  - id: publicity_working_days")
    (pack / "policy.yaml").write_text(head + "".join(tail.partition("  - id: ")[1:]), encoding="utf-8")
    programme = load_pack(pack)
    assert [letter.on for letter in programme.letters] == ["accepted", "supplement"]
    assert (programme.issuer.document_code, programme.issuer.copies_to) == ("", ())


def test_a_publicity_needs_its_days(pack: Path) -> None:
    edit(pack / "policy.yaml", "id: publicity_working_days", "id: other_days")
    assert any("缺少参数“publicity_working_days”（单位：工作日）" in problem for problem in problems(pack))


def test_what_binds_waits_for_approval(pack: Path) -> None:
    edit(
        pack / "letters.yaml",
        "when: named\n    layout: red_header\n    binding: true",
        "when: named\n    layout: red_header\n    binding: false",
    )
    (problem,) = problems(pack)
    assert "命名决定要经批准才能印发，binding 应写 true" in problem


def test_what_goes_out_by_itself_does_not_promise_to_wait(pack: Path) -> None:
    edit(
        pack / "letters.yaml",
        "when: supplement\n    layout: letter\n    binding: false",
        "when: supplement\n    layout: letter\n    binding: true",
    )
    (problem,) = problems(pack)
    assert "supplement 的文书办理后随即发出，不经批准；binding 应写 false" in problem


def test_a_publicity_bears_no_red_head(pack: Path) -> None:
    edit(pack / "letters.yaml", "when: announced\n    layout: form", "when: announced\n    layout: red_header")
    (problem,) = problems(pack)
    assert "公示不是法定公文种类" in problem


def test_one_letter_for_an_occasion(pack: Path) -> None:
    edit(pack / "letters.yaml", "when: circulated", "when: named")
    (problem,) = problems(pack)
    assert "“naming”已经用于 named" in problem


def test_a_key_of_another_occasion_is_told(pack: Path) -> None:
    shutil.copy(pack / "letters" / "通报.docx", pack / "letters" / "命名决定.docx")
    found = problems(pack, with_letters=True)
    assert any("命名决定.docx" in problem and "未完成分组" in problem for problem in found)


def test_an_unknown_occasion_is_told(pack: Path) -> None:
    edit(pack / "letters.yaml", "when: named", "when: nominated")
    assert any("letters.yaml" in problem for problem in problems(pack))
