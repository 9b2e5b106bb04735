"""Events are written, changed and copied: what, for whom and with whom. When and where say their sessions."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from parvis.accounts.models import User
from parvis.agenda.actions.errors import ChangedMeanwhile, NotOfThisCentre, SaidOtherwise
from parvis.agenda.models import Event, EventStep, Organiser, Speaker
from parvis.agenda.queries.said import PLAIN, Said, said_of, same
from parvis.centres.models import Centre, Code, Theme
from parvis.partners.models import Relation

SLUG_BYTES = 8


@transaction.atomic
def write_event(*, key: UUID, centre: Centre, said: Said, by: User, at: datetime) -> Event:
    """Write a new event: a draft. Sent twice with one ``key``, it is there once. Raises ``NotOfThisCentre``, ``SaidOtherwise``."""
    _check(centre, said)
    usual = {name: getattr(said, name) for name in PLAIN} | {
        "slug": new_slug(),
        "centre": centre,
        "languages": list(said.languages),
        "accessibility": list(said.accessibility),
        "written_by": by,
        "changed_at": at,
    }
    event, made = Event.objects.get_or_create(key=key, defaults=usual)
    if event.centre_id != centre.pk:
        raise NotOfThisCentre
    if made:
        _settle(event, said)
        note_step(event, by=by, at=at)
    elif event.version == 0 and not same(said_of(event), said):
        raise SaidOtherwise
    return event


@transaction.atomic
def change_event(*, event: Event, version: int, said: Said, by: User, at: datetime) -> Event:
    """Say it better: whoever changes it last has written it. Raises ``ChangedMeanwhile``, ``NotOfThisCentre``."""
    event = lock_event(event)
    if event.version != version:
        if event.version == version + 1 and event.written_by_id == by.pk and same(said_of(event), said):
            return event  # a second click
        raise ChangedMeanwhile
    _check(event.centre, said)
    for name in PLAIN:
        setattr(event, name, getattr(said, name))
    event.languages, event.accessibility = list(said.languages), list(said.accessibility)
    event.written_by, event.changed_at = by, at
    event.version += 1
    event.save()
    _settle(event, said)
    return event


@transaction.atomic
def copy_event(*, event: Event, key: UUID, by: User, at: datetime) -> Event:
    """A draft that says the same, without sessions; nobody from outside agreed to be named on it. Sent twice, it is there once."""
    known = Event.objects.filter(key=key, centre=event.centre_id).first()
    return known or write_event(
        key=key, centre=event.centre, said=replace(said_of(event), voices=()), by=by, at=at
    )


def lock_event(event: Event) -> Event:
    """The row, locked until the transaction ends, with its centre."""
    return (
        Event.objects.select_for_update(no_key=True, of=("self",)).select_related("centre").get(pk=event.pk)
    )


def note_step(event: Event, *, by: User | None, at: datetime) -> None:
    """Keep in what state it is from now on."""
    EventStep.objects.create(event=event, state=event.state, by=by, at=at)


def new_slug() -> str:
    """A random part of the public page's address."""
    return secrets.token_hex(SLUG_BYTES)


def _settle(event: Event, said: Said) -> None:
    """The rows beside the event's own."""
    event.themes.set(said.themes)
    event.codes.set(said.codes)
    event.organisers.all().delete()
    parts = [(said.lead, Organiser.Part.LEAD)] if said.lead else []
    parts += [
        (one, Organiser.Part.WITH) for one in sorted(said.others, key=lambda one: one.pk) if one != said.lead
    ]
    Organiser.objects.bulk_create(
        Organiser(event=event, institution=one, part=part, named=said.named) for one, part in parts
    )
    event.speakers.all().delete()
    Speaker.objects.bulk_create(
        Speaker(
            event=event,
            position=n,
            name=one.name,
            about=one.about,
            agreed_on=one.agreed_on,
            named_until=one.named_until,
        )
        for n, one in enumerate(said.voices)
    )


def _check(centre: Centre, said: Said) -> None:
    rows: Iterable[Code | Theme] = (said.kind, *said.codes, *said.themes)
    if any(one.centre_id != centre.pk for one in rows):
        raise NotOfThisCentre
    bodies = {*said.others, *([said.lead] if said.lead else [])}
    known = Relation.objects.filter(centre=centre, institution__in=bodies).count() if bodies else 0
    if known != len(bodies):
        raise NotOfThisCentre
