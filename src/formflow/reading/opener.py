"""From a file to what a person would find in it, each step where it can do no harm: reading in the sandbox, converting beside it.

A path or a file's content goes in; a `Document` comes out, or the `Bundle` of an archive or mail, or the `UnreadableError` that says why
not. What a bundle holds is opened member by member, each with limits of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Self

from formflow.errors import UnreadableError
from formflow.model.document import Box, Document
from formflow.reading.contents import Bundle, Foreign, Scanned
from formflow.reading.legacy import ConversionLimits, Converter
from formflow.reading.refusals import refuse, refuse_kind, refuse_scan
from formflow.reading.sandbox import Sandbox, SandboxLimits

# OCR asks for more than other readers: 1.3 GB of address space for its libraries, half a gigabyte for a page. What it really uses stays
# under 2 GB. It reads with up to four threads, whose time counts together.
SCAN_LIMITS = SandboxLimits(memory_mb=3072, cpu_s=240)
_SCAN_IDLE_S, _SCANS_A_CHILD = 60.0, 100
_CONVERTED = "文件先由 LibreOffice 转换成 .docx 再读取，版式以原件为准"


class Opener:
    """A context manager that owns a sandbox, started at once, one with room for OCR, started when the first scan comes and ended when none
    has come for a while, and a converter. Used without `with`, it starts the sandbox when the first file comes, and has to be closed.
    `scans` are the limits for scans; `folder` is where conversions lie while they last."""

    def __init__(
        self,
        limits: SandboxLimits | None = None,
        conversion: ConversionLimits | None = None,
        *,
        scans: SandboxLimits | None = None,
        folder: Path | None = None,
    ) -> None:
        self._sandbox = Sandbox(limits)
        self._scan_limits = scans or SCAN_LIMITS
        self._scans = Sandbox(
            self._scan_limits,
            recycle_after=_SCANS_A_CHILD,
            idle_s=_SCAN_IDLE_S,
            reader="formflow.reading.reader:read_document",
        )
        self._converter = Converter(conversion, folder=folder)

    def __enter__(self) -> Self:
        self._sandbox.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the sandboxes and removes what conversions needed. A later `open` would begin anew."""
        self._sandbox.close()
        self._scans.close()
        self._converter.close()

    def open(self, paper: Path | bytes) -> Document | Bundle:
        """What is in a file; `UnreadableError` if nothing can be had from it."""
        start = monotonic()
        contents = self._sandbox.read(paper)
        if isinstance(contents, Foreign):
            return self._converted(paper, contents.kind)
        if isinstance(contents, Scanned):
            return self._recognised(paper, self._scan_limits.wall_s - (monotonic() - start))
        return contents

    def crops(self, paper: Path | bytes, places: Sequence[tuple[int, Box]]) -> list[bytes | None]:
        """A small picture (PNG) of each place (1-based page, box in points) of a scan, photo or PDF, in the order asked for; None where
        there is nothing to show. A picture is a help to whoever checks, so a file that will not open now gives none, and no error."""
        try:
            found = self._sandbox.call("formflow.reading.crops:crops", paper, tuple(places))
        except UnreadableError:
            return [None] * len(places)
        return list(found)

    def _recognised(self, paper: Path | bytes, within_s: float) -> Document:
        try:
            document = self._scans.read(paper, max(1.0, within_s))
        except UnreadableError as error:
            if error.code in ("time_out", "out_of_memory", "crashed"):
                raise refuse_scan(error.code) from error
            raise
        if not isinstance(document, Document):
            raise refuse("crashed")
        return document

    def _converted(self, paper: Path | bytes, kind: str) -> Document:
        converted = self._converter.convert(_content(paper), kind)
        document = self._sandbox.read(converted)
        if isinstance(document, Scanned):
            found = self._recognised(converted, self._scan_limits.wall_s)
            return replace(found, remarks=(_CONVERTED, *found.remarks))
        if not isinstance(document, Document):
            raise refuse_kind(kind)
        return replace(document, format=kind, remarks=(_CONVERTED, *document.remarks))


def _content(paper: Path | bytes) -> bytes:
    try:
        return paper if isinstance(paper, bytes) else paper.read_bytes()
    except OSError as error:
        raise refuse("locked") from error
