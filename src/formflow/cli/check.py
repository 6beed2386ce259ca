"""`formflow check`: what is missing or wrong in a file, for people. Changes nothing and starts without Django."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from formflow.cli.group import ChineseCommand
from formflow.cli.options import files_argument, files_in, home_option
from formflow.cli.say import say
from formflow.errors import ExitCode

if TYPE_CHECKING:
    from formflow.model.finding import Finding
    from formflow.service.assess import Assessment

_OTHER = "不是申请表或所列附件，作为其他材料"
_PROPOSED = "评分测算（按表中所填，只供参考；评多少分由评分人定）"
_OTHERS = {"decision_sheet": "填过的审核表，放进收件箱后按其中的更正重新审核"}


@click.command(cls=ChineseCommand)
@files_argument
@home_option
def check(paths: tuple[Path, ...], home_path: Path) -> int:
    """审核文件，逐项说明哪里缺、哪里不对、依据是什么；不登记、不移动文件。"""
    from formflow.cli.papers import assess_file, chosen_programmes, opened_reader

    programmes = chosen_programmes(home_path)
    is_whole = True
    with opened_reader(home_path) as reader:
        for path in files_in(paths):
            for assessment in assess_file(path, programmes, reader):
                is_whole = is_whole and assessment.is_complete
                say("\n".join(_report(path, assessment)))
                _print_proposals(assessment)
    return int(ExitCode.DONE if is_whole else ExitCode.NEEDS_PERSON)


def _report(path: Path, assessment: Assessment) -> Iterable[str]:
    yield f"── {path.name}{assessment.name.removeprefix(str(path))}"
    yield from (f"   提示：{remark}" for remark in assessment.remarks)
    if assessment.problem:
        yield f"   读不了：{assessment.problem.message}"
        yield f"   办法：{assessment.problem.remedy}"
    elif assessment.programme is None:
        claims = "、".join(
            f"{match.programme.name}《{match.form.title}》" if match.form else match.programme.name
            for match in assessment.matches
        )
        yield f"   同时像几种材料：{claims}" if claims else "   不是已知的申请表或附件；请核对是否用了发放的空白表格。"
    elif assessment.record is None:
        attachment = assessment.matches[0].attachment
        what = f"附件“{attachment.label}”" if attachment else _OTHERS.get(assessment.kind, _OTHER)
        yield f"   {assessment.programme.name}：{what}"
    else:
        yield f"   {assessment.programme.name}：{_verdict(assessment)}"
        yield from _articles(assessment)
        yield from _section("需要补正", [f for f in assessment.findings if f.severity == "error"])
        yield from _section("请核对", [f for f in assessment.findings if f.severity == "review"])
        yield from _section("供参考", [f for f in assessment.findings if f.severity == "info"])
    yield ""


def _print_proposals(assessment: Assessment) -> None:
    """What would be proposed to the judges about an application, as a table; nothing where its programme counts nothing."""
    from formflow.rules.proposals import case_proposals, has_proposals

    programme, record = assessment.programme, assessment.record
    if programme is None or record is None or record.kind != "application" or not has_proposals(programme):
        return
    from formflow.cli.console import console, table

    shown = table("序号", "评分内容", "分值", "测算建议分", "计算过程", "需核对", title=_PROPOSED)
    for proposal in case_proposals(programme, record).proposals:
        points = "" if proposal.points is None else f"{proposal.points:f}"
        questions = "；".join(proposal.questions)
        shown.add_row(proposal.criterion, proposal.title, f"{proposal.most:f}", points, proposal.working, questions)
    console().print(shown)
    click.echo()


def _articles(assessment: Assessment) -> Iterable[str]:
    """Every article of a paper of evidence, with where it stood and whom it seems to be about."""
    if assessment.record is None or assessment.kind != "evidence":
        return
    for number, row in enumerate(assessment.record.value("articles"), 1):
        where = "，".join(filter(None, (row["medium"], row["date"], row["about"] and f"像是关于{row['about']}")))
        yield f"   {number}. 《{row['title'] or '没有标题'}》" + (f"（{where}）" if where else "")


def _verdict(assessment: Assessment) -> str:
    from formflow.rules.decide import decide

    if assessment.kind == "evidence" and assessment.record:
        count = len(assessment.record.value("articles"))
        return f"报道等佐证材料 {count} 篇，能识读；属于哪个申报单位，登记时对照案卷判断"
    decision = decide(assessment.findings)
    if decision.outcome == "review":
        return f"待复核 {len(decision.doubts)} 处"
    if decision.errors:
        return f"需补正 {len(decision.errors)} 项"
    if assessment.kind == "honours":
        return "荣誉名单，能识读；补助测算用 formflow subsidy"
    return "申请表齐全"


def _section(title: str, findings: list[Finding]) -> Iterable[str]:
    if not findings:
        return
    yield f"   {title}："
    for number, finding in enumerate(findings, 1):
        place = f"［{finding.place}］" if finding.place else ""
        yield f"   {number}. {finding.label or finding.field or '整份材料'}{place}：{finding.message}"
        if finding.requirement:
            yield f"      要求：{finding.requirement}"
        yield f"      依据：{finding.basis}"
