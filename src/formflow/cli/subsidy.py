"""`formflow subsidy`: what each project of one or more honours lists is still to be paid. Changes nothing, and starts without Django unless
the register's ledger counts."""

from __future__ import annotations

from pathlib import Path

import click

from formflow.cli.group import ChineseCommand
from formflow.cli.options import files_argument, files_in, home_option, json_option, print_json
from formflow.cli.papers import chosen_programmes, look_into_file, opened_reader
from formflow.cli.say import say
from formflow.errors import ExitCode, UsageError
from formflow.model.honours import Ruling, SettlementLine
from formflow.model.money import capital, yuan_text
from formflow.model.programme import Programme
from formflow.service.members import Read
from formflow.service.subsidy import Known, ListFile, Settled, ledger_from, settle_files, settlement_json


@click.command(cls=ChineseCommand)
@files_argument
@click.option(
    "--paid",
    metavar="台账.xlsx",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="已补助台账；不写则以登记库的台账为准",
)
@click.option(
    "--programme", "programme_id", metavar="项目编码", help="按这个项目的政策测算；只有一个项目有补助政策时不必写"
)
@click.option("--same", metavar="甲=乙", multiple=True, help="两个名称是同一项目")
@click.option("--different", metavar="甲=乙", multiple=True, help="两个名称相近，但是两个项目")
@json_option
@home_option
def subsidy(
    paths: tuple[Path, ...], paid: Path | None, programme_id: str | None, same: tuple[str, ...], different: tuple[str, ...],
    as_json: bool, home_path: Path,
) -> int:  # fmt: skip
    """按荣誉名单测算补助，补到最高一级荣誉，已经补助的不再补。名单按给出的先后逐批计算，前面批次应补的算作已补。"""
    programme = _programme(home_path, programme_id)
    rulings = (*_rulings(same, is_same=True), *_rulings(different, is_same=False))
    files = tuple(files_in(paths))
    with opened_reader(home_path) as reader:
        if paid:
            known = Known(ledger_from(look_into_file(paid, reader), programme))
        else:
            known = _registered(home_path, programme)
        ledger, said = known.ledger, (*known.rulings, *rulings)
        settled = settle_files(_looked(files, reader), programme, ledger, earlier=known.earlier, rulings=said)
    for finding in ledger.findings:
        say(f"请核对：{finding.message}", err=True)
    if as_json:
        print_json(settlement_json(settled))
    else:
        _print(settled, programme)
    return int(ExitCode.NEEDS_PERSON if settled.needs_person or ledger.findings else ExitCode.DONE)


def _looked(files: tuple[Path, ...], reader: Read) -> tuple[ListFile, ...]:
    return tuple(ListFile(str(path), look_into_file(path, reader)) for path in files)


def _programme(home_path: Path, programme_id: str | None) -> Programme:
    """The one programme that rewards honours, or the one that was named."""
    with_policy = [programme for programme in chosen_programmes(home_path, programme_id) if programme.honours]
    if len(with_policy) == 1:
        return with_policy[0]
    if not with_policy:
        raise UsageError("没有带补助政策的项目", "补助政策写在项目文件夹的 honours.yaml 和 policy.yaml 里。")
    known = "、".join(programme.id for programme in with_policy)
    raise UsageError("有几个项目都有补助政策", f"请用 --programme 指定其中一个：{known}。")


def _rulings(pairs: tuple[str, ...], *, is_same: bool) -> tuple[Ruling, ...]:
    rulings = []
    for pair in pairs:
        one, mark, other = pair.replace("＝", "=").partition("=")
        if not (mark and one.strip() and other.strip()):
            raise UsageError(f"“{pair}”看不出是哪两个名称", "请写成 甲=乙，两边是名单上的项目名称。")
        rulings.append(Ruling(one.strip(), other.strip(), is_same))
    return tuple(rulings)


def _registered(home_path: Path, programme: Programme) -> Known:
    """What the register knows: ledger, honours and answers about names. Nothing, and it is said, where there is none."""
    from formflow.service.home import Home
    from formflow.service.registers import has_register, looked_into

    known = Known()
    if Home(home_path).is_founded and has_register(Home(home_path)):
        with looked_into(home_path):
            from formflow.service.accounts import known_of  # needs the register to be open

            known = known_of(programme)
    if not (known.earlier or known.ledger.payments):
        click.echo("没有用 --paid 给出台账，登记库里也没有补助记录，按从未补助计算。", err=True)
    return known


def _print(settled: Settled, programme: Programme) -> None:
    from formflow.cli.console import console, table

    out = console()
    for batch in settled.settlement.batches:
        shown = table(
            "项目", "社会组织", "最高荣誉", "应补（元）", "已补（元）", "本次应补（元）", "计算", title=batch.name
        )
        for line in batch.lines:
            shown.add_row(*_cells(line, programme))
        out.print(shown)
        out.print(f"本批合计 {yuan_text(batch.total)} 元（{capital(batch.total)}）")
        notes = [finding.message for line in batch.lines for finding in line.findings]
        for number, note in enumerate(notes, 1):
            out.print(f"  {number}. {note}")
        out.print()
    for name, _, message in settled.problems:
        out.print(f"没有计入：{name}：{message}")
    total = settled.settlement.total
    out.print(f"总计 {yuan_text(total)} 元（{capital(total)}）")


def _cells(line: SettlementLine, programme: Programme) -> tuple[str, ...]:
    assert programme.honours is not None
    highest = programme.honours.level(line.highest).label if line.highest else "—"
    sums = (yuan_text(line.entitlement), yuan_text(line.paid), "待确认" if line.is_held else yuan_text(line.payable))
    return (line.project or "（没有写名称）", line.organisation or "", highest, *sums, line.working)
