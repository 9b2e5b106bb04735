from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partners", "0003_partners_are_active")]

    operations = [
        migrations.AddConstraint(
            model_name='relation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage__in', ['active', 'suspended']), ('standing', 'partner')), models.Q(('standing', 'outside'), models.Q(('stage__in', ['active', 'suspended']), _negated=True)), _connector='OR'), name='a_partner_is_active_or_suspended'),
        ),
    ]
