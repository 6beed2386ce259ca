"""What every row says goes into the chain of events; rows of an older register are sealed as they stand when it is brought up to date."""

from typing import Any

from django.db import migrations, models

# So many rows an event.
_AT_ONCE = 500


def seal_what_is_there(apps: Any, schema_editor: Any) -> None:
    from formflow.register import seals

    events = apps.get_model("register", "Event")
    for model in apps.get_app_config("register").get_models():
        if model._meta.model_name in ("event", "reviewpicture"):
            continue
        some: dict[str, str | None] = {}
        for key, digest in seals.all_sealed_now(model):
            some[str(key)] = digest
            if len(some) == _AT_ONCE:
                seals.enter_sealing(events, {model._meta.model_name: some}, "register_sealed")
                some = {}
        if some:
            seals.enter_sealing(events, {model._meta.model_name: some}, "register_sealed")


class Migration(migrations.Migration):
    dependencies = (("register", "0007_evidence"),)

    operations = (
        migrations.AddField(
            model_name="event", name="rows", field=models.JSONField(null=True, verbose_name="登记封存值")
        ),
        migrations.RunPython(seal_what_is_there, migrations.RunPython.noop),
    )
