"""An event's questionnaires: one for who registers, one for who leaves. Answers are the survey's, tied to nobody."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from parvis.agenda.models import Event
from parvis.surveys.actions.collections import Put, open_collection
from parvis.surveys.models import Collection, Version, Way

WAYS = {"questions": Way.LINK, "satisfaction": Way.QR}  # by the event's field


@transaction.atomic
def ask_at_event(
    *, event: Event, about: str, version: Version | None, key: UUID, on: date
) -> Collection | None:
    """Put a questionnaire to who registers (“questions”) or who leaves (“satisfaction”); none: nothing is asked any more.

    The same ``key`` again puts it once; what was answered before stays where it was. Raises what ``open_collection`` raises.
    """
    event = (
        Event.objects.select_for_update(no_key=True, of=("self",)).select_related("centre").get(pk=event.pk)
    )
    collection = None
    if version is not None:
        spoken = [code for code in event.centre.languages if code in version.languages]
        put = Put(
            way=WAYS[about],
            opens_on=on,
            languages=spoken or list(version.languages),
            name=str(event.title)[:80],
        )
        collection = open_collection(version=version, holder=event.centre, key=key, put=put)
    setattr(event, about, collection)
    event.save(update_fields=[about])
    return collection
