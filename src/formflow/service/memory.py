"""Memory given back to the system after something large: a year of ten thousand units as a workbook, say.

What Python has let go of, the C library keeps for the next time; in a service that is mostly idle that time may never come. Does nothing
where the C library knows no such call (Windows, macOS, musl).
"""

from __future__ import annotations

import ctypes
import gc
import sys
from contextlib import suppress


def give_back() -> None:
    """Lets go of what nobody refers to any more, and of what the C library holds for later."""
    gc.collect()
    if not gc.get_freeze_count():
        # Programme packs, fonts and the code itself stay for good: from now on they need not be gone over each time.
        gc.freeze()
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).malloc_trim(0)
