"""Rows of an import, many at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from uuid import UUID

from parvis.reception.models import Act, ActCode, PastImport, Profile, Tally
from parvis.reception.past.outcome import Count, Visit

At = Callable[[date, int | None], datetime | None]


def write_acts(past_import: PastImport, visits: Sequence[Visit], at: At) -> None:
    """One act per visit, with its themes and codes: three statements a lot."""
    acts = Act.objects.bulk_create(
        [
            Act(
                key=UUID(bytes=visit.key),
                centre_id=past_import.centre_id,
                date=visit.day,
                at=at(visit.day, visit.minute),
                kind=_kind(visit),
                channel_id=visit.channel,
                service_id=visit.service,
                language=visit.language,
                size=visit.size,
                minutes=visit.minutes,
                past_import=past_import,
            )
            for visit in visits
        ]
    )
    pairs = list(zip(acts, visits, strict=True))
    through = Act.themes.through
    through.objects.bulk_create(
        [through(act_id=act.pk, theme_id=theme) for act, visit in pairs for theme in visit.themes]
    )
    ActCode.objects.bulk_create(
        [
            ActCode(act_id=act.pk, code_id=code, count=people)
            for act, visit in pairs
            for code, people in visit.codes
        ]
    )


def _kind(visit: Visit) -> str:
    if visit.non_contact:
        return Act.Kind.NON_CONTACT
    return Act.Kind.GROUP if visit.size > 1 else Act.Kind.INDIVIDUAL


def write_profiles(past_import: PastImport, visits: Sequence[Visit]) -> None:
    """The answers about the public: a day, no time, no way back to an act."""
    profiles = Profile.objects.bulk_create(
        [
            Profile(
                key=UUID(bytes=visit.profile_key),
                centre_id=past_import.centre_id,
                date=visit.day,
                method=Profile.Method.ASKED,
                commune_prefix=visit.commune,
                past_import=past_import,
            )
            for visit in visits
        ]
    )
    through = Profile.answers.through
    through.objects.bulk_create(
        [
            through(profile_id=profile.pk, code_id=code)
            for profile, visit in zip(profiles, visits, strict=True)
            for code in visit.answers
        ]
    )


def write_tallies(past_import: PastImport, counts: Sequence[Count]) -> None:
    """One tally per cell."""
    Tally.objects.bulk_create(
        [
            Tally(
                centre_id=past_import.centre_id,
                past_import=past_import,
                row_key=count.key.hex(),
                unit=count.unit,
                span=count.span,
                date=count.day,
                hour=count.hour,
                theme_id=count.theme,
                code_id=count.code,
                count=count.number,
            )
            for count in counts
        ]
    )
