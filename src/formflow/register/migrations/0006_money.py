# ruff: noqa: RUF012 - as makemigrations writes it
"""Honours of lists, what people answered and decided about them, and the ledger of what was paid."""

import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("register", "0005_binding_letters"),
    ]

    operations = [
        migrations.CreateModel(
            name="LedgerBook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("programme_id", models.CharField(max_length=100, unique=True, verbose_name="项目编码")),
                ("last", models.IntegerField(default=0, verbose_name="已用至")),
            ],
            options={
                "verbose_name": "补助台账",
                "verbose_name_plural": "补助台账",
            },
        ),
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
                ],
                max_length=20,
                verbose_name="种类",
            ),
        ),
        migrations.CreateModel(
            name="HonourRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.IntegerField(verbose_name="次序")),
                ("programme_id", models.CharField(max_length=100, verbose_name="项目编码")),
                ("year", models.IntegerField(verbose_name="年度")),
                ("project", models.CharField(blank=True, max_length=500, verbose_name="项目名称")),
                ("content", models.JSONField(verbose_name="内容")),
                ("known_entry", models.IntegerField(verbose_name="登记时的台账序号")),
                (
                    "state",
                    models.CharField(
                        choices=[("counted", "有效"), ("struck", "作废")],
                        default="counted",
                        max_length=20,
                        verbose_name="状态",
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="honours",
                        to="register.paper",
                        verbose_name="来件",
                    ),
                ),
            ],
            options={
                "verbose_name": "荣誉",
                "verbose_name_plural": "荣誉",
                "ordering": ("id",),
                "indexes": [models.Index(fields=["programme_id", "state"], name="honour_programme")],
                "constraints": [models.UniqueConstraint(fields=("paper", "position"), name="honour_position")],
            },
        ),
        migrations.CreateModel(
            name="LedgerEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("programme_id", models.CharField(max_length=100, verbose_name="项目编码")),
                ("number", models.IntegerField(verbose_name="台账序号")),
                ("project_key", models.CharField(max_length=1100, verbose_name="项目（比对用）")),
                ("sequence", models.IntegerField(verbose_name="项目内序号")),
                ("project", models.CharField(max_length=500, verbose_name="项目名称")),
                ("organisation", models.CharField(blank=True, max_length=500, verbose_name="单位")),
                ("level", models.CharField(blank=True, max_length=100, verbose_name="最高荣誉")),
                (
                    "kind",
                    models.CharField(
                        choices=[("payment", "拨付"), ("reversal", "冲销"), ("recovery", "收回")],
                        max_length=20,
                        verbose_name="种类",
                    ),
                ),
                ("amount", models.BigIntegerField(verbose_name="金额（分）")),
                ("paid_before", models.BigIntegerField(verbose_name="此前已补助（分）")),
                ("entitlement", models.BigIntegerField(verbose_name="应补助（分）")),
                ("paid_on", models.DateField(null=True, verbose_name="拨付日期")),
                ("reason", models.TextField(blank=True, verbose_name="理由")),
                ("who", models.CharField(max_length=200, verbose_name="经办人")),
                ("entered_on", models.DateField(verbose_name="登记日期")),
                (
                    "letter",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ledger_entries",
                        to="register.letter",
                        verbose_name="文书",
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ledger_entries",
                        to="register.paper",
                        verbose_name="所据工作簿",
                    ),
                ),
                (
                    "reverses",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversed_by",
                        to="register.ledgerentry",
                        verbose_name="所冲销的记录",
                    ),
                ),
            ],
            options={
                "verbose_name": "台账记录",
                "verbose_name_plural": "台账记录",
                "ordering": ("programme_id", "number"),
                "constraints": [
                    models.UniqueConstraint(fields=("programme_id", "number"), name="ledger_number"),
                    models.UniqueConstraint(fields=("programme_id", "project_key", "sequence"), name="ledger_sequence"),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "payment")),
                        fields=("letter", "project_key"),
                        name="ledger_paid_once_a_letter",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1), ("paid_before__gte", 0), ("sequence__gte", 1)),
                        name="ledger_counted_from_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "payment"), _negated=True),
                            models.Q(
                                ("amount__gt", 0),
                                (
                                    "entitlement__gte",
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("paid_before"), "+", models.F("amount")
                                    ),
                                ),
                                ("letter__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="ledger_payment_within_entitlement",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "reversal"), _negated=True),
                            models.Q(("amount__lt", 0), ("reverses__isnull", False)),
                            _connector="OR",
                        ),
                        name="ledger_reversal_of_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "recovery"), _negated=True),
                            models.Q(
                                ("amount__lt", 0), ("paper__isnull", False), models.Q(("reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="ledger_recovery_by_a_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "paid_before__gte",
                                django.db.models.expressions.CombinedExpression(
                                    models.Value(0), "-", models.F("amount")
                                ),
                            )
                        ),
                        name="ledger_no_more_back_than_was_paid",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NameRuling",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("programme_id", models.CharField(max_length=100, verbose_name="项目编码")),
                ("pair", models.CharField(max_length=2200, verbose_name="名称对（比对用）")),
                ("one", models.CharField(max_length=500, verbose_name="名称一")),
                ("other", models.CharField(max_length=500, verbose_name="名称二")),
                ("one_organisation", models.CharField(blank=True, max_length=500, verbose_name="单位一")),
                ("other_organisation", models.CharField(blank=True, max_length=500, verbose_name="单位二")),
                ("is_same", models.BooleanField(verbose_name="同一项目")),
                ("who", models.CharField(max_length=200, verbose_name="答复人")),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="name_rulings",
                        to="register.paper",
                        verbose_name="所据工作簿",
                    ),
                ),
            ],
            options={
                "verbose_name": "名称答复",
                "verbose_name_plural": "名称答复",
                "ordering": ("id",),
                "constraints": [models.UniqueConstraint(fields=("programme_id", "pair"), name="name_ruling_once")],
            },
        ),
        migrations.CreateModel(
            name="SubsidyDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("programme_id", models.CharField(max_length=100, verbose_name="项目编码")),
                ("project_key", models.CharField(max_length=1100, verbose_name="项目（比对用）")),
                ("project", models.CharField(max_length=500, verbose_name="项目名称")),
                ("is_approved", models.BooleanField(verbose_name="核定")),
                ("level", models.CharField(blank=True, max_length=100, verbose_name="最高荣誉")),
                ("entitlement", models.BigIntegerField(verbose_name="应补助（分）")),
                ("paid_before", models.BigIntegerField(verbose_name="已补助（分）")),
                ("amount", models.BigIntegerField(verbose_name="本次补助（分）")),
                ("paid_on", models.DateField(null=True, verbose_name="拨付日期")),
                ("who", models.CharField(max_length=200, verbose_name="核定人")),
                (
                    "letter",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subsidy_decisions",
                        to="register.letter",
                        verbose_name="补助通知",
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subsidy_decisions",
                        to="register.paper",
                        verbose_name="所据工作簿",
                    ),
                ),
            ],
            options={
                "verbose_name": "补助核定",
                "verbose_name_plural": "补助核定",
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("letter", None)),
                        fields=("programme_id", "project_key"),
                        name="subsidy_decision_once",
                    )
                ],
            },
        ),
    ]
