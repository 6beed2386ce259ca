"""Saying lines on the console that may hold words from outside: what would steer the terminal, turn the writing round or not be seen is shown
as �. JSON is not for people and is left as it is."""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress

import click

# Control characters but for line breaks and tabs; marks without width, and those that turn the direction of writing.
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def plain(text: str) -> str:
    """The text with a sign in the place of each character that cannot be seen."""
    return _UNSEEN.sub("\ufffd", text)


def say(text: str, *, err: bool = False) -> None:
    """A line on standard output, or on standard error."""
    click.echo(plain(text), err=err)


def say_if_heard(text: str) -> None:
    """The same of what works on whether or not anybody hears: whoever read its output may have gone, or the file it goes to is on a full disk."""
    with suppress(OSError):
        try:
            say(text)
        except BrokenPipeError:
            no_more_to_say()


def no_more_to_say() -> None:
    """Nobody reads standard output any more: what goes there from now on is lost, and Python does not complain of it at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
