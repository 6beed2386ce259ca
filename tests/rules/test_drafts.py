"""What is said of a draft that is not the latest."""

from __future__ import annotations

import pytest

from formflow.rules.drafts import not_the_latest


@pytest.mark.parametrize(
    ("returned", "latest", "said"),
    [
        (1, 2, "这是第1稿，现在是第2稿：此后又有决定，请在最新一稿上填写"),
        (1, 0, "这是第1稿，这里还没有出过这张表：可能是别的年度或者别处的，请核对"),
        (
            5,
            3,
            "这是第5稿，这里最新的是第3稿：可能是别处的，或者登记库由较早的备份恢复过，请在最新一稿上填写",
        ),
    ],
)
def test_a_draft_that_is_not_the_latest(returned: int, latest: int, said: str) -> None:
    assert not_the_latest(returned, latest, "此后又有决定") == said
