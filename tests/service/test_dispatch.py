"""Whose turn it is when several inboxes feed the same workers. What happens to the papers: `test_workers`."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from formflow.service.inbox import Seen, Stamp
from formflow.service.inboxes import Inbox, inboxes_of
from formflow.service.office import Office
from formflow.settings import CountySettings, InboxSettings


@dataclass
class Waiting:
    """An inbox in which everything is complete."""

    inbox: Inbox
    line: deque[Seen]

    def in_turn(self) -> Iterator[Seen]:
        while self.line:
            yield self.line.popleft()


def seen(path: str, submission: str = "", mtime: int = 1) -> Seen:
    return Seen(Path(path), submission, Stamp(1, mtime, mtime, 1))


def test_inboxes_take_turns_and_a_full_one_waits(office: Office) -> None:
    from dataclasses import replace

    from formflow.service import dispatch

    three = replace(office, inbox_settings=InboxSettings(at_once=3))
    inboxes = inboxes_of(office.home, [CountySettings("东县", "east"), CountySettings("西县", "/srv/west")])
    assert [inbox.path for inbox in inboxes] == [office.home.inbox, office.home.root / "east", Path("/srv/west")]
    papers = [[seen(f"{inbox.county}{n}.docx", mtime=n) for n in range(5)] for inbox in inboxes]
    posts = [Waiting(inbox, deque(own)) for inbox, own in zip(inboxes, papers, strict=True)]
    turns = [seen.path.name for _, seen in dispatch.turns(three, posts, {inboxes[1].name: 2, inboxes[2].name: 3})]
    assert turns == ["0.docx", "东县0.docx", "1.docx", "2.docx"]
    assert [len(post.line) for post in posts] == [2, 4, 5]


def test_sub_folders_of_two_counties_are_not_one_submission(office: Office) -> None:
    common, east, west = inboxes_of(office.home, [CountySettings("东县", "a"), CountySettings("西县", "b")])
    in_folder, flat = seen("镇/x.docx", "镇"), seen("x.docx")
    submissions = [inbox.submission(in_folder) for inbox in (common, east, west)]
    assert len(set(submissions)) == 3
    assert not any(
        "/" in submission for submission in submissions
    )  # what is behind a slash counts as inside of what is before it
    assert {inbox.submission(flat) for inbox in (common, east, west)} == {""}
