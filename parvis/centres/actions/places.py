"""Sites, spaces and desks: settled, closed for good, removed while nothing happened there."""

from __future__ import annotations

from django.db import transaction

from parvis.centres.models import Desk, OpeningException, OpeningHours, Site, Space
from parvis.centres.queries.references import is_referred_to


class MainSiteStays(Exception):
    """A centre has one main site: it is closed or removed only after another has become the main one."""


class PlaceInUse(Exception):
    """Something happened there: a place with a past is closed, not removed."""


@transaction.atomic
def settle_site(*, site: Site) -> Site:
    """Save a new or changed site. A new main site makes the old one secondary; a closed one closes its spaces.

    Raises :class:`MainSiteStays` where the main site would be closed or the centre left without one.
    """
    others = Site.objects.select_for_update(no_key=True).filter(centre=site.centre_id).exclude(pk=site.pk)
    old_main = [other for other in others if other.kind == Site.Kind.MAIN]
    if site.kind == Site.Kind.MAIN:
        if site.closed_on:
            raise MainSiteStays
        for other in old_main:
            other.kind = Site.Kind.SECONDARY
            other.save(update_fields=["kind"])
    elif not old_main:
        raise MainSiteStays
    site.save()
    if site.closed_on:
        Space.objects.filter(site=site, closed_on=None).update(closed_on=site.closed_on)
        Desk.objects.filter(space__site=site, closed_on=None).update(closed_on=site.closed_on)
    return site


@transaction.atomic
def settle_space(*, space: Space) -> Space:
    """Save a new or changed space; a closed one closes its desks."""
    space.save()
    if space.closed_on:
        space.desks.filter(closed_on=None).update(closed_on=space.closed_on)
    return space


@transaction.atomic
def settle_desk(*, desk: Desk) -> Desk:
    """Save a new or changed desk. It is never open longer than its space."""
    if desk.space.closed_on and (desk.closed_on is None or desk.closed_on > desk.space.closed_on):
        desk.closed_on = desk.space.closed_on
    desk.save()
    return desk


def remove_place(*, place: Site | Space | Desk) -> None:
    """Delete a place that was made by mistake, with what is in it.

    Raises :class:`PlaceInUse` where somebody was received there, :class:`MainSiteStays` for the main site.
    """
    if isinstance(place, Site) and place.kind == Site.Kind.MAIN:
        raise MainSiteStays
    inside: list[Space | Desk] = []
    if isinstance(place, Site):
        inside = [*Desk.objects.filter(space__site=place), *place.spaces.all()]
    elif isinstance(place, Space):
        inside = [*place.desks.all()]
    with transaction.atomic():
        for row in [*inside, place]:
            if is_referred_to(row, but_not_by=[Desk, Space, OpeningHours, OpeningException]):
                raise PlaceInUse
            row.delete()
