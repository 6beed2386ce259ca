"""What a file is, told by its content: names lie (a .docx that is a .doc, a .doc that is a web page).

Bytes come in, one stable English word goes out. Nothing is unpacked beyond a container's directory, nothing is ever raised.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib

from formflow.reading import ole
from formflow.reading.encodings import unmarked_utf16

# (first bytes, kind)
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b\x08", "packed"),
    (b"BZh", "packed"),
    (b"\xfd7zXZ\x00", "packed"),
    (b"\x28\xb5\x2f\xfd", "packed"),
    (b"MSCF\x00\x00\x00\x00", "packed"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF87a", "image"),
    (b"GIF89a", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
)
# A name in the container's directory → kind; the first that is there decides.
_MEMBERS: tuple[tuple[str, str], ...] = (
    ("word/", "docx"),
    ("xl/", "xlsx"),
    ("ppt/", "pptx"),
    ("ofd.xml", "ofd"),
)
_STREAMS: tuple[tuple[str, str], ...] = (
    ("EncryptedPackage", "encrypted_ooxml"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("__properties_version1.0", "msg"),
    ("WpsCustomData", "wps"),
    ("WordDocument", "doc"),
)
_ZIP_LOCAL, _ZIP_END = b"PK\x03\x04", b"PK\x05\x06"
_MAIN_PART_TYPES = (
    (b"wordprocessingml", "docx"),
    (b"ms-word", "docx"),
    (b"spreadsheetml", "xlsx"),
    (b"presentationml", "pptx"),
)
_UNREADABLE_PART = (KeyError, RuntimeError, zipfile.BadZipFile, NotImplementedError, OSError, EOFError, zlib.error)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|table)\b", re.IGNORECASE)
_MAIL_HEADER = re.compile(rb"^([A-Za-z][A-Za-z0-9-]*):[ \t]?", re.MULTILINE)
_SENT = {b"to", b"cc", b"bcc", b"received", b"message-id", b"return-path", b"delivered-to", b"x-mailer", b"subject"}
_HEAD = 4096
# Word's and Excel's note of who has a file open (~$x.docx): the user's name, once in bytes and once in UTF-16.
_OWNER_SIZES, _OWNER_NAME_MAX = (162, 165), 54


def sniff(data: bytes) -> str:
    """The kind of file: "docx" (also docm, dotx), "xlsx", "pptx", "doc", "wps", "xls", "rtf", "odt", "ods", "pdf", "ofd", "zip", "rar",
    "7z", "packed" (tar, gzip and other archives that are not opened), "eml", "msg", "image", "html", "xml", "text", "encrypted_ooxml", "ole" (another OLE file), "owner" (Word's lock note), "empty" or
    "unknown"."""
    if not data.strip(b"\x00"):
        return "empty"
    head = data[:_HEAD]
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head.startswith((_ZIP_LOCAL, _ZIP_END)):
        return _zip_kind(data)
    if head.startswith(ole.MAGIC):
        names = ole.streams(data)
        return next((kind for name, kind in _STREAMS if name in names), "ole")
    if head[257:262] == b"ustar":
        return "packed"
    if b"%PDF-" in head[:1024]:
        return "pdf"
    return _image_kind(head) or _text_kind(data, head)


def is_protected_doc(data: bytes) -> bool:
    """Whether a .doc asks for a password: FIB flag fEncrypted ([MS-DOC] 2.5.2)."""
    sector = ole.streams(data).get("WordDocument")
    base = ole.head(data, sector, 12) if sector is not None else b""
    return len(base) == 12 and bool(struct.unpack_from("<H", base, 10)[0] & 0x0100)


def _zip_kind(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [name.replace("\\", "/").lstrip("/") for name in archive.namelist()]
            kind = _members_kind(names) or _opc_kind(archive) or "zip"
            return _open_document_kind(archive) if kind == "odt" else kind
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, struct.error, UnicodeDecodeError):
        return _members_kind(_local_names(data)) or "zip"


def _members_kind(names: list[str]) -> str:
    lowered = [name.lower() for name in names]
    # An archive that holds Word files in a folder called "word" has no content types.
    if "[content_types].xml" in lowered:
        for start, kind in _MEMBERS[:3]:
            if any(name.startswith(start) for name in lowered):
                return kind
    if "ofd.xml" in lowered:
        return "ofd"
    if "mimetype" in lowered and "content.xml" in lowered:
        return "odt"
    return ""


def _opc_kind(archive: zipfile.ZipFile) -> str:
    """The kind by the declared type of the main part, for producers that call their folders otherwise."""
    try:
        with archive.open("[Content_Types].xml") as part:
            types = part.read(256 * 1024)
    except _UNREADABLE_PART:
        return ""
    return next((kind for word, kind in _MAIN_PART_TYPES if word in types), "")


def _open_document_kind(archive: zipfile.ZipFile) -> str:
    """OpenDocument says in its first member which of its kinds it is."""
    try:
        with archive.open("mimetype") as part:
            return "ods" if b"opendocument.spreadsheet" in part.read(100) else "odt"
    except _UNREADABLE_PART:
        return "odt"


def _local_names(data: bytes) -> list[str]:
    """Member names by their local headers: what a cut-off container still tells about itself."""
    names = []
    for match in re.finditer(re.escape(_ZIP_LOCAL), data):
        if match.start() + 30 <= len(data):
            length = struct.unpack_from("<H", data, match.start() + 26)[0]
            names.append(data[match.start() + 30 : match.start() + 30 + length].decode("utf-8", "replace"))
    return names


def _image_kind(head: bytes) -> str:
    is_riff = head.startswith(b"RIFF") and head[8:12] == b"WEBP"
    is_heif = head[4:8] == b"ftyp" and head[8:12] in (b"heic", b"heix", b"mif1", b"heif", b"avif")
    is_bitmap = head.startswith(b"BM") and len(head) > 26 and head[14] in (12, 40, 52, 56, 108, 124)
    return "image" if is_riff or is_heif or is_bitmap else ""


def _text_kind(data: bytes, head: bytes) -> str:
    if len(data) in _OWNER_SIZES and 0 < head[0] <= _OWNER_NAME_MAX and head.count(0) > 20:
        return "owner"
    encoding = "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else unmarked_utf16(head) or None
    if encoding is None and b"\x00" in head:
        return "unknown"
    plain = head.decode(encoding, "ignore").encode() if encoding else head.removeprefix(b"\xef\xbb\xbf")
    if _is_mail(plain):
        return "eml"
    if _HTML.search(plain[:2048]) or plain.lstrip().lower().startswith((b"mime-version:", b"from: <saved by")):
        return "html"
    if plain.lstrip().startswith((b"<?xml", b"<svg")):
        return "xml"
    return "text" if encoding or _is_text(head) else "unknown"


def _is_mail(plain: bytes) -> bool:
    """A message has a sender and was sent; a web page saved as one file has the same form, but says that it was saved."""
    names = {match[1].lower() for match in _MAIL_HEADER.finditer(plain.partition(b"\n\n")[0].partition(b"\r\n\r\n")[0])}
    is_first = _MAIL_HEADER.match(plain) is not None
    return (
        is_first
        and b"from" in names
        and not names.isdisjoint(_SENT)
        and b"\nfrom: <saved by" not in b"\n" + plain.lower()
    )


def _is_text(head: bytes) -> bool:
    if any(byte < 32 and byte not in (9, 10, 12, 13) for byte in head):
        return False
    # The last character may be cut in two.
    return any(_decodes(head[: len(head) - cut], name) for name in ("utf-8", "gb18030") for cut in range(4))


def _decodes(head: bytes, encoding: str) -> bool:
    try:
        head.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
