"""Letters, and the numbers the binding ones bear."""

from __future__ import annotations

from django.db import models

from formflow.register.models.cases import Case
from formflow.register.models.kept import Kept


class Letter(Kept):
    """A letter that is to be written or was. `content` is all it says: the files can be made again from it.

    Of a binding letter there are two: the draft, and, when that is approved, the one that is issued with a number. A letter about many
    units has no case; `programme_id` and `year` are its own (of the round it belongs to)."""

    class State(models.TextChoices):
        PENDING = "pending", "待出具"
        ISSUED = "issued", "已出具"
        RETRY = "retry", "待重试"
        # Drafts only: approved, refused, or overtaken by a newer draft.
        APPROVED = "approved", "已签发"
        REFUSED = "refused", "未予签发"
        REPLACED = "replaced", "已被新稿取代"
        VOID = "void", "已作废"

    key = models.CharField("文书键", max_length=200, unique=True)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="letters", verbose_name="案卷")
    programme_id = models.CharField("项目编码", max_length=100, db_index=True)
    year = models.IntegerField("年度")
    # Whom it is about, if it is about one unit of many; with a case, that unit.
    subject = models.CharField("所涉单位", max_length=500, blank=True)
    is_draft = models.BooleanField("拟稿", default=False)
    # Of an issued binding letter: the draft it was approved from.
    draft = models.ForeignKey("self", models.PROTECT, null=True, related_name="finals", verbose_name="所据拟稿")
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
        indexes = (
            # What each says is long: without these, looking for the few drafts of a round goes through all that was ever written.
            models.Index(fields=("programme_id", "kind", "year"), name="letter_round"),
            models.Index(fields=("programme_id", "year"), name="letter_drafts", condition=models.Q(is_draft=True)),
            models.Index(fields=("state",), name="letter_state"),
        )

    def __str__(self) -> str:
        return f"{self.title} {self.serial}".rstrip()

    @property
    def about(self) -> str:
        """Whose letter it is, for people."""
        return self.subject or (self.case.unit if self.case else f"{self.year}年")


class NumberBook(Kept):
    """The numbers of one 机关代字 in one year: `last` is the highest that was given. The row is what two approvals at once wait for."""

    code = models.CharField("机关代字", max_length=40)
    year = models.IntegerField("年份")
    last = models.IntegerField("已用至", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "发文字号簿"
        constraints = (models.UniqueConstraint(fields=("code", "year"), name="number_book"),)

    def __str__(self) -> str:
        return f"{self.code}〔{self.year}〕"


class DocumentNumber(Kept):
    """One 发文字号, given once and for ever; a withdrawn one stays as 作废."""

    book = models.ForeignKey(NumberBook, models.PROTECT, related_name="numbers", verbose_name="字号簿")
    number = models.IntegerField("序号")
    letter = models.OneToOneField(Letter, models.PROTECT, related_name="number", verbose_name="文书")
    is_void = models.BooleanField("作废", default=False)
    reason = models.TextField("作废原因", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "发文字号"
        ordering = ("book_id", "number")
        constraints = (
            models.UniqueConstraint(fields=("book", "number"), name="document_number"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="document_number_positive"),
        )

    def __str__(self) -> str:
        return f"{self.book}{self.number}号"
