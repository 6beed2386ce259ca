"""Letters that break one rule each: a finished Word file with a piece of its XML changed."""

from __future__ import annotations

import io
import zipfile

from formflow.letters import elements as e
from formflow.letters.skeleton import Kind, Skeleton, Text, make
from formflow.letters.word import render

BODY = "为做深做实联系服务职工群众工作，增强工会职工服务中心服务职工功能，着力提升工会组织吸引力凝聚力影响力，市总工会决定在全市开展职工服务中心赋能创优活动，现就有关事项通知如下，请结合实际认真组织实施。"
TITLE = "南通市总工会关于开展职工服务中心\n赋能创优活动的通知"


def document(kind: Kind, paragraphs: int = 8, title: str = TITLE) -> bytes:
    """A whole document of a kind, filled in, that keeps every rule."""
    number = (Text(e.NUMBER, "通工发〔2022〕8号"),) if kind != "form" else ()
    blocks = (
        *number, Text(e.TITLE, title), Text(e.RECIPIENT, "各县（市）区总工会："), *(Text(e.BODY, BODY),) * paragraphs,
        Text(e.HEADING_1, "一、指导思想"), Text(e.HEADING_2, "（一）工作原则"), Text(e.BODY, BODY), Text(e.HEADING_1, "二、基本要求"),
        Text(e.BODY, BODY), Text(e.ENCLOSURES, "附件：职工服务中心赋能创优评价指标"), Text(e.SIGNATURE, "南通市总工会"),
        Text(e.DATE, "2022年3月7日"), Text(e.REMARK, "（此件公开发布）"),
    )  # fmt: skip
    mark = {"letter": "南通市总工会", "red_header": "南通市总工会文件", "form": ""}[kind]
    printed = ("南通市总工会办公室", "2022年3月7日") if kind == "red_header" else None
    return render(make(Skeleton(kind, blocks, mark, "江苏省总工会，中共南通市委办公室。", printed)), {})


def edited(word: bytes, part: str, old: str, new: str, count: int = -1) -> bytes:
    """The file with `old` replaced in one part; fails if there is no `old`, so that a test cannot pass on an unchanged file."""
    source, written = zipfile.ZipFile(io.BytesIO(word)), io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            data = source.read(name).decode()
            if name == f"word/{part}.xml":
                assert old in data, f"{old} is not in {part}"
                data = data.replace(old, new, count)
            archive.writestr(name, data)
    return written.getvalue()


def restyled(word: bytes, style: str, old: str, new: str) -> bytes:
    """The file with `old` replaced inside one style's definition."""
    styles = zipfile.ZipFile(io.BytesIO(word)).read("word/styles.xml").decode()
    start = styles.index(f'w:styleId="{style}"')
    end = styles.index("</w:style>", start)
    definition = styles[start:end]
    assert old in definition, f"{old} is not in {style}"
    return edited(word, "styles", definition, definition.replace(old, new))
