import tomllib
from pathlib import Path

from django.db import migrations, models
from django.db.models import Min
from i18nfield.strings import LazyI18nString

WORDS = Path(__file__).parents[1] / "service_models" / "words"
LISTS = ["event_kind", "sector", "objective", "school_level", "school_net", "stream"]
ALWAYS_SAID = {"event_kind", "sector", "objective"}  # without “not communicated”
LAST = "not_communicated"


def give_lists(apps, _editor):
    """Networks and centres from before have these lists, too, for as long as they have any; their own entries stay.

    A network without any list yet has no centre: its first one brings them.
    """
    Code = apps.get_model("centres", "Code")
    entries = {listed: _entries(listed) for listed in LISTS}
    of_networks = Code.objects.filter(centre=None)
    since = dict(Code.objects.order_by().values_list("network").annotate(Min("valid_from")))
    had = set(of_networks.filter(list__in=LISTS).values_list("network", "list"))
    Code.objects.bulk_create(
        [
            Code(network_id=network, list=listed, valid_from=day, **fields)
            for network, day in since.items()
            for listed in LISTS
            if (network, listed) not in had
            for fields in entries[listed]
        ],
        batch_size=500,
    )
    known = of_networks.filter(list__in=LISTS, valid_to=None)
    counts_as = {tuple(key): pk for *key, pk in known.values_list("network", "list", "key", "pk")}
    local = Code.objects.exclude(centre=None)
    began = dict(local.order_by().values_list("centre").annotate(Min("valid_from")))
    had = set(local.filter(list__in=LISTS).values_list("centre", "list"))
    centres = apps.get_model("centres", "Centre").objects.values_list("pk", "network").order_by("pk")
    Code.objects.bulk_create(
        [
            Code(
                network_id=network,
                centre_id=centre,
                list=listed,
                network_code_id=counts_as.get((network, listed, fields["key"])),
                valid_from=began[centre],
                **fields,
            )
            for centre, network in centres
            if centre in began
            for listed in LISTS
            if (centre, listed) not in had
            for fields in entries[listed]
        ],
        batch_size=500,
    )


def take_lists_away(apps, _editor):
    """What came before knows no such lists: a centre's entries first, then those they count as."""
    codes = apps.get_model("centres", "Code").objects.filter(list__in=LISTS)
    codes.exclude(centre=None).delete()
    codes.delete()


def _entries(listed):
    """What each entry of a list begins with, in the words of the day; a list without words begins empty."""
    words = [(key, said) for key, said in _read(listed).items() if "counts_as" not in said]
    if words and listed not in ALWAYS_SAID:
        words += [(key, said) for key, said in _read(LAST).items() if key == LAST]
    return [
        {"key": key, "label": LazyI18nString(said), "position": position, "not_communicated": key == LAST}
        for position, (key, said) in enumerate(words)
    ]


def _read(name):
    path = WORDS / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


class Migration(migrations.Migration):

    dependencies = [
        ('centres', '0007_partners_coordinator'),
    ]

    operations = [
        migrations.AlterField(
            model_name='code',
            name='list',
            field=models.CharField(choices=[('theme', 'Theme'), ('audience', 'Audience'), ('age_band', 'Age band'), ('status', 'Status'), ('education', 'Education'), ('gender', 'Gender'), ('first_visit', 'First visit'), ('referral', 'How they heard of the centre'), ('channel', 'Channel'), ('need', 'Need'), ('service', 'Service given'), ('resource', 'Resource used'), ('redirection', 'Redirection'), ('outcome', 'Outcome'), ('unmet_need', 'Unmet need'), ('priority', 'Reason for priority'), ('non_contact', 'Non-contact'), ('gap', 'Reason for a gap'), ('event_kind', 'Kind of event'), ('sector', 'Sector'), ('objective', 'Objective of a class'), ('school_level', 'School level'), ('school_net', 'Network of schools'), ('stream', 'School stream')], max_length=12, verbose_name='list'),
        ),
        migrations.RunPython(give_lists, take_lists_away),
    ]
