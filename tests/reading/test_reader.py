"""Any bytes at all: a document, or a refusal a clerk can act on."""

import gzip
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from formflow.errors import UnreadableError
from formflow.model.document import Document, Paragraph, Table
from formflow.reading import Limits, reader
from formflow.reading.reader import read_document
from support.wordml import docx, members, p, r, sdt, tc, tr, zipped

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "real"
# What is asked of the real files: how many cells their tables have, by a piece of the name.
CELLS = {
    "2025年省级": [148],
    "工程申请单": [3, 13],
    "附件1": [67],
    "附件2": [67],
    "电磁水表": [77, 30],
    "电磁热量表": [77, 30],
    "PLC": [30],
    "冰厚": [30],
    "电极式": [30],
    "test3_null": [56],
    "汇总表_附件3": [77],
    "附件6.expected": [29, 6, 2],
    "sample4": [28],
    "横向项目": [],
    "公安部": [73],
    "武发改规": [57],
}
CODES = {
    "msoffcrypto_example_password.docx": "encrypted",
    "msoffcrypto_example_password.xlsx": "encrypted",
    "poi_bug53475-password-is-pass.docx": "encrypted",
    "poi_PasswordProtected.doc": "encrypted",
    "poi_ExternalEntityInText.docx": "hostile",
    "poi_crash-517626e815e0afa9decd0ebb6d1dee63fb9907dd.docx": "truncated",
    "poi_truncated62886.docx": "truncated",
    "poi_invalid.xlsx": "unsupported",
    "poi_poc-xmlbomb.xlsx": "hostile",
    "poi_xlsx-corrupted.xlsx": "damaged",
    "poi_xor-encryption-abc.xls": "encrypted",
    "~$州国电能源院）ZY-SB-GDNYY-10展品汇总表.docx": "locked",
    "关于开展专业岗位领导干部遴选工作的通知.rar": "unsupported",
    "poi_checkboxes.docx": "",
    "poi-tl_sdt内容控件与嵌套表.docx": "",
}


def outcome(data: bytes) -> str:
    """ "" if the bytes were read, else the code they were refused with."""
    try:
        document = read_document(data)
    except UnreadableError as refusal:
        error = refusal
    else:
        assert isinstance(document, Document)
        return ""
    assert error.message.endswith("。")
    assert error.remedy.endswith("。")
    return error.code


def tables(blocks: tuple[Paragraph | Table, ...]) -> list[Table]:
    found = []
    for block in blocks:
        if isinstance(block, Table):
            found.append(block)
            for cell in block.cells:
                found += tables(cell.blocks)
    return found


def test_real_forms_and_notices() -> None:
    paths = sorted([*CORPUS.glob("forms_docx/*.docx"), *CORPUS.glob("notices/*.docx")])
    assert len(paths) >= 16
    for path in paths:
        document = read_document(path.read_bytes())
        expected = next(cells for piece, cells in CELLS.items() if piece in path.name)
        assert [len(found.cells) for found in tables(document.blocks)] == expected, path.name
        assert document.text.strip()


def test_every_cell_covers_its_own_ground() -> None:
    paths = sorted(CORPUS.glob("forms_docx/*.docx"))
    assert paths
    for path in paths:
        for found in tables(read_document(path.read_bytes()).blocks):
            ground = [
                (row, column)
                for cell in found.cells
                for row in range(cell.row, cell.row + cell.row_span)
                for column in range(cell.column, cell.column + cell.column_span)
            ]
            assert len(ground) == len(set(ground)), path.name
            assert max(ground) <= (found.rows - 1, found.columns - 1)


def test_files_that_are_hard_to_read() -> None:
    found = {path.name: outcome(path.read_bytes()) for path in (CORPUS / "robustness").iterdir()}
    assert found == CODES


def test_old_check_boxes_in_a_real_file() -> None:
    text = read_document((CORPUS / "robustness" / "poi_checkboxes.docx").read_bytes()).text
    assert "unchecked: ☐" in text
    assert "checked: ☑" in text


@pytest.mark.parametrize(
    ("data", "code", "word"),
    [
        (b"", "empty", "空"),
        (bytes(100), "empty", "空"),
        (b"{\\rtf1}", "unsupported", "RTF"),
        (b"\xff\xd8\xff\xe0", "damaged", "图像"),
        (b"<html>", "empty", "网页"),
        (b" \r\n\t", "empty", "空"),
        (b"<svg></svg>", "not_word", "XML"),
        (b"\x01\x02\x00", "not_word", "认不出"),
        (gzip.compress("甲".encode(), mtime=0), "unsupported", "改用 .zip 格式"),
        (zipped({"a.docx": b"x"}), "unsupported", "解压"),
        (zipped({"[Content_Types].xml": b"", "ppt/presentation.xml": b""}), "not_word", "演示文稿"),
    ],
)
def test_says_what_it_is_and_what_to_do(data: bytes, code: str, word: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_document(data)
    assert caught.value.code == code
    assert word in str(caught.value)


def test_size() -> None:
    assert read_document(docx(p("甲"))).text == "甲"
    with pytest.raises(UnreadableError) as caught:
        read_document(docx(p("甲")), Limits(max_file=100))
    assert caught.value.code == "too_large"


@pytest.mark.parametrize(("error", "code"), [(RecursionError(), "hostile"), (MemoryError(), "out_of_memory")])
def test_what_a_reader_stumbles_over(monkeypatch: pytest.MonkeyPatch, error: BaseException, code: str) -> None:
    def stumble(data: bytes, limits: Limits) -> Document:
        raise error

    monkeypatch.setattr(reader, "READERS", {"docx": stumble})
    assert outcome(docx(p("甲"))) == code


MERGED = '<w:vMerge w:val="restart"/>'
RICH = members(
    p("单位：", r("  ", '<w:u w:val="single"/>'))
    + sdt(p(r(inner='<w:fldChar w:fldCharType="begin"/>')), "<w:showingPlcHdr/>")
    + f"<w:tbl>{tr(tc('甲', MERGED), '乙') + tr(tc('', '<w:vMerge/>'), '丙')}</w:tbl>",
    styles='<w:style w:styleId="a"><w:basedOn w:val="a"/></w:style>',
    numbering='<w:num w:numId="1"/>',
)
QUIET = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


@QUIET
@given(
    st.binary(max_size=600), st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-", b"BM"])
)
def test_random_bytes(data: bytes, magic: bytes) -> None:
    outcome(magic + data)


@QUIET
@given(
    st.integers(0, 10**6),
    st.binary(min_size=1, max_size=8),
    st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]),
)
def test_mutated_containers(at: int, noise: bytes, method: int) -> None:
    data = zipped(RICH, method)
    at %= len(data)
    outcome(data[:at] + noise + data[at + len(noise) :])


@QUIET
@given(
    st.sampled_from(sorted(RICH)),
    st.integers(0, 10**6),
    st.sampled_from([b"<", b"</w:p>", b"0", b'"', b"&a;", b"\x00", b"<w:tbl>", b""]),
)
def test_mutated_parts(name: str, at: int, noise: bytes) -> None:
    part = RICH[name]
    at %= len(part)
    outcome(zipped(RICH | {name: part[:at] + noise + part[at + 1 :]}))


TAGS = ("p", "r", "t", "tbl", "tr", "tc", "sdt", "sdtContent", "sdtPr", "tcPr", "trPr", "vMerge", "gridSpan", "fldChar", "ins", "del", "pict", "txbxContent", "pPr", "numPr", "numId", "ilvl", "sym")  # fmt: skip
ATTRIBUTES = st.sampled_from(
    ["", ' w:val="restart"', ' w:val="-1"', ' w:val="x"', ' w:fldCharType="begin"', ' w:char="F0FE" w:font="Wingdings"']
)
XML = st.recursive(
    st.sampled_from(["字", ""]),
    lambda inner: st.builds(
        lambda tag, attributes, parts: f"<w:{tag}{attributes}>{''.join(parts)}</w:{tag}>",
        st.sampled_from(TAGS),
        ATTRIBUTES,
        st.lists(inner, max_size=4),
    ),
    max_leaves=25,
)


@QUIET
@given(XML)
def test_any_arrangement_of_elements_is_read(xml: str) -> None:
    """Sound XML in an order no schema allows: nothing to refuse, and nothing to stumble over."""
    assert outcome(docx(xml)) == ""


def test_a_container_in_a_container_is_not_opened() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("甲.docx", docx(p("甲")))
    assert outcome(buffer.getvalue()) == "unsupported"


def test_more_text_than_anybody_writes_is_refused_in_words() -> None:
    # 10 characters, 90, and 100 in a cell.
    paper = docx(p("单位名称：某镇总工会") + p("x" * 90) + f"<w:tbl>{tr(tc('甲' * 100))}</w:tbl>")
    read_document(paper, Limits(max_text=200))
    with pytest.raises(UnreadableError) as caught:
        read_document(paper, Limits(max_text=199))
    assert caught.value.code == "too_large"
