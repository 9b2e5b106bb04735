"""Rows made to match a published table: so many of each answer, spread over the days of a period."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import cycle
from uuid import uuid4
from zoneinfo import ZoneInfo

from parvis.centres.factories import a_code
from parvis.centres.models import CodeList
from parvis.reception.factories import codes_of
from parvis.reception.models import Act, ActCode, Profile

PARIS = ZoneInfo("Europe/Paris")


def words(centre, listed, labels):
    """Codes of a list by key, with these labels."""
    return {
        key: a_code(centre, listed, key, label=label, position=900 + n)
        for n, (key, label) in enumerate(labels)
    }


def spread(counts, many):
    """Who has which answer: ``many`` people, the first so many of each, one list behind the other; several where they pass the end."""
    held = [[] for _n in range(many)]
    place = 0
    for answer, n in counts:
        for _n in range(n):
            held[place % many].append(answer)
            place += 1
    return held


def some_days(first, last):
    """The Tuesdays to Saturdays of a period, again and again."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return cycle([day for day in days if day.weekday() in range(1, 6)])


def some_acts(centre, held, first, last):
    """An act for each, with these codes."""
    channel, theme = codes_of(centre, CodeList.CHANNEL, "desk")[0], centre.themes.first()
    days = some_days(first, last)
    acts = Act.objects.bulk_create(
        Act(key=uuid4(), centre=centre, date=day, at=datetime.combine(day, time(10), PARIS), channel=channel)
        for day, _codes in zip(days, held, strict=False)
    )
    Act.themes.through.objects.bulk_create(Act.themes.through(act=act, theme=theme) for act in acts)
    ActCode.objects.bulk_create(
        ActCode(act=act, code=code) for act, codes in zip(acts, held, strict=True) for code in codes
    )


def some_profiles(centre, held, first, last):
    """A questionnaire for each: codes, and the beginning of a postcode as a text."""
    days = some_days(first, last)
    made = Profile.objects.bulk_create(
        Profile(
            key=uuid4(),
            centre=centre,
            date=day,
            method=Profile.Method.OWN_SCREEN,
            commune_prefix=next((one for one in said if isinstance(one, str)), ""),
        )
        for day, said in zip(days, held, strict=False)
    )
    Profile.answers.through.objects.bulk_create(
        Profile.answers.through(profile=row, code=one)
        for row, said in zip(made, held, strict=True)
        for one in said
        if not isinstance(one, str)
    )


def a_group(centre, theme, day: date, size, counts):
    """A group’s act: so many people, of whom so many with each code."""
    act = Act.objects.create(
        key=uuid4(),
        centre=centre,
        date=day,
        at=datetime.combine(day, time(14), PARIS),
        channel=codes_of(centre, CodeList.CHANNEL, "desk")[0],
        kind=Act.Kind.GROUP,
        size=size,
    )
    act.themes.add(theme)
    ActCode.objects.bulk_create(ActCode(act=act, code=code, count=n) for code, n in counts.items() if n)
    return act
