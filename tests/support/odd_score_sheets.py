"""Score sheets in shapes that are seen less often; each with the marks that must be read from it."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from support.score_sheets import Marks, Page, as_day, as_rate, each, head_line, invent, official, plain, with_sums

Made = tuple[dict[str, Page], list[Marks]]


def _several(rng: random.Random, count: int, reviewer: str = "王博文") -> list[Marks]:
    """One reviewer's marks for several units on one day."""
    names = ("青禾镇职工服务中心", "柳湾镇职工服务中心", "石梁镇职工服务中心")
    made = [invent(rng, centre=name, reviewer=reviewer) for name in names[:count]]
    return [replace(marks, day=made[0].day) for marks in made]


def points_in_wording(rng: random.Random) -> Made:
    marks = invent(rng)
    line = f"被评单位：{marks.centre}   专家：{marks.reviewer}   时间：{marks.day.isoformat()}   满意率 {as_rate(marks.rate)}"
    page = Page([line])
    page.add("评分项目", "评分标准", "自评得分", "考评得分", "扣分原因")
    for _, title, name, points, words in each(True):
        page.add(title, f"{words}（{points}分）", "", plain(marks.scores[name]), "")
    page.add("合计", "", "", plain(marks.total), "")
    return {"评分": page}, [marks]


def ids_in_wording(rng: random.Random) -> Made:
    marks = invent(rng)
    page = Page([head_line(marks)])
    page.add("指标", "标准分", "得分")
    for _, _, name, points, words in each(False):
        page.add(f"{name} {words}", plain(points), plain(marks.scores[name]))
    return {"评分": page}, [marks]


def bands_in_rows(rng: random.Random) -> Made:
    """The bands of the last criterion in rows of their own, its mark merged over them."""
    marks = invent(rng)
    page = Page([head_line(marks)])
    page.add("项目", "内容", "分值", "得分")
    for _, title, name, points, words in each(True):
        at = page.add(title, words[:40], plain(points), plain(marks.scores[name]))
    for band in ("90%或以上对工会服务职工工作满意,得11-15分;", "80%-89%满意的,得6-10分;", "70%-79%满意的,得1-5分;"):
        page.add("", band, "", "")
    page.merged += [(at, column, at + 3, column) for column in (0, 2, 3)]
    return {"评分": page}, [marks]


def reviewers_as_columns(rng: random.Random) -> Made:
    first = invent(rng, centre="青禾镇职工服务中心", reviewer="专家1")
    made = [first]
    for number in (2, 3):
        other = invent(rng, centre=first.centre, reviewer=f"专家{number}")
        scores = {**other.scores, "8.1": first.scores["8.1"]}
        made.append(replace(other, day=first.day, rate=first.rate, scores=scores))
    page = Page([f"单位名称：{first.centre}   评分日期：{as_day(first.day)}   满意率：{as_rate(first.rate)}"])
    page.add("项目", "内容", "分值", "专家打分", "", "", "平均分")
    page.add("", "", "", *(marks.reviewer for marks in made), "")
    page.merged = [(0, 3, 0, 5), *((0, column, 1, column) for column in (0, 1, 2, 6))]
    for _, title, name, points, words in each(True):
        page.add(title, words, plain(points), *(plain(marks.scores[name]) for marks in made), 1)
    return {"评分": page}, made


def _under_one_head(wide: str, heads: tuple[str, ...], scored: str) -> Callable[[random.Random], Made]:
    """Two rows of heads: a wide one, and under it columns of which one has the points; own scores are the maxima, the rest is noise."""

    def make(rng: random.Random) -> Made:
        own = next((head for head in heads if "自评" in head), None)
        marks = invent(rng, with_own=own is not None)
        page = Page([head_line(marks)])
        page.add("项目", "内容", "分值", wide, *[""] * (len(heads) - 1))
        page.add("", "", "", *heads)
        page.merged = [(0, 3, 0, 2 + len(heads)), *((0, column, 1, column) for column in (0, 1, 2))]
        for _, title, name, points, words in each(True):
            beside = {scored: plain(marks.scores[name]), own: plain(points), "差异": plain(marks.scores[name] - points)}
            page.add(title, words, plain(points), *(beside.get(head, "") for head in heads))
        return {"评分": page}, [marks]

    make.__name__ = f"{wide}[{'|'.join(heads)}]"
    return make


_WIDE_HEADS = (
    _under_one_head("评审情况", ("得分", "扣分原因"), "得分"),
    _under_one_head("得分", ("自评", "考评"), "考评"),
    _under_one_head("得分", ("自评", "考评", "差异"), "考评"),
    _under_one_head("考核评分", ("得分", "备注"), "得分"),
    _under_one_head("得分", ("单位自评", "专家组评分"), "专家组评分"),
    _under_one_head("得分", ("自评", "专家评"), "专家评"),
    _under_one_head("现场查看", ("得分", "备注"), "得分"),
    _under_one_head("打分", ("自评分", "市总工会评分"), "市总工会评分"),
)


def persons_as_columns(rng: random.Random) -> Made:
    """Three reviewers side by side by their names alone."""
    first = invent(rng, centre="青禾镇职工服务中心", reviewer="陈安")
    others = [
        replace(first, reviewer=name, scores={**invent(rng).scores, "8.1": first.scores["8.1"]})
        for name in ("欧阳明轩", "李晓雯")
    ]
    page = Page([f"单位名称：{first.centre}   评分日期：{as_day(first.day)}   满意率：{as_rate(first.rate)}"])
    page.add("项目", "内容", "分值", *(marks.reviewer for marks in (first, *others)))
    for _, title, name, points, words in each(True):
        page.add(title, words, plain(points), *(plain(marks.scores[name]) for marks in (first, *others)))
    return {"评分": page}, [first, *others]


def units_with_own_scores(rng: random.Random) -> Made:
    """Units side by side, each with its own scores beside the expert's."""
    made = _several(rng, 2)
    page = Page([f"评分人：王博文   评分日期：{as_day(made[0].day)}"])
    page.add("项目", "内容", "分值", made[0].centre, "", made[1].centre, "")
    page.add("", "", "", "自评分", "专家评分", "自评分", "专家评分")
    page.merged = [(0, 3, 0, 4), (0, 5, 0, 6), *((0, column, 1, column) for column in (0, 1, 2))]
    for _, title, name, points, words in each(True):
        scores = [value for marks in made for value in (plain(points), plain(marks.scores[name]))]
        page.add(title, words, plain(points), *scores)
    last = page.add("满意率", "", "", as_rate(made[0].rate), "", as_rate(made[1].rate), "")
    page.merged += [(last, 3, last, 4), (last, 5, last, 6)]
    return {"评分": page}, made


def unit_in_each_row(rng: random.Random) -> Made:
    made = _several(rng, 3)
    page = Page([f"评分人：王博文   评分日期：{as_day(made[0].day)}"])
    page.add("单位名称", *(name for _, _, name, _, _ in each(False)), "总分", "满意率")
    for marks in made:
        page.add(marks.centre, *map(plain, marks.scores.values()), plain(marks.total), as_rate(marks.rate))
    return {"评分": page}, made


def without_heads(rng: random.Random) -> Made:
    marks = invent(rng)
    page = Page([head_line(marks)])
    for _, title, name, points, words in each(True):
        page.add(title, words, plain(points), plain(marks.scores[name]))
    return {"评分": page}, [marks]


def names_on_tabs(rng: random.Random) -> Made:
    """A unit on each sheet, named on its tab alone, behind a sheet of instructions."""
    made = _several(rng, 2)
    pages = {"说明": Page(["填写说明"], [["一", "请逐项打分"]])}
    for marks in made:
        page = official(marks)
        page.before = [f"评分人：{marks.reviewer}　{as_day(marks.day)}　满意率：{as_rate(marks.rate)}"]
        pages[marks.centre] = page
    return pages, made


def total_not_computed(rng: random.Random) -> Made:
    marks = invent(rng)
    page = with_sums(marks)
    page.rows[-1][4] = "=SUM(E1:E9)"
    return {"评分": page}, [marks]


def words_of_an_office_s_own(rng: random.Random) -> Made:
    """Criteria nobody knows the words of, under the printed groups, in order and with their maxima."""
    marks = invent(rng)
    page = Page([head_line(marks)])
    page.add("项目", "内容", "分值", "得分")
    for number, (_, title, name, points, _) in enumerate(each(True)):
        page.add(title, f"要点{number}甲乙丙丁", plain(points), plain(marks.scores[name]))
    return {"评分": page}, [marks]


def labels_in_cells(rng: random.Random) -> Made:
    marks = invent(rng)
    page = official(marks)
    head = [
        ["单位名称：", marks.centre, "评分人：", marks.reviewer],
        ["评分日期：", marks.day.strftime("%Y/%m/%d"), "满意率：", float(marks.rate) / 100],
    ]
    page.before, page.rows = [], [*head, *page.rows]
    page.merged = [(top + 2, left, bottom + 2, right) for top, left, bottom, right in page.merged]
    return {"评分": page}, [marks]


ODD: tuple[Callable[[random.Random], Made], ...] = (
    points_in_wording, ids_in_wording, bands_in_rows, reviewers_as_columns, units_with_own_scores, unit_in_each_row, without_heads,
    persons_as_columns, *_WIDE_HEADS, names_on_tabs, total_not_computed, words_of_an_office_s_own, labels_in_cells,
)  # fmt: skip
