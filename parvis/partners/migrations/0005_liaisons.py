import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('centres', '0007_partners_coordinator'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('partners', '0004_standing_and_stage'),
    ]

    operations = [
        migrations.CreateModel(
            name='Liaison',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('centre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='liaisons', to='centres.centre')),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='liaisons', to='partners.institution')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='liaisons', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'centre', 'institution'), name='liaison_once')],
            },
        ),
    ]
