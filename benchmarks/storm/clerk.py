"""The steps of a year: what comes in when, and what a clerk fills in and drops back, by the files in the outbox alone.

In: a home, and a year. Out: for each step the day it happens on and the files to drop. A step is made when everything before it has settled, so
that the same year gives the same papers whether or not anything was killed meanwhile; only numbers may come out in another order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from benchmarks.storm import papers
from benchmarks.storm.lives import ZONE
from benchmarks.storm.papers import Files, Project, Unit

from support import review_sheets
from support.money import filled as filled_money
from support.workbooks_back import filled

NANTONG, BEIJING = "职工服务中心赋能创优", "职工之家建设"
QINGDAO, SICHUAN = "社会组织服务职工优秀项目", "提升职工生活品质示范单位"
_HIGHER = {"市级": "省级", "省级": "全国", "全国": "全国"}


@dataclass(frozen=True, slots=True)
class Step:
    """What is dropped on a day. `name` says what it is about; `is_last`: nothing follows in its year."""

    name: str
    day: datetime
    files: Files
    is_last: bool


@dataclass
class Year:
    """A year of an office. `size` is the number of units that apply; `number` sets its names apart from those of other years. `most_steps`: how
    far into the year; the sixth is the first that pays."""

    home: Path
    number: int
    year: int
    size: int
    most_steps: int = 99
    due: dict[str, int] = field(default_factory=dict)

    @property
    def units(self) -> tuple[Unit, ...]:
        return papers.units(self.year, 1 + 150 * self.number, self.size)

    @property
    def projects(self) -> tuple[Project, ...]:
        """Those with an honour."""
        return papers.projects(1000 + 100 * self.number, max(2, self.size // 3))

    def steps(self) -> Iterator[Step]:
        """The steps, each made when it is asked for."""
        steps = _STEPS[: self.most_steps]
        for name, month, day, files in steps:
            yield Step(name, datetime(self.year, month, day, 9, tzinfo=ZONE), files(self), name == steps[-1][0])

    def outbox(self, programme: str) -> Path:
        return self.home / "outbox" / programme / f"{self.year}年"

    def newest(self, programme: str, title: str) -> tuple[str, bytes] | None:
        """The workbook of a programme's year that lies there now, under the name it is dropped back by; None if there is none."""
        found = sorted(self.outbox(programme).rglob(f"{title}（第*.xlsx"))
        if not found:
            return None
        assert len(found) == 1, found
        return f"{programme}{self.year}{found[0].name}", found[0].read_bytes()


def _applications(year: Year) -> Files:
    first = 100 * year.number
    few = max(1, year.size // 5)
    return {
        **papers.applications(year.units),
        **papers.other_forms(year.year, first, few),
        **papers.hostile(year.number),
        **papers.evidence(first + 90),
    }


def _corrections(year: Year) -> Files:
    """Second forms, sheets with what was missing, papers that came before, and a sheet that has been overtaken."""
    files = papers.corrected(year.units)
    for unit in year.units:
        if unit.lacks == "sheet":
            [path] = year.outbox(NANTONG).glob(f"{unit.name}/审核表.xlsx")
            files[f"审核表 {unit.name}.xlsx"] = review_sheets.filled(path.read_bytes(), {"industry": "服务业"})
    for name, data in list(papers.applications(year.units).items())[:: max(2, year.size // 4)]:
        files[f"又一次 {name.rpartition('/')[2]}"] = data
    return files


def _scores(year: Year) -> Files:
    half = len(year.projects) // 2
    return {
        **papers.scored(year.units),
        **papers.votes(year.year, 500 + 100 * year.number),
        **papers.honours(year.year, year.projects[:half], 2 * year.number),
        **papers.honours(year.year, year.projects[half:], 2 * year.number + 1),
    }


def _sums(year: Year, projects: Iterable[Project]) -> Files:
    """What is due for these is approved."""
    found = year.newest(QINGDAO, "补助测算")
    answers = {one.name: {"核定": "是"} for one in projects}
    return {found[0]: filled_money(found[1], "补助测算", "项目名称", answers)} if found else {}


def _put_right(year: Year) -> Files:
    year.due |= {one.name: papers.DUE[one.level] for one in year.projects}
    return {**papers.scored(year.units, corrected_only=True), **_sums(year, year.projects)}


def _topped_up(year: Year) -> Files:
    """The difference, where there is one: nothing is higher than 全国."""
    return _sums(year, (one for one in year.projects if one.level != "全国"))


def _decisions(year: Year) -> Files:
    return _filled(year, (NANTONG, "评分汇总", {}, "单位"), (SICHUAN, "核定表", _named_in(year), "单位"))


def _named_in(year: Year) -> dict[str, dict[str, str]]:
    names = [name.removesuffix("示范单位申报表.docx") for name in _applications(year) if "示范单位" in name]
    return {name: {"拟命名": "是"} for name in names}


def _first_approvals(year: Year) -> Files:
    yes = {"批准": "是", "签发人": "王主席"}
    return _filled(
        year,
        (NANTONG, "发文审批表", {"公示": yes}, "文书"),
        (QINGDAO, "发文审批表", {"补助通知": yes}, "文书"),
        (BEIJING, "发文审批表", {"限期整改通知书": yes}, "文书"),
    )


def _extensions(year: Year) -> Files:
    return _filled(year, (NANTONG, "发文审批表", {"延期通知": {"批准": "是", "签发人": "王主席"}}, "文书"))


def _namings(year: Year) -> Files:
    """What waited for the 公示, higher honours for the same projects, and an approval of what is issued already."""
    yes = {"批准": "是", "签发人": "王主席"}
    higher = tuple(replace(one, level=_HIGHER[one.level]) for one in year.projects)
    year.due |= {one.name: papers.DUE[one.level] for one in higher}
    again = {f"{year.year}旧表.xlsx": _overtaken(year)}
    return {
        **_filled(
            year, (NANTONG, "发文审批表", {"命名决定": yes}, "文书"), (SICHUAN, "发文审批表", {"表彰通报": yes}, "文书")
        ),
        **papers.honours(year.year, higher, 1000 + year.number),
        **again,
    }


def _overtaken(year: Year) -> bytes:
    """A 发文审批表 that has been filled in and handed back before, saved once more."""
    [path] = [path for path in year.outbox(QINGDAO).rglob("*发文审批表*.xlsx") if "收回" in str(path.parent)]
    return filled(path.read_bytes(), {}, "文书", "另一个人")


def _last_approvals(year: Year) -> Files:
    """What is a draft by then."""
    return _filled(year, (QINGDAO, "发文审批表", {"拟稿": {"批准": "是", "签发人": "王主席"}}, "状态"))


def _withdrawn(year: Year) -> Files:
    """Every 补助通知 of the year: what was paid by them is not paid any more."""
    return _filled(year, (QINGDAO, "发文审批表", {"已印发": {"批准": "作废", "理由": "附表有误"}}, "状态"))


def _paid_after_all(year: Year) -> Files:
    return _sums(year, year.projects)


def _filled(year: Year, *sheets: tuple[str, str, dict[str, dict[str, str]], str]) -> Files:
    """The newest workbooks filled in; those that are not there are left out."""
    files: Files = {}
    for programme, title, answers, key in sheets:
        if found := year.newest(programme, title):
            files[found[0]] = filled(found[1], answers, key, "张科长")
    return files


_STEPS: tuple[tuple[str, int, int, Callable[[Year], Files]], ...] = (
    ("applications", 3, 10, _applications),
    ("corrections", 3, 21, _corrections),
    ("score sheets, votes, honours", 11, 20, _scores),
    ("sheets put right, sums approved", 11, 22, _put_right),
    ("decisions", 11, 24, _decisions),
    ("letters approved", 11, 26, _first_approvals),
    ("extensions approved", 11, 28, _extensions),
    ("namings approved, higher honours", 12, 12, _namings),
    ("sums approved again", 12, 14, _topped_up),
    ("payments approved again", 12, 15, _last_approvals),
    ("payments withdrawn", 12, 16, _withdrawn),
    ("sums approved for good", 12, 19, _paid_after_all),
    ("payments approved for good", 12, 20, _last_approvals),
)
