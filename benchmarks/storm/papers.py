"""The papers of one year of a storm: of every programme, kind and format that an office gets, each with bytes of its own.

In: a year, how many units, and a number that no other year has. Out: files by the name they are dropped under, in the steps of a year; a year
and a number give the same bytes each time. Nothing here knows what formflow makes of them.
"""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

from support import (
    archives,
    demonstration_fills,
    evaluation_sheets,
    home_fills,
    honours_lists,
    other_pdfs,
    score_sheets,
)
from support import draw_recommendation_samples as recommendation
from support.draw_recommendation import draw as draw_recommendation
from support.fill_blank import fill
from support.filling import Filling, Opinion
from support.manner import Manner
from support.ofd_of_pdf import as_ofd
from support.packing import repack
from support.sample_cases import complete
from support.sentences import PLACES

Files = dict[str, bytes]
REVIEWERS = ("陈安", "李晓雯", "王博文")
# Yuan for the highest honour of a project, as the source has it: 全国 3万, 山东省 2万, 青岛市 1万.
DUE = {"全国": 30_000, "省级": 20_000, "市级": 10_000}
_SIGNS = "白鹭墨河星沙望潮柳湾栖云石梁菱塘青禾盐垛双桥临溪海岸云岭金玉泉松坡竹园梅渚荷枫林桃源杏坞兰亭"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that applies in Nantong. `lacks`: its first form has something missing, and it is put right by a second form ("form") or on
    the 审核表 ("sheet")."""

    number: int
    year: int
    carrier: str
    lacks: str = ""

    @property
    def town(self) -> str:
        return f"第{self.number:03d}镇"

    @property
    def name(self) -> str:
        return f"{PLACES[self.number % len(PLACES)][0]}{self.town}职工服务中心"


@dataclass(frozen=True, slots=True)
class Project:
    """A project with an honour. `organisation` carries it out."""

    name: str
    organisation: str
    level: str


def units(year: int, first: int, count: int) -> tuple[Unit, ...]:
    """The units of a year: most send a Word file, the others everything else that offices send."""
    carriers = ["docx"] * 14 + ["folder", "folder", "zip", "zip", "eml", "pdf", "pdf", "ofd"]
    lacks = {3: "form", 7: "sheet", 12: "form"}
    return tuple(
        Unit(first + n, year, carriers[n % len(carriers)], lacks.get(n % len(carriers), "")) for n in range(count)
    )


def applications(found: tuple[Unit, ...]) -> Files:
    """The first paper of every unit."""
    files: Files = {}
    for unit in found:
        filling = filling_of(unit)
        files |= _CARRIERS[unit.carrier](unit, replace(filling, industry="") if unit.lacks else filling)
    return files


def corrected(found: tuple[Unit, ...]) -> Files:
    """The second form of those that send one."""
    again = [unit for unit in found if unit.lacks == "form"]
    return {f"{unit.name}申请表（补正）.docx": _form(unit, filling_of(unit)) for unit in again}


def filling_of(unit: Unit) -> Filling:
    """A complete form of the unit, all its years moved to the unit's."""
    number = unit.number % len(PLACES)
    later = unit.year - 2022
    return _moved(complete(number, unit.number % 3), PLACES[number][1], unit.town, later)


def _moved(value: Any, town: str, name: str, later: int) -> Any:
    """The same answers from another town, some years later."""
    if isinstance(value, str):
        text = value.replace(town, name)
        for year in (2024, 2023, 2022):
            text = text.replace(f"{year}年", f"{year + later}年")
        return text
    if isinstance(value, tuple) and value and isinstance(value[0], int) and value[0] > 2000:
        return (value[0] + later, *value[1:])
    if isinstance(value, tuple):
        return tuple(_moved(item, town, name, later) for item in value)
    if isinstance(value, Filling | Opinion) or hasattr(value, "responsible"):
        return replace(value, **{f.name: _moved(getattr(value, f.name), town, name, later) for f in fields(value)})
    return value


def _form(unit: Unit, filling: Filling) -> bytes:
    return fill(filling, Manner(random.Random(f"manner {unit.number}")))


def _with_attachments(unit: Unit, filling: Filling) -> Files:
    """A form, and the two attachments it asks for as files beside it."""
    return {
        f"{unit.name}申请表.docx": _form(unit, filling),
        f"{unit.name}发展规划.docx": _text(f"{unit.name}赋能创优发展规划", unit),
        f"{unit.name}实施方案.docx": _text(f"{unit.name}赋能创优实施方案", unit),
    }


def _text(title: str, unit: Unit) -> bytes:
    return repack(
        honours_lists.word(
            title, f"本方案由{unit.name}编制，自{unit.year}年3月起施行。", "一、基本情况", "按工作方案分步推进。"
        )
    )


def _as_docx(unit: Unit, filling: Filling) -> Files:
    return {f"{unit.name}申请表.docx": _form(unit, filling)}


def _as_folder(unit: Unit, filling: Filling) -> Files:
    return {f"{unit.town}/{name}": data for name, data in _with_attachments(unit, filling).items()}


def _as_zip(unit: Unit, filling: Filling) -> Files:
    return {f"{unit.town}报送.zip": _zipped(_with_attachments(unit, filling))}


def _as_mail(unit: Unit, filling: Filling) -> Files:
    parts = (archives.attached(name, data) for name, data in _with_attachments(unit, filling).items())
    return {f"{unit.town}来信.eml": archives.mail(*parts)}


def _as_pdf(unit: Unit, filling: Filling) -> Files:
    return {f"{unit.name}申请表.pdf": _pdf(filling)}


def _as_ofd(unit: Unit, filling: Filling) -> Files:
    return {f"{unit.name}申请表.ofd": as_ofd(_pdf(filling), unit.number)}


def _pdf(filling: Filling) -> bytes:
    return other_pdfs.by_report(other_pdfs.plain(filling))


_CARRIERS: Mapping[str, Callable[[Unit, Filling], Files]] = {
    "docx": _as_docx,
    "folder": _as_folder,
    "zip": _as_zip,
    "eml": _as_mail,
    "pdf": _as_pdf,
    "ofd": _as_ofd,
}


def _zipped(files: Files) -> bytes:
    """With a fixed time, so that the same papers are the same archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2022, 3, 7, 0, 0, 0)), data)
    return buffer.getvalue()


def other_forms(year: int, first: int, count: int) -> Files:
    """Forms of the three other programmes."""
    files: Files = {}
    for number in range(first, first + count):
        rng = random.Random(f"home {number}")
        home = replace(home_fills.invent(rng), home_name=f"{called(number)}厂职工之家", unit=f"{called(number)}厂")
        files[f"{home.unit}申报表.docx"] = home_fills.fill_blank(home, home_fills.manner_of(rng))
        town = f"{called(number)}县职工服务中心"
        files[f"{town}示范单位申报表.docx"] = demonstration_fills.fill_form(
            unit=town, union=f"{called(number)}县总工会", handed_in=(year, 3), since=(year - 2, 1)
        )
        said = {
            **recommendation.COMPLETE,
            "project_name": f"{called(number)}关爱",
            "organisation": f"{called(number)}社工中心",
        }
        files[f"{called(number)}推荐表.docx"] = draw_recommendation(said)
    return files


def called(number: int) -> str:
    """A name of its own for each number below 2,500: no two of them are alike enough to be asked about."""
    rng = random.Random(f"name {number}")
    return "".join(rng.sample(_SIGNS, 6))


def hostile(number: int) -> Files:
    """What cannot be read, or must not be."""
    word = f"{number}"
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(60_000_000))
    whole = _zipped({"甲.txt": word.encode() * 4000, "乙.txt": b"x" * 4000})
    return {
        f"坏申请表{word}.docx": b"PK no Word file " + word.encode(),
        f"炸弹{word}.docx": bomb.getvalue() + word.encode(),
        f"链接{word}.zip": archives.link(f"passwd{word}"),
        f"加密{word}.zip": archives.encrypted(whole),
        f"半截{word}.pdf": b"%PDF-1.7\n" + random.Random(word).randbytes(3000),
        f"未知{word}.bin": random.Random(f"bytes {word}").randbytes(2000),
        f"照片{word}.docx.exe": b"MZ" + random.Random(f"exe {word}").randbytes(500),
        f"说明=1+1 {word}.txt": f"第{word}号来信，内容与申请无关。".encode(),
    }


def evidence(number: int) -> Files:
    """A report about a project, as a page of text and of the web."""
    name = called(number)
    text = f"{name}社工中心开展{name}关爱项目\n本报讯 {name}社工中心为户外劳动者服务 {number} 人次。"
    return {
        f"报道{number}.txt": text.encode(),
        f"报道{number}.html": f"<html><body><h1>{name}</h1><p>{text}</p></body></html>".encode(),
    }


def marks(unit: Unit, reviewer: str) -> score_sheets.Marks:
    """What a reviewer gives: every fourth unit falls short."""
    rng = random.Random(f"{unit.number} {reviewer}")
    given = score_sheets.invent(rng, centre=unit.name, reviewer=reviewer)
    share = Decimal("0.5") if unit.number % 4 == 0 else Decimal("0.9")
    full = {criterion.id: criterion.points for criterion in score_sheets.rubric().criteria}
    scores = {key: (points * share * 2).to_integral_value() / 2 for key, points in full.items()}
    scores["8.1"] = Decimal(rng.randint(11, 15))
    return replace(given, day=date(unit.year, 11, 10), rate=Decimal(95), scores=scores)


def scored(found: tuple[Unit, ...], *, corrected_only: bool = False) -> Files:
    """Workbooks of a few units each. In one of each reviewer the first unit's group sum is wrong; `corrected_only`: those put right."""
    files: Files = {}
    for reviewer in REVIEWERS:
        for at in range(0, len(found), 3):
            group, is_slip = found[at : at + 3], at == 3
            pages = {unit.name: score_sheets.with_sums(marks(unit, reviewer)) for unit in group}
            if corrected_only:
                if is_slip:
                    files[f"{reviewer}评分（更正）{group[0].number}.xlsx"] = score_sheets.as_xlsx(
                        {group[0].name: pages[group[0].name]}
                    )
                continue
            if is_slip:
                pages[group[0].name] = _with_slip(group[0], reviewer)
            files[f"{reviewer}评分{group[0].number}.xlsx"] = score_sheets.as_xlsx(pages)
    return files


def _with_slip(unit: Unit, reviewer: str) -> score_sheets.Page:
    given = marks(unit, reviewer)
    return score_sheets.with_sums(replace(given, scores={**given.scores, "1.1": Decimal(50)}))


def votes(year: int, number: int) -> Files:
    """会员评议 of homes that nobody else reports."""
    rng = random.Random(f"votes {number}")
    found = []
    for at in range(4):
        satisfied, bad = rng.randint(50, 300), 90 if at == 3 else rng.randint(0, 5)
        found.append(evaluation_sheets.Vote(f"{called(number + at)}厂职工之家", satisfied + bad + 9, satisfied, 5, bad))
    layout = sorted(evaluation_sheets.LAYOUTS)[number % 2]
    return {f"会员评议统计表{number}.xlsx": evaluation_sheets.as_workbook(layout, found)}


def projects(number: int, count: int) -> tuple[Project, ...]:
    return tuple(
        Project(f"{called(number + at)}关爱", f"{called(number + at)}社工中心", list(DUE)[at % 3])
        for at in range(count)
    )


def honours(year: int, found: tuple[Project, ...], number: int) -> Files:
    """A list of a year's honours as a workbook."""
    rows = [[one.name, one.organisation, one.level, f"{year}年5月{1 + at}日"] for at, one in enumerate(found)]
    data = repack(honours_lists.workbook([["项目名称", "社会组织", "级别", "命名时间"], *rows]))
    return {f"荣誉名单{number}.xlsx": data}


def numbered(prefix: str, files: Files) -> Iterator[tuple[str, bytes]]:
    """The files under names that begin with a word, those in folders under the same folder."""
    for name, data in files.items():
        folder, _, last = name.rpartition("/")
        yield (f"{folder}/{prefix}{last}" if folder else f"{prefix}{last}"), data
