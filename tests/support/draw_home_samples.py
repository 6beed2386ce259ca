"""Writes the samples of beijing-workers-home and sichuan-demonstration-units and, beside the tests, what must be read and found in each.

Run as `python -m support.draw_home_samples` with tests/ on the path.
"""

from __future__ import annotations

import json
import random
from dataclasses import replace
from typing import Any

from support.demonstration_fills import NOTES as PRACTICES
from support.demonstration_fills import fill_form
from support.evaluation_sheets import Vote, as_word, as_workbook, row_of
from support.home_fills import (
    ITEMS,
    LAYOUTS,
    MET,
    NOTE_TEXTS,
    NOTES,
    UNMET,
    HomeFilling,
    HomeManner,
    fields_of,
    findings_of,
    invent,
)
from support.office import ROOT, TEMPLATES

HOMES, UNITS = "beijing-workers-home", "sichuan-demonstration-units"
GOLDEN = ROOT / "tests" / "packs"


def _whole(seed: int, name: str, union: str = "云汀区总工会") -> HomeFilling:
    """A form with nothing wrong."""
    drawn = invent(random.Random(seed))
    day = (2014, 3, 12)
    return replace(
        drawn,
        home_name=f"{name}职工之家",
        unit=name,
        managing_union=union,
        form_date=(2014, 3),
        home_since=(2009, 5),
        site="320平方米，位于办公楼一层",
        ticks={id_: MET for id_, _, _ in ITEMS},
        notes={id_: text for (id_, _), text in zip(NOTES, NOTE_TEXTS, strict=True)},
        opinions={
            "opinion_union": ("经自查，情况属实，同意申报。", day),
            "opinion_managing": ("经核查，同意推荐。", (2014, 3, 20)),
        },
    )


def _gaps() -> HomeFilling:
    base = _whole(3, "柳浪街道社区卫生服务中心")
    ticks = base.ticks | {"identity": None, "easing": UNMET, "activists": UNMET}
    return replace(
        base,
        site="",
        ticks=ticks,
        notes=base.notes | {"mechanisms_notes": ""},
        opinions={"opinion_union": base.opinions["opinion_union"]},
    )


# Case, file, layout, filling, manner.
APPLICATIONS: tuple[tuple[str, str, str, HomeFilling, HomeManner], ...] = (
    ("complete", "砚池小学职工之家申报表.docx", "blank", _whole(1, "云汀区砚池小学"), HomeManner()),
    ("own-layout", "晴川机械厂 职工之家建设情况申报表.docx", "compact", _whole(2, "晴川机械厂"), HomeManner("check_mark", "dotted")),
    ("several-gaps", "附件 社区卫生服务中心申报表.docx", "blank", _gaps(), HomeManner("filled", "plain", frozenset({"renumbered"}))),
)  # fmt: skip
VOTES = (
    Vote("云汀区砚池小学职工之家", 120, 96, 15, 3),
    Vote("晴川机械厂职工之家", 400, 214, 60, 92),
    Vote("柳浪街道社区卫生服务中心职工之家", 90, 40, 5, 2),
)
SLIPPED = Vote("望岳药业股份有限公司职工之家", 260, 170, 40, 30)
EVALUATIONS: tuple[tuple[str, str, bytes, tuple[dict[str, Any], ...]], ...] = (
    ("votes-of-a-district", "云汀区2014年会员评议职工之家统计表.xlsx", as_workbook("two_levels", VOTES), tuple(map(row_of, VOTES))),
    ("votes-of-one-home", "望岳药业会员评议结果.docx", as_word("named_inside", [SLIPPED]), (row_of(SLIPPED),)),
)  # fmt: skip
# Case, file, months, findings.
DEMONSTRATIONS: tuple[tuple[str, str, dict[str, Any], tuple[tuple[str, str], ...]], ...] = (
    ("two-years", "桥溪县职工服务中心示范单位申报表.docx",
     {"unit": "桥溪县职工服务中心", "union": "青衣市总工会", "handed_in": (2023, 3), "since": (2021, 3)}, ()),
    ("too-early", "竹河县职工服务中心申报表.docx",
     {"unit": "竹河县职工服务中心", "union": "青衣市总工会", "handed_in": (2023, 3), "since": (2022, 5)}, (("not_eligible", "form_date"),)),
)  # fmt: skip


def files() -> dict[str, bytes]:
    """Every sample by pack and file name."""
    found = {f"{HOMES}/{file}": LAYOUTS[layout](filling, manner) for _, file, layout, filling, manner in APPLICATIONS}
    found |= {f"{HOMES}/{file}": data for _, file, data, _ in EVALUATIONS}
    return found | {f"{UNITS}/{file}": fill_form(**facts) for _, file, facts, _ in DEMONSTRATIONS}


def goldens() -> dict[str, dict[str, Any]]:
    """What each sample must give, by pack and case."""
    found = {
        f"{HOMES}/{case}": _golden(file, "application", fields_of(filling), findings_of(filling))
        for case, file, _, filling, _ in APPLICATIONS
    }
    for case, file, _, rows in EVALUATIONS:
        head = ("云汀区总工会", "2014-11-20") if case == "votes-of-a-district" else (None, None)
        fields = {"reporting_union": head[0], "evaluated_on": head[1], "homes": list(rows)}
        found[f"{HOMES}/{case}"] = _golden(file, "evaluation", fields, [])
    for case, file, facts, findings in DEMONSTRATIONS:
        marks = [("unsealed", "opinion_recommending"), ("unsigned", "opinion_recommending")]
        found[f"{UNITS}/{case}"] = _golden(file, "application", _unit_fields(facts), [*findings, *marks])
    return found


def _golden(file: str, kind: str, fields: dict[str, Any], findings: list[tuple[str, str]]) -> dict[str, Any]:
    return {"file": file, "kind": kind, "fields": fields, "findings": [list(found) for found in findings]}


def _unit_fields(facts: dict[str, Any]) -> dict[str, Any]:
    year, month = facts["handed_in"]
    opinion = {"text": "经审核，同意推荐。", "sealed": None, "signed": None, "date": f"{year}-{month:02d}-12"}
    names = ("service_sites", "service_level", "service_blocks", "service_system")
    return {
        "unit_name": facts["unit"],
        "recommending_union": facts["union"],
        "form_date": f"{year}-{month:02d}",
        "pilot_since": "{}-{:02d}".format(*facts["since"]),
        "floor_area": "4000平方米",
        **dict(zip(names, PRACTICES, strict=True)),
        "opinion_recommending": opinion,
    }


def write() -> None:
    for name, data in files().items():
        pack, file = name.split("/")
        target = TEMPLATES / pack / "samples" / file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    for name, golden in goldens().items():
        target = GOLDEN / name / "expected.json"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps(golden, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write()
