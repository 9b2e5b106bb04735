import i18nfield.fields
from django.db import migrations


def keep_titles(apps, schema_editor):
    """Versions that were opened before: under the title that their questionnaire has now."""
    versions = apps.get_model("surveys", "Version").objects.exclude(state="draft").select_related("questionnaire")
    for version in versions.iterator():
        version.title = version.questionnaire.title
        version.save(update_fields=["title"])


class Migration(migrations.Migration):
    dependencies = [("surveys", "0007_after_days")]

    operations = [
        migrations.AddField(
            model_name="version",
            name="title",
            field=i18nfield.fields.I18nCharField(blank=True, default="", editable=False, verbose_name="title"),
            preserve_default=False,
        ),
        migrations.RunPython(keep_titles, migrations.RunPython.noop, elidable=True),
    ]
