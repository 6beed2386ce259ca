"""The whole file: what stands beside the body, and what the reader remarks upon."""

from formflow.reading.docx import read_docx
from support.wordml import docx, first, members, p, r, read, relationships, sdt, table, tc, tr, zipped


def note(kind: str, inner: str, note_type: str = "") -> str:
    return f'<w:{kind} w:id="1"{f" w:type={chr(34)}{note_type}{chr(34)}" if note_type else ""}>{inner}</w:{kind}>'


REFERENCES = p(r(inner='<w:footnoteReference w:id="1"/>'), r(inner='<w:endnoteReference w:id="1"/>'))


def test_furniture() -> None:
    document = read(
        p("正文") + REFERENCES,
        header=p("页眉") + f"<w:tbl>{tr('编号')}</w:tbl>",
        footer=p("") + p("页脚"),
        footnotes=note("footnote", p("——"), "separator") + note("footnote", p("脚注")),
        endnotes=note("endnote", p("尾注")),
        comments=note("comment", p("批注")),
    )
    assert {(line.text, line.locator.part) for line in document.furniture} == {
        ("页眉", "header 1, paragraph 1"),
        ("编号", "header 1, table 1, row 1, column 1"),
        ("页脚", "footer 1, paragraph 2"),
        ("脚注", "footnote 1, paragraph 1"),
        ("尾注", "endnote 1, paragraph 1"),
        ("批注", "comment 1, paragraph 1"),
    }
    assert document.text == "正文\n"


def test_notes_that_nothing_refers_to_are_not_there() -> None:
    leftover = read(p("正文"), footnotes=note("footnote", p("旧注")), endnotes=note("endnote", p("旧注")))
    assert leftover.furniture == ()


def test_pictures_of_a_header_are_its_own() -> None:
    drawing = r(inner='<w:drawing><a:blip r:embed="rId1"/></w:drawing>')
    files = members(p("正文", drawing), header=p("页眉", drawing))
    files["word/_rels/header1.xml.rels"] = relationships({"rId1": ("image", "media/logo.png")}).encode()
    document = read_docx(zipped(files))
    assert document.furniture[0].pictures[0].name == "word/media/logo.png"
    assert next(document.paragraphs()).pictures == ()


def test_a_missing_part_beside_the_body_is_no_matter() -> None:
    files = members(p("正文"), header=p("页眉"), styles="")
    del files["word/header1.xml"], files["word/styles.xml"]
    assert read_docx(zipped(files)).text == "正文"


class TestRemarks:
    def test_plain(self) -> None:
        document = read(p("正文"))
        assert (document.format, document.remarks, document.furniture, document.unread) == ("docx", (), (), ())

    def test_tracked_changes(self) -> None:
        for body in (p(f"<w:ins>{r('新')}</w:ins>"), p("甲") + f"<w:tbl>{tr('乙', props='<w:del/>')}</w:tbl>"):
            assert [remark for remark in read(body).remarks if "修订" in remark]

    def test_comments(self) -> None:
        assert "批注" in read(p("正文"), comments=note("comment", p("批"))).remarks[0]

    def test_embedded_objects(self) -> None:
        document = read(p("正文", r(inner="<w:object/>")))
        assert "对象" in document.remarks[0]
        assert document.unread == document.remarks

    def test_another_document_inside(self) -> None:
        document = read(p("正文") + '<w:altChunk r:id="x"/>')
        assert "另一份文档" in document.remarks[0]
        assert document.unread == document.remarks

    def test_macros(self) -> None:
        files = members(p("正文"))
        files["word/_rels/document.xml.rels"] = relationships({"a": ("vbaProject", "vbaProject.bin")}).encode()
        assert "宏" in read_docx(zipped(files)).remarks[0]

    def test_no_text(self) -> None:
        assert read(p("  ")).remarks == ("正文没有文字",)
        scan = p(r(inner='<w:drawing><a:blip r:embed="a.png"/></w:drawing>'))
        assert "扫描件" in read(scan, media={"a.png": b""}).remarks[0]


def test_a_form_as_it_comes() -> None:
    """Everything at once: a control, a tracked change, a nested wrapper and a spanning cell in one table."""
    found = table(
        tr(tc("一、申请单位现状", '<w:gridSpan w:val="2"/>'))
        + tr(
            "申请单位",
            sdt(tc(inner=p(sdt(r("海安")), "<w:ins>" + r("市") + "</w:ins>", "<w:del>" + r("县") + "</w:del>"))),
        )
        + sdt(tr("所属行业", "制鞋业"))
    )
    assert found.text == "一、申请单位现状\n申请单位\t海安市\n所属行业\t制鞋业"
    assert first(p("正文")).locator.part == "paragraph 1"


def test_the_same_bytes_give_the_same_document() -> None:
    data = docx(p("甲", r(" ", '<w:u w:val="single"/>')) + f"<w:tbl>{tr('乙', '丙')}</w:tbl>")
    assert read_docx(data) == read_docx(data)
