from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from parvis.accounts.roles import Role
from parvis.agenda.actions.day import CountsUnlikeCame, DayHeld, Done, NotYet, hold_class
from parvis.agenda.actions.visit_steps import Changed, Doing, NotNow
from parvis.agenda.models import ClassVisit, Facilitation, PupilCount
from parvis.agenda.queries.objectives import covered, objectives_of
from parvis.agenda.tests.class_days import a_dated_visit, a_planned_visit
from parvis.centres.factories import a_centre, a_code, a_person
from parvis.centres.models import CodeList
from parvis.shared.school_years import SchoolYear

pytestmark = pytest.mark.django_db
S = ClassVisit.State


@pytest.fixture
def house():
    centre = a_centre()
    codes = {
        key: a_code(centre, kind, key, not_communicated=key == "unknown")
        for kind, keys in (
            (CodeList.AGE_BAND, ("under_15", "over_15", "unknown")),
            (CodeList.OBJECTIVE, ("self", "world")),
        )
        for key in keys
    }
    return centre, codes


def noon(centre, day=10):
    return datetime(2026, 3, day, 12, tzinfo=centre.zone)


def doing(centre, **more):
    return Doing(**{"key": uuid4(), "at": noon(centre)} | more)


def test_who_came_and_what_was_done(house):
    centre, codes = house
    visit = a_planned_visit(centre)
    held = DayHeld(
        came=23,
        adults=2,
        groups={1: 8, 2: 8, 3: 7},
        counts={codes["under_15"]: 20, codes["unknown"]: 3},
        done={codes["self"]: Done("worked", "a game of values"), codes["world"]: Done("not")},
    )
    now = hold_class(visit=visit, held=held, doing=doing(centre))
    assert (now.state, now.came, now.adults_came) == (S.HELD, 23, 2)
    assert list(now.groups.values_list("came", flat=True)) == [8, 8, 7]
    assert dict(now.pupil_counts.values_list("code__key", "count")) == {"under_15": 20, "unknown": 3}
    assert [one.key for one in objectives_of(now)] == ["self"]
    assert {one.minutes for one in Facilitation.objects.filter(visit=visit)} == {180}
    assert now.steps.filter(state=S.HELD, to_mail=True).count() == 1


def test_said_again_the_later_word_counts_and_nobody_is_told_twice(house):
    centre, codes = house
    visit = a_planned_visit(centre)
    groups = {1: 8, 2: 8, 3: 8}
    first = doing(centre)
    for _click in range(2):
        hold_class(visit=visit, held=DayHeld(24, 2, groups), doing=first)
    now = hold_class(
        visit=visit, held=DayHeld(22, 1, groups | {3: 6}, {codes["unknown"]: 22}), doing=doing(centre)
    )
    assert (now.came, now.state) == (22, S.HELD)
    assert now.steps.filter(to_mail=True, state=S.HELD).count() == 1
    assert PupilCount.objects.get(visit=visit).count == 22


def test_lists_and_groups_add_up(house):
    centre, codes = house
    visit = a_planned_visit(centre)
    for held in (
        DayHeld(24, 1, {1: 8, 2: 8, 3: 7}),
        DayHeld(24, 1, {1: 24}),
        DayHeld(24, 1, {}, {codes["under_15"]: 20}),
        DayHeld(24, 1, {}, {codes["self"]: 24}),
    ):
        with pytest.raises(CountsUnlikeCame):
            hold_class(visit=visit, held=held, doing=doing(centre))
    visit.refresh_from_db()
    assert visit.state == S.CONFIRMED


def test_not_before_the_day_and_not_where_it_is_cancelled(house):
    centre, _codes = house
    visit = a_planned_visit(centre)
    with pytest.raises(NotYet):
        hold_class(visit=visit, held=DayHeld(24, 1), doing=doing(centre, at=noon(centre, 9)))
    with pytest.raises(Changed):
        hold_class(visit=visit, held=DayHeld(24, 1), doing=doing(centre, version=99))
    ClassVisit.objects.filter(pk=visit.pk).update(state=S.CANCELLED)
    with pytest.raises(NotNow):
        hold_class(visit=visit, held=DayHeld(24, 1), doing=doing(centre))


# the page


@pytest.fixture
def today(house):
    centre, codes = house
    return a_planned_visit(centre, begins=centre.now() - timedelta(minutes=1)), codes


def address(visit):
    return reverse("agenda:visit_presence", kwargs={"centre": visit.centre.slug, "pk": visit.pk})


def typed(page, **more):
    form = page.context["form"]
    hidden = {"key": form["key"].value(), "version": form["version"].value(), "adults": 2}
    return hidden | {f"group_{n}": 8 for n in (1, 2, 3)} | more


def test_presence_is_typed_on_the_day(client, today):
    visit, codes = today
    client.force_login(a_person(Role.RECEPTIONIST, centre=visit.centre))
    page = client.get(address(visit))
    said = typed(
        page, group_3=6, **{f"count_{codes['under_15'].pk}": 20, f"depth_{codes['self'].pk}": "touched"}
    )
    answer = client.post(address(visit), said, follow=True)
    visit.refresh_from_db()
    assert (visit.state, visit.came) == (S.HELD, 22)
    assert dict(visit.pupil_counts.values_list("code__key", "count")) == {"under_15": 20, "unknown": 2}
    assert "22 pupils came" in answer.text


def test_what_does_not_add_up_is_said_at_its_list(client, today):
    visit, codes = today
    client.force_login(a_person(Role.RECEPTIONIST, centre=visit.centre))
    said = typed(client.get(address(visit)), **{f"count_{codes['under_15'].pk}": 30})
    answer = client.post(address(visit), said)
    assert answer.status_code == 422
    assert "Together 30, but 24 pupils came." in answer.text


@pytest.mark.parametrize(
    "words", ["Emma Martin was great", "Emma Martin, Lucas Petit, Hugo Moreau", "call 0612345678"]
)
def test_no_name_gets_into_the_words(client, today, words):
    visit, codes = today
    client.force_login(a_person(Role.FACILITATOR, centre=visit.centre))
    key = codes["self"].pk
    said = typed(client.get(address(visit)), **{f"depth_{key}": "worked", f"words_{key}": words})
    assert client.post(address(visit), said).status_code == 422
    assert not visit.objectives_done.exists()


def test_who_may_write_presence(client, today):
    visit, _codes = today
    client.force_login(a_person(Role.ADVISER, centre=visit.centre))
    page = client.get(address(visit))
    assert (page.status_code, page.context["form"]) == (200, None)
    assert client.post(address(visit), {}).status_code == 403
    client.force_login(a_person(Role.FACILITATOR, centre=a_centre()))
    assert client.get(address(visit)).status_code == 404


def test_before_the_day_the_page_waits(client, house):
    centre, _codes = house
    visit = a_dated_visit(centre, begins=centre.now() + timedelta(days=2))
    client.force_login(a_person(Role.FACILITATOR, centre=centre))
    page = client.get(address(visit))
    assert page.context["form"] is None
    assert "The day has not come yet" in page.text


@pytest.mark.parametrize("names", [("One",), ("One", "Two", "Three")])
def test_presence_takes_the_same_queries(client, house, names, django_assert_max_num_queries):
    centre, _codes = house
    visit = a_planned_visit(centre, names, begins=centre.now() - timedelta(minutes=1))
    client.force_login(a_person(Role.FACILITATOR, centre=centre))
    with django_assert_max_num_queries(15):
        client.get(address(visit))


# objectives by school and year


def test_objectives_by_school_and_year(client, house):
    centre, codes = house
    for name, depth in (("B school", "worked"), ("A school", "touched"), ("A school", "worked")):
        visit = a_dated_visit(centre, school_name=name)
        hold_class(visit=visit, held=DayHeld(20, 1, done={codes["self"]: Done(depth)}), doing=doing(centre))
    found = covered(centre, *SchoolYear.of(noon(centre).date(), centre.country).bounds)
    assert [(line.school, line.visits, line.pupils) for line in found.schools] == [
        ("A school", 2, 40),
        ("B school", 1, 20),
    ]
    assert [(one.key, worked, touched) for one, worked, touched in found.totals] == [
        ("self", 2, 1),
        ("world", 0, 0),
    ]
    client.force_login(a_person(Role.ADVISER, centre=centre))
    where = reverse("agenda:objectives", kwargs={"centre": centre.slug})
    page = client.get(where, {"year": "2025"})
    assert page.text.index("A school") < page.text.index("B school")
    assert "A school,2,40,1,1" in client.get(where, {"year": "2025", "kind": "csv"}).text
    assert client.get(where, {"year": "2025", "kind": "xlsx"}).content[:2] == b"PK"
    client.force_login(a_person(Role.ADVISER, centre=a_centre()))
    assert client.get(where).status_code == 404


def test_a_year_without_classes_says_so(client, house):
    centre, _codes = house
    client.force_login(a_person(Role.ADVISER, centre=centre))
    page = client.get(reverse("agenda:objectives", kwargs={"centre": centre.slug}))
    assert "No class came in this school year" in page.text
