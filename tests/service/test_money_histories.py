"""Random histories of three projects each: lists, approvals, withdrawn notices and money that came back, against an independent count: what is payable
is right to the fen at every step, and in the end every project has been paid its highest honour, whatever the order and batching."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pytest

from formflow.model.document import Locator
from formflow.model.honours import Honour, HonoursList
from formflow.model.money import Fen
from formflow.model.settlement import ReturnedSettlement, ReturnedSum
from support import offices
from support.money import qingdao
from support.rounds import arrival

# Three projects that nobody takes for each other, each in several spellings.
PROJECTS = {
    "新驿站关爱项目": ("“新驿站”关爱项目", "新驿站 关爱项目", "《新驿站》关爱项目"),
    "乐学托管班": ("乐学托管班", "乐学（托管）班"),
    "法律援助热线": ("法律援助热线", "「法律援助」热线"),
}
SUMS = {"municipal": 10_000_00, "provincial": 20_000_00, "national": 30_000_00}
HISTORIES, ORDERS, STEPS = 60, 12, 7


@dataclass
class Truth:
    """What an auditor would count by hand. Revoked levels stay revoked: a later honour of that level does not bring them back."""

    levels: dict[str, set[str]] = field(default_factory=dict)
    revoked: dict[str, set[str]] = field(default_factory=dict)
    paid: dict[str, int] = field(default_factory=dict)
    notices: dict[str, dict[str, int]] = field(default_factory=dict)

    def due(self, project: str) -> int:
        standing = self.levels.get(project, set()) - self.revoked.get(project, set())
        return max((SUMS[level] for level in standing), default=0)

    def payable(self, project: str) -> int:
        return max(0, self.due(project) - self.paid.get(project, 0))


class Books:
    """The service's functions, without files."""

    def __init__(self, office: Any, number: int) -> None:
        self.programme = replace(qingdao(), id=f"p{number}", name=f"项目{number}")
        self.office = replace(office, programmes=(self.programme,))

    def list(self, honours: list[Honour]) -> None:
        from formflow.service.honours_entry import receive_honours

        found = HonoursList(self.programme.id, "", tuple(honours), (), honours[0].locator)
        receive_honours(self.office, arrival(), found)

    def sheet(self) -> Any:
        from formflow.register.rounds import Round
        from formflow.service.settlements import sheet_of

        sheet = sheet_of(self.programme, Round(self.programme.id, 2022), 1)
        assert sheet is not None
        return sheet

    def fill(self, **columns: dict[str, Any]) -> None:
        """Fills in the sheet, by the project's first spelling."""
        from formflow.register import books
        from formflow.service import settlement_entry

        shown = self.sheet()
        sums = tuple(
            ReturnedSum(number, row.project, row.payable, **columns[project])
            for number, row in enumerate(shown.rows, 1)
            if (project := name_of(row.project)) in columns
        )
        returned = ReturnedSettlement(self.programme.id, 2022, 1, sums)
        assert settlement_entry.problems_of(self.programme, shown, returned) == ()
        paper = books.add_paper(arrival(), kind="decision_sheet", state="filed")
        settlement_entry.enter(self.office, self.programme, paper, shown, returned, "李四")

    def issue(self) -> str:
        """Signs the open draft; the key of what was issued."""
        from formflow.register.rounds import Round, open_drafts
        from formflow.service import binding

        (draft,) = open_drafts(Round(self.programme.id, 2022), "subsidy_notice")
        final = binding.issue(self.office, draft, "王主席")
        key: str = final.key  # type: ignore[union-attr]
        return key

    def void(self, key: str) -> bool:
        from formflow.register import models as rows
        from formflow.service import binding, payments

        final = rows.Letter.objects.get(key=key)
        if payments.problems_of_voiding(final):
            return False
        binding.void(self.office, final, "王主席", "有误")
        return True

    def ledger(self) -> dict[str, int]:
        from formflow.register import ledger

        sums: dict[str, int] = {}
        for entry in ledger.entries_of(self.programme.id):
            sums[name_of(entry.project)] = sums.get(name_of(entry.project), 0) + entry.amount
        return sums


def name_of(spelling: str) -> str:
    return next(name for name, spellings in PROJECTS.items() if spelling in spellings)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with offices.office(tmp_path_factory.mktemp("money"), programmes=(qingdao(),)) as opened:
        yield opened


@contextmanager
def transaction() -> Iterator[None]:
    from formflow.register import books

    with books.transaction():
        yield


def random_list(rng: random.Random, truth: Truth) -> list[Honour]:
    honours = []
    for row in range(rng.randint(1, 4)):
        project = rng.choice(list(PROJECTS))
        level = rng.choice(list(SUMS))
        is_old, is_revoked = rng.random() < 0.1, rng.random() < 0.08
        day = date(2021, 12, 8) if is_old else date(2021, 12, 9 + rng.randint(0, 20))
        spelling = rng.choice(PROJECTS[project])
        honours.append(
            Honour(
                spelling, "暖阳中心", level, day.isoformat(), None, None, Locator(f"row {row}"), is_revoked=is_revoked
            )
        )
        if is_revoked:
            truth.revoked.setdefault(project, set()).add(level)
        elif not is_old:
            truth.levels.setdefault(project, set()).add(level)
    return honours


def agree(books: Books, truth: Truth) -> None:
    shown = {name_of(row.project): row.payable for row in books.sheet().rows}
    assert shown == {project: truth.payable(project) for project in shown}
    assert books.ledger() == truth.paid


def pay(books: Books, truth: Truth, projects: list[str]) -> None:
    if due := {project: truth.payable(project) for project in projects if truth.payable(project)}:
        books.fill(**{project: {"verdict": "approve"} for project in due})
        key = books.issue()
        truth.notices[key] = due
        for project, fen in due.items():
            truth.paid[project] = truth.paid.get(project, 0) + fen


def step(rng: random.Random, books: Books, truth: Truth) -> None:
    listed = [name_of(row.project) for row in books.sheet().rows]
    what = rng.random()
    if what < 0.35:
        books.list(random_list(rng, truth))
    elif what < 0.75:
        pay(books, truth, rng.sample(listed, rng.randint(1, len(listed))))
    elif what < 0.87 and truth.notices:
        key = rng.choice(list(truth.notices))
        if books.void(key):
            for project, fen in truth.notices.pop(key).items():
                truth.paid[project] -= fen
    elif back := [project for project in listed if truth.paid.get(project)]:
        project = rng.choice(back)
        fen = rng.randint(1, truth.paid[project])
        books.fill(**{project: {"recovered": Fen(fen), "reason": "退回"}})
        truth.paid[project] -= fen


def test_every_sum_is_right_at_every_step_and_in_the_end(office: Any) -> None:
    rng, steps = random.Random(20221201), 0
    for number in range(HISTORIES):
        with transaction():
            books, truth = Books(office, number), Truth()
            books.list(random_list(rng, truth))
            agree(books, truth)
            for _ in range(rng.randint(2, STEPS)):
                step(rng, books, truth)
                agree(books, truth)
                steps += 1
            pay(books, truth, list(PROJECTS))
            agree(books, truth)
            for project in PROJECTS:
                paid = truth.paid.get(project, 0)
                assert truth.payable(project) == 0
                assert paid >= truth.due(project)
    assert steps > 3 * HISTORIES


def test_any_order_and_batching_pays_the_highest_honour_and_nothing_else(office: Any) -> None:
    """Without anything taken back, what is paid in all is the highest honour, to the fen."""
    rng = random.Random(7)
    for number in range(ORDERS):
        honours = [one for _ in range(3) for one in random_list(rng, Truth()) if not one.is_revoked]
        truth = Truth()
        for one in honours:
            if one.date and one.date >= "2021-12-09":
                truth.levels.setdefault(name_of(one.project), set()).add(one.level or "")
        for attempt in range(3):
            with transaction():
                books, left = Books(office, 1000 + 10 * number + attempt), rng.sample(honours, len(honours))
                paid = Truth(levels={})
                while left:
                    batch, left = left[: (size := rng.randint(1, 4))], left[size:]
                    books.list(batch)
                    for one in batch:
                        if one.date and one.date >= "2021-12-09":
                            paid.levels.setdefault(name_of(one.project), set()).add(one.level or "")
                    if rng.random() < 0.7:
                        pay(books, paid, list(PROJECTS))
                pay(books, paid, list(PROJECTS))
                assert books.ledger() == {project: truth.due(project) for project in truth.levels}
