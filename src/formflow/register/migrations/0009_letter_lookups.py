# ruff: noqa: RUF012 - as makemigrations writes it
"""Indexes by which a round's drafts and notices are found without going through every letter that was ever written."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("register", "0008_seals"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(fields=["programme_id", "kind", "year"], name="letter_round"),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(
                condition=models.Q(("is_draft", True)), fields=["programme_id", "year"], name="letter_drafts"
            ),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(fields=["state"], name="letter_state"),
        ),
    ]
