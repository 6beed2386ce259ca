"""Text that stands in a file and may not count: struck out, or in rows and columns that are hidden.

Whether it was taken back nobody can tell but who wrote it. It is read, and is as unsure as what was recognised badly: everything that
follows from it is put before a person.
"""

from __future__ import annotations

# Of a paragraph with such text: far below what is taken without a look.
UNSETTLED = 0.5
STRUCK_OUT = "有的文字划了删除线，可能已经作废：仍按原文读取，一律请人核对"
