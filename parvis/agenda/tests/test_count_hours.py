"""Hours of those who lead: held where the rota has them on duty, else given by their institution; never twice."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from django.urls import reverse

from parvis.accounts.roles import Role
from parvis.agenda.actions.hours import count_hours
from parvis.agenda.factories import a_class_visit, a_school, a_session, an_event
from parvis.agenda.models import ClassVisit, Facilitation, Session
from parvis.centres.factories import a_centre, a_person, a_theme
from parvis.partners import actions as partners
from parvis.partners.factories import an_institution
from parvis.partners.models import Contribution

DAY = date(2026, 3, 12)


@pytest.fixture
def centre(db):
    return a_centre(languages=["en", "fr"], language="en")


@pytest.fixture
def chamber(centre):
    return an_institution(centre, "Chamber")


def at(centre, hour, minute=0):
    return datetime.combine(DAY, time(hour, minute), centre.zone)


def held(centre, *, hours=(10, 12), themes=(), **fields):
    """A session that 14 people came to."""
    event = an_event(centre, "Writing a CV")
    event.themes.set(themes)
    usual = {
        "state": Session.State.HELD,
        "participants": 14,
        "counted_at": at(centre, hours[1]),
        "ends_at": at(centre, hours[1]),
    }
    return a_session(event, at(centre, hours[0]), **usual | fields)


def given():
    return list(
        Contribution.objects.order_by("minutes").values_list("relation__institution__name", "minutes")
    )


def test_an_institution_gives_how_long_it_lasted_and_the_preparing(centre, chamber):
    theme = a_theme(centre)
    session = held(centre, themes=[theme])
    row = Facilitation.objects.create(session=session, institution=chamber.institution, preparing=35)
    for _ in range(2):
        count_hours(owner=session, at=at(centre, 13))
    row.refresh_from_db()
    one = Contribution.objects.get()
    assert (row.minutes, row.on_duty) == (155, 0)
    assert (one.minutes, one.day, one.theme, one.words, one.version) == (155, DAY, theme, "Writing a CV", 0)


def test_somebody_lent_gives_for_the_institution_of_that_day_and_own_staff_for_nobody(centre, chamber):
    lent, own = a_person(Role.ADVISER, centre=centre), a_person(Role.ADVISER, centre=centre)
    partners.belong(centre=centre, person=lent, to=chamber.institution, on=DAY)
    session = held(centre)
    for person in (lent, own):
        Facilitation.objects.create(session=session, person=person)
    count_hours(owner=session, at=at(centre, 13))
    assert given() == [("Chamber", 120)]
    assert list(session.facilitations.order_by("pk").values_list("institution__name", "minutes")) == [
        ("Chamber", 120),
        (None, 120),
    ]


def test_a_correction_changes_what_was_given_and_undoing_takes_it_away(centre, chamber):
    session = held(centre)
    row = Facilitation.objects.create(session=session, institution=chamber.institution)
    count_hours(owner=session, at=at(centre, 13))
    session.ends_at = at(centre, 11, 30)
    session.save()
    count_hours(owner=session, at=at(centre, 14))
    assert given() == [("Chamber", 90)]
    session.state = Session.State.PLANNED
    session.save()
    count_hours(owner=session, at=at(centre, 15))
    row.refresh_from_db()
    assert (given(), row.minutes, row.on_duty) == ([], None, 0)


def test_who_no_longer_led_it_gives_nothing(centre, chamber):
    session = held(centre)
    for relation in (chamber, an_institution(centre, "School")):
        Facilitation.objects.create(session=session, institution=relation.institution)
    count_hours(owner=session, at=at(centre, 13))
    session.facilitations.filter(institution=chamber.institution).delete()
    count_hours(owner=session, at=at(centre, 14))
    assert given() == [("School", 120)]


def test_of_whole_days_only_the_preparing_is_known(centre, chamber):
    session = held(centre, all_day=True, ends_at=at(centre, 0) + timedelta(days=5))
    Facilitation.objects.create(session=session, institution=chamber.institution, preparing=240)
    count_hours(owner=session, at=at(centre, 13))
    assert given() == [("Chamber", 240)]


def test_a_class_visit_counts_the_same_and_says_its_school_only_as_the_list_has_it(centre, chamber):
    times = {"begins_at": at(centre, 9), "ends_at": at(centre, 11, 15), "came": 22}
    known = a_class_visit(centre, state=ClassVisit.State.HELD, school=a_school(centre, "Lakeside"), **times)
    other = a_class_visit(
        centre, state=ClassVisit.State.EVALUATED, school_name="Ms Dupont, 0470 12 34 56", **times
    )
    for visit in (known, other):
        Facilitation.objects.create(visit=visit, institution=chamber.institution)
        count_hours(owner=visit, at=at(centre, 12))
    assert given() == [("Chamber", 135)] * 2
    assert set(Contribution.objects.values_list("words", flat=True)) == {"Lakeside", "School class"}


def test_what_was_counted_is_not_changed_by_hand(centre, chamber, client):
    session = held(centre)
    Facilitation.objects.create(session=session, institution=chamber.institution)
    count_hours(owner=session, at=at(centre, 13))
    one = Contribution.objects.get()
    said = partners.Given(chamber, DAY, Contribution.Kind.EVENT, 5)
    with pytest.raises(partners.CountedElsewhere):
        partners.change_contribution(contribution=one, version=0, given=said)
    with pytest.raises(partners.CountedElsewhere):
        partners.delete_contribution(contribution=one)
    client.force_login(a_person(Role.PARTNERSHIP_MANAGER, centre=centre, language="en"))
    page = client.get(reverse("partners:contributions", args=[centre.slug]) + "?year=2026").content.decode()
    own = reverse("partners:contribution", args=[centre.slug, one.pk])
    assert "From the agenda" in page
    assert own not in page
    assert client.get(own).status_code == 404
    assert client.post(reverse("partners:delete_contribution", args=[centre.slug, one.pk])).status_code == 404
    file = client.get(reverse("partners:contributions_file", args=[centre.slug, "csv"]) + "?year=2026")
    assert "from the agenda" in b"".join(file).decode("utf-8-sig")


def test_one_of_another_centre_has_no_hours_here(centre, chamber):
    other = a_centre(network=centre.network)
    session = held(other)
    Facilitation.objects.create(session=session, institution=chamber.institution)  # it does not work there
    count_hours(owner=session, at=at(centre, 13))
    assert given() == []
    assert session.facilitations.get().minutes == 120
