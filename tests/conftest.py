from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from support import postgres

# The same code gives the same answer, however busy the machine is; `--hypothesis-profile=default` looks for what other examples show.
settings.register_profile(
    "same_each_time", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("same_each_time")


@pytest.fixture(scope="module")
def server() -> Iterator[postgres.Server]:
    """A running PostgreSQL. On a machine without one its tests are passed over, but not in CI."""
    if postgres.programs() is None and "CI" not in os.environ:
        pytest.skip("no PostgreSQL is installed")
    with postgres.server() as running:
        yield running
