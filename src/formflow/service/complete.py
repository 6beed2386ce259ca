"""Whether a file has arrived whole: the checksums of a zip (Word, WPS, Excel, OFD), the end of a PDF.

In: a path. Out: yes or no. A file of another kind is taken to be whole; what a file says is the reader's matter.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

# Above this, checking would cost more than the limited child process may spend on reading: it decides.
LARGEST_CHECKED_BYTES = 256 * 2**20
_PDF_TAIL_BYTES = 2048


def is_whole(path: Path) -> bool:
    """False for a truncated or damaged zip or PDF, or one that cannot be opened now."""
    try:
        with path.open("rb") as file:
            head = file.read(5)
            if head == b"%PDF-":
                file.seek(max(0, path.stat().st_size - _PDF_TAIL_BYTES))
                return b"%%EOF" in file.read()
        return not head.startswith(b"PK\x03\x04") or _has_right_checksums(path)
    except OSError:
        return False


def _has_right_checksums(path: Path) -> bool:
    """A zip's directory stands at its end, so a truncated one fails at once; a hole in the middle only fails its checksum."""
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > LARGEST_CHECKED_BYTES:
                return True
            return archive.testzip() is None
    except (RuntimeError, NotImplementedError):
        return True  # encrypted, or packed in a way we do not know: whole, as far as can be told
    except Exception:  # zipfile raises struct.error, zlib.error, ValueError … on hostile directories
        return False
