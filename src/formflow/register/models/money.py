"""Money for honours: what lists said, what people answered and decided, and the ledger of what was paid. All sums are fen."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from formflow.register.models.cases import Paper
from formflow.register.models.kept import Kept
from formflow.register.models.letters import Letter


class HonourRow(Kept):
    """One honour as a list says it. `content` is the honour with what was found when it was read; `known_entry` is the ledger's last entry
    when the list came, so that what the list calls paid can be held against it. A struck row counts no more."""

    class State(models.TextChoices):
        COUNTED = "counted", "有效"
        STRUCK = "struck", "作废"

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="honours", verbose_name="来件")
    position = models.IntegerField("次序")
    programme_id = models.CharField("项目编码", max_length=100)
    year = models.IntegerField("年度")
    project = models.CharField("项目名称", max_length=500, blank=True)
    content = models.JSONField("内容")
    known_entry = models.IntegerField("登记时的台账序号")
    state = models.CharField("状态", max_length=20, choices=State.choices, default=State.COUNTED)

    class Meta:
        verbose_name = verbose_name_plural = "荣誉"
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("paper", "position"), name="honour_position"),)
        indexes = (models.Index(fields=("programme_id", "state"), name="honour_programme"),)


class NameRuling(Kept):
    """What a person said about two names of projects, or about one name under two organisations. `pair` is what is compared."""

    programme_id = models.CharField("项目编码", max_length=100)
    pair = models.CharField("名称对（比对用）", max_length=2200)
    one = models.CharField("名称一", max_length=500)
    other = models.CharField("名称二", max_length=500)
    one_organisation = models.CharField("单位一", max_length=500, blank=True)
    other_organisation = models.CharField("单位二", max_length=500, blank=True)
    is_same = models.BooleanField("同一项目")
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="name_rulings", verbose_name="所据工作簿")
    who = models.CharField("答复人", max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "名称答复"
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("programme_id", "pair"), name="name_ruling_once"),)


class SubsidyDecision(Kept):
    """What was decided about the money a project is to be paid, with the figures it was decided on. Once `letter` has paid it, or other
    figures have come, it has no effect any more."""

    programme_id = models.CharField("项目编码", max_length=100)
    project_key = models.CharField("项目（比对用）", max_length=1100)
    project = models.CharField("项目名称", max_length=500)
    is_approved = models.BooleanField("核定")
    level = models.CharField("最高荣誉", max_length=100, blank=True)
    entitlement = models.BigIntegerField("应补助（分）")
    paid_before = models.BigIntegerField("已补助（分）")
    amount = models.BigIntegerField("本次补助（分）")
    paid_on = models.DateField("拨付日期", null=True)
    who = models.CharField("核定人", max_length=200)
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="subsidy_decisions", verbose_name="所据工作簿")
    letter = models.ForeignKey(
        Letter, models.PROTECT, null=True, related_name="subsidy_decisions", verbose_name="补助通知"
    )

    class Meta:
        verbose_name = verbose_name_plural = "补助核定"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("programme_id", "project_key"), condition=Q(letter=None), name="subsidy_decision_once"
            ),
        )


class LedgerBook(Kept):
    """The ledger of one programme: `last` is its highest entry. The row is what two payments at once wait for."""

    programme_id = models.CharField("项目编码", max_length=100, unique=True)
    last = models.IntegerField("已用至", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "补助台账"


class LedgerEntry(Kept):
    """Money that went to a project, or came back. Nothing is ever changed but the day it was paid on, once; what was wrong is entered again
    with the other sign.

    An entry says what it was reckoned from: `paid_before` was paid by then, `entitlement` was due in all. Whoever reckons from a state that
    is not the latest takes a number that is given already, of the ledger and of the project, and is refused by the database."""

    class Kind(models.TextChoices):
        PAYMENT = "payment", "拨付"
        REVERSAL = "reversal", "冲销"
        RECOVERY = "recovery", "收回"

    programme_id = models.CharField("项目编码", max_length=100)
    number = models.IntegerField("台账序号")
    project_key = models.CharField("项目（比对用）", max_length=1100)
    sequence = models.IntegerField("项目内序号")
    project = models.CharField("项目名称", max_length=500)
    organisation = models.CharField("单位", max_length=500, blank=True)
    level = models.CharField("最高荣誉", max_length=100, blank=True)
    kind = models.CharField("种类", max_length=20, choices=Kind.choices)
    amount = models.BigIntegerField("金额（分）")
    paid_before = models.BigIntegerField("此前已补助（分）")
    entitlement = models.BigIntegerField("应补助（分）")
    letter = models.ForeignKey(Letter, models.PROTECT, null=True, related_name="ledger_entries", verbose_name="文书")
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="reversed_by", verbose_name="所冲销的记录"
    )
    paper = models.ForeignKey(
        Paper, models.PROTECT, null=True, related_name="ledger_entries", verbose_name="所据工作簿"
    )
    paid_on = models.DateField("拨付日期", null=True)
    reason = models.TextField("理由", blank=True)
    who = models.CharField("经办人", max_length=200)
    entered_on = models.DateField("登记日期")

    class Meta:
        verbose_name = verbose_name_plural = "台账记录"
        ordering = ("programme_id", "number")
        constraints = (
            models.UniqueConstraint(fields=("programme_id", "number"), name="ledger_number"),
            models.UniqueConstraint(fields=("programme_id", "project_key", "sequence"), name="ledger_sequence"),
            models.UniqueConstraint(
                fields=("letter", "project_key"), condition=Q(kind="payment"), name="ledger_paid_once_a_letter"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1, sequence__gte=1, paid_before__gte=0), name="ledger_counted_from_one"
            ),
            models.CheckConstraint(
                condition=~Q(kind="payment")
                | Q(amount__gt=0, entitlement__gte=F("paid_before") + F("amount"), letter__isnull=False),
                name="ledger_payment_within_entitlement",
            ),
            models.CheckConstraint(
                condition=~Q(kind="reversal") | Q(amount__lt=0, reverses__isnull=False),
                name="ledger_reversal_of_one",
            ),
            models.CheckConstraint(
                condition=~Q(kind="recovery") | Q(amount__lt=0, paper__isnull=False) & ~Q(reason=""),
                name="ledger_recovery_by_a_person",
            ),
            models.CheckConstraint(
                condition=Q(paid_before__gte=0 - F("amount")), name="ledger_no_more_back_than_was_paid"
            ),
        )
