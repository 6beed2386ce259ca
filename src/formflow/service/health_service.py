"""What a service that is running waits for, and what a home has lost. Part of `health`; looks only."""

from __future__ import annotations

from formflow.errors import EnvironmentFailure
from formflow.service import held_back, trouble
from formflow.service.health import Condition
from formflow.service.home import Home
from formflow.service.office import refuse_losses
from formflow.service.trouble import left
from formflow.settings import Settings

_ID, _LABEL = "service", "服务"


def service_condition(home: Home) -> Condition:
    """The condition of the service, as far as it has said anything."""
    told = left(home)
    if told is None:
        return _held_back(home)
    since, trouble = told
    meaning = "formflow serve 停着等，已收的文件没有丢失，故障消除后自动接着办"
    return Condition(_ID, _LABEL, "failed", f"自 {since:%Y-%m-%d %H:%M} 起：{trouble.message}", meaning, trouble.remedy)


def _held_back(home: Home) -> Condition:
    count = len(held_back.load(home))
    if not count:
        return Condition(_ID, _LABEL, "ok", "没有报告故障")
    told, meaning = trouble.held_back(count), "已经登记，没有丢失，能放的时候自动放进去"
    return Condition(_ID, _LABEL, "warning", told.message, meaning, told.remedy)


def refuse_loss(home: Home, settings: Settings, code: str) -> None:
    """Raises EnvironmentFailure where a home has lost what `code` stands for."""
    try:
        refuse_losses(home, settings)
    except EnvironmentFailure as failure:
        if failure.code == code:
            raise
