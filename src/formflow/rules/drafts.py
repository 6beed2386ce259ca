"""Which draft of a workbook counts. Pure."""

from __future__ import annotations


def not_the_latest(returned: int, latest: int, since: str) -> str:
    """Why draft number `returned` cannot be taken where `latest` is another; `since` says what has come between the two. 0: there has been
    none yet, so that the sheet is of another year or another office."""
    if latest == 0:
        return f"这是第{returned}稿，这里还没有出过这张表：可能是别的年度或者别处的，请核对"
    if returned > latest:
        return f"这是第{returned}稿，这里最新的是第{latest}稿：可能是别处的，或者登记库由较早的备份恢复过，请在最新一稿上填写"
    return f"这是第{returned}稿，现在是第{latest}稿：{since}，请在最新一稿上填写"
