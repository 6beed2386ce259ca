# ruff: noqa: RUF012 - as makemigrations writes it
"""Columns and indexes that keep look-ups as fast in a full register as in an empty one; existing rows are filled in."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for case in apps.get_model("register", "Case").objects.iterator():
        case.folder_key = case.folder.casefold()
        case.save(update_fields=("folder_key",))
    for name in apps.get_model("register", "CaseName").objects.iterator():
        name.beginning = name.name[:8]
        name.save(update_fields=("beginning",))


class Migration(migrations.Migration):
    dependencies = [
        ("register", "0002_archives"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="folder_key",
            field=models.CharField(default="", max_length=200, verbose_name="案卷文件夹（比对用）"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="casename",
            name="beginning",
            field=models.CharField(default="", max_length=8, verbose_name="名称开头"),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="paper",
            name="sha256",
            field=models.CharField(max_length=64, verbose_name="文件校验值"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="casename",
            name="beginning",
            field=models.CharField(db_index=True, max_length=8, verbose_name="名称开头"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["programme_id", "year", "folder_key"], name="case_folder_key"),
        ),
        migrations.AddIndex(
            model_name="paper",
            index=models.Index(fields=["sha256", "state"], name="paper_content"),
        ),
    ]
