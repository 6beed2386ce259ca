"""Invents what a unit writes into its form: complete, or with slips, from a random source."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from support import sentences as say
from support.filling import NOTHING, OPINION_FIELDS, Filling, Opinion, ScheduleRow, YearMonth
from support.sample_cases import place_names

# Answers that are traps: words of the form inside the text, template and XML syntax.
TRAPS = (
    "登记表摘录：\n所属行业：制造业\n申请单位：12家",
    "材料由管理单位（盖章）后统一报送，承担单位（盖章）：一栏见第五部分。",
    "经费来源另见附表；二、工作方案的细化内容随后说明。",
    "时间：每季度末月；负责单位及参与单位按分工执行。",
    "{{ 7*7 }} 与 <w:p>& 均为原文照录。",
    "填写说明已阅。目前工作情况正常，五、承担单位意见见后。",
)


def later(when: YearMonth, months: int) -> YearMonth:
    index = when[0] * 12 + when[1] - 1 + months
    return index // 12, index % 12 + 1


def invent(rng: random.Random) -> Filling:
    """Four in ten are complete; the others have one to four slips."""
    filling = _complete(rng)
    if rng.random() < 0.4:
        return filling
    for slip in rng.sample(SLIPS, rng.randint(1, 4)):
        filling = slip(filling, rng)
    return filling


def _complete(rng: random.Random) -> Filling:
    place = place_names(rng.randrange(len(say.PLACES)))
    year = rng.choice((2022, 2023, 2024))
    start = (year, rng.randint(1, 4))
    end = later(start, rng.choice((11, 12, 23, 24)))
    suffix = rng.choice(("职工服务中心", "职工服务中心", "职工服务站", "职工服务中心（站）"))
    centre = f"{rng.choice((place['county'], ''))}{place['town']}{suffix}"
    place["centre"] = centre

    def some(pool: tuple[str, ...], most: int) -> str:
        chosen = rng.sample(pool, rng.randint(1, most))
        return "\n".join(text.format(**place) for text in chosen)

    texts = {
        "eligibility": some(say.ELIGIBILITY, 5),
        "current_work": some(say.CURRENT_WORK, 5),
        "work_plan": "\n".join(text.format(**place) for text in say.WORK_PLAN[: rng.randint(2, 7)]),
        "funding_use": some(say.FUNDING_USE, 1),
        "funding_source": some(say.FUNDING_SOURCE, 1),
    }
    if rng.random() < 0.3:
        name = rng.choice(("eligibility", "current_work", "work_plan"))
        texts[name] += "\n" + rng.choice(TRAPS)
    return Filling(
        centre_name=centre,
        period_start=start,
        period_end=end,
        undertaking_union=f"{place['town']}总工会",
        managing_union=f"{place['county']}总工会",
        form_date=(year, rng.randint(1, 3)),
        applicant=centre if rng.random() < 0.8 else f"{place['town']}总工会",
        industry=rng.choice((place["industry"], "制造业", "综合", "服务业")),
        schedule=_schedule(rng, place, start, end),
        enclosed=rng.choice(((), (), (), ("development_plan", "implementation_plan"), ("implementation_plan",))),
        **texts,
        **{name: _opinion(rng, name, year, place) for name in OPINION_FIELDS},
    )


def _schedule(rng: random.Random, place: dict[str, str], start: YearMonth, end: YearMonth) -> tuple[ScheduleRow, ...]:
    """One to twelve steps in order, all inside the period."""
    total = (end[0] - start[0]) * 12 + end[1] - start[1] + 1
    count = rng.randint(1, min(12, total // 2))
    cuts = sorted(rng.sample(range(1, total), count - 1)) if count > 1 else []
    rows = []
    for number, (first, stop) in enumerate(zip([0, *cuts], [*cuts, total], strict=True)):
        ends = later(start, first), later(start, stop - 1)
        content, responsible = (text.format(**place) for text in say.STEPS[number])
        rows.append(ScheduleRow(_span_text(rng, *ends), content, responsible, *ends))
    return tuple(rows)


def _span_text(rng: random.Random, first: YearMonth, last: YearMonth) -> str:
    (y1, m1), (y2, m2) = first, last
    if first == last:
        return rng.choice((f"{y1}年{m1}月", f"{y1}.{m1}", f"{y1}-{m1:02d}", f"{y1} 年 {m1} 月"))
    forms = [f"{y1}年{m1}月—{y2}年{m2}月", f"{y1}.{m1}-{y2}.{m2}", f"{y1}年{m1}月至{y2}年{m2}月"]
    if y1 == y2:
        forms += [f"{y1}年{m1}月—{m2}月", f"{y1}年{m1}-{m2}月", f"{y1}年{m1}月至{m2}月"]
        if (m1 - 1) % 3 == 0 and m2 == m1 + 2:
            forms.append(f"{y1}年第{'一二三四'[m1 // 3]}季度")
        if (m1, m2) in ((1, 6), (7, 12)):
            forms.append(f"{y1}年{'上' if m1 == 1 else '下'}半年")
    return rng.choice(forms)


def _opinion(rng: random.Random, name: str, year: int, place: dict[str, str]) -> Opinion:
    text = rng.choice(say.OPINION_TEXTS[name]).format(**place)
    if rng.random() < 0.15:
        text = f"经{year - 1}年12月20日会议研究，{text}"
    signer = rng.choice(say.SURNAMES) + rng.choice(say.GIVEN) if rng.random() < 0.7 else ""
    day = (year, rng.randint(1, 3), rng.randint(1, 28))
    return Opinion(text, day, signer, rng.random() < 0.15, rng.random() < 0.1)


# Slips ---------------------------------------------------------------------------------------------------------------

Slip = Callable[[Filling, random.Random], Filling]


def _unanswered(filling: Filling, rng: random.Random) -> Filling:
    names = ("industry", "eligibility", "current_work", "work_plan", "funding_use", "funding_source", "applicant")
    return replace(filling, **{name: rng.choice(NOTHING) for name in rng.sample(names, rng.randint(1, 3))})


def _cover_unanswered(filling: Filling, rng: random.Random) -> Filling:
    return replace(filling, **{rng.choice(("undertaking_union", "managing_union")): ""})


def _no_opinion(filling: Filling, rng: random.Random) -> Filling:
    return replace(filling, **{rng.choice(OPINION_FIELDS): Opinion()})


def _undated(filling: Filling, rng: random.Random) -> Filling:
    name = rng.choice(OPINION_FIELDS)
    return replace(filling, **{name: replace(getattr(filling, name), day=None)})


def _dated_without_text(filling: Filling, rng: random.Random) -> Filling:
    name = rng.choice(OPINION_FIELDS)
    opinion = getattr(filling, name)
    return replace(filling, **{name: replace(opinion, text="", day=opinion.day or (2022, 3, 10))})


def _too_long(filling: Filling, rng: random.Random) -> Filling:
    if not filling.period_start:
        return filling
    return replace(filling, period_end=later(filling.period_start, rng.choice((5, 17, 35, 30))))


def _backwards(filling: Filling, rng: random.Random) -> Filling:
    return replace(filling, period_start=filling.period_end, period_end=filling.period_start)


def _late(filling: Filling, rng: random.Random) -> Filling:
    return replace(filling, form_date=(2023, rng.randint(4, 12)), half_written=filling.half_written - {"form_date"})


def _undated_form(filling: Filling, rng: random.Random) -> Filling:
    half = {"form_date"} if rng.random() < 0.4 else set()
    return replace(filling, form_date=(2022, 1) if half else None, half_written=filling.half_written | half)


def _open_months(filling: Filling, rng: random.Random) -> Filling:
    return replace(filling, half_written=filling.half_written | {rng.choice(("period_start", "period_end"))})


def _no_period(filling: Filling, rng: random.Random) -> Filling:
    half = filling.half_written - {"period_start", "period_end"}
    return replace(filling, period_start=None, period_end=None, half_written=half)


def _wrong_suffix(filling: Filling, rng: random.Random) -> Filling:
    stem = filling.centre_name.split("职工")[0]
    return replace(filling, centre_name=stem + rng.choice(("职工之家", "工会", "职工活动中心")))


def _row_lacks(filling: Filling, rng: random.Random) -> Filling:
    rows = list(filling.schedule)
    if rows:
        at = rng.randrange(len(rows))
        rows[at] = replace(rows[at], **{rng.choice(("time", "content", "responsible")): rng.choice(("", "／", "—"))})
    return replace(filling, schedule=tuple(rows))


def _row_outside(filling: Filling, rng: random.Random) -> Filling:
    if not filling.schedule or not filling.period_end:
        return filling
    when = later(max(filling.period_end, filling.period_start or filling.period_end), rng.randint(1, 8))
    row = replace(filling.schedule[-1], time=f"{when[0]}年{when[1]}月", first=when, last=when)
    return replace(filling, schedule=(*filling.schedule[:-1], row))


def _no_schedule(filling: Filling, rng: random.Random) -> Filling:
    return replace(filling, schedule=())


def _outside_cycle(filling: Filling, rng: random.Random) -> Filling:
    return replace(filling, period_start=(2021, 3), period_end=(2022, 2), schedule=filling.schedule[:1])


SLIPS: tuple[Slip, ...] = (
    _unanswered, _cover_unanswered, _no_opinion, _undated, _dated_without_text, _too_long, _backwards, _late, _undated_form,
    _open_months, _no_period, _wrong_suffix, _row_lacks, _row_outside, _no_schedule, _outside_cycle,
)  # fmt: skip
