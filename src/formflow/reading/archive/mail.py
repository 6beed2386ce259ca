"""A mail (.eml) → its attachments under the names people gave them. What is written in the mail itself is no paper."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from email import policy
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message

from formflow.reading.archive.entries import Entry, vetted
from formflow.reading.contents import Member
from formflow.reading.limits import Limits
from formflow.reading.refusals import refuse_archive

_ENCODED_WORD = re.compile(r"=\?[^?\s]+\?[bBqQ]\?[^?]*\?=")
_RAW_NAME = re.compile(r"""(?:file)?name\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))""", re.IGNORECASE)
# What a mail program calls GBK.
_GBK = frozenset({"gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "cp936", "ms936", "unknown-8bit"})


def read_mail(data: bytes, limits: Limits) -> tuple[Member, ...]:
    """The attachments of a mail, in its order; attached mails as .eml. Pictures that belong to the mail's text are left out."""
    message = email.message_from_bytes(data, policy=policy.compat32)
    members = list(_distinct(_attachments(message)))
    if not members:
        raise refuse_archive("no_attachment")
    # Attachments are at most as large as the mail: their names and number are what is left to judge.
    vetted([Entry(member.name, len(member.data)) for member in members], len(data), limits)
    return tuple(members)


def _attachments(message: Message) -> Iterator[Member]:
    stack = [message]
    while stack:
        part = stack.pop()
        if part.get_content_type() == "message/rfc822" and part is not message:
            inner = part.get_payload()
            if isinstance(inner, list) and inner:
                forwarded: Message = inner[0]  # type: ignore[assignment]
                yield Member(_flat(_file_name(part)) or "转发的邮件.eml", forwarded.as_bytes(policy=policy.compat32))
        elif part.is_multipart():
            stack.extend(reversed(part.get_payload()))  # type: ignore[arg-type]
        elif (name := _flat(_file_name(part))) and not _is_decoration(part):
            payload = part.get_payload(decode=True)
            yield Member(name, payload if isinstance(payload, bytes) else b"")


def _is_decoration(part: Message) -> bool:
    """A picture inside the mail's text (a signature's logo)."""
    is_attached = str(part.get("Content-Disposition", "")).lower().startswith("attachment")
    return part.get_content_maintype() == "image" and "Content-ID" in part and not is_attached


def _file_name(part: Message) -> str:
    """The attachment's name however it was encoded: by RFC 2231, in encoded words (where they do not belong), or as raw GBK."""
    for header in ("Content-Disposition", "Content-Type"):
        raw = next((str(value) for name, value in part.raw_items() if name.lower() == header.lower()), "")
        if not raw.isascii() and (match := _RAW_NAME.search(raw)):
            return _decoded((match[1] or match[2] or "").encode("ascii", "surrogateescape"), "")
    name = part.get_filename("") or ""
    return _from_words(name) if _ENCODED_WORD.search(name) else name


def _from_words(name: str) -> str:
    # Words may follow each other directly, which the standard does not allow and mail programs do.
    try:
        pieces = decode_header(name.replace("?==?", "?= =?"))
    except HeaderParseError:  # not what base 64 looks like: the name as it stands
        return name
    return "".join(
        _decoded(piece, charset or "") if isinstance(piece, bytes) else piece for piece, charset in pieces
    ).strip()


def _decoded(raw: bytes, charset: str) -> str:
    encodings = ("gb18030",) if charset.lower() in _GBK else (charset,) if charset else ("utf-8", "gb18030")
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return raw.decode("utf-8", "replace")


def _flat(name: str) -> str:
    """Attachments lie in no folders: only the last part of a path is a name."""
    return name.replace("\\", "/").rsplit("/", 1)[-1].replace("\r", "").replace("\n", "").strip()


def _distinct(members: Iterator[Member]) -> Iterator[Member]:
    """Two attachments of one name are told apart by a number."""
    seen: dict[str, int] = {}
    for member in members:
        count = seen[member.name] = seen.get(member.name, 0) + 1
        stem, dot, ending = member.name.rpartition(".")
        numbered = f"{stem or ending}（{count}）{dot}{ending if stem else ''}"
        yield member if count == 1 else Member(numbered, member.data)
