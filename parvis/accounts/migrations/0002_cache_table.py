from django.core.management import call_command
from django.db import migrations


def create(apps, schema_editor):
    """The table behind settings.CACHES: what sign-in limits are counted in."""
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):

    dependencies = [("accounts", "0001_start")]

    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
