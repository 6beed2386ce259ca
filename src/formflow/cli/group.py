"""The command group: knows each command's name and help, and imports its module only when it is called. Help is in Chinese."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

# name → (where it is: module:attribute, one line for --help)
COMMANDS = {
    "init": ("formflow.cli.init:init", "建立工作文件夹：inbox、outbox、templates、formflow.toml"),
    "run": ("formflow.cli.run:run", "把收件箱里的材料处理完，然后退出"),
    "serve": ("formflow.cli.serve:serve", "守着收件箱，来一份处理一份"),
    "worker": ("formflow.cli.worker:worker", "替另一台机器上的 serve 处理材料（共用 PostgreSQL 登记库）"),
    "read": ("formflow.cli.read:read", "识读文件，每份材料输出一行 JSON"),
    "check": ("formflow.cli.check:check", "审核文件，用中文说明哪里缺、哪里不对"),
    "score": ("formflow.cli.score:score", "核对评分表，按单位汇总平均分和名次"),
    "subsidy": ("formflow.cli.subsidy:subsidy", "按荣誉名单测算补助：应补、已补、本次应补"),
    "cases": ("formflow.cli.cases:cases", "列出登记的案卷"),
    "letter": ("formflow.cli.letter:letter", "文书：letter check 按 GB/T 9704 逐条检查版式"),
    "pack": ("formflow.cli.pack:pack", "项目包：pack check 检查设置，pack new 由空白表起草"),
    "audit": ("formflow.cli.audit:audit", "审计：audit verify 校验办理记录，audit export 导出，audit replay 重办核对"),
    "backup": ("formflow.cli.backup:backup", "备份：整个工作文件夹存成一个文件，不用停机"),
    "restore": ("formflow.cli.backup:restore", "由备份恢复出一个工作文件夹"),
    "doctor": ("formflow.cli.doctor:doctor", "检查本机环境：字体、文件夹、登记库等"),
}
_HEADINGS = {"Options": "选项", "Commands": "命令", "Arguments": "参数"}


class ChineseFormatter(click.HelpFormatter):
    """click's help with Chinese headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or "用法：")

    def write_heading(self, heading: str) -> None:
        super().write_heading(_HEADINGS.get(heading, heading))


class ChineseContext(click.Context):
    formatter_class = ChineseFormatter


class ChineseCommand(click.Command):
    """A command whose `--help` is explained in Chinese."""

    context_class = ChineseContext

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **{"options_metavar": "[选项]", **settings})

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _explained(super().get_help_option(ctx))


class ChineseGroup(click.Group):
    """A group of such commands."""

    context_class = ChineseContext
    command_class = ChineseCommand

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **{"options_metavar": "[选项]", "subcommand_metavar": "命令 [参数]…", **settings})

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _explained(super().get_help_option(ctx))


class LazyGroup(ChineseGroup):
    """Commands from a table. `is_debugging` after `--debug`."""

    is_debugging = False

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


def _explained(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = "显示本说明"
    return option


def _version(ctx: click.Context, parameter: click.Parameter, wanted: Any) -> None:
    if wanted:
        from importlib.metadata import version

        click.echo(f"formflow {version('formflow')}")
        ctx.exit()


@click.group(cls=LazyGroup)
@click.option("--debug", is_flag=True, help="内部出错时显示详细记录")
@click.option("--version", is_flag=True, callback=_version, expose_value=False, is_eager=True, help="显示版本")
def cli(debug: bool) -> None:
    """申请材料放进收件箱，审核登记、出具文书、归入案卷。"""
    cli.is_debugging = debug
