# ruff: noqa: RUF012 - as makemigrations writes it
"""Binding letters with their drafts and numbers, score sheets, decisions, and the workbooks that show them."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Letters so far are all about one case, and belong to its programme and year."""
    letters = apps.get_model("register", "Letter").objects
    for case in apps.get_model("register", "Case").objects.iterator():
        letters.filter(case=case).update(programme_id=case.programme_id, year=case.year)


class Migration(migrations.Migration):
    dependencies = [
        ("register", "0004_review_sheets"),
    ]

    operations = [
        migrations.AddField(
            model_name="letter",
            name="draft",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="finals",
                to="register.letter",
                verbose_name="所据拟稿",
            ),
        ),
        migrations.AddField(
            model_name="letter",
            name="is_draft",
            field=models.BooleanField(default=False, verbose_name="拟稿"),
        ),
        migrations.AddField(
            model_name="letter",
            name="programme_id",
            field=models.CharField(db_index=True, default="", max_length=100, verbose_name="项目编码"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="letter",
            name="subject",
            field=models.CharField(blank=True, max_length=500, verbose_name="所涉单位"),
        ),
        migrations.AddField(
            model_name="letter",
            name="year",
            field=models.IntegerField(default=0, verbose_name="年度"),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddField(
            model_name="publication",
            name="series",
            field=models.CharField(blank=True, db_index=True, max_length=200, verbose_name="系列"),
        ),
        migrations.AlterField(
            model_name="letter",
            name="case",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="letters",
                to="register.case",
                verbose_name="案卷",
            ),
        ),
        migrations.AlterField(
            model_name="letter",
            name="state",
            field=models.CharField(
                choices=[
                    ("pending", "待出具"),
                    ("issued", "已出具"),
                    ("retry", "待重试"),
                    ("approved", "已签发"),
                    ("refused", "未予签发"),
                    ("replaced", "已被新稿取代"),
                    ("void", "已作废"),
                ],
                default="pending",
                max_length=20,
                verbose_name="状态",
            ),
        ),
        migrations.AlterField(
            model_name="publication",
            name="state",
            field=models.CharField(
                choices=[
                    ("pending", "待发布"),
                    ("done", "已发布"),
                    ("stale", "待撤回"),
                    ("withdrawn", "已撤回"),
                ],
                db_index=True,
                default="pending",
                max_length=20,
                verbose_name="状态",
            ),
        ),
        migrations.AlterField(
            model_name="publication",
            name="what",
            field=models.CharField(
                choices=[
                    ("letter_docx", "文书（Word）"),
                    ("letter_pdf", "文书（PDF）"),
                    ("original", "原件"),
                    ("copy", "原件副本"),
                    ("note", "说明"),
                    ("review_sheet", "审核表"),
                    ("workbook", "工作簿"),
                ],
                max_length=20,
                verbose_name="内容",
            ),
        ),
        migrations.CreateModel(
            name="NumberBook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, verbose_name="机关代字")),
                ("year", models.IntegerField(verbose_name="年份")),
                ("last", models.IntegerField(default=0, verbose_name="已用至")),
            ],
            options={
                "verbose_name": "发文字号簿",
                "verbose_name_plural": "发文字号簿",
                "constraints": [models.UniqueConstraint(fields=("code", "year"), name="number_book")],
            },
        ),
        migrations.CreateModel(
            name="Workbook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("summary", "评分汇总"),
                            ("approval", "发文审批表"),
                            ("ledger", "年度台账"),
                            ("evaluation", "会员评议结果"),
                        ],
                        max_length=20,
                        verbose_name="种类",
                    ),
                ),
                ("programme_id", models.CharField(max_length=100, verbose_name="项目编码")),
                ("year", models.IntegerField(verbose_name="年度")),
                ("revision", models.IntegerField(default=0, verbose_name="稿次")),
                ("sha256", models.CharField(blank=True, max_length=64, verbose_name="内容校验值")),
                ("seen", models.BigIntegerField(default=0, verbose_name="看到的办理记录")),
            ],
            options={
                "verbose_name": "工作簿",
                "verbose_name_plural": "工作簿",
                "constraints": [models.UniqueConstraint(fields=("kind", "programme_id", "year"), name="workbook_once")],
            },
        ),
        migrations.CreateModel(
            name="Evaluation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.IntegerField(verbose_name="次序")),
                ("programme_id", models.CharField(max_length=100, verbose_name="项目编码")),
                ("year", models.IntegerField(verbose_name="年度")),
                ("home", models.CharField(max_length=500, verbose_name="职工之家")),
                ("home_key", models.CharField(max_length=500, verbose_name="职工之家（比对用）")),
                ("content", models.JSONField(verbose_name="内容")),
                (
                    "state",
                    models.CharField(
                        choices=[("counted", "计入汇总"), ("returned", "已退回"), ("replaced", "已被更正")],
                        max_length=20,
                        verbose_name="状态",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evaluations",
                        to="register.case",
                        verbose_name="案卷",
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evaluations",
                        to="register.paper",
                        verbose_name="来件",
                    ),
                ),
            ],
            options={
                "verbose_name": "会员评议",
                "verbose_name_plural": "会员评议",
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(fields=("paper", "position"), name="evaluation_position"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "counted")),
                        fields=("programme_id", "year", "home_key"),
                        name="evaluation_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Naming",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("programme_id", models.CharField(max_length=100, verbose_name="项目编码")),
                ("year", models.IntegerField(verbose_name="年度")),
                (
                    "decision",
                    models.CharField(
                        choices=[("named", "命名"), ("not_named", "不命名"), ("extended", "延期")],
                        max_length=20,
                        verbose_name="决定",
                    ),
                ),
                ("grade", models.CharField(blank=True, max_length=100, verbose_name="等次")),
                ("until", models.DateField(null=True, verbose_name="延期至")),
                ("reason", models.TextField(blank=True, verbose_name="理由")),
                ("decided_on", models.DateField(verbose_name="决定日期")),
                ("who", models.CharField(max_length=200, verbose_name="决定人")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="namings",
                        to="register.case",
                        verbose_name="案卷",
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="namings",
                        to="register.letter",
                        verbose_name="公布的文书",
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="namings",
                        to="register.paper",
                        verbose_name="所据工作簿",
                    ),
                ),
            ],
            options={
                "verbose_name": "命名决定",
                "verbose_name_plural": "命名决定",
                "ordering": ("case_id", "year"),
                "indexes": [models.Index(fields=["programme_id", "year"], name="naming_round")],
                "constraints": [models.UniqueConstraint(fields=("case", "year"), name="naming_once")],
            },
        ),
        migrations.CreateModel(
            name="DocumentNumber",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.IntegerField(verbose_name="序号")),
                ("is_void", models.BooleanField(default=False, verbose_name="作废")),
                ("reason", models.TextField(blank=True, verbose_name="作废原因")),
                (
                    "letter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="number",
                        to="register.letter",
                        verbose_name="文书",
                    ),
                ),
                (
                    "book",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="numbers",
                        to="register.numberbook",
                        verbose_name="字号簿",
                    ),
                ),
            ],
            options={
                "verbose_name": "发文字号",
                "verbose_name_plural": "发文字号",
                "ordering": ("book_id", "number"),
                "constraints": [
                    models.UniqueConstraint(fields=("book", "number"), name="document_number"),
                    models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="document_number_positive"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ScoreSheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.IntegerField(verbose_name="次序")),
                ("programme_id", models.CharField(max_length=100, verbose_name="项目编码")),
                ("year", models.IntegerField(verbose_name="年度")),
                ("reviewer", models.CharField(blank=True, max_length=200, verbose_name="评分人")),
                ("reviewer_key", models.CharField(blank=True, max_length=200, verbose_name="评分人（比对用）")),
                ("content", models.JSONField(verbose_name="内容")),
                (
                    "state",
                    models.CharField(
                        choices=[("counted", "计入汇总"), ("returned", "已退回"), ("replaced", "已被更正")],
                        max_length=20,
                        verbose_name="状态",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="score_sheets",
                        to="register.case",
                        verbose_name="案卷",
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="score_sheets",
                        to="register.paper",
                        verbose_name="来件",
                    ),
                ),
            ],
            options={
                "verbose_name": "评分表",
                "verbose_name_plural": "评分表",
                "ordering": ("id",),
                "indexes": [models.Index(fields=["programme_id", "year", "state"], name="score_sheet_round")],
                "constraints": [
                    models.UniqueConstraint(fields=("paper", "position"), name="score_sheet_position"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "counted"), models.Q(("reviewer_key", ""), _negated=True)),
                        fields=("case", "year", "reviewer_key"),
                        name="score_sheet_once",
                    ),
                ],
            },
        ),
    ]
