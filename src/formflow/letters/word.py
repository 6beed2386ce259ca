"""A Word template and its values in, a finished Word file out.

docxtpl's notation (`{{ 单位名称 }}`, `{%p for 事项 in 补正事项 %}`, `{%tr … %}`) lets a clerk edit the template in Word or WPS; its patching of
Word's XML is used once per template, and what comes of it is kept compiled, because opening a template costs twenty times a letter.
The same template and values always give the same bytes. Text from outside is text: markup and template notation in it stay literal.

Not done here: deciding what the letter says (`compose`), drawing it (`typeset`), checking that a pack knows the keys (`packs`).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError, meta, nodes
from jinja2.environment import Template
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree

from formflow.errors import ExitCode, FormflowError
from formflow.letters.closing import fit_mark, place_signature
from formflow.letters.ooxml import parse_xml, style_names
from formflow.letters.title_breaks import break_titles
from formflow.letters.titles import TITLE_ROOM

_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
# The parts of a Word file in which a clerk can write keys.
_RENDERED = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
# What XML 1.0 cannot hold: control characters but tab and newline, lone surrogates, two non-characters.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_CACHE_SIZE = 64


class LetterError(FormflowError):
    """A letter that cannot be written because its template is broken or asks for something nobody provides."""

    exit_code = ExitCode.CONFIGURATION


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A template ready to be filled: its parts in order, those with keys as compiled templates, the others as bytes."""

    parts: tuple[tuple[str, Template | bytes], ...]
    keys: frozenset[str]
    styles: Mapping[str, str]


def render(template: bytes, context: Mapping[str, Any], *, name: str = "") -> bytes:
    """The filled-in Word file. `name` is the template's file name, for messages.

    Newlines in values become line breaks. Raises LetterError for a template that is no Word file, has broken notation, or uses a
    key that `context` does not have.
    """
    compiled = _compile(template, name)
    values = {key: _clean(value) for key, value in context.items()}
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for part, content in compiled.parts:
            data = (
                content if isinstance(content, bytes) else _adapt(_fill(content, values, name), compiled.styles, values)
            )
            archive.writestr(_entry(part), data)
    return written.getvalue()


def template_keys(template: bytes, *, name: str = "") -> frozenset[str]:
    """Every key the template uses; the keys of a list's items with the list's name before them (补正事项.要求)."""
    return _compile(template, name).keys


def _entry(part: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(part, _ZIP_TIME)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    return info


@lru_cache(maxsize=_CACHE_SIZE)
def _compile(template: bytes, name: str) -> _Compiled:
    patcher = DocxTemplate(io.BytesIO(template))
    environment = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    parts: list[tuple[str, Template | bytes]] = []
    keys: set[str] = set()
    for part, data in _unpack(template, name):
        if not _RENDERED.fullmatch(part):
            parts.append((part, data))
            continue
        source = patcher.patch_xml(etree.tostring(_parsed(data, name), encoding="unicode"))
        try:
            tree = environment.parse(source)
            keys |= _keys_of(tree)
            parts.append((part, environment.from_string(source)))
        except TemplateSyntaxError as error:
            raise LetterError(
                f"{_title(name)}的填写标记写坏了：{error.message}",
                "请检查模板里的 {{ }} 和 {% %} 是否成对、是否写全，并可与软件自带的模板对照。",
            ) from error
    return _Compiled(tuple(parts), frozenset(keys), style_names(dict(_unpack(template, name)).get("word/styles.xml")))


def _parsed(data: bytes, name: str) -> etree._Element:
    try:
        return parse_xml(data)
    except etree.XMLSyntaxError as error:
        raise LetterError(f"{_title(name)}已经损坏。", "请换上完好的模板文件。") from error


def _unpack(template: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    """Parts of the Word file, [Content_Types].xml first, the others in the file's order."""
    try:
        with zipfile.ZipFile(io.BytesIO(template)) as archive:
            names = [info.filename for info in archive.infolist() if not info.is_dir()]
            if "word/document.xml" not in names:
                raise zipfile.BadZipFile("no word/document.xml")
            for part in sorted(names, key=lambda part: part != "[Content_Types].xml"):
                yield part, archive.read(part)
    except (zipfile.BadZipFile, EOFError, OSError) as error:
        raise LetterError(f"{_title(name)}不是 Word 文件（.docx），或者已经损坏。", "请换上完好的模板文件。") from error


def _title(name: str) -> str:
    return f"文书模板“{name}”" if name else "文书模板"


def _keys_of(tree: nodes.Template) -> set[str]:
    keys = set(meta.find_undeclared_variables(tree))
    _walk(tree, {}, keys)
    return keys


def _walk(node: nodes.Node, loops: Mapping[str, str], keys: set[str]) -> None:
    """Adds the keys of list items below `node`; `loops` are the names of loops around it with the list each goes over."""
    if isinstance(node, nodes.For) and isinstance(node.target, nodes.Name):
        loops = {**loops, node.target.name: _path(node.iter, loops)}
    if isinstance(node, nodes.Getattr) and (path := _path(node, loops)):
        keys.add(path)
    for child in node.iter_child_nodes():
        _walk(child, loops, keys)


def _path(node: nodes.Node, loops: Mapping[str, str]) -> str:
    """名单分组.名单 for a list inside of a list's items; "" for anything but a name or an item's key."""
    if isinstance(node, nodes.Name):
        return loops.get(node.name, node.name)
    if isinstance(node, nodes.Getattr) and isinstance(node.node, (nodes.Name, nodes.Getattr)):
        inner = _path(node.node, loops)
        is_item = not isinstance(node.node, nodes.Name) or node.node.name in loops
        return f"{inner}.{node.attr}" if inner and is_item else ""
    return ""


def _clean(value: Any) -> Any:
    """The value with text that XML cannot hold taken out, at every depth."""
    if isinstance(value, str):
        return _UNPRINTABLE.sub("", value.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n"))
    if isinstance(value, Mapping):
        return {key: _clean(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_clean(item) for item in value]
    return value


def _fill(template: Template, values: Mapping[str, Any], name: str) -> etree._Element:
    try:
        xml = template.render(values)
    except UndefinedError as error:
        raise LetterError(
            f"{_title(name)}用了没有的标签：{_undefined_name(error)}", "请改成说明书里列出的标签，或从模板中删去。"
        ) from error
    except (TemplateError, SecurityError, TypeError, ValueError, ArithmeticError) as error:
        raise LetterError(f"{_title(name)}无法填写：{error}", "请检查模板里 {{ }} 和 {% %} 中的写法。") from error
    try:
        return parse_xml(_breaks(xml).encode())
    except etree.XMLSyntaxError as error:
        raise LetterError(
            f"{_title(name)}填写后不是完好的 Word 文件。",
            "成对的 {%p for %} 和 {%p endfor %} 应各占一段，表格里用 {%tr %}，各占一行。",
        ) from error


def _adapt(tree: etree._Element, styles: Mapping[str, str], values: Mapping[str, Any]) -> bytes:
    """What follows from the texts that are in now: places, sizes and breaks. Names that were filled in stay whole in a title."""
    place_signature(tree, styles)
    break_titles(
        tree, styles, (value for value in values.values() if isinstance(value, str) and len(value) <= TITLE_ROOM)
    )
    fit_mark(tree, styles)
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def _undefined_name(error: UndefinedError) -> str:
    quoted = re.findall(r"'([^']*)'", error.message or "")
    return quoted[-1] if quoted else str(error)


_TEXT = re.compile(r"(<w:t(?: [^>]*)?>)([^<]*[\n\t][^<]*)(</w:t>)")


def _breaks(xml: str) -> str:
    """Newlines and tabs inside texts as Word's own breaks and tabs."""

    def broken(match: re.Match[str]) -> str:
        text = match[2].replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
        text = text.replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
        return f'<w:t xml:space="preserve">{text}{match[3]}'

    return _TEXT.sub(broken, xml)
