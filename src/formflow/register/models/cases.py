"""Cases, and the papers they are made of."""

from __future__ import annotations

from django.db import models

from formflow.register.models.kept import Kept

# Kinds of papers that no pack names: an archive or mail as a whole; what came with a form and is no attachment its pack asks for; a sheet
# of ours that a clerk filled in.
CONTAINER, EVIDENCE, DECISION_SHEET = "container", "evidence", "decision_sheet"


class Case(Kept):
    """One unit in one cycle of one programme. `version` counts its forms, `outcome` is the latest decision."""

    programme_id = models.CharField("项目编码", max_length=100)
    programme_name = models.CharField("项目", max_length=200)
    year = models.IntegerField("年度")
    number = models.IntegerField("序号")
    unit = models.CharField("单位", max_length=500)
    unit_key = models.CharField("单位（比对用）", max_length=500)
    folder = models.CharField("案卷文件夹", max_length=200)
    folder_key = models.CharField("案卷文件夹（比对用）", max_length=200)
    outcome = models.CharField("办理结果", max_length=20)
    version = models.IntegerField("版次", default=0)
    opened_on = models.DateField("立案日期")
    updated_on = models.DateField("最近办理日期")

    class Meta:
        verbose_name = verbose_name_plural = "案卷"
        ordering = ("programme_id", "year", "number")
        constraints = (
            models.UniqueConstraint(fields=("programme_id", "year", "unit_key"), name="case_unit"),
            models.UniqueConstraint(fields=("programme_id", "year", "folder"), name="case_folder"),
            models.UniqueConstraint(fields=("programme_id", "year", "number"), name="case_number"),
        )
        indexes = (models.Index(fields=("programme_id", "year", "folder_key"), name="case_folder_key"),)

    def __str__(self) -> str:
        return f"{self.programme_name} {self.year}年 {self.unit}"


class CaseName(Kept):
    """A normalised name a case goes by; papers that do not say their case outright are matched by it. `beginning` is the part of it that
    names are looked up by in a text, see `cases.case_named_in`."""

    BEGINNING = 8

    case = models.ForeignKey(Case, models.PROTECT, related_name="names", verbose_name="案卷")
    name = models.CharField("名称（比对用）", max_length=500, db_index=True)
    beginning = models.CharField("名称开头", max_length=BEGINNING, db_index=True)

    class Meta:
        verbose_name = verbose_name_plural = "案卷名称"
        constraints = (models.UniqueConstraint(fields=("case", "name"), name="case_name"),)


class Paper(Kept):
    """One file that was received. It is fully dealt with when no publication of it is pending."""

    class State(models.TextChoices):
        FILED = "filed", "已入卷"
        DUPLICATE = "duplicate", "重复提交"
        WAITING = "waiting", "等待归卷"
        SET_ASIDE = "set_aside", "待人工处理"

    claim_id = models.CharField("收件号", max_length=40, unique=True)
    sha256 = models.CharField("文件校验值", max_length=64)
    original_name = models.CharField("原文件名", max_length=500)
    submission = models.CharField("收件文件夹", max_length=500, blank=True, db_index=True)
    size = models.BigIntegerField("字节数")
    received_at = models.DateTimeField("收到时间")
    kind = models.CharField("材料种类", max_length=40)
    attachment = models.CharField("附件编码", max_length=100, blank=True)
    state = models.CharField("状态", max_length=20, choices=State.choices, db_index=True)
    reason = models.TextField("原因", blank=True)
    # Only of attachments that wait for their case: the folded text the case's names are looked for in.
    text = models.TextField("文字（比对用）", blank=True)
    duplicate_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="copies", verbose_name="与之相同")
    # The archive or mail it came in.
    container = models.ForeignKey("self", models.PROTECT, null=True, related_name="members", verbose_name="所在压缩包")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="papers", verbose_name="案卷")
    version_no = models.IntegerField("版次", null=True)
    programme_id = models.CharField("项目编码", max_length=100, blank=True)
    pack_version = models.CharField("项目包版本", max_length=40, blank=True)
    pack_sha256 = models.CharField("项目包校验值", max_length=64, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "来件"
        ordering = ("id",)
        # Of two single indexes SQLite takes the wrong one: nearly all papers are filed.
        indexes = (models.Index(fields=("sha256", "state"), name="paper_content"),)

    def __str__(self) -> str:
        return self.original_name


class Record(Kept):
    """What a form says, as `formflow read` prints it, and what followed. The case's current record has its version."""

    paper = models.OneToOneField(Paper, models.PROTECT, related_name="record", verbose_name="来件")
    case = models.ForeignKey(Case, models.PROTECT, related_name="records", verbose_name="案卷")
    version_no = models.IntegerField("版次")
    kind = models.CharField("材料种类", max_length=40)
    answers = models.JSONField("内容")
    enclosed = models.JSONField("随附材料")
    outcome = models.CharField("办理结果", max_length=20)

    class Meta:
        verbose_name = verbose_name_plural = "识读记录"
        ordering = ("case_id", "version_no")
        constraints = (models.UniqueConstraint(fields=("case", "version_no"), name="record_version"),)


class Finding(Kept):
    """One thing that was wrong with a record. `is_settled` when what was missing has come since."""

    record = models.ForeignKey(Record, models.PROTECT, related_name="findings", verbose_name="识读记录")
    position = models.IntegerField("次序")
    code = models.CharField("问题种类", max_length=40)
    field = models.CharField("栏目编码", max_length=100, null=True)
    severity = models.CharField("轻重", max_length=10)
    message = models.TextField("问题")
    basis = models.TextField("依据")
    requirement = models.TextField("要求", blank=True)
    label = models.CharField("栏目", max_length=200, blank=True)
    place = models.CharField("位置", max_length=300, blank=True)
    is_settled = models.BooleanField("已补齐", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "审核问题"
        ordering = ("record_id", "position")
        constraints = (models.UniqueConstraint(fields=("record", "position"), name="finding_position"),)
