"""Whether this machine's clock is that of the database: of machines that work together, each writes its own day into letters. Needs no
register that is open."""

from __future__ import annotations

from datetime import timedelta

from formflow.errors import EnvironmentFailure

_APART = timedelta(minutes=5)


def refuse_apart(theirs_s: float, ours_s: float) -> None:
    """Raises EnvironmentFailure (`clock_apart`) if this machine's clock is not that of the database; both in seconds since 1970."""
    apart = timedelta(seconds=ours_s - theirs_s)
    if abs(apart) > _APART:
        raise EnvironmentFailure(
            f"本机的时钟比登记库所在的机器{'快' if apart > timedelta() else '慢'} {abs(apart) // timedelta(minutes=1)} 分钟",
            "文书的日期照本机的时钟写。请给各台机器开自动校时，校正以后再启动。",
            "clock_apart",
        )
