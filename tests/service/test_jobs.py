"""What a worker does when something is not as it should be. Whole crews that are killed: `test_workers`."""

from __future__ import annotations

from pathlib import Path

from support import labour, shared_register
from support.postgres import Server


def test_a_paper_that_lies_elsewhere_is_left_to_a_worker_who_finds_it(server: Server, tmp_path: Path) -> None:
    assert shared_register.alone(labour.where_no_paper_is, server.create(), tmp_path) == {
        "nothing waits": "",
        "first": "claim_missing",
        "third": "claim_missing",
        "last": "",
        "one waits": "claim_missing",
        "one waits here": "",
        "share away": "claim_missing",
    }


def test_a_machine_with_another_clock_writes_no_letters(server: Server, tmp_path: Path) -> None:
    codes, rested = shared_register.alone(labour.clocks_apart, server.create(), tmp_path)
    assert codes == ["", "", "", "clock_apart", "clock_apart", "", "clock_apart"]
    # One on which everything fails at once must not take all jobs from the others.
    assert rested == [0, 1, 0]


def test_a_job_that_got_out_of_a_workers_hand_is_done_again(server: Server) -> None:
    once, twice = shared_register.alone(labour.out_of_hand, server.create())
    assert (once, twice) == (["doing"] * 3, ["todo", "todo", "doing"])


def test_nobody_is_taken_for_dead_who_was_only_cut_off(server: Server) -> None:
    assert shared_register.alone(labour.after_a_cut, server.create()) == ([1, 4, 5], [5])


def test_a_worker_ends_only_when_it_is_told_to(server: Server, tmp_path: Path) -> None:
    ended = shared_register.alone(labour.outlived, server.create(), tmp_path)
    assert ended == ["no pool", "cut off", "by itself", "told to"]
