"""What a centre's settings pages show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch

from parvis.centres.models import Centre, Desk, OpeningException, Site, Space, Theme
from parvis.centres.queries.opening import Opening, Why, openings
from parvis.centres.service_models import HoursPreset
from parvis.centres.words import languages_without, own_name


@dataclass(frozen=True)
class SpaceLine:
    """A space and its desks."""

    space: Space
    desks: list[Desk]


@dataclass(frozen=True)
class SiteLine:
    """A site and its spaces."""

    site: Site
    spaces: list[SpaceLine]


@dataclass(frozen=True)
class ThemeLine:
    """A theme with what its page shows beside it."""

    theme: Theme
    missing: list[str]  # languages of the centre without a name or a sentence
    closed: bool


@dataclass(frozen=True)
class SiteHours:
    """The hours page of one site."""

    site: Site
    sites: list[Site]  # to choose among
    week: list[HoursPreset]
    ahead: list[Opening]  # days that differ in the year ahead: holidays and exceptions


def places(centre: Centre) -> list[SiteLine]:
    """Every site with its spaces and desks, main site first, closed ones last: three queries."""
    spaces = Space.objects.order_by("closed_on", "pk").prefetch_related("desks")
    sites = centre.sites.prefetch_related(Prefetch("spaces", spaces))
    ordered = sorted(
        sites, key=lambda site: (site.closed_on is not None, site.kind != Site.Kind.MAIN, site.pk)
    )
    return [
        SiteLine(site, [SpaceLine(space, _desks(space)) for space in _open_first(site)]) for site in ordered
    ]


def _open_first(site: Site) -> list[Space]:
    return sorted(site.spaces.all(), key=lambda space: (space.closed_on is not None, space.pk))


def _desks(space: Space) -> list[Desk]:
    return sorted(space.desks.all(), key=lambda desk: (desk.closed_on is not None, desk.pk))


def themes(centre: Centre, day: date) -> list[ThemeLine]:
    """Every theme, offered ones first, in the centre's order: one query."""
    lines = [
        ThemeLine(
            theme,
            missing=[
                own_name(code)
                for code in centre.languages
                if languages_without(theme.name, [code]) or languages_without(theme.sentence, [code])
            ],
            closed=theme.valid_to is not None and theme.valid_to <= day,
        )
        for theme in centre.themes.select_related("network_code").order_by("position", "pk")
    ]
    return sorted(lines, key=lambda line: line.closed)


def site_hours(centre: Centre, site: Site, day: date) -> SiteHours:
    """The week of ``site`` and a year of holidays and exceptions from ``day``: four queries."""
    site.centre = centre
    year = openings([site], centre, day, day + timedelta(days=365))[site.pk]
    return SiteHours(
        site=site,
        sites=list(centre.sites.filter(closed_on=None)),
        week=[HoursPreset(row.weekday, row.opens, row.closes) for row in site.hours.all()],
        ahead=[one for one in year if one.why in {Why.EXCEPTION, Why.HOLIDAY}],
    )


def exceptions_on(site: Site, day: date) -> list[OpeningException]:
    """What was said about one day: one query."""
    return list(site.exceptions.filter(day=day))
