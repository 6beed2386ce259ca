"""Filled 职工之家建设情况申报表: what somebody wrote, how, and in whose layout. The truth is known before anything is drawn."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from docx import Document
from docx.table import _Cell

from support import draw_home_form as form
from support.draw_application import write_run
from support.form_drawing import FormDrawing
from support.packing import repack

ITEMS = tuple(item for _, items, _ in form.PARTS for item in items)
NOTES = tuple(closing for _, _, closing in form.PARTS)
MET, UNMET = "达到", "未达到"
TEXTS = ("home_name", "unit", "managing_union", "union_chair", "employees", "members", "site", "staff")
ORDER = (
    "home_name",
    "unit",
    "managing_union",
    "form_date",
    "union_chair",
    "home_since",
    "employees",
    "members",
    "site",
    "staff",
)


@dataclass(frozen=True, slots=True)
class HomeFilling:
    """All answers; `ticks` by field id (None: nothing ticked), `notes` by field id, `opinions` (text, day)."""

    home_name: str
    unit: str
    managing_union: str
    form_date: tuple[int, int] | None
    union_chair: str
    home_since: tuple[int, int] | None
    employees: str
    members: str
    site: str
    staff: str
    ticks: dict[str, str | None] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    opinions: dict[str, tuple[str, tuple[int, int, int] | None]] = field(default_factory=dict)


PLACES = ("砚池", "晴川", "柳浪", "远帆", "望岳", "青屏", "长亭", "知春", "鹿鸣", "云岫")
KINDS = ("小学", "机械厂", "物流有限公司", "药业股份有限公司", "水务集团有限公司", "图书馆", "社区卫生服务中心")
UNIONS = ("云汀区总工会", "石漫滩经济技术开发区总工会", "轻工产业工会", "城建集团公司工会")
CHAIRS = ("顾晓岚", "沈亦舟", "陶立新", "江月明", "阮清和")
NOTE_TEXTS = (
    "设有职工之家320平方米，含调解室、减压室和职工书屋，标牌醒目，全年开放。\n工会主席的手机号码和电子邮箱在宣传栏公布，宣传栏每月更新一次。",
    "全年接待来访46人次，帮扶困难职工12户，调解劳动争议3起；举办心理讲座4期、技能培训9期，组建羽毛球、合唱等兴趣小组6个。",
    "每月15日为主席接待日；每季度召开职工座谈会，对帮扶对象每半年回访一次，资料归档齐全。",
    "每季度与单位领导班子开会一次；与街道工会服务站共享活动信息；有工会积极分子18人，登记在册。",
)


def invent(rng: random.Random) -> HomeFilling:
    """A filling: most items are met, some are not, a few answers are forgotten."""
    name = f"{rng.choice(PLACES)}{rng.choice(KINDS)}"
    year = rng.choice((2014, 2015, 2016))
    members = rng.randint(40, 900)
    ticks = {id_: rng.choices((MET, UNMET, None), (12, 3, 1))[0] for id_, _, _ in ITEMS}
    notes = {id_: ("" if rng.random() < 0.08 else text) for (id_, _), text in zip(NOTES, NOTE_TEXTS, strict=True)}
    opinions = {
        "opinion_union": ("经自查，情况属实，同意申报。", (year, 3, rng.randint(1, 20))),
        "opinion_managing": ("经核查，同意推荐。", (year, 3, rng.randint(21, 28)))
        if rng.random() < 0.8
        else ("", None),
    }
    return HomeFilling(
        home_name=f"{name}职工之家",
        unit=name,
        managing_union=rng.choice(UNIONS),
        form_date=(year, rng.randint(1, 12)),
        union_chair=rng.choice(CHAIRS),
        home_since=(rng.randint(1998, year), rng.randint(1, 12)) if rng.random() < 0.9 else None,
        employees=f"{members + rng.randint(0, 60)}人",
        members=f"{members}人",
        site="" if rng.random() < 0.08 else f"{rng.randint(60, 900)}平方米，位于办公楼一层",
        staff=f"专职{rng.randint(1, 3)}人，兼职{rng.randint(1, 6)}人",
        ticks=ticks,
        notes=notes,
        opinions=opinions,
    )


def month_value(when: tuple[int, int] | None) -> str | None:
    return f"{when[0]}-{when[1]:02d}" if when else None


def fields_of(filling: HomeFilling) -> dict[str, Any]:
    """The value of every field in the form's order."""
    values: dict[str, Any] = {name: getattr(filling, name) or None for name in ORDER}
    values |= {name: month_value(getattr(filling, name)) for name in ("form_date", "home_since")}
    for _, items, (closing, _) in form.PARTS:
        values |= {id_: filling.ticks.get(id_) for id_, _, _ in items}
        values[closing] = filling.notes.get(closing) or None
    for id_, _ in form.OPINIONS:
        text, day = filling.opinions.get(id_, ("", None))
        date = "{}-{:02d}-{:02d}".format(*day) if day else None
        values[id_] = {"text": text, "sealed": None, "signed": None, "date": date}
    return values


def findings_of(filling: HomeFilling) -> list[tuple[str, str]]:
    """Every (code, field) that checking must find."""
    values = fields_of(filling)
    found = [("missing", name) for name, value in values.items() if value is None and name != "home_since"]
    found += [("not_eligible", id_) for id_, tick in filling.ticks.items() if tick == UNMET]
    for id_, _ in form.OPINIONS:
        opinion = values[id_]
        if not (opinion["text"] or opinion["date"]):
            found.append(("missing", id_))
        else:
            found += [("unsealed", id_), ("unsigned", id_)]
    return found


# Manners of writing ---------------------------------------------------------------------------------------------------

BOX_STYLES: dict[str, Callable[[str | None], str]] = {
    "ticked": lambda tick: "　".join(("☑" if tick == option else "□") + option for option in (MET, UNMET)),
    "check_mark": lambda tick: "　".join(("√" if tick == option else "□") + option for option in (MET, UNMET)),
    "filled": lambda tick: "  ".join(("■" if tick == option else "□") + option for option in (MET, UNMET)),
    "behind": lambda tick: "　".join(option + ("☑" if tick == option else "□") for option in (MET, UNMET)),
    "written": lambda tick: tick or "□达到　□未达到",
}
MONTH_STYLES: dict[str, Callable[[tuple[int, int]], str]] = {
    "plain": lambda m: f"{m[0]}年{m[1]}月",
    "dotted": lambda m: f"{m[0]}.{m[1]}",
    "dashed": lambda m: f"{m[0]}-{m[1]:02d}",
}


@dataclass(frozen=True, slots=True)
class HomeManner:
    """How it is written: the boxes' and months' style, and hand edits."""

    boxes: str = "ticked"
    month: str = "plain"
    edits: frozenset[str] = frozenset()

    def label(self, text: str) -> str:
        if "renumbered" in self.edits and text[:1].isdigit():
            text = f"（{text[0]}）{text[2:]}"
        if "unnumbered" in self.edits and text[:1].isdigit():
            text = text[2:]
        return " ".join(text) if "spaced" in self.edits and len(text) < 6 else text


EDITS = ("spaced", "renumbered", "unnumbered", "row_added", "hints_deleted", "instructions_deleted")


def manner_of(rng: random.Random) -> HomeManner:
    return HomeManner(rng.choice(list(BOX_STYLES)), rng.choice(list(MONTH_STYLES)), frozenset(rng.sample(EDITS, 2)))


# Layouts --------------------------------------------------------------------------------------------------------------


@cache
def _blank() -> bytes:
    return form.draw()


def _put(cell: Any, text: str) -> None:
    for number, line in enumerate(text.split("\n") if text else []):
        write_run(cell.paragraphs[0] if number == 0 else cell.add_paragraph(), line)


def _retype(paragraph: Any, text: str, size: float = 14) -> None:
    for run in list(paragraph.runs):
        run._element.getparent().remove(run._element)
    write_run(paragraph, text, size=size)


def fill_blank(filling: HomeFilling, manner: HomeManner) -> bytes:
    """A copy of the blank that was handed out."""
    document = Document(io.BytesIO(_blank()))
    cover = dict(zip(form.COVER, ("home_name", "unit", "managing_union"), strict=True))
    for paragraph in list(document.paragraphs):
        label = paragraph.text.split("：")[0]
        if label in cover:
            _retype(paragraph, f"{manner.label(label)}：{getattr(filling, cover[label])}", 16)
        elif paragraph.text.startswith("二〇") and filling.form_date:
            _retype(paragraph, MONTH_STYLES["plain"](filling.form_date), 16)
        elif "instructions_deleted" in manner.edits and paragraph.text[:2] in ("1.", "2.", "3.", "填写"):
            paragraph._element.getparent().remove(paragraph._element)
    places = _places(document.tables[0])
    if "row_added" in manner.edits:
        row = places["活动场所"][0]._tc.getparent()
        copy = deepcopy(row)
        row.addprevious(copy)
        for tc, text in zip(copy.tc_lst, ("联系电话", "010-6500 1122"), strict=True):
            for old in list(_Cell(tc, document.tables[0]).paragraphs[0].runs):
                old._element.getparent().remove(old._element)
            write_run(_Cell(tc, document.tables[0]).paragraphs[0], text)
    _fill_places(places, filling, manner)
    buffer = io.BytesIO()
    document.save(buffer)
    return repack(buffer.getvalue())


def _places(table: Any) -> dict[str, tuple[Any, Any]]:
    """Label and place cell by the label's first line."""
    found: dict[str, tuple[Any, Any]] = {}
    for row in table.rows:
        cells: list[Any] = []
        for cell in row.cells:
            if not cells or cell._tc is not cells[-1]._tc:
                cells.append(cell)
        for label, place in zip(cells, [*cells[1:], None], strict=True):
            found.setdefault(label.paragraphs[0].text, (label, place))
    return found


def _fill_places(places: dict[str, tuple[Any, Any]], filling: HomeFilling, manner: HomeManner) -> None:
    for label, name in (
        ("工会主席", "union_chair"),
        ("职工人数", "employees"),
        ("会员人数", "members"),
        ("活动场所", "site"),
        ("工作人员", "staff"),
    ):
        head, place = places[label]
        _retype(head.paragraphs[0], manner.label(label))
        _put(place, getattr(filling, name))
    if filling.home_since:
        _put(places["建家时间"][1], MONTH_STYLES[manner.month](filling.home_since))
    for id_, label, _ in ITEMS:
        head, place = places[label]
        _retype(head.paragraphs[0], manner.label(label))
        if "hints_deleted" in manner.edits:
            head.paragraphs[1]._element.getparent().remove(head.paragraphs[1]._element)
        _retype(place.paragraphs[0], BOX_STYLES[manner.boxes](filling.ticks.get(id_)))
    for id_, label in NOTES:
        _put(places[label][1], filling.notes.get(id_, ""))
    for id_, unit in form.OPINIONS:
        text, day = filling.opinions.get(id_, ("", None))
        cell = places[f"{unit}（盖章）："][0]
        if text:
            _retype(cell.paragraphs[1], text)
        if day:
            _retype(cell.paragraphs[-1], f"负责人（签名）　　　　　{day[0]}年{day[1]}月{day[2]}日")


def draw_compact(filling: HomeFilling, manner: HomeManner) -> bytes:
    """An office's own shape: no cover page, everything in one table, boxes in a column of their own, notes under the items."""
    drawn = FormDrawing(form.TITLE, "", datetime(2014, 3, 1), (2600, 2600, 2000, 1800))
    drawn.line(form.TITLE, size=20, centred=True)
    for label, name in zip(form.COVER, ("home_name", "unit", "managing_union"), strict=True):
        drawn.line(f"{label}：{getattr(filling, name)}")
    drawn.line(MONTH_STYLES["plain"](filling.form_date) if filling.form_date else form.DATE_LINE)
    drawn.begin_table()
    drawn.head("一、基本情况")
    for label, name in (
        ("工会主席", "union_chair"),
        ("职工人数", "employees"),
        ("会员人数", "members"),
        ("活动场所", "site"),
        ("工作人员", "staff"),
    ):
        _pair(drawn, manner.label(label), getattr(filling, name))
    _pair(drawn, "建家时间", MONTH_STYLES[manner.month](filling.home_since) if filling.home_since else "")
    for heading, items, (closing, label) in form.PARTS:
        drawn.head(heading)
        for id_, words, _ in items:
            _pair(drawn, manner.label(words), BOX_STYLES[manner.boxes](filling.ticks.get(id_)))
        _pair(drawn, label, filling.notes.get(closing, ""))
    drawn.head("六、意见")
    for id_, unit in form.OPINIONS:
        text, day = filling.opinions.get(id_, ("", None))
        when = f"{day[0]}年{day[1]}月{day[2]}日" if day else "年　　月　　日"
        _pair(drawn, f"{unit}意见", "\n".join(filter(None, (text, "（盖章）", f"负责人（签名）：　　　　{when}"))))
    return drawn.data()


def _pair(drawn: FormDrawing, label: str, text: str) -> None:
    left, right = drawn.row((1, 3), 1.0)
    _put(left, label)
    _put(right, text)


LAYOUTS: dict[str, Callable[[HomeFilling, HomeManner], bytes]] = {"blank": fill_blank, "compact": draw_compact}


def make(seed: int, layout: str) -> tuple[bytes, dict[str, Any], list[tuple[str, str]]]:
    """A filled form with its values and findings; the same arguments give the same."""
    filling = invent(random.Random(f"home {seed}"))
    manner = manner_of(random.Random(f"manner {seed} {layout}"))
    return LAYOUTS[layout](filling, manner), fields_of(filling), findings_of(filling)
