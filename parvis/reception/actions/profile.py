"""The voluntary questions: who the public is, as far as it wishes to say. Tied to no ticket, no time, no person."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from parvis.centres.models import Centre, Code, CodeList
from parvis.reception.actions.errors import NotOfThisCentre
from parvis.reception.actions.periods import locked
from parvis.reception.models import Profile, Ticket

QUESTIONS = (
    CodeList.FIRST_VISIT,
    CodeList.AGE_BAND,
    CodeList.GENDER,
    CodeList.STATUS,
    CodeList.EDUCATION,
    CodeList.REFERRAL,
)


@transaction.atomic
def ask_profile(*, centre: Centre, key: UUID, method: Profile.Method, day: date) -> Profile:
    """The questions were put to somebody: counted, so that a response rate exists, whatever they answer."""
    # Numbered at random: rows in the order of the answers would point to the tickets in the order of the visits.
    said = {"pk": secrets.randbits(53), "centre": centre, "method": method, "date": day}
    return Profile.objects.select_for_update().get_or_create(key=key, defaults=said)[0]


@transaction.atomic
def answer_profile(
    *,
    centre: Centre,
    key: UUID,
    method: Profile.Method,
    day: date,
    answers: Sequence[Code] = (),
    commune_prefix: str = "",
) -> Profile:
    """Keep what was answered, at most one answer a question; nothing at all is an answer too. Sent again, it is replaced.

    Raises ``NotOfThisCentre``.
    """
    asked = [code.list for code in answers]
    if len(set(asked)) != len(asked) or not set(asked) <= set(QUESTIONS):
        raise NotOfThisCentre
    if any(
        code.centre_id != centre.pk or code.valid_from > day or (code.valid_to and code.valid_to <= day)
        for code in answers
    ):
        raise NotOfThisCentre
    profile = ask_profile(centre=centre, key=key, method=method, day=day)
    if profile.centre_id != centre.pk or profile.past_import_id:
        raise NotOfThisCentre
    profile.commune_prefix = commune_prefix
    profile.save(update_fields=["commune_prefix"])
    profile.answers.set(answers)
    return profile


@transaction.atomic
def answer_on_own_screen(
    *, ticket: Ticket, key: UUID, answers: Sequence[Code] = (), commune_prefix: str = ""
) -> Profile | None:
    """Keep what the holder of a ticket answered or declined on its page: once, and nothing the second time.

    The ticket keeps that it happened, as its day's first instant: neither when, nor which answers. The same ``key``
    again is the same try. Raises ``NotOfThisCentre``.
    """
    ticket = locked(ticket)
    centre, day = ticket.centre, ticket.date
    if ticket.profile_asked_at and not Profile.objects.filter(key=key, centre=centre, date=day).exists():
        return None
    profile = answer_profile(
        centre=centre,
        key=key,
        method=Profile.Method.OWN_SCREEN,
        day=day,
        answers=answers,
        commune_prefix=commune_prefix,
    )
    ticket.profile_asked_at = centre.bounds(day)[0]
    ticket.save(update_fields=["profile_asked_at"])
    return profile
