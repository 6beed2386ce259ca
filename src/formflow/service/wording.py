"""What is said of a decision in one line: in summaries, in the list of cases, before a run. Pure; what stands in notes is `notes`."""

from __future__ import annotations

from formflow.model.case import Decision


def decided(decision: Decision) -> str:
    """What became of a paper that was decided on. Attachments that have not come are no part of it: they may be the next file."""
    if decision.outcome == "review":
        return f"待复核 {len(decision.doubts)} 处"
    return "申请表齐全，已受理" if decision.outcome == "accepted" else f"需补正 {len(decision.errors)} 项"
