from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from formflow.service.office import Office
from support import offices


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A home in an empty folder, with the real packs and plain printing."""
    with offices.office(tmp_path) as opened:
        yield opened
