"""The samples of the pack nantong-service-centre: invented units, each with one kind of defect or none."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace

from support import sentences as say
from support.filling import Filling, Opinion, ScheduleRow, YearMonth
from support.manner import Manner


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample: the case's name (its folder under tests/packs), the clerk's file name, what is in it and how
    it is written."""

    case: str
    file: str
    filling: Filling
    cover: str = "underline"
    month: str = "plain"
    form_date: str = "han"
    day: str = "plain"
    range: str = "to"
    edits: frozenset[str] = field(default_factory=frozenset)

    def manner(self) -> Manner:
        rng = random.Random(self.case)
        return Manner(rng, self.edits, self.cover, self.month, self.form_date, self.day, self.range)


def step(first: YearMonth, last: YearMonth, number: int, place: dict[str, str], time: str | None = None) -> ScheduleRow:
    """A line of the schedule, its time written 2022年3月—5月 unless given."""
    content, responsible = (text.format(**place) for text in say.STEPS[number])
    tail = f"{last[0]}年{last[1]}月" if last[0] != first[0] else f"{last[1]}月"
    default = f"{first[0]}年{first[1]}月" + ("" if first == last else f"—{tail}")
    return ScheduleRow(time or default, content, responsible, first, last)


def place_names(number: int) -> dict[str, str]:
    county, town, _, industry = say.PLACES[number]
    return {"county": county, "town": town, "industry": industry, "centre": f"{county}{town}职工服务中心"}


def paragraphs(pool: tuple[str, ...], place: dict[str, str], *numbers: int) -> str:
    return "\n".join(pool[number].format(**place) for number in numbers)


def complete(number: int, variant: int = 0) -> Filling:
    """A form with nothing wrong: one year from March 2022, handed in in March."""
    place = place_names(number)
    opinions = {
        name: Opinion(
            texts[variant % 3].format(**place), (2022, 3, 14 + at * 3), say.SURNAMES[(number + at) % 10] + given
        )
        for at, ((name, texts), given) in enumerate(
            zip(say.OPINION_TEXTS.items(), say.GIVEN[number % 5 :], strict=False)
        )
    }
    return Filling(
        centre_name=place["centre"],
        period_start=(2022, 3),
        period_end=(2023, 2),
        undertaking_union=f"{place['town']}总工会",
        managing_union=f"{place['county']}总工会",
        form_date=(2022, 3),
        applicant=place["centre"],
        industry=place["industry"],
        eligibility=paragraphs(say.ELIGIBILITY, place, 0, 1 + variant % 3, 4, 5),
        current_work=paragraphs(say.CURRENT_WORK, place, 0, 1 + variant % 3, 4),
        work_plan=paragraphs(say.WORK_PLAN, place, 0, 1, 2, 3, 4, 5, 6),
        schedule=(
            step((2022, 3), (2022, 4), 0, place),
            step((2022, 5), (2022, 7), 1, place),
            step((2022, 8), (2022, 10), 3 + variant % 3, place),
            step((2022, 11), (2023, 1), 8, place),
            step((2023, 2), (2023, 2), 9, place),
        ),
        funding_use=paragraphs(say.FUNDING_USE, place, variant % 3),
        funding_source=paragraphs(say.FUNDING_SOURCE, place, (variant + 1) % 3),
        **opinions,
    )


def _two_years() -> Filling:
    place = place_names(3)
    months = [(2022, 4), (2022, 6), (2022, 9), (2022, 12), (2023, 3), (2023, 6), (2023, 9), (2023, 12), (2024, 2)]
    ends = [(2022, 5), (2022, 8), (2022, 11), (2023, 2), (2023, 5), (2023, 8), (2023, 11), (2024, 1), (2024, 3)]
    steps = [step(a, b, number, place) for number, (a, b) in enumerate(zip(months, ends, strict=True))]
    return replace(complete(3, 1), period_start=(2022, 4), period_end=(2024, 3), schedule=tuple(steps))


def _gaps() -> Filling:
    return replace(
        complete(2),
        industry="／",
        current_work="",
        funding_source="待补充",
        opinion_participating=Opinion(),
    )


def _three_years() -> Filling:
    base = complete(1, 2)
    return replace(base, period_end=(2025, 2), form_date=(2022, 4), managing_union="—")


def _backwards() -> Filling:
    name = "江岚市栖云街道职工之家"
    return replace(complete(5), centre_name=name, applicant=name, period_start=(2023, 3), period_end=(2022, 3))


def _schedule_slips() -> Filling:
    base, place = complete(6, 1), place_names(6)
    early, open_end = step((2022, 1), (2022, 2), 0, place), step((2022, 6), (2022, 8), 4, place)
    late = step((2023, 4), (2023, 6), 9, place)
    steps = (early, base.schedule[1], replace(open_end, responsible=""), replace(base.schedule[3], content="／"), late)
    undated = replace(base.opinion_managing, day=None)
    return replace(base, schedule=steps, opinion_managing=undated)


def _label_words() -> Filling:
    base = complete(7, 1)
    return replace(
        base,
        eligibility=f"{base.eligibility}\n园区企业分类登记表摘录如下：\n所属行业：制造业\n申请单位：12家，目前工作情况良好。",
        work_plan=f"{base.work_plan}\n四、经费保障情况另见附表；承担单位（盖章）后的材料由管理单位统一报送，时间：每季度末月。",
        funding_use="经费来源之外，主要投入方向为服务项目购买20万元、阵地改造15万元。",
        opinion_undertaking=replace(
            base.opinion_undertaking, text="申请表中“承担单位（盖章）：”一栏由我会盖章，负责人签名见下。\n同意申报。"
        ),
    )


def _markup() -> Filling:
    base = complete(8, 2)
    return replace(
        base,
        industry="经费来源",
        applicant="申请单位",
        current_work=f"{{{{ 7*7 }}}} 与 {{% for x in y %}} 是模板字样，照录。\n{base.current_work}",
        funding_use='<w:p>&amp;</w:p> & "引号" <b>项目</b> 28万元；=SUM(A1:A3) 不是公式。',
        funding_source="无其他来源，全部由{county}总工会年度预算安排42万元。",
    )


def _pictures() -> Filling:
    base = complete(10, 1)
    return replace(
        base,
        opinion_undertaking=replace(base.opinion_undertaking, sealed=True),
        opinion_participating=replace(base.opinion_participating, sealed=True),
        opinion_managing=replace(base.opinion_managing, sealed=True, signed=True, signer=""),
    )


def _hardly_begun() -> Filling:
    place = place_names(11)
    return Filling(
        centre_name=place["centre"],
        applicant=place["centre"],
        undertaking_union="菱塘镇总工会",
        period_start=(2022, 1),
        period_end=(2022, 12),
        half_written=frozenset({"period_start", "period_end"}),
        eligibility="（待补充）",
    )


def _second_year() -> Filling:
    """2023 cycle, a year that ends in the month it began in, rows in several wordings."""
    place = place_names(9)
    rows = (
        step((2023, 2), (2023, 2), 0, place, "2023年2月上旬"),
        step((2023, 4), (2023, 6), 2, place, "2023年第二季度"),
        step((2023, 7), (2023, 12), 5, place, "2023年下半年"),
        step((2024, 1), (2024, 1), 8, place, "2024.1"),
        step((2024, 1), (2024, 2), 9, place, "2024年1月至2024年2月"),
    )
    base = complete(9, 1)
    days = {
        name: replace(getattr(base, name), day=(2023, 2, day))
        for name, day in zip(
            ("opinion_undertaking", "opinion_participating", "opinion_managing"), (8, 9, 16), strict=True
        )
    }
    return replace(base, period_start=(2023, 2), period_end=(2024, 2), form_date=(2023, 2), schedule=rows, **days)


SAMPLES = (
    Sample("complete-one-year", "白鹭镇职工服务中心赋能创优申请表.docx", complete(0)),
    Sample("complete-two-years", "望潮经开区申请表（两年期，盖章前电子版）.docx", _two_years(), day="spaced",
           form_date="completed"),
    Sample("complete-with-plans", "石梁镇职工服务中心-申请表及规划、实施方案.docx",
           replace(complete(4), enclosed=("development_plan", "implementation_plan")), day="han"),
    Sample("several-gaps", "附件2 青禾街道申请表.docx", _gaps()),
    Sample("three-years-in-april", "双桥埠镇职工服务中心申报材料.docx", _three_years(), form_date="plain"),
    Sample("backwards-period", "栖云街道职工之家申请表(1).docx", _backwards(), cover="underscores"),
    Sample("schedule-slips", "盐垛镇 申请表 终稿.docx", _schedule_slips(), day="dotted"),
    Sample("label-words-in-answers", "临溪科技园区职工服务中心申请表.docx", _label_words()),
    Sample("markup-in-answers", "柳湾镇职工服务中心申请表最终版2.docx", _markup()),
    Sample("cover-typed-over", "墨河街道职工服务中心申请表（2023）.docx", _second_year(), cover="retyped",
           month="dotted", range="dash", form_date="wide", day="hyphen", edits=frozenset({"instructions_deleted", "rows_trimmed"})),
    Sample("seals-and-signature", "星沙港镇职工服务中心申请表（已盖章）.docx", _pictures()),
    Sample("hardly-begun", "菱塘镇申请表 草稿.docx", _hardly_begun()),
)  # fmt: skip
