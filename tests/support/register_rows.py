"""A register with a row in every table, entered as the service enters rows: in transactions, with events."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

AT = datetime(2022, 3, 10, 1, 30, tzinfo=UTC)
DAY = date(2022, 3, 10)
_ROUND = {"programme_id": "p", "year": 2022}


def fill() -> None:
    """Enters one of everything; of papers, letters and publications two."""
    from formflow.register import books

    with books.transaction():
        case, paper, letter = _case()
        books.add_event(AT, "form_received", str(case), files={"甲.docx": paper.sha256})
    with books.transaction():
        _year(case, paper, letter)
        _money(paper, letter)
        books.add_event(AT, "decided", str(case), who="张三")


def _case() -> tuple[Any, Any, Any]:
    from formflow.register import models as rows

    case = rows.Case.objects.create(
        **_ROUND, programme_name="项目", number=1, unit="甲镇", unit_key="甲镇", folder="甲镇", folder_key="甲镇",
        outcome="accepted", version=1, opened_on=DAY, updated_on=DAY,
    )  # fmt: skip
    rows.CaseName.objects.create(case=case, name="甲镇服务中心", beginning="甲镇服务中心")
    first = _paper("c1", case=case, kind="application", state="filed", version_no=1, programme_id="p", pack_version="1")
    _paper("c2", kind="application", state="duplicate", duplicate_of=first, container=first, reason="重复", text="文字")
    record = rows.Record.objects.create(
        paper=first, case=case, version_no=1, kind="application", answers={"industry": {"value": "制鞋", "confidence": 0.99}},
        enclosed=["plan"], outcome="accepted",
    )  # fmt: skip
    rows.Finding.objects.create(
        record=record, position=1, code="missing", field="industry", severity="error", message="没有填写", basis="附件2",
        requirement="填写", label="行业", place="表1",
    )  # fmt: skip
    draft = _letter("k1", is_draft=True, case=case, state="approved", subject="甲镇", deadline=DAY)
    letter = _letter("k2", draft=draft, serial="甲〔2022〕1号", state="issued", problem="曾经写不成")
    for position, state in enumerate(("done", "pending"), 1):
        rows.Publication.objects.create(
            bundle="letter/k2", position=position, what="letter_pdf", paper=first, letter=letter, folder="甲", stem="通知",
            ending=".pdf", text="t", series="s", sha256="b" * 64, state=state,
        )  # fmt: skip
    return case, first, letter


def _paper(claim_id: str, **more: Any) -> Any:
    from formflow.register import models as rows

    return rows.Paper.objects.create(
        claim_id=claim_id, sha256="a" * 64, original_name="甲.docx", submission="甲镇", size=10, received_at=AT,
        attachment="plan", pack_sha256="c" * 64, **more,
    )  # fmt: skip


def _letter(key: str, **more: Any) -> Any:
    from formflow.register import models as rows

    return rows.Letter.objects.create(
        key=key,
        **_ROUND,
        version_no=1,
        kind="n",
        title="通知",
        content={"context": {"单位": "甲镇"}},
        issued_on=DAY,
        **more,
    )


def _year(case: Any, paper: Any, letter: Any) -> None:
    from formflow.register import models as rows

    book = rows.NumberBook.objects.create(code="甲", year=2022, last=1)
    rows.DocumentNumber.objects.create(book=book, number=1, letter=letter, reason="无")
    rows.ScoreSheet.objects.create(
        paper=paper,
        position=1,
        case=case,
        **_ROUND,
        reviewer="李四",
        reviewer_key="李四",
        content={"1.1": 2},
        state="counted",
    )
    rows.Naming.objects.create(
        case=case, **_ROUND, decision="extended", grade="甲等", until=DAY, reason="暂缓", decided_on=DAY, who="张三",
        paper=paper, letter=letter,
    )  # fmt: skip
    rows.Evaluation.objects.create(
        paper=paper, position=1, case=case, **_ROUND, home="甲家", home_key="甲家", content={"n": 3}, state="counted"
    )
    rows.EvidenceArticle.objects.create(
        paper=paper, position=1, **_ROUND, title="报道", content={"n": 1}, case=case, standing="settled", sentence="某句",
        question="是否", level="national", is_counted=True, who="张三", decided_by=paper,
    )  # fmt: skip
    rows.Workbook.objects.create(kind="summary", **_ROUND, revision=1, sha256="d" * 64, seen=1)


def _money(paper: Any, letter: Any) -> None:
    from formflow.register import models as rows

    figures = {"project_key": "某某", "project": "某项目", "level": "national", "paid_before": 0, "amount": 300}
    figures |= {"entitlement": 300}
    rows.HonourRow.objects.create(
        paper=paper, position=1, **_ROUND, project="某项目", content={"level": "national"}, known_entry=0
    )
    rows.NameRuling.objects.create(
        programme_id="p", pair="某|某某", one="某", other="某某", one_organisation="甲", other_organisation="乙", is_same=True,
        paper=paper, who="张三",
    )  # fmt: skip
    rows.SubsidyDecision.objects.create(
        programme_id="p", **figures, is_approved=True, paid_on=DAY, who="张三", paper=paper, letter=letter
    )
    rows.LedgerBook.objects.create(programme_id="p", last=2)
    entry = rows.LedgerEntry.objects.create(
        programme_id="p", number=1, sequence=1, organisation="甲", kind="payment", letter=letter, paper=paper, paid_on=DAY,
        who="张三", entered_on=DAY, **figures,
    )  # fmt: skip
    back = figures | {"amount": -300, "paid_before": 300}
    rows.LedgerEntry.objects.create(
        programme_id="p", number=2, sequence=2, kind="reversal", letter=letter, reverses=entry, reason="作废", who="张三",
        entered_on=DAY, **back,
    )  # fmt: skip
