"""What happened."""

from __future__ import annotations

from django.db import models

from formflow.register.models.written import Written


class Event(Written):
    """What happened, append-only; `hash` covers the row and the hash before it (see `chain`). `rows` are the seals of everything that was
    written in the same transaction (see `seals`), with its last event; null with the others."""

    at = models.DateTimeField("时间")
    who = models.CharField("经办", max_length=100)
    what = models.CharField("事项", max_length=60)
    object = models.CharField("对象", max_length=500)
    before = models.JSONField("之前", null=True)
    after = models.JSONField("之后", null=True)
    files = models.JSONField("文件校验值")
    rows = models.JSONField("登记封存值", null=True)
    previous_hash = models.CharField("前一条校验值", max_length=64)
    hash = models.CharField("校验值", max_length=64, unique=True)

    class Meta:
        verbose_name = verbose_name_plural = "办理记录"
        ordering = ("id",)
