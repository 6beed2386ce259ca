"""A kill storm: the service is killed over and over while papers come in, and what is left in the end is checked from outside.

In: how many kills and papers, and a seed; a database, or none for a register in a file. Out: a table of where the kills fell and what was found
afterwards. The papers are those of whole years (`papers`, `clerk`); the processes are real ones (`lives`); what stands in the outbox and the
register in the end is looked at without the code that put it there (`proof`), and compared with what the same papers come to when nothing is
killed (`standing`).
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[2] / "tests"))
