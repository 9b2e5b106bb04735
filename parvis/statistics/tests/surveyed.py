"""A centre with surveys behind it: a sample about satisfaction, an open link, a profile, a question about before and now."""

from __future__ import annotations

from datetime import date, time
from uuid import uuid4

from parvis.accounts.roles import Role
from parvis.centres.factories import a_person
from parvis.centres.models import OpeningHours
from parvis.surveys.actions.collections import Put
from parvis.surveys.actions.sampling import Wish, open_sample
from parvis.surveys.actions.versions import open_version
from parvis.surveys.factories import LONG_AGO, a_collection, a_draft, a_question_in, answered
from parvis.surveys.models import Purpose, QuestionKind, Way
from parvis.surveys.sampling import Method, Unit

OPENS, CLOSES = date(2026, 3, 2), date(2026, 3, 27)


def open_all_week(centre):
    site = centre.sites.get()
    OpeningHours.objects.filter(site=site).delete()
    for weekday in range(5):
        OpeningHours.objects.create(site=site, weekday=weekday, opens=time(10), closes=time(18))


def a_version(centre, purpose=Purpose.SATISFACTION, **said):
    """Opened long ago: “welcome” (scale), “come” (choice of three), “themes” (several), “why” only after one answer, “sure” (pair)."""
    version, kinds = a_draft(centre, purpose=purpose, **said), QuestionKind
    a_question_in(version, "welcome", kinds.SCALE)
    a_question_in(version, "come", kinds.CHOICE, options=["job", "train", "choose"])
    a_question_in(version, "themes", kinds.SEVERAL, options=["a", "b", "c"])
    a_question_in(version, "why", kinds.YES_NO, only_if={"come": ["train"]})
    a_question_in(version, "sure", kinds.PAIR)
    return open_version(version=version, languages=["en", "fr"], on=LONG_AGO)


def a_sample(centre, version, number=10):
    open_all_week(centre)
    put = Put(way=Way.KIOSK, opens_on=OPENS, closes_on=CLOSES, languages=["en"])
    wish = Wish(centre.sites.get(), Unit.DAY, Method.STRATIFIED, number)
    return open_sample(version=version, centre=centre, key=uuid4(), put=put, wish=wish)


def said_by(survey, rows, days=None):
    """One response for each row, spread over the drawn days, or over ``days``."""
    days = days or [slot.day for slot in survey.sample.slots.all()]
    for n, row in enumerate(rows):
        answered(survey, row, days[n % len(days)])


def rows_of(come, welcome=(), sure=()):
    """So many of each answer to “come”, with points and pairs given in turn."""
    rows = [{"come": key} for key, n in come.items() for _each in range(n)]
    for row, point in zip(rows, welcome, strict=False):
        row["welcome"] = str(point)
    for row, (before, now) in zip(rows, sure, strict=False):
        row["sure"] = {"before": str(before), "now": str(now)}
    return rows


def by_link(centre, version, **put):
    return a_collection(version, centre, **{"opens_on": OPENS, "closes_on": CLOSES} | put)


def a_director(centre):
    return a_person(Role.DIRECTOR, centre=centre)
