"""The figures are those of what happened, in a form that Prometheus reads."""

from __future__ import annotations

import re

import pytest

from formflow.service.pulse import SILENCE_S, Health, Look, Pulse

SAMPLE = re.compile(r'^([a-z_]+)(\{(?:result|le|state)="([^"]+)"\})? ([0-9.e+-]+|\+Inf)$')


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def samples(pulse: Pulse, register: dict[str, dict[str, int]] | None = None) -> dict[tuple[str, str], float]:
    """(name, label) → value; every line has to be one or a type."""
    found, typed = {}, set()
    for line in pulse.metrics(register or {}).splitlines():
        if line.startswith("# TYPE "):
            typed.add(line.split()[2])
            continue
        match = SAMPLE.match(line)
        assert match, line
        assert any(match[1].startswith(name) for name in typed), line
        found[match[1], match[3] or ""] = float(match[4])
    return found


def test_papers_by_result_and_by_time(clock: Clock) -> None:
    pulse = Pulse(clock)
    pulse.worked(["accepted", "attachment"], 0.3)
    pulse.worked(["accepted"], 7)
    pulse.worked([], 1000)
    found = samples(pulse)
    assert found["formflow_papers_total", "accepted"] == 2
    assert found["formflow_papers_total", "attachment"] == 1
    buckets = [
        found["formflow_paper_seconds_bucket", bound] for bound in ("0.1", "0.5", "5.0", "15.0", "300.0", "+Inf")
    ]
    assert buckets == [0, 1, 1, 2, 2, 3]
    assert found["formflow_paper_seconds_sum", ""] == pytest.approx(1007.3)
    assert found["formflow_paper_seconds_count", ""] == 3


def test_the_inbox_and_the_register(clock: Clock) -> None:
    pulse = Pulse(clock)
    pulse.looked(Look(3, 1, 61.24, overdue=2))
    clock.now += 5
    found = samples(pulse, {"letters": {"issued": 4, "retry": 1}})
    assert found["formflow_inbox_waiting_papers", ""] == 3
    assert found["formflow_inbox_held_papers", ""] == 1
    assert found["formflow_inbox_oldest_seconds", ""] == 61.2
    assert found["formflow_inbox_overdue_papers", ""] == 2
    assert found["formflow_inboxes_away", ""] == 0
    assert found["formflow_last_sign_seconds", ""] == 5
    assert found["formflow_up_seconds", ""] == 5
    assert found["formflow_register_letters", "issued"] == 4
    assert found["formflow_register_letters", "retry"] == 1


def test_well_failing_and_silent(clock: Clock) -> None:
    pulse = Pulse(clock)
    assert pulse.health() == Health(True)
    pulse.failed()
    assert pulse.health() == Health(False, "failing")
    assert samples(pulse)["formflow_errors_total", ""] == 1
    pulse.worked(["accepted"], 1)
    assert not pulse.health().is_well  # one paper more says nothing about the disk
    pulse.looked(Look())
    assert pulse.health().is_well
    clock.now += SILENCE_S + 1
    assert pulse.health() == Health(False, "silent")
    pulse.worked([], 1)
    assert pulse.health().is_well


def test_an_inbox_that_is_away_is_not_well(clock: Clock) -> None:
    pulse = Pulse(clock)
    pulse.looked(Look() + Look(away=1))
    assert pulse.health() == Health(False, "away")
    assert samples(pulse)["formflow_inboxes_away", ""] == 1
    pulse.failed()
    assert pulse.health() == Health(False, "failing")
    pulse.looked(Look())
    assert pulse.health() == Health(True)


def test_the_looks_at_several_inboxes_are_one() -> None:
    assert Look(1, 2, 30.0, 4, 1) + Look(10, 20, 3.0, 40) == Look(11, 22, 30.0, 44, 1)


def test_what_is_held_back_from_the_outbox_is_said_while_all_else_goes_well(clock: Clock) -> None:
    pulse = Pulse(clock)
    pulse.held_back(2, "有 2 份放不进去。")
    assert pulse.health() == Health(False, "held_back", "有 2 份放不进去。")
    assert samples(pulse)["formflow_outbox_held_back_bundles", ""] == 2
    pulse.looked(Look(away=1))
    assert pulse.health() == Health(False, "away")
    pulse.looked(Look())
    pulse.held_back(0, "")
    assert pulse.health() == Health(True)
