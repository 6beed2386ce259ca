# ruff: noqa: RUF012 - as makemigrations writes it
"""审核表 are published, with pictures of the places that were read."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("register", "0003_flat_lookups"),
    ]

    operations = [
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
                ],
                max_length=20,
                verbose_name="内容",
            ),
        ),
        migrations.CreateModel(
            name="ReviewPicture",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=200, verbose_name="栏目编码")),
                ("png", models.BinaryField(verbose_name="图片")),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pictures",
                        to="register.publication",
                        verbose_name="发布",
                    ),
                ),
            ],
            options={
                "verbose_name": "原文图",
                "verbose_name_plural": "原文图",
                "constraints": [
                    models.UniqueConstraint(fields=("publication", "code"), name="review_picture_code"),
                ],
            },
        ),
    ]
