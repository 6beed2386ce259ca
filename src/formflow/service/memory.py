"""Memory given back to the system after something large: a year of ten thousand units as a workbook, say.

What Python has let go of, the C library keeps for the next time; in a service that is mostly idle that time may never come. Does nothing
where the C library knows no such calls (Windows, macOS, musl).
"""

from __future__ import annotations

import ctypes
import gc
import sys
from contextlib import suppress

# glibc: M_MMAP_THRESHOLD, and from which size on a piece of memory is the system's own.
_MAP_FROM, _LARGE = -3, 1024 * 1024


def begin() -> None:
    """At the start of a service: whatever is large goes back as soon as it is let go of. By itself glibc raises the size for which it does so
    with each large piece it sees, and keeps the holes they leave."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).mallopt(_MAP_FROM, _LARGE)


def give_back() -> None:
    """Lets go of what nobody refers to any more, and of what the C library holds for later."""
    gc.collect()
    if not gc.get_freeze_count():
        # Programme packs, fonts and the code itself stay for good: from now on they need not be gone over each time.
        gc.freeze()
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).malloc_trim(0)
