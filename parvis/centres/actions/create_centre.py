"""A centre begins: from the preset of its service model, changed where somebody wished."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from i18nfield.strings import LazyI18nString

from parvis.accounts.models import User
from parvis.accounts.roles import Role
from parvis.centres.actions.create_network import bring_service_model, create_network
from parvis.centres.actions.slugs import free_slug
from parvis.centres.models import (
    Assignment,
    Centre,
    Code,
    CodeList,
    Desk,
    Network,
    OpeningHours,
    ProfileMoment,
    ServiceModel,
    Site,
    Space,
    Theme,
    TicketStyle,
)
from parvis.centres.service_models import HoursPreset, Preset, ThemePreset, place_name, preset


@dataclass(frozen=True)
class Plan:
    """What somebody decided about a new centre. ``None`` leaves it as the service model has it."""

    time_zone: str = "Europe/Paris"
    country: str = "FR"
    subdivision: str = ""
    languages: tuple[str, ...] = ("fr", "en")  # the first is the main one
    address: str = ""
    open_since: date | None = None  # first day of themes and lists, for figures from before Parvis
    themes: tuple[ThemePreset, ...] | None = None
    desks: tuple[str, ...] | None = None
    hours: tuple[HoursPreset, ...] | None = None
    ticket_style: TicketStyle | None = None
    profile_moment: ProfileMoment = ProfileMoment.SAMPLE_DAYS


@transaction.atomic
def create_centre(
    *,
    network: Network,
    service_model: ServiceModel,
    name: str,
    at: datetime,
    plan: Plan | None = None,
    key: UUID | None = None,
) -> Centre:
    """Create a centre that can receive at once: site, spaces, desks, hours, themes, and lists mapped to the network's.

    The same ``key`` again returns the centre that it made. Raises ``ValidationError`` where a time zone, language or
    age is impossible.
    """
    if key and (made := Centre.objects.filter(creation_key=key).first()):
        return made
    plan = plan or Plan()
    model = preset(service_model)
    centre = _new_centre(network, model, name, plan)
    centre.creation_key = key
    centre.full_clean()
    day = plan.open_since or centre.local_day(at)
    if not network.centres.filter(service_model=service_model).exists():
        bring_service_model(network=network, service_model=service_model, day=day)
    centre.save()
    _make_places(centre, model, plan)
    _make_themes_and_codes(centre, model, plan, day=day, today=centre.local_day(at))
    return centre


def open_centre(
    *,
    by: User,
    network: Network | str,
    service_model: ServiceModel,
    name: str,
    plan: Plan,
    key: UUID,
    at: datetime,
) -> Centre:
    """Create a centre, and its network where only a name is given; ``by`` administers the one, coordinates the other.

    Somebody has to be able to invite the first colleagues. The same ``key`` again returns the centre that it made.
    """
    try:
        with transaction.atomic():
            return _open(by, network, service_model, name, plan, key, at)
    except IntegrityError:
        made = Centre.objects.filter(creation_key=key).first()  # a second click that came in beside the first
        if made is None:
            raise
        return made


def _open(
    by: User,
    network: Network | str,
    service_model: ServiceModel,
    name: str,
    plan: Plan,
    key: UUID,
    at: datetime,
) -> Centre:
    if made := Centre.objects.filter(creation_key=key).first():
        return made
    if isinstance(network, str):
        network = create_network(name=network, service_models=[service_model], at=at, since=plan.open_since)
        Assignment.objects.create(person=by, role=Role.NETWORK_COORDINATOR, network=network)
    centre = create_centre(network=network, service_model=service_model, name=name, at=at, plan=plan, key=key)
    Assignment.objects.create(person=by, role=Role.ADMINISTRATOR, centre=centre)
    return centre


def _new_centre(network: Network, model: Preset, name: str, plan: Plan) -> Centre:
    return Centre(
        network=network,
        slug=free_slug(Centre.objects.all(), name),
        name=name,
        service_model=model.service_model,
        time_zone=plan.time_zone,
        country=plan.country,
        subdivision=plan.subdivision,
        language=plan.languages[0],
        languages=list(plan.languages),
        welcome=LazyI18nString(model.welcome),
        age_from=model.age_from,
        age_to=model.age_to,
        ticket_style=plan.ticket_style or model.ticket_style,
        profile_moment=plan.profile_moment,
    )


def _make_places(centre: Centre, model: Preset, plan: Plan) -> None:
    """The main site with its spaces, its desks in the interviews' space, and its ordinary week."""
    words = place_name("main_site")
    site = Site.objects.create(centre=centre, name=words[centre.language], address=plan.address)
    spaces = {
        kind: Space.objects.create(site=site, kind=kind, name=LazyI18nString(place_name(kind)))
        for kind in model.spaces
    }
    desks = model.desks if plan.desks is None else plan.desks
    Desk.objects.bulk_create(Desk(space=spaces[Space.Kind.INTERVIEWS], name=name) for name in desks)
    hours = model.hours if plan.hours is None else plan.hours
    OpeningHours.objects.bulk_create(
        OpeningHours(site=site, weekday=row.weekday, opens=row.opens, closes=row.closes) for row in hours
    )


def _make_themes_and_codes(centre: Centre, model: Preset, plan: Plan, *, day: date, today: date) -> None:
    """Each counts as the network's entry that is in force today, or as none: the mapping's report then says so."""
    in_force = Code.objects.filter(network=centre.network, centre=None).open_on(max(day, today))
    network_codes = {(code.list, code.key): code for code in in_force}
    themes = model.themes if plan.themes is None else plan.themes
    Theme.objects.bulk_create(
        Theme(
            centre=centre,
            key=theme.key,
            name=LazyI18nString(theme.name),
            sentence=LazyI18nString(theme.sentence),
            tint=theme.tint,
            shape=theme.shape,
            position=position,
            network_code=network_codes.get((CodeList.THEME, theme.key)),
            valid_from=day,
        )
        for position, theme in enumerate(themes)
    )
    Code.objects.bulk_create(
        Code(
            network=centre.network,
            centre=centre,
            list=listed,
            key=entry.key,
            label=LazyI18nString(entry.label),
            position=position,
            not_communicated=entry.not_communicated,
            network_code=network_codes.get((listed, entry.counts_as)),
            valid_from=day,
        )
        for listed, entries in model.codes.items()
        for position, entry in enumerate(entries)
    )
