"""What the demonstration's network asks of its centres: a day for the dashboards, a reminder, and figures that others published."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

from django.conf import settings

from parvis.accounts.models import User
from parvis.accounts.roles import Role
from parvis.centres.models import Centre
from parvis.rota.periods import Period
from parvis.statistics.actions.network.asking import ask_dashboards_until, remind_centre
from parvis.statistics.actions.network.statements import Stated, put_down
from parvis.statistics.actions.reports.drafting import Wanted, draft_report
from parvis.statistics.actions.reports.publishing import publish_report
from parvis.statistics.models import StatedUnit
from parvis.statistics.queries.network.present import DASHBOARD
from parvis.statistics.queries.reports.ready import model_of
from parvis.statistics.queries.reports.spans import Span, last_over

REMINDED = timedelta(days=9)  # ago
DOORS = {
    "fr": (
        "visiteurs de l’année",
        "Rapport annuel du réseau, p. 4",
        "Entrées comptées à la porte de chaque centre.",
    ),
    "en": (
        "visitors in the year",
        "Yearly report of the network, p. 4",
        "Entries counted at each centre’s door.",
    ),
}
SITE = {
    "fr": ("personnes accueillies par an", "Site du réseau, page d’accueil"),
    "en": ("people welcomed a year", "Site of the network, first page"),
}
LEAFLET = {
    "fr": ("services rendus au trimestre", "Lettre du centre"),
    "en": ("services given in the quarter", "The centre’s newsletter"),
}


def write_network(centres: Sequence[Centre], language: str, at: datetime) -> int:
    """Of the first centre the dashboard is published, the others' are late; one was reminded. Returns how many rows."""
    network = centres[0].network
    by = User.objects.filter(assignments__network=network, assignments__role=Role.NETWORK_COORDINATOR)[0]
    today = min(centre.local_day(at) for centre in centres)
    year = today.year - 1
    due = min(date(year + 1, 3, 31), today - timedelta(days=1))
    ask_dashboards_until(network=network, year=year, due=due, by=by, at=at - timedelta(days=60))
    _dashboard(centres[0], year, at)
    first, _last = last_over(Span.MONTH, today - REMINDED)
    remind_centre(centre=centres[-1], period=Period(first, 1), by=by, at=at - REMINDED)
    return 3 + _published(centres[0], language if language in DOORS else "en", year, by, at)


def _dashboard(centre: Centre, year: int, at: datetime) -> None:
    """Drafted and published by the centre's director."""
    model = model_of(centre, DASHBOARD)
    assert model is not None  # noqa: S101  # a ready one
    by = User.objects.filter(assignments__centre=centre, assignments__role=Role.DIRECTOR).first()
    language = centre.language if centre.language in dict(settings.STAFF_LANGUAGES) else "en"
    wanted = Wanted(model, date(year, 1, 1), date(year, 12, 31), language, model.audience)
    report = draft_report(key=uuid4(), centre=centre, wanted=wanted, by=by, at=at - timedelta(hours=3))
    publish_report(report=report, by=by, at=at - timedelta(hours=2))


def _published(centre: Centre, language: str, year: int, by: User, at: datetime) -> int:
    """Two figures about one year that contradict, and one about a quarter that Parvis counted, too."""
    days = (date(year, 1, 1), date(year, 12, 31))
    quarter = last_over(Span.QUARTER, centre.local_day(at))
    people = StatedUnit.PERSONS.value
    doors, site, leaflet = DOORS[language], SITE[language], LEAFLET[language]
    on = min(date(year + 1, 2, 12), centre.local_day(at))
    said = [
        Stated(doors[0], people, Decimal(61400), *days, doors[1], on, method=doors[2]),
        Stated(site[0], people, Decimal(75000), *days, site[1], on, url="https://example.org/"),
        Stated(
            leaflet[0],
            StatedUnit.ACTS.value,
            Decimal(9800),
            *quarter,
            leaflet[1],
            centre.local_day(at),
            centre=centre,
        ),
    ]
    for one in said:
        put_down(network=centre.network, key=uuid4(), said=one, by=by, at=at)
    return len(said)
