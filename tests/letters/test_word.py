"""Templates are filled in; what comes from outside stays text; what is broken is said in Chinese."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest

from formflow.errors import ExitCode
from formflow.letters import elements as e
from formflow.letters.keys import provided_keys
from formflow.letters.skeleton import Cell, Grid, Skeleton, Text, make
from formflow.letters.word import LetterError, render, template_keys
from formflow.model.programme import Occasion
from support.letter_facts import TEMPLATES, acceptance_letter, programme, spec, supplement_letter, written


def template(*texts: str) -> bytes:
    return make(Skeleton("form", tuple(Text(e.BODY, text) for text in texts)))


def texts(word: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(word)).paragraphs]


@pytest.mark.parametrize(
    "hostile",
    [
        "{{ 7*7 }}",
        "{% for x in y %}",
        "<w:p/>",
        "</w:t></w:r>",
        "a & b < c > d",
        "]]>",
        "&amp;",
        "\"'",
        "{_{x}_}",
        "𪚥",
        "%}{{",
    ],
)
def test_text_from_outside_stays_literal(hostile: str) -> None:
    assert hostile in texts(render(template("前{{ 名称 }}后"), {"名称": hostile}))[0]


def test_what_xml_cannot_hold_is_left_out() -> None:
    assert texts(render(template("{{ 名称 }}"), {"名称": "甲\x00\x07\x1f\ufffe\ud800乙"}))[0] == "甲乙"


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\v"])
def test_newlines_become_line_breaks(newline: str) -> None:
    word = render(template("{{ 名称 }}"), {"名称": f"甲{newline}乙"})
    assert texts(word)[0] == "甲\n乙"
    assert "<w:br/>" in zipfile.ZipFile(io.BytesIO(word)).read("word/document.xml").decode()


def test_the_same_letter_is_the_same_bytes() -> None:
    assert written(supplement_letter(3)) == written(supplement_letter(3))
    assert written(supplement_letter(3)) != written(supplement_letter(4))


def test_an_unknown_key_names_template_and_key() -> None:
    with pytest.raises(LetterError, match=r"受理\.docx.*标签：电话号") as caught:
        render(template("{{ 电话号 }}"), {}, name="受理.docx")
    assert caught.value.exit_code is ExitCode.CONFIGURATION


def test_an_unknown_key_of_an_item_is_an_error_too() -> None:
    with pytest.raises(LetterError, match="缘由"):
        render(
            template("{%p for 事项 in 补正事项 %}", "{{ 事项.缘由 }}", "{%p endfor %}"), {"补正事项": ({"问题": "x"},)}
        )


@pytest.mark.parametrize("broken", ["{{ 名称 ", "{% if 名称 %}甲", "{{ 名称 | 没有的 }}"])
def test_broken_notation_is_said(broken: str) -> None:
    with pytest.raises(LetterError, match="填写标记写坏了"):
        render(template(broken), {"名称": "甲"}, name="坏.docx")


def test_a_template_cannot_reach_into_the_program() -> None:
    with pytest.raises(LetterError):
        render(template("{{ 名称.__class__.__mro__ }}"), {"名称": "甲"})


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"not a zip"])
def test_what_is_no_word_file_is_said(data: bytes) -> None:
    with pytest.raises(LetterError, match="不是 Word 文件"):
        render(data, {}, name="坏.docx")


def test_a_template_with_broken_xml_is_said() -> None:
    from support.broken_letters import edited

    with pytest.raises(LetterError, match="已经损坏"):
        render(edited(template("甲"), "document", "</w:body>", ""), {}, name="坏.docx")


def test_loops_that_tear_the_page_apart_are_said() -> None:
    begun = Grid((156,), ((Cell(e.TABLE_TEXT, "{% for 项 in 甲 %}{{ 项 }}"),),))
    torn = make(Skeleton("form", (begun, Text(e.BODY, "{% endfor %}尾"))))
    with pytest.raises(LetterError, match=r"坏\.docx.*不是完好的"):
        render(torn, {"甲": ["一", "二"]}, name="坏.docx")


def test_keys_of_a_template_with_those_of_list_items() -> None:
    found = template_keys(
        template("{{ 编号 }}{% if 依据 %}x{% endif %}", "{%p for 项 in 补正事项 %}", "{{ 项.要求 }}", "{%p endfor %}")
    )
    assert found == {"编号", "依据", "补正事项", "补正事项.要求"}


def test_two_loops_with_one_name_keep_their_own_keys() -> None:
    loops = [
        f"{{%p for 材料 in {name} %}}|{{{{ 材料.{key} }}}}|{{%p endfor %}}".split("|")
        for name, key in (("甲", "说明"), ("乙", "要求"))
    ]
    assert template_keys(template(*loops[0], *loops[1])) == {"甲", "乙", "甲.说明", "乙.要求"}


def test_keys_that_word_tore_apart_still_work() -> None:
    """Word splits a key over runs whenever spelling or a cursor passes through it."""
    whole = zipfile.ZipFile(io.BytesIO(template("{{ 名称 }}")))
    torn = io.BytesIO()
    with zipfile.ZipFile(torn, "w") as archive:
        for name in whole.namelist():
            data = whole.read(name).decode()
            archive.writestr(name, data.replace("{{ 名称 }}", '{{ 名</w:t></w:r><w:r><w:t xml:space="preserve">称 }}'))
    assert texts(render(torn.getvalue(), {"名称": "启航镇"}))[0] == "启航镇"


def test_table_rows_repeat() -> None:
    rows = tuple((Cell(e.TABLE_TEXT, text),) for text in ("{%tr for 项 in 甲 %}", "{{ 项.名 }}", "{%tr endfor %}"))
    word = render(make(Skeleton("form", (Grid((156,), rows),))), {"甲": [{"名": "一"}, {"名": "二"}]})
    assert [row.cells[0].text for row in docx.Document(io.BytesIO(word)).tables[0].rows] == ["一", "二"]


@pytest.mark.parametrize("on", ["accepted", "supplement"])
def test_the_packs_templates_use_only_provided_keys(on: Occasion) -> None:
    used = template_keys(spec(on).template)
    assert used <= provided_keys(programme(), on)
    assert {"编号", "申请单位", "发文机关", "成文日期"} <= used


def test_the_supplement_letter_says_everything() -> None:
    said = "\n".join(texts(written(supplement_letter(2))))
    for words in (
        "第1张表第2行",
        "请写明已有的场所",
        "依据：附件2",
        "2022年3月24日",
        "10个工作日",
        "逾期没有补正",
        "送达回执",
        "实施方案",
        "是否已经盖章",
    ):
        assert words in said
    assert "次报送" not in said
    assert "第2次报送" in "\n".join(texts(written(supplement_letter(2, version_no=2))))


def test_the_acceptance_letter_lists_what_came_and_what_follows() -> None:
    word = written(acceptance_letter(2))
    cells = [cell.text for cell in docx.Document(io.BytesIO(word)).tables[0]._cells]
    assert cells[3:6] == ["1", "申报材料第1件", "电子版，Word 文件"]
    said = "\n".join(texts(word))
    assert "现予受理" in said
    assert "二、后续安排" in said
    assert "补交" not in said


def test_the_packs_templates_open_in_word_and_are_committed_as_drawn() -> None:
    from support.draw_letters import LETTERS

    for name, skeleton in LETTERS.items():
        assert (TEMPLATES / name).read_bytes() == make(skeleton)
        section = docx.Document(io.BytesIO((TEMPLATES / name).read_bytes())).sections[0]
        assert section.different_first_page_header_footer == (skeleton.kind == "letter")
