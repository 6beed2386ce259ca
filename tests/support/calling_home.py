"""Files of every kind that ask their reader to fetch something from an address, in every way their kind has.

`calling(address)` gives them by name; `address` is host:port.
"""

from __future__ import annotations

import io
import zipfile

from support.archives import attached, mail, part, zipped
from support.ofds import ofd, text
from support.sheets import ods, ods_cell, xlsx
from support.wordml import body_part, members, p

_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ODT = "application/vnd.oasis.opendocument.text"


def external(**links: str) -> bytes:
    """A part of links to the outside: the type's last word → target."""
    rows = "".join(
        f'<Relationship Id="e{number}" Type="{_OFFICE}/{kind}" Target="{target}" TargetMode="External"/>'
        for number, (kind, target) in enumerate(links.items())
    )
    return f'<Relationships xmlns="{_RELS}">{rows}</Relationships>'.encode()


def doctype(url: str, root: str) -> str:
    """What makes an XML reader fetch: a document type elsewhere, and an entity elsewhere."""
    return f'<!DOCTYPE {root} SYSTEM "{url}/dtd" [<!ENTITY x SYSTEM "{url}/entity"><!ENTITY % y SYSTEM "{url}/parameter"> %y;]>'


def calling(address: str) -> dict[str, bytes]:
    """Each file reads well, or would, if the calls were left out."""
    url = f"http://{address}"
    return {**_word(url, address), **_sheets(url), **_others(url, address)}


def _word(url: str, address: str) -> dict[str, bytes]:
    fields = "".join(
        f'<w:p><w:fldSimple w:instr="{instruction} &quot;{url}/{number}&quot;"><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>'
        for number, instruction in enumerate(
            ("INCLUDEPICTURE", "INCLUDETEXT", "LINK Word.Document.12", "DDEAUTO excel")
        )
    )
    picture = (
        '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><a:graphic><a:graphicData>'
        '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip r:link="e0" r:embed="e0"/></pic:blipFill></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
    plain = members(p("单位名称") + fields + p(picture))
    linked = plain | {
        "word/_rels/document.xml.rels": external(
            image=f"{url}/image", oleObject=f"{url}/ole", subDocument=f"{url}/sub", aFChunk=f"{url}/chunk", header=f"{url}/header",
            hyperlink=f"{url}/link", styles=f"file://{address}/share/styles",
        ),
        "word/settings.xml": body_part("").replace("document", "settings").encode(),
        "word/_rels/settings.xml.rels": external(attachedTemplate=f"{url}/template.dotm", mailMergeSource=f"{url}/data"),
        "_rels/.rels": plain["_rels/.rels"].replace(b"</Rel", external(customXml=f"{url}/custom").partition(b">")[2].partition(b"</Rel")[0] + b"</Rel"),
    }  # fmt: skip
    entity = plain | {
        "word/document.xml": (doctype(url, "w:document") + body_part(p("&x;")).partition("?>")[2]).encode()
    }
    return {"链接.docx": zipped(linked), "实体.docx": zipped(entity)}


def _sheets(url: str) -> dict[str, bytes]:
    book = _files(xlsx({"A1": "单位名称", "A2": f'=WEBSERVICE("{url}/service")', "A3": f"='[{url}/book.xlsx]表'!A1"}))
    linked = book | {
        "xl/externalLinks/externalLink1.xml": b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>',
        "xl/externalLinks/_rels/externalLink1.xml.rels": external(externalLinkPath=f"{url}/book.xlsx"),
        "xl/worksheets/_rels/sheet1.xml.rels": external(
            drawing=f"{url}/drawing", hyperlink=f"{url}/link", queryTable=f"{url}/query"
        ),
        "xl/connections.xml": f'<connections xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><connection id="1" type="4"><webPr url="{url}/web"/></connection></connections>'.encode(),
    }
    entity = book | {
        name: data.replace(b"<worksheet", doctype(url, "worksheet").encode() + b"<worksheet", 1)
        for name, data in book.items()
        if name.startswith("xl/worksheets/sheet")
    }
    cell = ods_cell("单位名称") + f'<table:table-cell table:formula="of:=WEBSERVICE(&quot;{url}/service&quot;)"/>'
    open_sheet = _files(ods(f"<table:table-row>{cell}</table:table-row>"))
    source = f'<table:table xmlns:xlink="http://www.w3.org/1999/xlink" table:name="外"><table:table-source xlink:href="{url}/source.ods"/></table:table>'
    open_sheet["content.xml"] = open_sheet["content.xml"].replace(b"</office:spreadsheet>", source.encode() + b"</office:spreadsheet>")  # fmt: skip
    return {"链接.xlsx": zipped(linked), "实体.xlsx": zipped(entity), "链接.ods": zipped(open_sheet)}


def _files(container: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(container)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _others(url: str, address: str) -> dict[str, bytes]:
    away = _files(ofd(text("单位名称", 30, 30)))
    away["Doc_0/Document.xml"] = away["Doc_0/Document.xml"].replace(
        b"<ofd:PageArea>", f"<ofd:PublicRes>{url}/public.xml</ofd:PublicRes><ofd:PageArea>".encode()
    )
    away["Doc_0/Document.xml"] = away["Doc_0/Document.xml"].replace(b'BaseLoc="Pages/0.xml"', f'BaseLoc="{url}/page.xml"'.encode())  # fmt: skip
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{"".join(f"<image {key}={url!r}/>" for key in ("href", "xlink:href"))}</svg>'
    page = f'<html><head><link rel="stylesheet" href="{url}/css"><meta http-equiv="refresh" content="0;url={url}/next"></head><body><img src="{url}/img"><iframe src="{url}/frame"></iframe></body></html>'
    outside = f'Content-Type: message/external-body; access-type=URL; URL="{url}/body"\r\n\r\nContent-Type: text/plain\r\n\r\n'
    return {
        "外链.ofd": zipped(away),
        "实体.ofd": ofd(text("&x;", 30, 30), prologue=doctype(url, "ofd:Page")),
        "图.svg": svg.encode(),
        "网页.doc": page.encode(),
        "外链.pdf": _pdf(url),
        "信.eml": mail(part("Content-Disposition: inline", page.encode(), "text/html"), outside.encode(), attached("图.svg", svg.encode())),
        "外链.rtf": _rtf(url, address),
        "外链.odt": _odt(url),
        "实体.odt": _odt(url, doctype(url, "office:document-content")),
    }  # fmt: skip


def _rtf(url: str, address: str) -> bytes:
    return (
        rf"{{\rtf1\ansi{{\*\template {url}/template.dotm}}"
        rf'{{\field{{\*\fldinst INCLUDEPICTURE "{url}/picture.png" \\d}}{{\fldrslt x}}}}'
        rf'{{\field{{\*\fldinst INCLUDETEXT "{url}/text.rtf"}}{{\fldrslt x}}}}'
        rf'{{\field{{\*\fldinst INCLUDEPICTURE "ftp://{address}/picture.png" \\d}}{{\fldrslt x}}}}'
        rf'{{\field{{\*\fldinst INCLUDEPICTURE "smb://{address}/share/picture.png" \\d}}{{\fldrslt x}}}}'
        rf'{{\field{{\*\fldinst DDEAUTO soffice "{url}/dde.odt" all}}{{\fldrslt x}}}}'
        rf'{{\field{{\*\fldinst INCLUDEPICTURE "//{address}/share/picture.png"}}{{\fldrslt x}}}}'
        rf"{{\object\objautlink\objupdate{{\*\objclass htmlfile}}{{\*\objdata 0105}}}} \par end}}"
    ).encode()


def _odt(url: str, prologue: str = "") -> bytes:
    names = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"' for prefix in ("office", "text", "table")
    )
    content = (
        f'<?xml version="1.0"?>{prologue}<office:document-content {names} xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
        'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" office:version="1.2"><office:body><office:text>'
        f'<text:section text:name="s"><text:section-source xlink:type="simple" xlink:href="{url}/section.odt"/><text:p>x</text:p></text:section>'
        f'<text:p>end<draw:frame text:anchor-type="as-char" svg:width="2cm" svg:height="2cm"><draw:image xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad" xlink:href="{url}/image.png"/></draw:frame>'
        f'<draw:frame text:anchor-type="as-char" svg:width="2cm" svg:height="2cm"><draw:object xlink:type="simple" xlink:href="{url}/object.ods"/></draw:frame></text:p>'
        "</office:text></office:body></office:document-content>"
    )
    manifest = f'<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry m:full-path="/" m:media-type="{_ODT}"/><m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>'
    return zipped(
        {"mimetype": _ODT.encode(), "content.xml": content.encode(), "META-INF/manifest.xml": manifest.encode()}
    )


def _pdf(url: str) -> bytes:
    """A page with a stream elsewhere, and actions on opening."""
    spec = f"<</FS/URL/F({url}/spec)>>"
    objects = (
        f"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/URI/URI({url}/open)>>/AA<</O<</S/JavaScript/JS(app.launchURL('{url}/js'))>>>>>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>/Contents 4 0 R/AA<</O<</S/GoToR/F{spec}>>>>>>",
        "<</Length 44>>stream\nBT /F 12 Tf 72 720 Td (end) Tj ET /X Do      \nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        f"<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/F{spec}/Length 0>>stream\n\nendstream",
    )
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj{body}endobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + end.encode()
