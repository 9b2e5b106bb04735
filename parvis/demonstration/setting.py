"""The two demonstration centres, before anybody came: made by the actions and factories that everything else uses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from i18nfield.strings import LazyI18nString

from parvis.centres.actions import Plan, create_centre, create_network
from parvis.centres.models import Centre, Desk, OpeningException, ServiceModel, Site
from parvis.centres.models.places import Direction
from parvis.centres.service_models import HoursPreset
from parvis.demonstration.people import (
    FINNISH,
    FINNISH_ADVISERS,
    FRENCH,
    FRENCH_ADVISERS,
    Account,
    people_for,
)
from parvis.reception.actions import add_device
from parvis.reception.models import Device

YEAR = 365  # days of past
CITE_WEEK = [*((day, time(9), time(18)) for day in range(5)), (5, time(9, 30), time(12, 30))]
CITE_PLAN = Plan(
    languages=("fr", "en", "ar", "es", "uk"),
    address="1, place du Parvis, 49000 Rivemont",
    desks=("1", "2", "3", "4", "5", "6", "7", "8"),
    hours=tuple(HoursPreset(*stretch) for stretch in CITE_WEEK),
)
OHJAAMO_PLAN = Plan(
    time_zone="Europe/Helsinki",
    country="FI",
    languages=("fi", "en", "uk"),
    address="Kirkkokatu 1, 33100 Koivuranta",
)
WAYS = [Direction.LEFT, Direction.LEFT, Direction.AHEAD, Direction.AHEAD, Direction.RIGHT, Direction.RIGHT]
WAYS += [Direction.UP, Direction.UP]
CITE_DEVICES = {
    Device.Kind.KIOSK: "Borne de l’entrée",
    Device.Kind.BOARD: "Écran de l’espace d’attente",
    Device.Kind.GREETER: "Tablette de l’accueil",
    Device.Kind.DOOR: "Affiche de la porte",
    Device.Kind.SENSOR: "Compteur de la porte",
}
OHJAAMO_DEVICES = {
    Device.Kind.BOARD: "Aulan näyttö",
    Device.Kind.GREETER: "Vastaanoton tabletti",
    Device.Kind.DOOR: "Oven juliste",
    Device.Kind.SENSOR: "Ovilaskuri",
}


@dataclass(frozen=True)
class Setting:
    """What stands ready."""

    centres: list[Centre]
    accounts: list[Account]


def set_up(*, today: date, at: datetime, language: str) -> Setting:
    """Network, centres, people and devices, as if they had begun before the past year."""
    since = today - timedelta(days=YEAR + 30)
    begun = at - timedelta(days=YEAR + 30)
    models = [ServiceModel.CITE_DES_METIERS, ServiceModel.OHJAAMO]
    network = create_network(name="Réseau de démonstration", service_models=models, at=begun, since=since)
    cite = create_centre(
        network=network,
        service_model=models[0],
        name="Cité des métiers de Rivemont",
        at=begun,
        plan=_since(CITE_PLAN, since),
    )
    ohjaamo = create_centre(
        network=network,
        service_model=models[1],
        name="Ohjaamo Koivuranta",
        at=begun,
        plan=_since(OHJAAMO_PLAN, since),
    )
    accounts = people_for(
        cite, named=FRENCH, robots=FRENCH_ADVISERS, domain="rivemont.example", language=language
    )
    accounts += people_for(
        ohjaamo, named=FINNISH, robots=FINNISH_ADVISERS, domain="koivuranta.example", language=language
    )
    for centre, devices in ((cite, CITE_DEVICES), (ohjaamo, OHJAAMO_DEVICES)):
        _furnish(centre, devices, today)
    return Setting([cite, ohjaamo], accounts)


def _since(plan: Plan, since: date) -> Plan:
    return Plan(**{**plan.__dict__, "open_since": since})


def _furnish(centre: Centre, devices: dict[Device.Kind, str], today: date) -> None:
    site = centre.sites.get(kind=Site.Kind.MAIN)
    for kind, name in devices.items():
        add_device(site=site, kind=kind, name=name)
    desks = list(Desk.objects.filter(space__site=site))
    for number, desk in enumerate(desks):
        desk.direction = WAYS[number * len(WAYS) // len(desks)]
    Desk.objects.bulk_update(desks, ["direction"])
    centre.sample_days = [day.isoformat() for day in sample_days(today)]
    centre.save(update_fields=["sample_days"])
    OpeningException.objects.bulk_create(_exceptions(site, today))


def sample_days(today: date) -> list[date]:
    """Two sample weeks in the past year, and the present one."""
    weeks = [monday(today - timedelta(days=back)) for back in (270, 90, 0)]
    return [week + timedelta(days=day) for week in weeks for day in range(7)]


def monday(day: date) -> date:
    """The Monday of the week of ``day``."""
    return day - timedelta(days=day.weekday())


def _exceptions(site: Site, today: date) -> list[OpeningException]:
    """The end of the year, a day for the team, and a long evening: each once in the past year."""
    days = {}
    for back in range(1, YEAR):
        day = today - timedelta(days=back)
        if (day.month, day.day) in {(12, 24), *((12, n) for n in range(26, 32))}:
            days[day] = OpeningException(site=site, day=day, reason=_words(END_OF_YEAR))
    team = monday(today - timedelta(days=150)) + timedelta(days=3)
    days.setdefault(team, OpeningException(site=site, day=team, reason=_words(TEAM)))
    late = monday(today - timedelta(days=60)) + timedelta(days=1)
    evening = OpeningException(site=site, day=late, opens=time(9), closes=time(20), reason=_words(LATE))
    days.setdefault(late, evening)
    return list(days.values())


def _words(texts: dict[str, str]) -> LazyI18nString:
    return LazyI18nString(texts)


END_OF_YEAR = {
    "en": "Closed at the end of the year",
    "fr": "Fermé en fin d’année",
    "fi": "Suljettu vuoden lopussa",
}
TEAM = {
    "en": "Training day of the team",
    "fr": "Journée de formation de l’équipe",
    "fi": "Henkilöstön koulutuspäivä",
}
LATE = {
    "en": "Open late for job week",
    "fr": "Nocturne de la semaine de l’emploi",
    "fi": "Avoinna myöhään työviikolla",
}
