"""`formflow audit`: whether the journal and the outbox are what was entered; the journal for the auditor; a case done once more."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from formflow.cli.group import ChineseGroup
from formflow.cli.options import home_option, json_option, print_json, print_json_piecemeal
from formflow.cli.say import say
from formflow.errors import EnvironmentFailure, ExitCode, UsageError, in_words

if TYPE_CHECKING:
    from formflow.model.programme import Programme
    from formflow.register.proof import Break
    from formflow.register.row_proof import RowFault
    from formflow.service.audit import Audit
    from formflow.service.published import Difference
    from formflow.service.replay import Change, Replay
    from formflow.service.reprint import Reprint
    from formflow.settings import Settings

_FAULTS = {
    "changed": "第 {id} 条的内容被改动过",
    "replaced": "第 {id} 条被改写并重新计算了校验值，或者它后面的记录被删去",
    "removed": "从第 {id} 条起有记录被删去",
    "inserted": "第 {id} 条是后来插进去的",
    "moved": "第 {id} 条的次序被调换过",
    "truncated": "从第 {id} 条起，末尾的记录被删去（校验点记得还有）",
    "rewritten": "第 {id} 条或它以前的记录被整段改写过（与校验点不符）",
}
_KINDS = {
    "missing": "不在原处",
    "changed": "内容与发布时不同",
    "unreadable": "读不了",
    "contradicted": "登记与办理记录不符",
}
_FILLED = {
    "letter_docx": "编辑过",
    "review_sheet": "填写过（放回收件箱才算数）",
    "workbook": "填写过（放回收件箱才算数）",
}
_ROWS = {
    "changed": "被改动过",
    "inserted": "不是 formflow 登记的",
    "removed": "被删去",
}
_LIMITS = (
    "校验能证明：记录没有被改动、删去、插入或调换。从末尾删去，或者从某一条起整段重写，只有校验点能发现；"
    "请把下面的校验点另存一份在别人改不到的地方（打印、邮件、异地备份），以后用 --anchor 核对。"
)

_LONGEST_SHOWN = 120


@click.group(cls=ChineseGroup)
def audit() -> None:
    """办理记录的校验、导出和重演。"""


@audit.command()
@click.option("--anchor", "anchors", metavar="校验点", multiple=True, help="以前另存的校验点，如 128:0f3a…；可写多个")
@json_option
@home_option
def verify(anchors: tuple[str, ...], as_json: bool, home_path: Path) -> int:
    """逐条校验办理记录，逐行核对登记库，并核对发件箱里的文件；指出被动过的记录、登记和文件。"""
    from formflow.register.proof import parse_anchor
    from formflow.service.office import shanghai_now
    from formflow.service.registers import looked_into

    given = [parse_anchor(text) for text in anchors]
    with looked_into(home_path) as home:
        from formflow.service.audit import verify as verified  # needs the register to be open

        result = verified(home, given, shanghai_now())
        rows = [_row_sentence(fault) for fault in result.faults]
    if as_json:
        print_json_piecemeal(_json(result, rows))
    else:
        for line in _report(result, rows):
            say(line)
    return int(ExitCode.DONE if result.is_sound else ExitCode.NEEDS_PERSON)


@audit.command()
@click.option("--xlsx", metavar="文件", type=click.Path(path_type=Path, dir_okay=False), help="存为 Excel 工作簿")
@click.option("--jsonl", metavar="文件", type=click.Path(path_type=Path, dir_okay=False), help="存为 JSON，每行一条")
@home_option
def export(xlsx: Path | None, jsonl: Path | None, home_path: Path) -> int:
    """把全部办理记录导出，供审计。"""
    if not xlsx and not jsonl:
        raise UsageError("没有说导出到哪里", "请用 --xlsx 文件 或 --jsonl 文件 指明，两个都写也可以。")
    from formflow.service.registers import looked_into

    with looked_into(home_path):
        from formflow.register import journal  # needs the register to be open
        from formflow.service import journal_export
        from formflow.service.office import ZONE

        if xlsx:
            with _writing(xlsx):
                count = journal_export.write_workbook(xlsx, journal.entries(), ZONE)
            click.echo(f"已存为 {xlsx}，共 {count} 条。")
        if jsonl:
            with _writing(jsonl):
                count = journal_export.write_json_lines(jsonl, journal.entries())
            click.echo(f"已存为 {jsonl}，共 {count} 条。")
    return int(ExitCode.DONE)


@audit.command()
@click.argument("case", metavar="案卷或文号")
@json_option
@home_option
def replay(case: str, as_json: bool, home_path: Path) -> int:
    """把一个案卷从收到的原件起重办一遍，与当时的记录、问题和文书逐项比较；或者把发出的文书由登记的内容重新出具，与发出的逐字节比较。
    不改动工作文件夹。案卷写单位名称，年度和序号（如 2022-7），或通知书上的编号；文书写发文字号，或“项目编码/年度”（全年的公示、命名、补助等）。"""
    from formflow.service.office import ZONE, assembled
    from formflow.service.opening import opener_of
    from formflow.service.programmes import load_programmes
    from formflow.service.registers import looked_into
    from formflow.settings import load_settings

    with looked_into(home_path) as home:
        from formflow.service.replay import replay as replayed  # needs the register to be open

        settings = load_settings(home.root)
        programmes = load_programmes(home, settings)
        if letters := _letters(case, programmes, settings):
            return _show_letters(letters, as_json=as_json)
        with opener_of(settings.reading) as opener:
            result = replayed(
                home,
                case,
                programmes,
                lambda scratch, now: assembled(scratch, settings, programmes, opener, lambda: now().astimezone(ZONE)),
            )
    if as_json:
        print_json(asdict(result) | {"same": result.is_same})
    else:
        say("\n".join(_replayed(result)))
    return int(ExitCode.DONE if result.is_same else ExitCode.NEEDS_PERSON)


def _letters(text: str, programmes: tuple[Programme, ...], settings: Settings) -> list[Reprint]:
    """The letters a text names, each made again."""
    from formflow.service.printing import print_letter
    from formflow.service.reprint import find, reprint  # needs the register to be open

    draw = partial(print_letter, official_fonts=settings.letters.official_fonts)
    return [reprint(letter, programmes, draw) for letter in find(text)]


def _show_letters(letters: list[Reprint], *, as_json: bool) -> int:
    if as_json:
        print_json([asdict(letter) | {"same": letter.is_same} for letter in letters])
    else:
        click.echo("\n".join(line for letter in letters for line in _reprinted(letter)))
    return int(ExitCode.DONE if all(letter.is_same for letter in letters) else ExitCode.NEEDS_PERSON)


def _reprinted(letter: Reprint) -> Iterator[str]:
    if letter.problem:
        yield f"{letter.label}：不能重新出具，{letter.problem}。"
    elif letter.changes:
        yield f"{letter.label}：重新出具的有 {len(letter.changes)} 处不同："
        yield from _differences(letter.changes)
    else:
        yield f"{letter.label}：重新出具的文件（{letter.files} 件）与发出的逐字节相同。"
    if letter.pack:
        yield _pack_sentence(*letter.pack)


def _differences(changes: Iterable[Change]) -> Iterator[str]:
    for change in changes:
        yield f"  {change.place}：当时 {_short(change.then)}，现在 {_short(change.now)}"


def _pack_sentence(programme: str, then: str, now: str) -> str:
    return f"项目包 {programme} 在这以后改过：当时 {then or '不详'}，现在 {now or '已撤掉'}。不同之处可能由此而来。"


def _replayed(result: Replay) -> Iterator[str]:
    yield f"{result.label}：收到的文件 {result.files} 件。"
    for programme, then, now in result.packs:
        yield _pack_sentence(programme, then, now)
    if result.missing:
        yield "不能重办：下列原件已不在案卷里，或者内容改动过。"
        yield from (f"  {name}" for name in result.missing)
    elif result.changes:
        yield f"重办的结果有 {len(result.changes)} 处不同："
        yield from _differences(result.changes)
    else:
        yield "重办的结果完全相同：识读记录、问题、办理结果和文书文件逐项一致。"


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise EnvironmentFailure(
            f"写不了 {path}：{in_words(error)}", "请检查文件夹是否可写、文件是否正打开着。"
        ) from error


def _report(result: Audit, rows: list[str]) -> Iterator[str]:
    yield from _about_chain(result)
    yield from _about_rows(result, rows)
    found = result.published.differences
    yield f"发件箱：登记发布的文件 {result.published.count} 件，其中 {found.unexpected} 件有问题。"
    yield from _listed(one for one in found if not one.is_expected)
    if expected := len(found) - found.unexpected:
        yield f"另有 {expected} 件被编辑、填写或者取走归档，属于正常使用，列出备查："
        yield from _listed(one for one in found if one.is_expected)


def _about_chain(result: Audit) -> Iterator[str]:
    verdict = result.verdict
    if verdict.broken:
        yield f"办理记录：有问题。{_sentence(verdict.broken)}。"
        yield "办法：请不要继续办理；把 state 文件夹整个另存一份，与最近的备份和导出的记录对照，查明经过。"
        return
    met = f"与 {verdict.anchors_met} 个校验点相符" if verdict.anchors_met else "还没有以前的校验点可以对照"
    yield f"办理记录：{verdict.count} 条，首尾相接，没有改动；{met}。"
    if verdict.anchor:
        yield _LIMITS
        yield f"校验点：{verdict.anchor}"
    if result.unnoted:
        yield f"注意：这个校验点没有记到 state/log/anchors.jsonl：{result.unnoted}。"


def _about_rows(result: Audit, rows: list[str]) -> Iterator[str]:
    if result.verdict.broken:
        yield "登记库：办理记录有问题，登记内容不能逐行核对。"
    elif rows:
        yield f"登记库：{result.rows} 行，其中 {len(rows)} 行与办理记录不符："
        yield from (f"  {row}" for row in rows)
        yield "办法：请不要继续办理；把 state 文件夹整个另存一份，与最近的备份对照，查明是谁改了登记库。"
    else:
        yield f"登记库：{result.rows} 行，逐行与办理记录相符。"


def _row_sentence(fault: RowFault) -> str:
    """Which row, what was done to it, and which entry of the journal says how it was. Asks the register."""
    from formflow.register import journal
    from formflow.service.journal_export import WHAT_LABELS

    sentence = f"{fault.table}第 {fault.key} 行：{_ROWS[fault.kind]}"
    if fault.entry_id is None:
        return sentence
    entry = journal.entry(fault.entry_id)
    return f"{sentence}（最近一次登记在办理记录第 {entry.id} 条：{WHAT_LABELS.get(entry.what, entry.what)}，{entry.object}）"


def _sentence(broken: Break) -> str:
    return _FAULTS[broken.fault].format(id=broken.entry_id)


def _listed(differences: Iterable[Difference]) -> Iterator[str]:
    for one in differences:
        words = _FILLED.get(one.what, _KINDS["changed"]) if one.kind == "changed" else _KINDS[one.kind]
        yield f"  {one.path}：{words}{f'（{one.detail}）' if one.detail else ''}"


def _json(result: Audit, rows: list[str]) -> dict[str, Any]:
    verdict = result.verdict
    return {
        "sound": result.is_sound,
        "entries": verdict.count,
        "anchor": str(verdict.anchor) if verdict.anchor else None,
        "anchors_met": verdict.anchors_met,
        "broken": asdict(verdict.broken) | {"message": _sentence(verdict.broken)} if verdict.broken else None,
        "rows": result.rows,
        "row_faults": [asdict(fault) | {"message": row} for fault, row in zip(result.faults, rows, strict=True)],
        "files": result.published.count,
        "differences": (asdict(one) | {"expected": one.is_expected} for one in result.published.differences),
    }
