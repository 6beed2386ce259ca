from __future__ import annotations

import time
from pathlib import Path

from formflow.service.complete import WHOLE, Check
from formflow.service.gate import COMPANIONS_PATIENCE, MOST_COMPANIONS, PATIENCE, Gate
from formflow.service.inbox import LONGEST_HOLD_S, Seen, Stamp

NOW = time.time()


def whole(path: Path) -> Check:
    return WHOLE


def partial(path: Path) -> Check:
    return Check("partial")


def through(gate: Gate, papers: tuple[Seen, ...], clock: float, now: float) -> tuple[Seen, ...]:
    """What comes through at one look."""
    return tuple(seen for seen in gate.settled(papers, clock, now) if gate.lets_through(seen))


def seen(path: Path, size: int = 1, changed_at: float = NOW, submission: str = "") -> Seen:
    return Seen(path, submission, Stamp(size, int(changed_at * 1e9), 0, 7))


def test_a_file_has_to_stay_unchanged_on_our_clock() -> None:
    gate = Gate(2.0, check=whole)
    path = Path("x.docx")
    assert through(gate, (seen(path),), 100.0, NOW) == ()
    assert through(gate, (seen(path),), 101.9, NOW) == ()
    assert through(gate, (seen(path, size=2),), 102.1, NOW) == ()
    assert through(gate, (seen(path, size=2),), 104.0, NOW) == ()
    assert through(gate, (seen(path, size=2),), 104.2, NOW) == (seen(path, size=2),)


def test_a_file_last_changed_long_ago_is_settled_at_once() -> None:
    gate = Gate(2.0, check=whole)
    assert through(gate, (seen(Path("x"), changed_at=NOW - 3),), 100.0, NOW)
    assert not through(gate, (seen(Path("y"), changed_at=NOW - 1),), 100.0, NOW)


def test_the_times_of_a_server_whose_clock_is_behind_are_not_trusted() -> None:
    gate = Gate(10.0, check=whole)
    gate.trusts_times = False
    growing = [seen(Path("x.docx"), size=size, changed_at=NOW - 3600) for size in (1, 2, 3)]
    for second, paper in enumerate(growing):
        assert through(gate, (paper,), 100.0 + second, NOW + second) == ()
    assert through(gate, (growing[-1],), 111.9, NOW) == ()
    assert through(gate, (growing[-1],), 112.1, NOW) == (growing[-1],)


def test_a_copy_with_an_old_mtime_is_judged_by_its_ctime() -> None:
    stamp = Stamp(1, int((NOW - 1000) * 1e9), int(NOW * 1e9), 7)
    assert not through(Gate(2.0, check=whole), (Seen(Path("x"), "", stamp),), 100.0, NOW)


def test_a_file_that_is_not_whole_is_waited_for_and_then_taken_as_it_is() -> None:
    gate = Gate(2.0, check=partial)
    paper = seen(Path("x"))
    assert through(gate, (paper,), 100.0, NOW) == ()
    assert through(gate, (paper,), 103.0, NOW) == ()
    assert through(gate, (paper,), 100.1 + 2.0 * PATIENCE, NOW) == (paper,)


def test_a_file_that_went_and_came_back_begins_again() -> None:
    gate = Gate(2.0, check=whole)
    paper = seen(Path("x"))
    through(gate, (paper,), 100.0, NOW)
    through(gate, (), 101.0, NOW)
    assert through(gate, (paper,), 102.5, NOW) == ()


def test_what_lies_in_one_folder_comes_through_together() -> None:
    gate = Gate(2.0, check=whole)
    form, alone = seen(Path("甲/表.docx"), submission="甲"), seen(Path("乙/表.docx"), submission="乙")
    through(gate, (form, alone), 100.0, NOW)
    scheme = seen(Path("甲/方案.docx"), submission="甲")
    assert through(gate, (form, alone, scheme), 102.0, NOW) == (alone,)
    assert through(gate, (form, scheme), 104.0, NOW) == (form, scheme)


def test_a_folder_that_never_comes_to_rest_does_not_hold_back_what_is_complete() -> None:
    gate = Gate(2.0, check=whole)
    form = seen(Path("甲/表.docx"), submission="甲")
    for second in range(int(2.0 * COMPANIONS_PATIENCE)):
        growing = seen(Path("甲/录像.mp4"), size=second, submission="甲")
        assert through(gate, (form, growing), 100.0 + second, NOW) == ()
    growing = seen(Path("甲/录像.mp4"), size=1000, submission="甲")
    assert through(gate, (form, growing), 100.0 + 2.0 * COMPANIONS_PATIENCE, NOW) == (form,)


class Checker:
    """Answers what it is told to, and counts how often each file was opened."""

    def __init__(self, check: Check = WHOLE) -> None:
        self.check = check
        self.opened: list[str] = []

    def __call__(self, path: Path) -> Check:
        self.opened.append(path.name)
        return self.check


def test_a_file_is_opened_once_and_only_when_its_turn_has_come() -> None:
    checker = Checker()
    gate = Gate(2.0, check=checker)
    papers = tuple(seen(Path(f"{number}"), changed_at=NOW - 10) for number in range(3))
    for clock in (100.0, 101.0, 102.0):
        first, *_ = gate.settled(papers, clock, NOW)
        assert gate.lets_through(first)
    assert checker.opened == ["0"]
    changed = (seen(Path("0"), size=2, changed_at=NOW - 9),)
    assert through(gate, changed, 103.0, NOW) == changed
    assert checker.opened == ["0", "0"]


def test_a_file_that_is_being_written_is_held_but_not_for_ever() -> None:
    gate = Gate(2.0, check=Checker(Check("written")))
    paper = (seen(Path("x.pdf"), changed_at=NOW - 100),)
    assert through(gate, paper, 100.0, NOW) == ()
    assert "正在写" in gate.reason(paper[0])
    assert not gate.is_stuck(paper[0])
    assert through(gate, paper, 100.0 + 1000, NOW + 1000) == ()
    assert gate.is_stuck(paper[0])
    assert through(gate, paper, 100.0 + LONGEST_HOLD_S, NOW + LONGEST_HOLD_S) == paper


def test_a_file_that_cannot_be_read_never_comes_through_and_says_why() -> None:
    checker = Checker(Check("unreadable", "读不出：磁盘读写出错"))
    gate = Gate(2.0, check=checker)
    paper = (seen(Path("x.pdf"), changed_at=NOW - 10),)
    for day in range(30):
        assert through(gate, paper, 100.0 + 86400 * day, NOW + 86400 * day) == ()
    assert gate.reason(paper[0]) == "读不出：磁盘读写出错"
    assert gate.is_stuck(paper[0])
    assert gate.is_hopeless(paper[0])


def test_what_cannot_be_read_is_not_tried_at_every_look() -> None:
    checker = Checker(Check("unreadable", "没有权限"))
    gate = Gate(2.0, check=checker)
    paper = (seen(Path("x.pdf"), changed_at=NOW - 10),)
    for tick in range(400):
        through(gate, paper, 100.0 + tick / 4, NOW + tick / 4)
    assert 2 <= len(checker.opened) < 40
    checker.check = WHOLE
    assert through(gate, paper, 100.0 + 3600, NOW + 3600) == paper


def test_a_file_that_could_not_be_taken_is_tried_again_later_each_time() -> None:
    gate = Gate(2.0, check=whole)
    paper = seen(Path("x.docx"), changed_at=NOW - 10)
    tried = []
    for second in range(1000):
        if through(gate, (paper,), 100.0 + second, NOW + second):
            gate.refuse(paper, "正被其他程序占用")
            tried.append(second)
    assert tried[:5] == [0, 1, 3, 7, 15]
    assert len(tried) < 14
    assert "正被其他程序占用" in gate.reason(paper)
    assert not gate.is_hopeless(paper)


def test_a_refused_file_that_only_was_renamed_back_still_waits_and_one_that_was_changed_does_not() -> None:
    gate = Gate(2.0, check=whole)
    paper = seen(Path("x.docx"), changed_at=NOW - 10)
    for _ in range(6):
        assert through(gate, (paper,), gate._clock + 400, NOW)
        gate.refuse(paper, "读不出来")
    clock = gate._clock
    back = Seen(paper.path, "", Stamp(1, paper.stamp.mtime_ns, int(NOW * 1e9), 8))
    assert through(gate, (back,), clock + 5, NOW + 5) == ()
    assert through(gate, (back,), clock + 400, NOW + 400) == (back,)
    gate.refuse(back, "读不出来")
    changed = seen(Path("x.docx"), size=2, changed_at=NOW)
    assert through(gate, (changed,), clock + 401, NOW + 401) == (changed,)


def test_inodes_that_change_by_themselves_are_no_change() -> None:
    gate = Gate(2.0, check=whole)
    for look, clock in enumerate((100.0, 101.0, 102.0)):
        paper = (Seen(Path("x.docx"), "", Stamp(1, int(NOW * 1e9), 0, inode=look)),)
        assert bool(through(gate, paper, clock, NOW)) is (clock == 102.0)


def test_why_each_paper_waits_is_told() -> None:
    gate = Gate(2.0, check=whole)
    fresh, old = seen(Path("甲/表.docx"), changed_at=NOW, submission="甲"), seen(Path("甲/旧.docx"), 1, NOW - 9, "甲")
    queued, long = seen(Path("乙.docx"), changed_at=NOW - 9), seen(Path("丙.docx"), changed_at=NOW - 9000)
    papers = (fresh, old, queued, long)
    for paper in gate.settled(papers, 100.0, NOW):
        gate.lets_through(paper)
    words = [gate.reason(paper) for paper in papers]
    assert all(
        part in reason
        for part, reason in zip(("刚放进来", "同一文件夹", "排在队里", "formflow serve"), words, strict=True)
    )
    assert len(set(words)) == 4


def test_a_heap_of_files_in_one_folder_is_not_opened_before_the_first_is_taken() -> None:
    checker = Checker()
    gate = Gate(2.0, check=checker)
    papers = tuple(
        seen(Path(f"甲/{number}"), changed_at=NOW - 9, submission="甲") for number in range(MOST_COMPANIONS + 1)
    )
    first, *_ = gate.settled(papers, 100.0, NOW)
    assert gate.lets_through(first)
    assert len(checker.opened) == 1
    few = papers[:MOST_COMPANIONS]
    gate.settled(few, 101.0, NOW)
    assert gate.lets_through(first)
    assert len(checker.opened) == MOST_COMPANIONS


def test_looking_again_costs_as_much_for_each_file_however_many_there_are() -> None:
    """Comparing stamps stands for what a look does with a paper."""
    for count in (100, 1000):
        asked = 0

        class Counted(Stamp):
            def __eq__(self, other: object) -> bool:
                nonlocal asked
                asked += 1
                return super().__eq__(other)

            __hash__ = Stamp.__hash__

        gate = Gate(2.0, check=whole)
        papers = tuple(Seen(Path(f"甲/{n}"), "甲", Counted(1, int(NOW * 1e9), 0, n)) for n in range(count))
        for look in range(3):
            for paper in gate.settled(papers, 100.0 + look, NOW + look):
                gate.lets_through(paper)
        assert asked <= 3 * count
