"""The second half of a year: experts' sheets, who is named, and the workbooks that show where everything stands."""

from __future__ import annotations

from django.db import models

from formflow.register.models.cases import Case, Paper
from formflow.register.models.kept import Kept
from formflow.register.models.letters import Letter


class ScoreSheet(Kept):
    """One expert's sheet about one unit; a workbook may hold several. `content` is the sheet as `formflow read` prints it, with the slips
    it was returned for. Only those in state COUNTED are averaged."""

    class State(models.TextChoices):
        COUNTED = "counted", "计入汇总"
        RETURNED = "returned", "已退回"
        REPLACED = "replaced", "已被更正"

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="score_sheets", verbose_name="来件")
    position = models.IntegerField("次序")
    case = models.ForeignKey(Case, models.PROTECT, related_name="score_sheets", verbose_name="案卷")
    programme_id = models.CharField("项目编码", max_length=100)
    # Of the round, which is the year it was scored in; that of the case may be earlier.
    year = models.IntegerField("年度")
    reviewer = models.CharField("评分人", max_length=200, blank=True)
    reviewer_key = models.CharField("评分人（比对用）", max_length=200, blank=True)
    content = models.JSONField("内容")
    state = models.CharField("状态", max_length=20, choices=State.choices)

    class Meta:
        verbose_name = verbose_name_plural = "评分表"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("paper", "position"), name="score_sheet_position"),
            # Two sheets of one expert about one unit must never both count, whoever enters them at once.
            models.UniqueConstraint(
                fields=("case", "year", "reviewer_key"),
                condition=models.Q(state="counted") & ~models.Q(reviewer_key=""),
                name="score_sheet_once",
            ),
        )
        indexes = (models.Index(fields=("programme_id", "year", "state"), name="score_sheet_round"),)


class Naming(Kept):
    """What was decided about a unit in a round, by the sheet that came back (`paper`). Once `letter`, which announces it, bears a number,
    it stands."""

    class Decision(models.TextChoices):
        NAMED = "named", "命名"
        NOT_NAMED = "not_named", "不命名"
        EXTENDED = "extended", "延期"

    case = models.ForeignKey(Case, models.PROTECT, related_name="namings", verbose_name="案卷")
    programme_id = models.CharField("项目编码", max_length=100)
    year = models.IntegerField("年度")
    decision = models.CharField("决定", max_length=20, choices=Decision.choices)
    grade = models.CharField("等次", max_length=100, blank=True)
    until = models.DateField("延期至", null=True)
    reason = models.TextField("理由", blank=True)
    decided_on = models.DateField("决定日期")
    who = models.CharField("决定人", max_length=200)
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="namings", verbose_name="所据工作簿")
    letter = models.ForeignKey(Letter, models.PROTECT, null=True, related_name="namings", verbose_name="公布的文书")

    class Meta:
        verbose_name = verbose_name_plural = "命名决定"
        ordering = ("case_id", "year")
        constraints = (models.UniqueConstraint(fields=("case", "year"), name="naming_once"),)
        indexes = (models.Index(fields=("programme_id", "year"), name="naming_round"),)


class Evaluation(Kept):
    """What the members of one home said of it in one year's 会员评议. `content` has the counts as `formflow read` prints them, with the
    slips; only those in state COUNTED are ranked."""

    class State(models.TextChoices):
        COUNTED = "counted", "计入汇总"
        RETURNED = "returned", "已退回"
        REPLACED = "replaced", "已被更正"

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="evaluations", verbose_name="来件")
    position = models.IntegerField("次序")
    # None where the home has not applied for anything.
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="evaluations", verbose_name="案卷")
    programme_id = models.CharField("项目编码", max_length=100)
    year = models.IntegerField("年度")
    home = models.CharField("职工之家", max_length=500)
    home_key = models.CharField("职工之家（比对用）", max_length=500)
    content = models.JSONField("内容")
    state = models.CharField("状态", max_length=20, choices=State.choices)

    class Meta:
        verbose_name = verbose_name_plural = "会员评议"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("paper", "position"), name="evaluation_position"),
            models.UniqueConstraint(
                fields=("programme_id", "year", "home_key"),
                condition=models.Q(state="counted"),
                name="evaluation_once",
            ),
        )


class Workbook(Kept):
    """A workbook of a programme's year that is renewed when what it shows has changed. A clerk fills in the copy of one `revision`; one
    that comes back with an older revision was overtaken. `sha256` is of what it shows, `seen` the last event that was looked at."""

    class Kind(models.TextChoices):
        SUMMARY = "summary", "评分汇总"
        APPROVAL = "approval", "发文审批表"
        LEDGER = "ledger", "年度台账"
        EVALUATION = "evaluation", "会员评议结果"
        SUBSIDY = "subsidy", "补助测算"
        EVIDENCE = "evidence", "佐证材料"
        SCORE_SHEETS = "score_sheets", "待填评分表"

    kind = models.CharField("种类", max_length=20, choices=Kind.choices)
    programme_id = models.CharField("项目编码", max_length=100)
    year = models.IntegerField("年度")
    revision = models.IntegerField("稿次", default=0)
    sha256 = models.CharField("内容校验值", max_length=64, blank=True)
    seen = models.BigIntegerField("看到的办理记录", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "工作簿"
        constraints = (models.UniqueConstraint(fields=("kind", "programme_id", "year"), name="workbook_once"),)
