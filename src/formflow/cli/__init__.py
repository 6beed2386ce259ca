"""The command line. `main` is the console script; each command lives in a module of its own, imported only when it is called.

In: arguments. Out: an exit code (design.md section 5) and text in Chinese, or JSON where `--json` is given. Nothing is decided here.
"""

from __future__ import annotations

import sys

from formflow.cli.group import cli
from formflow.cli.say import no_more_to_say, say
from formflow.errors import EnvironmentFailure, ExitCode, FormflowError, in_words, is_refusal


def main(arguments: list[str] | None = None) -> int:
    """Runs one command and gives its exit code; never lets a traceback through unless `--debug` asks for it."""
    import click

    for stream in (sys.stdout, sys.stderr):
        # A console that cannot show a character must not end the program.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        return int(cli.main(arguments, prog_name="formflow", standalone_mode=False) or 0)
    except click.ClickException as error:
        return _say_usage(error)
    except (click.Abort, KeyboardInterrupt):
        click.echo("已中断。", err=True)
        return 130
    except FormflowError as error:
        return _say_failure(error)
    except BrokenPipeError:
        no_more_to_say()  # whoever read our output (`| head`) has gone
        return int(ExitCode.DONE)
    except Exception as error:
        if isinstance(error, OSError) and is_refusal(error) and not cli.is_debugging:
            return _say_failure(EnvironmentFailure(in_words(error), "请检查磁盘空间和文件夹的读写权限后再试。"))
        return _say_bug(error)


def _say_failure(error: FormflowError) -> int:
    say(f"错误：{error.message}", err=True)
    if error.remedy:
        say(f"办法：{error.remedy}", err=True)
    return int(error.exit_code)


def _say_usage(error: object) -> int:
    import click

    from formflow.cli.wording import usage_sentence

    assert isinstance(error, click.ClickException)
    context = getattr(error, "ctx", None)
    click.echo(f"用法不对：{usage_sentence(error)}", err=True)
    if context is not None:
        click.echo(f"办法：运行 {context.command_path} --help 查看用法。", err=True)
    return int(ExitCode.USAGE)


def _say_bug(error: Exception) -> int:
    import logging

    import click

    log = logging.getLogger("formflow")
    if log.handlers:  # without the log file of an open home, logging would print the traceback
        log.error("内部错误", exc_info=error)
    click.echo(f"formflow 出现内部错误：{type(error).__name__}：{error}", err=True)
    click.echo("办法：请加上 --debug 再运行一次（formflow --debug …），把显示的内容交给维护人员。", err=True)
    if cli.is_debugging:
        import traceback

        traceback.print_exception(error)
    return int(ExitCode.BUG)
