# ruff: noqa: RUF012 - as makemigrations writes it
"""Articles of papers of evidence, and the workbook they are decided on in."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("register", "0006_money"),
    ]

    operations = [
        migrations.AlterField(
            model_name="workbook",
            name="kind",
            field=models.CharField(
                choices=[
                    ("summary", "评分汇总"),
                    ("approval", "发文审批表"),
                    ("ledger", "年度台账"),
                    ("evaluation", "会员评议结果"),
                    ("subsidy", "补助测算"),
                    ("evidence", "佐证材料"),
                    ("score_sheets", "待填评分表"),
                ],
                max_length=20,
                verbose_name="种类",
            ),
        ),
        migrations.CreateModel(
            name="EvidenceArticle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.IntegerField(verbose_name="次序")),
                ("programme_id", models.CharField(max_length=100, verbose_name="项目编码")),
                ("year", models.IntegerField(verbose_name="年度")),
                ("title", models.TextField(blank=True, verbose_name="标题")),
                ("content", models.JSONField(verbose_name="内容")),
                (
                    "standing",
                    models.CharField(
                        choices=[
                            ("attributed", "系统判断"),
                            ("none", "没有归属"),
                            ("open", "待核对"),
                            ("settled", "人工核定"),
                        ],
                        max_length=20,
                        verbose_name="状态",
                    ),
                ),
                ("sentence", models.TextField(blank=True, verbose_name="依据句")),
                ("question", models.TextField(blank=True, verbose_name="待核对")),
                ("level", models.CharField(blank=True, max_length=100, verbose_name="媒体级别（核定）")),
                ("is_counted", models.BooleanField(null=True, verbose_name="计入（核定）")),
                ("who", models.CharField(blank=True, max_length=200, verbose_name="核定人")),
                (
                    "case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence_articles",
                        to="register.case",
                        verbose_name="归属案卷",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence_decisions",
                        to="register.paper",
                        verbose_name="所据工作簿",
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence_articles",
                        to="register.paper",
                        verbose_name="来件",
                    ),
                ),
            ],
            options={
                "verbose_name": "佐证材料",
                "verbose_name_plural": "佐证材料",
                "ordering": ("id",),
                "indexes": [models.Index(fields=["programme_id", "year"], name="evidence_round")],
                "constraints": [
                    models.UniqueConstraint(fields=("paper", "position"), name="evidence_position"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("standing", "settled"), _negated=True),
                            models.Q(models.Q(("who", ""), _negated=True), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="evidence_settled_by_a_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("standing", "attributed"), _negated=True),
                            ("case__isnull", False),
                            _connector="OR",
                        ),
                        name="evidence_attributed_to_a_case",
                    ),
                ],
            },
        ),
    ]
