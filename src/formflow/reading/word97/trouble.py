"""What is raised over a file that is not built as [MS-DOC] says: the reader leaves such files to a converter."""

from __future__ import annotations


class Unfamiliar(Exception):
    """The file is not what this reader knows: an older Word, or tables that do not hold together."""
