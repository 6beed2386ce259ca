"""The shipped pack loads whole; broken in any one way it is refused, at the right line, with what to do."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from formflow.errors import ExitCode, PackError
from formflow.model.checks import EndsWith, HandedInWithin, Ordered, RowsComplete, RowsWithin, SpanYears, YearWithin
from formflow.packs import load_pack, load_packs
from support.wordxml import package, para, run

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
NANTONG = TEMPLATES / "nantong-service-centre"
APPLICATION = "application.yaml"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A copy of the shipped pack, without its samples."""
    folder = tmp_path / "templates" / NANTONG.name
    shutil.copytree(NANTONG, folder, ignore=shutil.ignore_patterns("samples"))
    return folder


def problems_of(folder: Path, *, with_letters: bool = False) -> tuple[str, ...]:
    with pytest.raises(PackError) as refused:
        load_pack(folder, with_letters=with_letters)
    assert refused.value.exit_code is ExitCode.CONFIGURATION
    return refused.value.problems


# The shipped pack ----------------------------------------------------------------------------------------------------


def test_the_fields_are_those_that_are_printed_by_read() -> None:
    form = load_pack(NANTONG).form("application")
    assert form is not None
    assert [field.id for field in form.fields] == [
        "centre_name", "period_start", "period_end", "undertaking_union", "managing_union", "form_date",
        "applicant", "industry", "eligibility", "current_work", "work_plan", "schedule", "funding_use", "funding_source",
        "opinion_undertaking", "opinion_participating", "opinion_managing",
    ]  # fmt: skip
    assert all(field.is_required and not field.accepts_none for field in form.fields)
    assert [column.id for column in form.field("schedule").columns] == ["time", "content", "responsible"]
    assert [(f.type, f.range_part) for f in form.fields if f.type == "month"] == [
        ("month", "start"),
        ("month", "end"),
        ("month", None),
    ]
    opinions = [field for field in form.fields if field.type == "opinion"]
    assert len(opinions) == 3
    assert all(field.wants_seal and field.wants_signature and field.wants_date for field in opinions)


def test_every_rule_of_the_source_is_there_with_its_basis() -> None:
    programme = load_pack(NANTONG)
    (form,) = programme.forms
    assert [type(check) for check in form.checks] == [
        EndsWith,
        Ordered,
        SpanYears,
        YearWithin,
        HandedInWithin,
        RowsComplete,
        RowsWithin,
    ]
    _, _, length, cycle, window, _, _ = form.checks
    assert isinstance(length, SpanYears)
    assert length.years == (1, 2)
    assert isinstance(cycle, YearWithin)
    assert (cycle.first, cycle.last) == (2022, 2024)
    assert isinstance(window, HandedInWithin)
    assert (window.first_month, window.last_month) == (1, 3)
    citations = [thing.citation for thing in (*form.fields, *form.checks, *programme.attachments)]
    assert {citation.source for citation in citations} == {"000_53059dd65aca6f79.txt"}
    assert all(citation.clause for citation in citations)


def test_the_rest_of_the_shipped_pack() -> None:
    programme = load_pack(NANTONG)
    assert (programme.id, programme.issuer.name, programme.copies) == ("nantong-service-centre", "南通市总工会", 2)
    assert [(letter.on, letter.title, letter.is_binding) for letter in programme.letters] == [
        ("accepted", "受理通知书", False),
        ("supplement", "补正通知书", False),
        ("sheet_returned", "评分表退回通知", False),
        ("announced", "公示", True),
        ("named", "命名决定", True),
        ("extended", "延期通知", True),
        ("circulated", "通报", True),
    ]
    issuer = programme.issuer
    assert (issuer.document_code, issuer.recipients, issuer.copies_to) == (
        "通工发",
        "各县（市）区总工会",
        ("江苏省总工会",),
    )
    assert [(attachment.id, attachment.severity) for attachment in programme.attachments] == [
        ("development_plan", "review"),
        ("implementation_plan", "review"),
    ]
    assert programme.case_rule.unit == ("centre_name", "applicant")
    days = programme.parameters["supplement_working_days"]
    assert (days.value, days.unit, days.citation.is_local) == (10, "工作日", True)
    publicity = programme.parameters["publicity_working_days"]
    assert (publicity.value, publicity.unit, publicity.citation.is_local) == (5, "工作日", True)
    assert set(programme.wording) >= {"后续程序", "份数要求", "逾期后果"}


def test_what_the_sources_do_not_give_is_shown_as_local() -> None:
    local = load_pack(NANTONG).local_choices
    assert any("补正期限 10 个工作日" in line for line in local)
    assert any("联系电话" in line for line in local)
    assert not any("受理" in line for line in local)


def test_all_shipped_packs_load_in_order() -> None:
    programmes = load_packs(TEMPLATES)
    assert len(programmes) == sum(1 for path in TEMPLATES.iterdir() if path.is_dir())
    assert [programme.id for programme in programmes] == sorted(programme.id for programme in programmes)


# Fingerprint ---------------------------------------------------------------------------------------------------------


def test_the_fingerprint_is_of_names_and_contents(pack: Path) -> None:
    before = load_pack(pack, with_letters=False).sha256
    assert re.fullmatch("[0-9a-f]{64}", before)
    assert load_pack(pack).sha256 == before
    for litter in ("~$application.docx", ".DS_Store", "Thumbs.db", "letters.yaml.bak"):
        (pack / litter).write_bytes(b"x")
    assert load_pack(pack, with_letters=False).sha256 == before
    with (pack / "CHANGELOG.md").open("a", encoding="utf-8") as changelog:
        changelog.write("\n")
    changed = load_pack(pack, with_letters=False).sha256
    assert changed != before
    (pack / "说明.md").write_text("", encoding="utf-8")
    assert load_pack(pack, with_letters=False).sha256 not in (before, changed)


# Broken in one way each ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Mode:
    """One way to break a pack: in `file`, `old` becomes `new`. The problem stands in the `which`-th line that has `at` (of no line but
    the file `where` when `at` is empty) and says `said`."""

    name: str
    file: str
    old: str
    new: str
    at: str
    said: str
    which: int = 0
    where: str = ""


MODES = (
    Mode("unknown key", APPLICATION, "    anchor: 所属行业", "    ancor: 所属行业", "ancor", "是否想写“anchor”"),
    Mode("unknown key, nothing near", APPLICATION, "title: ", "zzz: x\ntitle: ", "zzz", "这里可以写的是：kind、title"),
    Mode("unknown key in a check", APPLICATION, "    first_month: 1", "    first_moth: 1", "first_moth", "是否想写“first_month”"),
    Mode("unknown key in a wording", "letters.yaml", "    text: 申请表", "    txet: 申请表", "txet", "是否想写“text”"),
    Mode("duplicate key", APPLICATION, "    label: 所属行业", "    label: 所属行业\n    label: 行业", "label: 行业", "写了两次"),
    Mode("missing key", APPLICATION, "    region: cover\n    anchor: 单位名称", "    anchor: 单位名称", "id: centre_name", "缺少“region”"),
    Mode("field without basis", APPLICATION, "    basis: 附件2 封面；填写说明 1\n", "", "id: centre_name", "缺少“basis”（出处）"),
    Mode("check without basis", APPLICATION, "    last: 2024\n    basis: 四、申报方法", "    last: 2024", "rule: year_within", "缺少“basis”（出处）"),
    Mode("attachment without basis", "programme.yaml", "    absence: ask\n    basis: 四、申报方法", "    absence: ask", "id: development_plan", "缺少“basis”（出处）"),
    Mode("parameter without basis", "policy.yaml", "    basis: {source: local, clause: 补正期限由本单位确定}\n", "", "id: supplement_working_days", "缺少“basis”（出处）"),
    Mode("issuer without basis", "programme.yaml", "  basis: {source: local, clause: 经办部门", "  # {source: local, clause: 经办部门", "issuer:", "缺少“basis”（出处）"),
    Mode("copies without basis", "programme.yaml", "copies_basis: 附件2 填写说明 4\n", "", "id: nantong", "缺少“copies_basis”（出处）"),
    Mode("basis without clause", "policy.yaml", "{source: local, clause: 补正期限由本单位确定}", "{source: local}", "basis:", "缺少“clause”"),
    Mode("empty basis", APPLICATION, "    basis: 附件2 封面；填写说明 1", '    basis: ""', 'basis: ""', "没有写内容"),
    Mode("decimal for a count", "policy.yaml", "value: 10", "value: 10.5", "value: 10.5", "应为整数，写的是小数 10.5"),
    Mode("text for a count", "policy.yaml", "value: 10", 'value: "10"', 'value: "10"', "应为整数，写的是文字“10”"),
    Mode("negative count", "policy.yaml", "value: 10", "value: -1", "value: -1", "不能小于 0"),
    Mode("month 13", APPLICATION, "    last_month: 3", "    last_month: 13", "last_month: 13", "不能大于 12"),
    Mode("version as a number", "programme.yaml", 'version: "1.2.0"', "version: 1.0", "version: 1.0", "应为文字，写的是小数 1.0"),
    Mode("version of another shape", "programme.yaml", 'version: "1.2.0"', 'version: "第一版"', "version:", "应为三段数字"),
    Mode("text for a switch", APPLICATION, "    anchor: 所属行业\n    required: true", "    anchor: 所属行业\n    required: 必填", "required: 必填", "应为 true 或 false"),
    Mode("yes for a switch", "letters.yaml", "    binding: false\n    template: letters/受理", "    binding: no\n    template: letters/受理", "binding: no", "true 或 false"),
    Mode("text for a list", APPLICATION, "    also: [经费来源]", "    also: 经费来源", "also: 经费来源", "应为列表"),
    Mode("number for a text", "programme.yaml", "  telephone: 请见本单位公布的办公电话", "  telephone: 85512345", "telephone:", "请加引号"),
    Mode("telephone that is no number", "programme.yaml", "  telephone: 请见本单位公布的办公电话", "  telephone: 051385512345", "telephone:", "加引号"),
    Mode("empty list", "programme.yaml", "forms:\n  - application.yaml", "forms: []", "forms:", "至少要有一项"),
    Mode("unknown field type", APPLICATION, "    type: rows", "    type: row", "type: row", "只能是：text、month、date、number、ratio、money、choice、rows、opinion"),
    Mode("unknown rule", APPLICATION, "  - rule: ordered", "  - rule: orderd", "rule: orderd", "是否想写“ordered”"),
    Mode("check without rule", APPLICATION, "  - rule: ordered\n    first:", "  - first:", "first: period_start", "缺少“rule”"),
    Mode("id in capitals", APPLICATION, "  - id: industry", "  - id: Industry", "id: Industry", "小写英文字母"),
    Mode("anchor & alias", APPLICATION, "kind: application", "kind: &kind application", "kind:", "完整写出来"),
    Mode("tabs", APPLICATION, "\n    label: 所属行业", "\n\tlabel: 所属行业", "\tlabel", "制表符"),
    Mode("repeated field id", APPLICATION, "  - id: industry", "  - id: applicant", "- id: applicant", "已在第", -1),
    Mode("anchor not on the blank", APPLICATION, "    anchor: 所属行业", "    anchor: 行业类别", "anchor: 行业类别", "上没有印“行业类别”"),
    Mode("empty anchor in the body", APPLICATION, "    anchor: 所属行业", '    anchor: ""', 'anchor: ""', "请写出表上印的字", -1),
    Mode("column not on the blank", APPLICATION, "label: 负责单位及参与单位}", "label: 责任单位}", "columns:", "表头"),
    Mode("rows without columns", APPLICATION, "    columns:\n      - {id: time, label: 时间}\n      - {id: content, label: 阶段工作内容}\n      - {id: responsible, label: 负责单位及参与单位}\n", "", "id: schedule", "写明各列"),
    Mode("columns of a text", APPLICATION, "    anchor: 所属行业", "    anchor: 所属行业\n    columns: [{id: a, label: 时间}]", "columns: [", "columns 只用于"),
    Mode("repeated column id", APPLICATION, "{id: content, label", "{id: time, label", "{id: time, label: 阶段工作内容", "有两列都叫"),
    Mode("wants of a text", APPLICATION, "    anchor: 所属行业", "    anchor: 所属行业\n    wants: [seal]", "wants: [seal]", "wants 只用于"),
    Mode("options of an opinion", APPLICATION, "    anchor: 承担单位（盖章）", "    anchor: 承担单位（盖章）\n    options: [同意]", "options: [同意]", "options 只用于"),
    Mode("range part of a text", APPLICATION, "    anchor: 所属行业", "    anchor: 所属行业\n    range_part: end", "range_part: end", "range_part 只用于", -1),
    Mode("accepts_none of a month", APPLICATION, "    range_part: start\n", "    range_part: start\n    accepts_none: true\n", "accepts_none", "accepts_none 只用于"),
    Mode("two starts", APPLICATION, "    range_part: end", "    range_part: start", "range_part: start", "写了两次", -1),
    Mode("a start without an end", APPLICATION, "    range_part: end\n", "", "range_part: start", "只有 start"),
    Mode("check of an unknown field", APPLICATION, "    first: period_start", "    first: period_begin", "first: period_begin", "是否想写“period_"),
    Mode("check of a field of another type", APPLICATION, "    then: period_end", "    then: applicant", "then: applicant", "这里要用年月或日期栏"),
    Mode("check of an unknown column", APPLICATION, "    column: time", "    column: when", "column: when", "没有“when”这一列"),
    Mode("years backwards", APPLICATION, "    first: 2022\n    last: 2024", "    first: 2024\n    last: 2022", "last: 2022", "早于 first"),
    Mode("months backwards", APPLICATION, "    first_month: 1\n    last_month: 3", "    first_month: 3\n    last_month: 1", "last_month: 1", "小于 first_month"),
    Mode("blank by a wrong name", APPLICATION, "blank: application.docx", "blank: form.docx", "blank:", "没有空白表“form.docx”"),
    Mode("form by a wrong name", "programme.yaml", "  - application.yaml", "  - form.yaml", "- form.yaml", "没有“form.yaml”这个文件"),
    Mode("form of another kind only", APPLICATION, "kind: application", "kind: honours", "", "没有 kind 是 application 的申请表", where="programme.yaml:27"),
    Mode("id unlike the folder", "programme.yaml", "id: nantong-service-centre", "id: nantong", "id: nantong", "改成一样的"),
    Mode("case rule of an unknown field", "programme.yaml", "unit: [centre_name, applicant]", "unit: [centre_name, applicants]", "unit:", "是否想写“applicant”"),
    Mode("case rule of another type", "programme.yaml", "year: [form_date, period_start]", "year: [applicant]", "year:", "这里要用年月栏"),
    Mode("repeated attachment id", "programme.yaml", "id: implementation_plan", "id: development_plan", "id: development_plan", "已在第", -1),
    Mode("changelog of another version", "CHANGELOG.md", "## 1.2.0", "## 0.9.0", "## 0.9.0", "最上面的条目是 0.9.0"),
    Mode("parameter that is needed", "policy.yaml", "id: supplement_working_days", "id: supplement_days", "parameters:", "缺少参数“supplement_working_days”"),
    Mode("repeated parameter", "policy.yaml", "parameters:", "parameters:\n  - {id: supplement_working_days, label: 甲, value: 1, unit: 工作日, basis: 乙}", "- id: supplement_working_days", "已在第"),
    Mode("parameter of no days", "policy.yaml", "value: 10", "value: 0", "value: 0", "应在 1 至 250 工作日之间"),
    Mode("parameter of too many days", "policy.yaml", "value: 10", "value: 99999999", "value: 99999999", "应在 1 至 250 工作日之间"),
    Mode("parameter in another unit", "policy.yaml", "unit: 工作日", "unit: 月", "unit: 月", "应为“工作日”"),
    Mode("unknown decision", "letters.yaml", "    when: accepted", "    when: accept", "    when: accept", "只能是：accepted、supplement"),
    Mode("decision with two letters", "letters.yaml", "    when: accepted", "    when: supplement", "letters:", "现在有 2 种"),
    Mode("repeated letter id", "letters.yaml", "id: supplement_notice", "id: acceptance_notice", "id: acceptance_notice", "已在第", -1),
    Mode("letter template missing", "letters.yaml", "template: letters/受理通知书.docx", "template: letters/受理.docx", "template: letters/受理.docx", "没有文书模板"),
    Mode("wording that is needed", "letters.yaml", "  逾期后果:", "  逾期结果:", "wording:", "缺少“逾期后果”"),
)  # fmt: skip


@pytest.mark.parametrize("mode", MODES, ids=[mode.name for mode in MODES])
def test_broken_in_one_way(pack: Path, mode: Mode) -> None:
    broken = pack / mode.file
    text = broken.read_text(encoding="utf-8")
    assert mode.old in text, "the shipped pack has changed: adapt this row"
    broken.write_text(text.replace(mode.old, mode.new, 1), encoding="utf-8")
    problems = problems_of(pack)
    told = [problem for problem in problems if mode.said in problem]
    assert told, problems
    assert told[0].startswith(place_of(pack, mode))


def place_of(pack: Path, mode: Mode) -> str:
    """Where the problem must be told: the file alone where `at` is empty, else with the line that `at` stands in."""
    where = f"templates/{pack.name}/{mode.where or mode.file}: "
    if not mode.at:
        return where
    lines = (pack / mode.file).read_text(encoding="utf-8").split("\n")
    found = [number for number, line in enumerate(lines, 1) if mode.at in line]
    return f"templates/{pack.name}/{mode.file}:{found[mode.which]}: "


def test_every_problem_is_told_at_once(pack: Path) -> None:
    for mode in (
        MODES[0],
        *(mode for mode in MODES if mode.name in ("decimal for a count", "unknown decision", "id unlike the folder")),
    ):
        broken = pack / mode.file
        broken.write_text(broken.read_text(encoding="utf-8").replace(mode.old, mode.new, 1), encoding="utf-8")
    problems = problems_of(pack)
    assert {problem.split(":")[0].rpartition("/")[2] for problem in problems} == {
        APPLICATION,
        "policy.yaml",
        "letters.yaml",
        "programme.yaml",
    }
    with pytest.raises(PackError) as refused:
        load_packs(pack.parent, with_letters=False)
    assert refused.value.problems == problems
    assert "pack check" in refused.value.remedy


def test_one_slip_is_told_once(pack: Path) -> None:
    edit(pack / "letters.yaml", "    binding: false", "    binding: no")
    (problem,) = problems_of(pack)
    assert "true 或 false" in problem


# Files ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["programme.yaml", "policy.yaml", "letters.yaml", "CHANGELOG.md"])
def test_a_required_file_is_missing(pack: Path, name: str) -> None:
    (pack / name).unlink()
    assert f"templates/{pack.name}/{name}: 缺少这个文件；请从其他项目的文件夹里照样写一份。" in problems_of(pack)


@pytest.mark.parametrize(
    "slip", ["aplication.yaml", "Application.yaml", "application.yml", "policy.yaml.txt", "change-log.md"]
)
def test_a_misspelt_file_is_told_from_a_strange_one(pack: Path, slip: str) -> None:
    meant = {"policy.yaml.txt": "policy.yaml", "change-log.md": "CHANGELOG.md"}.get(slip, APPLICATION)
    (pack / meant).rename(pack / slip)
    assert any(
        problem.startswith(f"templates/{pack.name}/{slip}: ") and f"“{meant}”" in problem
        for problem in problems_of(pack)
    )


def test_other_files_are_nobody_s_business(pack: Path) -> None:
    (pack / "会议记录.docx").write_bytes(b"x")
    (pack / "notes.yaml").write_text("x: [", encoding="utf-8")
    assert load_pack(pack, with_letters=False).id == pack.name


def test_two_forms_of_one_kind(pack: Path) -> None:
    shutil.copy(pack / APPLICATION, pack / "second.yaml")
    head = pack / "programme.yaml"
    head.write_text(
        head.read_text(encoding="utf-8").replace("  - application.yaml", "  - application.yaml\n  - second.yaml"),
        encoding="utf-8",
    )
    (problem,) = problems_of(pack)
    assert re.match(rf"templates/{pack.name}/second\.yaml:\d+: ", problem)
    assert "每种材料只能有一张表" in problem


@pytest.mark.parametrize("data", [b"", b"no Word file", b"PK\x03\x04 cut off"])
def test_a_blank_that_cannot_be_read(pack: Path, data: bytes) -> None:
    (pack / "application.docx").write_bytes(data)
    (problem,) = problems_of(pack)
    assert re.match(rf"templates/{pack.name}/application\.yaml:\d+: 空白表“application\.docx”打不开：", problem)
    assert "请换上完好的 .docx 文件" in problem


def test_a_file_that_is_no_list_of_entries(pack: Path) -> None:
    (pack / "policy.yaml").write_text("- 1\n- 2\n", encoding="utf-8")
    assert any("policy.yaml:1: 整个文件应当是“名称: 值”" in problem for problem in problems_of(pack))


def test_no_version_in_the_changelog(pack: Path) -> None:
    (pack / "CHANGELOG.md").write_text("# 更新记录\n", encoding="utf-8")
    assert problems_of(pack) == (
        f"templates/{pack.name}/CHANGELOG.md:1: 没有版本条目；请在最上面写“## 1.2.0”并说明改了什么。",
    )


@pytest.mark.parametrize("make", [lambda path: path.mkdir(), lambda path: None], ids=["empty", "absent"])
def test_no_pack_at_all(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / "templates")
    with pytest.raises(PackError, match="没有项目模板"):
        load_packs(tmp_path / "templates")


def test_a_file_that_may_not_be_read(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read_bytes = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "policy.yaml":
            raise PermissionError(13, "Permission denied", str(path))
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    (problem,) = problems_of(pack)
    assert problem == f"templates/{pack.name}: 读不了 policy.yaml；请检查文件是否存在、有没有读取权限。"


# What may be said otherwise ------------------------------------------------------------------------------------------


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_basis_may_name_another_source(pack: Path) -> None:
    edit(pack / APPLICATION, "basis: 附件2 封面；填写说明 1", "basis: {source: 补充通知.txt, clause: 第二条}")
    form = load_pack(pack, with_letters=False).form("application")
    assert form is not None
    citation = form.field("centre_name").citation
    assert (citation.source, citation.clause, citation.is_local) == ("补充通知.txt", "第二条", False)


def test_an_attachment_may_hold_the_application_back(pack: Path) -> None:
    edit(pack / "programme.yaml", "    absence: ask", "    absence: hold")
    assert [attachment.severity for attachment in load_pack(pack, with_letters=False).attachments] == [
        "error",
        "review",
    ]


def test_a_field_may_accept_none_and_need_not_be_filled(pack: Path) -> None:
    edit(
        pack / APPLICATION,
        "    anchor: 所属行业\n    required: true",
        "    anchor: 所 属 行 业\n    required: false\n    accepts_none: true",
    )
    form = load_pack(pack, with_letters=False).form("application")
    assert form is not None
    assert (form.field("industry").is_required, form.field("industry").accepts_none) == (False, True)


def test_folders_that_are_no_packs_are_passed_over(pack: Path) -> None:
    (pack.parent / ".git").mkdir()
    (pack.parent / "_old").mkdir()
    (pack.parent / "readme.txt").write_text("", encoding="utf-8")
    assert [programme.id for programme in load_packs(pack.parent, with_letters=False)] == [pack.name]


# Letters -------------------------------------------------------------------------------------------------------------


def letter(text: str) -> bytes:
    return package(para(run(text)))


LETTERS = (
    (
        "a key nobody provides",
        letter("{{ 单位名成 }}"),
        "letters/受理通知书.docx: 模板用了没有的标签“单位名成”，是否想写“单位名称”？",
    ),
    (
        "a key of a list's item",
        letter("{% for 件 in 收到材料 %}{{ 件.份数 }}{% endfor %}"),
        "没有的标签“收到材料.份数”",
    ),
    ("broken notation", letter("{{ 单位名称 }"), "letters.yaml:11: "),
    ("no Word file", b"nothing", "letters.yaml:11: "),
)


@pytest.mark.parametrize(("data", "said"), [row[1:] for row in LETTERS], ids=[row[0] for row in LETTERS])
def test_a_letter_that_cannot_be_written(pack: Path, data: bytes, said: str) -> None:
    (pack / "letters" / "受理通知书.docx").write_bytes(data)
    assert any(said in problem for problem in problems_of(pack, with_letters=True))
    assert load_pack(pack, with_letters=False).id == pack.name


def test_a_wording_is_a_key_and_one_that_nobody_prints_is_told(pack: Path) -> None:
    wording = pack / "letters.yaml"
    text = (
        wording.read_text(encoding="utf-8")
        + "  办公时间:\n    text: 工作日\n    basis: {source: local, clause: 自定}\n"
    )
    wording.write_text(text, encoding="utf-8")
    (problem,) = problems_of(pack, with_letters=True)
    assert "没有哪个文书模板用到“办公时间”" in problem
    (pack / "letters" / "受理通知书.docx").write_bytes(letter("{{ 办公时间 }}"))
    assert load_pack(pack).wording["办公时间"] == "工作日"
