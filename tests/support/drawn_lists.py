"""Honours lists drawn by chance: levels, days and sums in all the words offices use, columns in any order, titles, units, totals and notes
around them; with what each row says, known from the drawing and never from the reader.

A list is a grid of texts; `as_workbook`, `as_word` and `as_pdf` draw it.
"""

from __future__ import annotations

import io
import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

from support.honours_lists import Row, word, workbook

AWARD = "工会联系引导社会组织服务职工优秀项目"
LEVELS: dict[str | None, tuple[str, ...]] = {
    "national": ("全国", "国家级", "全国总工会", "中华全国总工会", "全总", "国家", "全国级", "全国优秀项目", f"全国{AWARD}"),
    "provincial": ("省级", "山东省", "山东省总", "山东省总工会", "省总工会", "省总", "山东省级", "全省", f"山东省{AWARD}"),
    "municipal": ("市级", "青岛市", "青岛市总工会", "市总工会", "市总", "青岛市级", "设区市级", "全市", f"青岛市{AWARD}"),
    None: (
        "济南市", "济南市总工会", "烟台市级", "江苏省", "江苏省总工会", "浙江省级", "市北区", "市北区总工会", "区级", "崂山区", "即墨区", "胶州市", "县级", "区市级",
        "广州市", "北京市", "上海市总工会", "西海岸新区", "市级（济南市）", "省级（江苏）", "青岛市李沧区总工会", "街道级", "青岛市胶州市总工会", "区总工会",
    ),
}  # fmt: skip
PROJECT = ("项目名称", "项目", "优秀项目名称", "获奖项目", "服务项目名称")
OWNER = ("社会组织名称", "实施单位", "承接单位", "实施主体", "申报单位", "承办单位")
LEVEL = ("荣誉级别", "级别", "荣誉等级", "获奖级别", "命名级别", "层级")
DAY = ("命名时间", "命名日期", "获奖时间", "授予时间", "获评时间", "时间", "发文日期")
PAID = ("已补助金额", "已补助", "已付金额", "已拨付", "已发放补助", "以前已补助金额", "已获补助")
DUE = ("补助标准", "应补金额", "应补助金额", "拟补助金额", "应补差额")
BESIDE: dict[str, tuple[Any, ...]] = {
    "推荐单位": ("市北区总工会", "市直机关工会", "胶州市总工会"),
    "联系电话": ("13800000001", "0532-85880000"),
    "项目实施时间": ("2020年1月—2021年12月", "2021.3-2022.2"),
    "合同金额（元）": (50000, 120000),
    "成立时间": ("2016年5月3日", "2019-08-01"),
}
STEMS = ("新驿站", "海燕", "暖心", "红帆", "匠心", "心港", "凤凰岛", "小计划", "和合", "蒲公英", "橙色伞", "夜归人")
KINDS = (
    "户外劳动者关爱",
    "职工心理健康",
    "“全国劳模”进校园",
    "市级统筹互助",
    "山东快书进车间",
    "农民工夜校",
    "劳动争议调解",
)
ENDS = ("项目", "行动", "计划（二期）", "服务项目（第一期）", "2.0")
OWNERS = (
    "青岛市暖阳服务中心",
    "济南市众益社工中心",
    "山东明法法律服务中心",
    "青岛市市北区邻里（社区）互助中心",
    "中国海洋大学志愿者协会",
)
_DIGITS = "〇一二三四五六七八九"


@dataclass(frozen=True)
class Drawn:
    """A list: the lines above it, its heads and rows, the lines below; and what its rows say."""

    above: tuple[str, ...]
    grid: tuple[tuple[Any, ...], ...]
    below: tuple[str, ...]
    rows: tuple[Row, ...]


def draw(seed: str) -> Drawn:
    chance = random.Random(seed)
    names = [
        f"{stem}{chance.choice(KINDS)}{chance.choice(ENDS)}" for stem in chance.sample(STEMS, chance.randint(1, 9))
    ]
    unit, place = chance.choice((("元", "head"), ("万元", "head"), ("万元", "line"), ("元", "line"), ("", "cell")))
    suffix = f"（{unit}）" if place == "head" else ""
    columns = ["project", "level", "day", *(key for key in ("owner", "paid", "due") if chance.random() < 0.7)]
    columns += chance.sample(tuple(BESIDE), chance.choice((0, 0, 1, 2)))
    if chance.random() < 0.5:
        chance.shuffle(columns)
    heads = {"project": chance.choice(PROJECT), "level": chance.choice(LEVEL), "day": chance.choice(DAY), "owner": chance.choice(OWNER),
             "paid": chance.choice(PAID) + suffix, "due": chance.choice(DUE) + suffix}  # fmt: skip
    cells, rows = [], []
    for name in names:
        level = chance.choices(tuple(LEVELS), (2, 3, 4, 2))[0]
        day = date(2021, 12, 9) + timedelta(days=chance.randint(-300, 1400))
        paid = chance.choices((0, 10_000, 20_000, 30_000), (5, 2, 1, 1))[0]
        owner = chance.choice(OWNERS)
        said = {"project": name, "level": chance.choice(LEVELS[level]), "day": day_in_words(day, chance), "owner": owner,
                "paid": _sum(paid, unit, chance), "due": _sum(30_000, unit, chance)}  # fmt: skip
        cells.append([said[key] if key in said else chance.choice(BESIDE[key]) for key in columns])
        rows.append(
            Row(
                name,
                owner if "owner" in columns else None,
                level,
                day.isoformat(),
                paid or None if "paid" in columns else None,
            )
        )
    if chance.random() < 0.3:
        cells.append([chance.choice(("合计", "总计", "合  计")), *([""] * (len(columns) - 1))])
    if chance.random() < 0.6:
        heads["number"] = "序号"
        columns = ["number", *columns]
        cells = [[number, *line] for number, line in enumerate(cells, 1)]
    above = (
        [chance.choice(("2024年度社会组织服务职工优秀项目荣誉情况汇总表", "优秀项目补助情况统计表", "获奖项目一览表"))]
        if chance.random() < 0.8
        else []
    )
    above += (
        [chance.choice(("填报单位：青岛市总工会    填报日期：2025年12月30日", "填报单位（盖章）：市北区总工会"))]
        if chance.random() < 0.3
        else []
    )
    above += [f"单位：{unit}"] if place == "line" else []
    below = (
        [chance.choice(("注：荣誉级别按命名文件填写。", "制表人：王某        审核人：李某        2025年11月3日"))]
        if chance.random() < 0.3
        else []
    )
    return Drawn(
        tuple(above), (tuple(heads.get(key, key) for key in columns), *map(tuple, cells)), tuple(below), tuple(rows)
    )


def day_in_words(day: date, chance: random.Random) -> str:
    """A day as people write it."""
    year, month, number = day.year, day.month, day.day
    plain = f"{year}年{month}月{number}日"
    chinese = f"{''.join(_DIGITS[int(digit)] for digit in str(year))}年{_counted(month)}月{_counted(number)}日"
    wide = plain.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    return chance.choice((
        plain, f"{year}年{month:02}月{number:02}日", day.isoformat(), f"{year}/{month}/{number}", f"{year}.{month}.{number}", f"{year}.{month:02}.{number:02}",
        f"{year}{month:02}{number:02}", chinese, chinese.replace("〇", "○"), wide, f"{year} 年 {month} 月 {number} 日",
    ))  # fmt: skip


def _counted(number: int) -> str:
    tens, units = divmod(number, 10)
    return ("" if tens < 2 else _DIGITS[tens]) + ("十" if tens else "") + (_DIGITS[units] if units else "")


def _sum(yuan: int, unit: str, chance: random.Random) -> str:
    """A sum in a unit; with its own where the list names none."""
    if not yuan:
        return chance.choice(("", "0", "无", "—", "/", "未补助"))
    tens = yuan // 10_000
    if unit == "元":
        return chance.choice((str(yuan), f"{yuan:,}", f"{yuan:,}.00", f"{tens}万元", f"￥{yuan:,}"))
    if unit == "万元":
        return chance.choice((str(tens), f"{tens}.0", f"{tens}万元"))
    return chance.choice((f"{yuan}元", f"{yuan:,}元", f"{tens}万元", f"{'壹贰叁'[tens - 1]}万元整"))


def as_workbook(drawn: Drawn) -> bytes:
    return workbook([*([line] for line in drawn.above), *drawn.grid, *([line] for line in drawn.below)])


def as_word(drawn: Drawn) -> bytes:
    return word(*drawn.above, [[str(cell) for cell in line] for line in drawn.grid], *drawn.below)


def as_pdf(drawn: Drawn) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    style = ParagraphStyle("text", fontName="STSong-Light", fontSize=8, leading=11, wordWrap="CJK")
    lines = [[Paragraph(escape(str(cell)), style) for cell in line] for line in drawn.grid]
    table = Table(lines, colWidths=[780 / len(drawn.grid[0])] * len(drawn.grid[0]))
    table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, (0, 0, 0))]))
    buffer = io.BytesIO()
    around = [[Paragraph(escape(line), style) for line in lines] for lines in (drawn.above, drawn.below)]
    SimpleDocTemplate(buffer, pagesize=landscape(A4), leftMargin=30, rightMargin=30).build(
        [*around[0], table, *around[1]]
    )
    return buffer.getvalue()
