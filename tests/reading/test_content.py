"""Wrappers come off at every level; what is deleted or a prompt is not content."""

import pytest

from support.wordml import p, r, read, sdt, spans, table, tc, tr

WRAPS = {
    "content control": sdt("{}"),
    "custom xml": '<w:customXml w:element="x">{}</w:customXml>',
    "inserted": '<w:ins w:id="1" w:author="a">{}</w:ins>',
    "moved here": '<w:moveTo w:id="1" w:author="a">{}</w:moveTo>',
    "nested": '<w:customXml w:element="x">' + sdt(sdt("{}")) + "</w:customXml>",
    "choice": '<mc:AlternateContent><mc:Choice Requires="w14">{}</mc:Choice><mc:Fallback/></mc:AlternateContent>',
}


@pytest.mark.parametrize("wrap", WRAPS.values(), ids=WRAPS)
class TestWrappedAtEveryLevel:
    def test_paragraph(self, wrap: str) -> None:
        assert read(p("前") + wrap.format(p("中")) + p("后")).text == "前\n中\n后"

    def test_row(self, wrap: str) -> None:
        assert table(tr("甲") + wrap.format(tr("乙")) + tr("丙")).text == "甲\n乙\n丙"

    def test_cell(self, wrap: str) -> None:
        found = table(tr("甲", wrap.format(tc("乙")), "丙"))
        assert spans(found) == [("甲", 0, 0, 1, 1), ("乙", 0, 1, 1, 1), ("丙", 0, 2, 1, 1)]

    def test_block_in_a_cell(self, wrap: str) -> None:
        assert table(tr(tc(inner=p("上") + wrap.format(p("下"))))).text == "上\n下"

    def test_run(self, wrap: str) -> None:
        assert read(p("前", wrap.format(r("中")), "后")).text == "前中后"


@pytest.mark.parametrize(
    "wrap",
    [
        "<w:smartTag>{}</w:smartTag>",
        '<w:hyperlink r:id="x">{}</w:hyperlink>',
        '<w:fldSimple w:instr="DATE">{}</w:fldSimple>',
        '<w:dir w:val="ltr">{}</w:dir>',
    ],
)
def test_run_wrappers(wrap: str) -> None:
    assert read(p("前", wrap.format(r("中")), "后")).text == "前中后"


@pytest.mark.parametrize("tag", ["del", "moveFrom"])
def test_deleted_runs_are_gone(tag: str) -> None:
    deleted = f'<w:{tag} w:id="1" w:author="a"><w:r><w:delText>旧</w:delText></w:r>{r("旧")}</w:{tag}>'
    inserted = f'<w:ins w:id="2" w:author="a">{r("新")}{deleted}</w:ins>'
    assert read(p("二〇", deleted, inserted, "年")).text == "二〇新年"


class TestPrompts:
    PROMPT = "<w:showingPlcHdr/>"

    def test_run_level(self) -> None:
        assert read(p("姓名：", sdt(r("单击此处输入文字"), self.PROMPT))).text == "姓名："

    def test_cell_level_leaves_an_empty_cell(self) -> None:
        assert spans(table(tr("姓名", sdt(tc("单击此处输入"), self.PROMPT)))) == [
            ("姓名", 0, 0, 1, 1),
            ("", 0, 1, 1, 1),
        ]

    def test_block_level_with_controls_inside(self) -> None:
        assert read(sdt(p("提示", sdt(r("内"))), self.PROMPT)).text == ""

    def test_a_prompt_switched_off_is_an_answer(self) -> None:
        assert read(p(sdt(r("张三"), '<w:showingPlcHdr w:val="0"/>'))).text == "张三"


class TestCheckBoxControls:
    @staticmethod
    def box(state: str) -> str:
        return f'<w14:checkbox><w14:checked w14:val="{state}"/></w14:checkbox>'

    @pytest.mark.parametrize(("state", "mark"), [("1", "☑"), ("0", "☐"), ("true", "☑"), ("false", "☐")])
    def test_its_own_state_counts_once(self, state: str, mark: str) -> None:
        assert read(p(sdt(r("☒") + r("又"), self.box(state)), "是")).text == f"{mark}是"

    def test_around_a_cell(self) -> None:
        assert table(tr(sdt(tc("R"), self.box("1")), "是")).text == "☑\t是"

    def test_around_a_paragraph_in_a_wrapper(self) -> None:
        inner = f'<w:customXml w:element="x">{p("R")}</w:customXml>{p("S")}'
        assert read(sdt(inner, self.box("1"))).text == "☑\n"


class TestAlternates:
    def test_one_branch_only(self) -> None:
        alternate = '<mc:AlternateContent><mc:Choice Requires="wps">{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>'
        assert read(p("前") + alternate.format(p("新"), p("旧"))).text == "前\n新"

    def test_fallback_of_what_we_do_not_understand(self) -> None:
        alternate = '<mc:AlternateContent><mc:Choice Requires="cx9">{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>'
        assert read(alternate.format(p("新"), p("旧"))).text == "旧"

    def test_a_choice_without_fallback_is_better_than_nothing(self) -> None:
        assert (
            read(f'<mc:AlternateContent><mc:Choice Requires="cx9">{p("新")}</mc:Choice></mc:AlternateContent>').text
            == "新"
        )
