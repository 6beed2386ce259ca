"""Letters that bind: a draft first, a number once it is approved, 作废 when it is withdrawn."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from formflow.errors import FormflowError
from formflow.model.letter import AnnouncedFacts, ExtendedFacts, Issue, ListedUnit, NamedFacts, NoLetter
from support import offices
from support.rounds import nantong

DRAFTED = datetime(2022, 11, 1, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
UNITS = (ListedUnit("甲镇职工服务中心", "海门区总工会"), ListedUnit("乙镇职工服务中心", "通州区总工会"))


class Clock:
    def __init__(self) -> None:
        self.at = DRAFTED

    def __call__(self) -> datetime:
        return self.at

    def set(self, day: date) -> None:
        self.at = self.at.replace(year=day.year, month=day.month, day=day.day)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def office(tmp_path: Path, clock: Clock) -> Iterator[Any]:
    with offices.office(tmp_path / "home", now=clock) as opened:
        yield opened


def spec(occasion: Any) -> Any:
    from formflow.service import binding

    return binding.spec_on(nantong(), occasion)


def announced(units: tuple[ListedUnit, ...] = UNITS) -> AnnouncedFacts:
    return AnnouncedFacts(nantong(), 2022, units, Issue(), 5)


def entered(office: Any, step: Any) -> Any:
    """One step in a transaction of its own, then everything that is pending put into the outbox."""
    from formflow.register import books
    from formflow.service.delivery import deliver

    with books.transaction():
        result = step()
    assert deliver(office) == ()
    return result


def drafted(office: Any, occasion: Any, facts: Any, **more: Any) -> Any:
    from formflow.service import binding

    return entered(office, lambda: binding.draft(office, spec(occasion), facts, **more))


def issued(office: Any, letter: Any, on: date | None = None) -> Any:
    from formflow.service import binding

    return entered(office, lambda: binding.issue(office, letter, "王主席", on))


def said(path: Path) -> dict[str, Any]:
    words: dict[str, Any] = json.loads(path.read_bytes().split(b" ", 1)[1])
    return words


def outbox(office: Any) -> list[str]:
    return [name.removeprefix("职工服务中心赋能创优/2022年/") for name in offices.names(office.home.outbox)]


def test_a_draft_is_marked_in_its_name_and_bears_no_number(office: Any) -> None:
    drafted(office, "announced", announced())
    assert outbox(office) == ["拟稿/公示（拟稿）.docx", "拟稿/公示（拟稿）.pdf"]
    words = said(office.home.outbox / "职工服务中心赋能创优/2022年/拟稿/公示（拟稿）.docx")
    assert words["单位数"] == 2
    assert words["成文日期"].strip("　") == "年　　月　　日"


def test_the_same_draft_again_stays_and_another_one_takes_its_place(office: Any) -> None:
    first = drafted(office, "announced", announced())
    assert drafted(office, "announced", announced()) == first
    second = drafted(office, "announced", announced(UNITS[:1]))
    first.refresh_from_db()
    assert (first.state, second.state) == ("replaced", "pending")
    assert outbox(office) == ["拟稿/公示（拟稿）.docx", "拟稿/公示（拟稿）.pdf"]
    assert said(office.home.outbox / "职工服务中心赋能创优/2022年/拟稿/公示（拟稿）.docx")["单位数"] == 1
    with (office.home.outbox / "职工服务中心赋能创优/2022年/拟稿/公示（拟稿）.docx").open("ab") as file:
        file.write("改过".encode())
    drafted(office, "announced", announced())
    # What somebody has written in is his.
    assert "拟稿/公示（拟稿）.docx" in outbox(office)
    assert "拟稿/公示（拟稿）（2）.docx" in outbox(office)


def test_a_draft_that_another_one_replaces_is_withdrawn_in_the_journal_too(office: Any) -> None:
    from formflow.register import models as rows

    drafted(office, "announced", announced())
    drafted(office, "announced", announced(UNITS[:1]))
    withdrawn = rows.Event.objects.get(what="files_withdrawn")
    assert [Path(name).name for name in withdrawn.files] == ["公示（拟稿）.docx", "公示（拟稿）.pdf"]
    assert not rows.Event.objects.filter(what="entered").exists(), "whatever is written has an event that says why"


def test_a_draft_stays_until_the_letter_that_was_made_of_it_stands(office: Any) -> None:
    """A template that breaks between drafting and issuing must not leave the desk with nothing."""
    from formflow.register import books
    from formflow.service import binding
    from formflow.service.delivery import deliver

    unit = "甲镇职工服务中心"
    letter = drafted(office, "extended", _extension(unit), subject=unit)
    draft = {f"拟稿/延期通知_{unit}（拟稿）{ending}" for ending in (".docx", ".pdf")}
    printer = offices.BrokenPrinter()
    with books.transaction():
        final = binding.issue(office, letter, "王主席", None)
    assert len(deliver(replace(office, print_letter=printer))) == 1
    assert draft < set(outbox(office))
    assert [name for name in outbox(office) if "未出具" in name] != []
    printer.is_broken = False
    assert deliver(replace(office, print_letter=printer), retry=True) == ()
    assert outbox(office) == [f"发文/延期通知_{unit}{ending}" for ending in (".docx", ".pdf")]
    final.refresh_from_db()
    assert (final.state, final.serial) == ("issued", "通工发〔2022〕1号")


def test_what_was_approved_is_what_was_drafted_with_its_days(office: Any, clock: Clock) -> None:
    letter = drafted(office, "announced", announced())
    clock.set(date(2022, 11, 3))
    final = issued(office, letter)
    # A 公示 bears no number; the draft has served.
    assert final.serial == ""
    assert outbox(office) == ["发文/公示.docx", "发文/公示.pdf"]
    words = said(office.home.outbox / "职工服务中心赋能创优/2022年/发文/公示.docx")
    assert words["成文日期"] == "2022年11月3日"
    # Five working days after the day of publication, a weekend between them.
    assert (words["公示开始"], words["公示结束"]) == ("2022年11月4日", "2022年11月10日")


def test_a_naming_comes_after_its_publicity_and_gets_the_next_number(office: Any, clock: Clock) -> None:
    from formflow.register.rounds import Round
    from formflow.service import binding

    assert isinstance(drafted(office, "named", NamedFacts(nantong(), 2022, UNITS, Issue(), None)), NoLetter), (
        "not announced yet"
    )
    issued(office, drafted(office, "announced", announced()))
    this = Round(nantong().id, 2022)
    period = binding.publicity_of(this, nantong())
    assert period is not None
    assert binding.announced_units(this, nantong()) == UNITS
    letter = drafted(office, "named", NamedFacts(nantong(), 2022, UNITS, Issue(), period))
    refused = issued(office, letter, period.last)
    assert isinstance(refused, NoLetter)
    assert "公示" in refused.reason
    clock.set(date(2022, 11, 20))
    final = issued(office, letter)
    assert final.serial == "通工发〔2022〕1号"
    assert "发文/命名决定（通工发〔2022〕1号）.pdf" in outbox(office)
    assert not [name for name in outbox(office) if name.startswith("拟稿/")]
    words = said(office.home.outbox / "职工服务中心赋能创优/2022年/发文/命名决定（通工发〔2022〕1号）.docx")
    assert (words["发文字号"], words["成文日期"], words["单位数"]) == ("通工发〔2022〕1号", "2022年11月20日", 2)


def test_a_refused_issue_uses_up_no_number(office: Any, clock: Clock) -> None:
    from formflow.register import models as rows

    letter = drafted(office, "extended", _extension("甲镇职工服务中心"), subject="甲镇职工服务中心")
    assert isinstance(issued(office, letter, date(2024, 1, 1)), NoLetter)
    assert rows.DocumentNumber.objects.count() == 0
    assert issued(office, letter).serial == "通工发〔2022〕1号"


def _extension(unit: str) -> ExtendedFacts:
    return ExtendedFacts(nantong(), 2022, unit, unit, Issue(), date(2023, 12, 31), reasons=("得分未达到要求",))


def test_letters_about_single_units_do_not_overtake_each_other(office: Any) -> None:
    for unit in ("甲镇职工服务中心", "乙镇职工服务中心"):
        drafted(office, "extended", _extension(unit), subject=unit)
    assert [name for name in outbox(office) if name.endswith(".pdf")] == [
        "拟稿/延期通知_乙镇职工服务中心（拟稿）.pdf",
        "拟稿/延期通知_甲镇职工服务中心（拟稿）.pdf",
    ]


def test_a_withdrawn_letter_stays_with_a_note_and_its_number_stays_void(office: Any) -> None:
    from formflow.register import models as rows
    from formflow.service import binding

    unit = "甲镇职工服务中心"
    final = issued(office, drafted(office, "extended", _extension(unit), subject=unit))
    entered(office, lambda: binding.void(office, final, "王主席", "日期有误"))
    assert [name for name in outbox(office) if "作废" in name] == ["发文/延期通知_甲镇职工服务中心_已作废.说明.txt"]
    note = office.home.outbox / "职工服务中心赋能创优/2022年/发文/延期通知_甲镇职工服务中心_已作废.说明.txt"
    assert "通工发〔2022〕1号" in note.read_text(encoding="utf-8-sig")
    assert "日期有误" in note.read_text(encoding="utf-8-sig")
    assert re.search(r"已于2022年([1-9]\d?)月([1-9]\d?)日作废", note.read_text(encoding="utf-8-sig"))
    again = issued(office, drafted(office, "extended", _extension(unit), subject=unit))
    assert again.serial == "通工发〔2022〕2号"
    assert rows.DocumentNumber.objects.get(number=1).is_void


def test_a_withdrawn_publicity_holds_the_naming_back(office: Any, clock: Clock) -> None:
    from formflow.register.rounds import Round
    from formflow.service import binding

    publicity = issued(office, drafted(office, "announced", announced()))
    this = Round(nantong().id, 2022)
    period = binding.publicity_of(this, nantong())
    letter = drafted(office, "named", NamedFacts(nantong(), 2022, UNITS, Issue(), period))
    entered(office, lambda: binding.void(office, publicity, "王主席", "名单有误"))
    publicity.refresh_from_db()
    assert (publicity.state, publicity.problem) == ("void", "名单有误")
    assert binding.publicity_of(this, nantong()) is None
    assert binding.announced_units(this, nantong()) == ()
    clock.set(date(2022, 11, 20))
    assert isinstance(issued(office, letter), NoLetter)
    # Laid out anew, its own days count, not those the draft was written with.
    issued(office, drafted(office, "announced", announced()))
    assert isinstance(issued(office, letter), NoLetter)
    clock.set(date(2022, 12, 5))
    assert issued(office, letter).serial == "通工发〔2022〕1号"
    words = said(office.home.outbox / "职工服务中心赋能创优/2022年/发文/命名决定（通工发〔2022〕1号）.docx")
    assert (words["公示开始"], words["公示结束"]) == ("2022年11月21日", "2022年11月25日")


def test_a_withdrawn_letter_opens_what_it_announced_and_nothing_else(office: Any) -> None:
    from formflow.register import models as rows
    from formflow.service import binding

    letters = {}
    for number, unit in enumerate(("甲镇", "乙镇"), 1):
        letters[unit] = issued(office, drafted(office, "extended", _extension(unit), subject=unit))
        case = rows.Case.objects.create(
            programme_id=nantong().id, programme_name=nantong().name, year=2022, number=number, unit=unit, unit_key=unit,
            folder=unit, folder_key=unit, outcome="accepted", version=1, opened_on=DRAFTED.date(), updated_on=DRAFTED.date(),
        )  # fmt: skip
        rows.Naming.objects.create(
            case=case, programme_id=nantong().id, year=2022, decision="extended", decided_on=DRAFTED.date(), who="张三",
            letter=letters[unit], paper=rows.Paper.objects.create(claim_id=unit, sha256="a" * 64, original_name="甲", size=1, received_at=DRAFTED),
        )  # fmt: skip
    entered(office, lambda: binding.void(office, letters["甲镇"], "王主席", ""))
    assert dict(rows.Naming.objects.values_list("case__unit", "letter")) == {"甲镇": None, "乙镇": letters["乙镇"].pk}


def test_every_step_is_in_the_journal(office: Any) -> None:
    from formflow.register import models as rows
    from formflow.service import binding

    unit = "甲镇职工服务中心"
    final = issued(office, drafted(office, "extended", _extension(unit), subject=unit))
    entered(office, lambda: binding.void(office, final, "王主席", "日期有误"))
    told = list(rows.Event.objects.values_list("what", "who"))
    assert told == [
        ("letter_drafted", "formflow"),
        ("draft_published", "formflow"),
        ("letter_approved", "王主席"),
        ("letter_issued", "formflow"),
        ("files_withdrawn", "formflow"),
        ("letter_voided", "王主席"),
        ("note_published", "formflow"),
    ]
    withdrawn = rows.Event.objects.get(what="files_withdrawn")
    assert sorted(Path(name).name for name in withdrawn.files) == [
        f"延期通知_{unit}（拟稿）.docx",
        f"延期通知_{unit}（拟稿）.pdf",
    ]


def test_a_pack_without_a_code_cannot_number(office: Any, clock: Clock) -> None:
    pack = nantong()
    nameless = replace(pack, issuer=replace(pack.issuer, document_code=""))
    unit = "甲镇职工服务中心"
    letter = drafted(office, "extended", _extension(unit), subject=unit)
    with pytest.raises(FormflowError, match="机关代字"):
        issued(replace(office, programmes=(nameless,)), letter)
    # Whoever only asks is told as well; a 公示 needs none.
    from formflow.service import binding

    with pytest.raises(FormflowError, match="机关代字"):
        binding.try_issue(replace(office, programmes=(nameless,)), letter, DRAFTED.date())
    assert issued(replace(office, programmes=(nameless,)), drafted(office, "announced", announced())).serial == ""


def test_a_letter_the_pack_has_lost_is_not_issued(office: Any) -> None:
    pack = nantong()
    unit = "甲镇职工服务中心"
    letter = drafted(office, "extended", _extension(unit), subject=unit)
    fewer = replace(pack, letters=tuple(spec for spec in pack.letters if spec.on != "extended"))
    for left in ((), (fewer,)):
        with pytest.raises(FormflowError, match="项目包里已没有“延期通知”这种文书"):
            issued(replace(office, programmes=left), letter)
    assert issued(office, letter).serial == "通工发〔2022〕1号"


def test_a_draft_that_was_approved_before_it_stood_in_the_outbox_is_never_put_there(office: Any) -> None:
    from formflow.register import books
    from formflow.service import binding

    with books.transaction():
        letter = binding.draft(office, spec("announced"), announced())
    issued(office, letter)
    assert outbox(office) == ["发文/公示.docx", "发文/公示.pdf"]


def test_a_draft_that_was_held_is_not_drafted_again_until_it_says_something_else(office: Any) -> None:
    from formflow.register import books, rounds
    from formflow.service import binding

    held = drafted(office, "announced", announced())
    with books.transaction():
        rounds.mark([held], "refused")
    assert drafted(office, "announced", announced()) == held
    other = drafted(office, "announced", announced(UNITS[:1]))
    assert (other == held, other.content["kept"] == held.content["kept"]) == (False, False)
    assert binding.facts_of(nantong(), spec("announced"), other) == AnnouncedFacts(
        nantong(), 2022, UNITS[:1], Issue("", other.issued_on), 5
    )
