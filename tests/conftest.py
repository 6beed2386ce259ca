from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from support import postgres


@pytest.fixture(scope="module")
def server() -> Iterator[postgres.Server]:
    """A running PostgreSQL. On a machine without one its tests are passed over, but not in CI."""
    if postgres.programs() is None and "CI" not in os.environ:
        pytest.skip("no PostgreSQL is installed")
    with postgres.server() as running:
        yield running
