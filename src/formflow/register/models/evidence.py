"""Reports of the press and commendations that were handed in."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from formflow.register.models.cases import Case, Paper
from formflow.register.models.kept import Kept


class EvidenceArticle(Kept):
    """One article of a paper of evidence. `content` is the article as it was read with those it names; `case` is whose it is, None for
    nobody's; `year` is the round it can count for: its case's, else the year it came in.

    `standing` SETTLED: a person said whose it is, and nothing that is read later changes it. `level` (an id) and `is_counted` are what a
    person said of them, "" and None where nobody did; `who` said it last, by `decided_by`."""

    class Standing(models.TextChoices):
        ATTRIBUTED = "attributed", "系统判断"
        NONE = "none", "没有归属"
        OPEN = "open", "待核对"
        SETTLED = "settled", "人工核定"

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="evidence_articles", verbose_name="来件")
    position = models.IntegerField("次序")
    programme_id = models.CharField("项目编码", max_length=100)
    year = models.IntegerField("年度")
    title = models.TextField("标题", blank=True)
    content = models.JSONField("内容")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="evidence_articles", verbose_name="归属案卷")
    standing = models.CharField("状态", max_length=20, choices=Standing.choices)
    sentence = models.TextField("依据句", blank=True)
    question = models.TextField("待核对", blank=True)
    level = models.CharField("媒体级别（核定）", max_length=100, blank=True)
    is_counted = models.BooleanField("计入（核定）", null=True)
    who = models.CharField("核定人", max_length=200, blank=True)
    decided_by = models.ForeignKey(
        Paper, models.PROTECT, null=True, related_name="evidence_decisions", verbose_name="所据工作簿"
    )

    class Meta:
        verbose_name = verbose_name_plural = "佐证材料"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("paper", "position"), name="evidence_position"),
            models.CheckConstraint(
                condition=~Q(standing="settled") | ~Q(who="") & Q(decided_by__isnull=False),
                name="evidence_settled_by_a_person",
            ),
            models.CheckConstraint(
                condition=~Q(standing="attributed") | Q(case__isnull=False), name="evidence_attributed_to_a_case"
            ),
        )
        indexes = (models.Index(fields=("programme_id", "year"), name="evidence_round"),)
