"""What has to stand in the outbox."""

from __future__ import annotations

from django.db import models

from formflow.register.models.cases import Paper
from formflow.register.models.kept import Kept
from formflow.register.models.letters import Letter


class Publication(Kept):
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
        WORKBOOK = "workbook", "工作簿"

    class State(models.TextChoices):
        PENDING = "pending", "待发布"
        DONE = "done", "已发布"
        STALE = "stale", "待撤回"
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
    # What takes the place of what: when one is done, those of the same series before it are taken back.
    series = models.CharField("系列", max_length=200, blank=True, db_index=True)
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
