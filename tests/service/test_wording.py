from __future__ import annotations

import pytest

from formflow.model.case import Decision
from formflow.model.finding import Finding
from formflow.service.wording import decided

ERROR = Finding("missing", "industry", "error", "没有填写", "附件2")
DOUBT = Finding("low_confidence", "industry", "review", "把握不大", "附件2")
SEAL = Finding("unsealed", "opinion", "review", "看不出", "附件2")


@pytest.mark.parametrize(
    ("decision", "said"),
    [
        (Decision("accepted", (SEAL,)), "申请表齐全，已受理"),
        (Decision("supplement", (ERROR, ERROR, SEAL)), "需补正 2 项"),
        (Decision("review", (ERROR, DOUBT, SEAL)), "待复核 1 处"),
    ],
)
def test_what_became_of_a_paper_in_one_line(decision: Decision, said: str) -> None:
    assert decided(decision) == said
