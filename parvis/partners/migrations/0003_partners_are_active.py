from django.db import migrations


def activate(apps, _editor):
    """Who was a partner is an active one since its first day."""
    Relation, Step = apps.get_model("partners", "Relation"), apps.get_model("partners", "Step")
    partners = list(Relation.objects.filter(standing="partner", stage=""))
    Step.objects.bulk_create(
        Step(relation=one, stage="active", since=one.valid_from) for one in partners
    )
    Relation.objects.filter(pk__in=[one.pk for one in partners]).update(stage="active")


def forget(apps, _editor):
    apps.get_model("partners", "Step").objects.filter(at=None, by=None).delete()
    apps.get_model("partners", "Relation").objects.update(stage="")


class Migration(migrations.Migration):
    dependencies = [("partners", "0002_agreements")]

    operations = [migrations.RunPython(activate, forget)]
