"""The tables of the register. A row says what was decided or done; files and letters can be made again from it."""

from __future__ import annotations

from django.db import models

# Kinds of papers that no pack names: an archive or mail as a whole; what came with a form and is no attachment its pack asks for.
CONTAINER, EVIDENCE = "container", "evidence"


class Case(models.Model):
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


class CaseName(models.Model):
    """A normalised name a case goes by; papers that do not say their case outright are matched by it. `beginning` is the part of it that
    names are looked up by in a text, see `cases.case_named_in`."""

    BEGINNING = 8

    case = models.ForeignKey(Case, models.PROTECT, related_name="names", verbose_name="案卷")
    name = models.CharField("名称（比对用）", max_length=500, db_index=True)
    beginning = models.CharField("名称开头", max_length=BEGINNING, db_index=True)

    class Meta:
        verbose_name = verbose_name_plural = "案卷名称"
        constraints = (models.UniqueConstraint(fields=("case", "name"), name="case_name"),)


class Paper(models.Model):
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


class Record(models.Model):
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


class Finding(models.Model):
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


class Letter(models.Model):
    """A letter that is to be written or was. `content` is all it says: the files can be made again from it."""

    class State(models.TextChoices):
        PENDING = "pending", "待出具"
        ISSUED = "issued", "已出具"
        RETRY = "retry", "待重试"

    key = models.CharField("文书键", max_length=200, unique=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="letters", verbose_name="案卷")
    version_no = models.IntegerField("版次")
    kind = models.CharField("文书种类", max_length=60)
    title = models.CharField("文书名称", max_length=200)
    serial = models.CharField("编号", max_length=60)
    content = models.JSONField("内容")
    issued_on = models.DateField("成文日期")
    deadline = models.DateField("补正期限", null=True)
    state = models.CharField("状态", max_length=20, choices=State.choices, default=State.PENDING)
    problem = models.TextField("未出具原因", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "文书"
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.title} {self.serial}"


class Publication(models.Model):
    """One file that has to stand in the outbox.

    Files of one bundle (a letter's .docx and .pdf, a file and its note) share stem and variant, so that they stand side
    by side even if a clerk's file has taken the first name."""

    class What(models.TextChoices):
        LETTER_DOCX = "letter_docx", "文书（Word）"
        LETTER_PDF = "letter_pdf", "文书（PDF）"
        ORIGINAL = "original", "原件"
        COPY = "copy", "原件副本"
        NOTE = "note", "说明"
        REVIEW_SHEET = "review_sheet", "审核表"

    class State(models.TextChoices):
        PENDING = "pending", "待发布"
        DONE = "done", "已发布"
        WITHDRAWN = "withdrawn", "已撤回"

    bundle = models.CharField("批次", max_length=200, db_index=True)
    position = models.IntegerField("次序")
    what = models.CharField("内容", max_length=20, choices=What.choices)
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="publications", verbose_name="来件")
    letter = models.ForeignKey(Letter, models.PROTECT, null=True, related_name="publications", verbose_name="文书")
    folder = models.CharField("文件夹", max_length=1000)
    stem = models.CharField("文件名", max_length=500)
    ending = models.CharField("后缀", max_length=100)
    variant = models.IntegerField("重名序号", default=1)
    text = models.TextField("文字", blank=True)
    sha256 = models.CharField("文件校验值", max_length=64, blank=True)
    state = models.CharField("状态", max_length=20, choices=State.choices, default=State.PENDING, db_index=True)

    class Meta:
        verbose_name = verbose_name_plural = "发布"
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("bundle", "position"), name="publication_position"),)


class ReviewPicture(models.Model):
    """A picture of the place an answer was read from, for a 审核表 that is still to be published; removed when it stands in the outbox.

    Cut out when the paper is received: by the time the sheet is written, after a kill say, the paper has left the state folder."""

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="pictures", verbose_name="发布")
    code = models.CharField("栏目编码", max_length=200)
    png = models.BinaryField("图片")

    class Meta:
        verbose_name = verbose_name_plural = "原文图"
        constraints = (models.UniqueConstraint(fields=("publication", "code"), name="review_picture_code"),)


class Event(models.Model):
    """What happened, append-only; `hash` covers the row and the hash before it (see `chain`)."""

    at = models.DateTimeField("时间")
    who = models.CharField("经办", max_length=100)
    what = models.CharField("事项", max_length=60)
    object = models.CharField("对象", max_length=500)
    before = models.JSONField("之前", null=True)
    after = models.JSONField("之后", null=True)
    files = models.JSONField("文件校验值")
    previous_hash = models.CharField("前一条校验值", max_length=64)
    hash = models.CharField("校验值", max_length=64, unique=True)

    class Meta:
        verbose_name = verbose_name_plural = "办理记录"
        ordering = ("id",)
