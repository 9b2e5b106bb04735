"""What the look ahead finds, with its boundaries; when it is made; whom it tells; its page."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.urls import reverse

from parvis.accounts.roles import Role
from parvis.centres.factories import a_centre, a_person, a_theme
from parvis.partners.factories import an_institution
from parvis.rota.actions import control as actions
from parvis.rota.actions.changing import New, change_slots, lock_rota
from parvis.rota.factories import AFTERNOON, MORNING, a_duty_slot, a_half_day, a_need, terms_for
from parvis.rota.models import ControlReport, DutySlot, Rota
from parvis.rota.queries.control import control, is_alone, missing_speakers, uncovered

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)  # a Monday
FIRST, LAST = DAY + timedelta(days=1), DAY + timedelta(days=10)
EVENING = datetime(2026, 3, 2, 17, tzinfo=UTC)  # 18 h in Paris


@pytest.fixture
def centre():
    return a_centre(languages=["en", "fr"])


@pytest.fixture
def theme(centre):
    return a_theme(centre)


@pytest.fixture
def school(centre):
    return an_institution(centre, "School").institution


def adviser(centre, *themes, **limits):
    person = a_person(Role.ADVISER, centre=centre)
    terms_for(person, centre, *themes, **limits)
    return person


def kinds(centre, day=DAY):
    return [one["kind"] for one in control(centre, day)]


def test_seats_people_and_speakers():
    assert [uncovered(2, 1), uncovered(2, 2), uncovered(1, 2)] == [1, 0, 0]
    assert [is_alone([]), is_alone([7]), is_alone([7, 7]), is_alone([7, None]), is_alone([None, None])] == [
        False, False, True, False, True,
    ]  # fmt: skip
    assert missing_speakers({"nl": 2, "ar": 1}, [["nl"], ["ar", "fr"]]) == {"nl": 1}
    assert missing_speakers({"nl": 1}, []) == {"nl": 1}


def test_ten_days_from_tomorrow_on(centre, theme):
    for day in (DAY, FIRST, LAST, LAST + timedelta(days=1)):
        a_need(a_half_day(centre, day), theme)
    assert [one["day"] for one in control(centre, DAY)] == [FIRST.isoformat(), LAST.isoformat()]


def test_a_need_that_is_met_by_two_institutions_is_not_found(centre, theme, school):
    half_day = a_half_day(centre, FIRST)
    a_need(half_day, theme, languages={"nl": 1})
    speaker = adviser(centre, theme, languages=["nl"])
    a_duty_slot(centre, speaker, FIRST, theme=theme, institution=school)
    second = a_duty_slot(centre, adviser(centre, theme), FIRST, theme=theme)
    assert kinds(centre) == []
    DutySlot.objects.filter(pk=second.pk).update(institution=school)
    assert kinds(centre) == ["alone"]
    DutySlot.objects.filter(pk=second.pk).update(state=DutySlot.State.ABSENT)
    assert kinds(centre) == ["uncovered"]
    speaker.terms.update(languages=["fr"])
    assert kinds(centre) == ["uncovered", "language"]


def limits(centre, day=DAY):
    return [(one["rule"], one["day"], one["count"], one["most"]) for one in control(centre, day)]


def duties(centre, person, *places):
    for day, half in places:
        a_duty_slot(centre, person, day, half[0])


def test_more_half_days_in_a_week_than_agreed(centre):
    person = adviser(centre, per_week=2)
    duties(centre, person, (DAY, MORNING), (FIRST, MORNING))
    assert limits(centre) == []
    duties(centre, person, (FIRST, AFTERNOON))
    assert limits(centre) == [("per_week", FIRST.isoformat(), 3, 2)]


def test_a_week_that_is_over_is_no_longer_told(centre):
    duties(centre, adviser(centre, per_week=1), (DAY, MORNING), (DAY, AFTERNOON))
    assert limits(centre) == []
    assert limits(centre, DAY - timedelta(days=1)) == [("per_week", DAY.isoformat(), 2, 1)]


def test_more_half_days_in_a_day_than_agreed(centre):
    duties(centre, adviser(centre, per_day=1), (FIRST, MORNING), (LAST, MORNING), (LAST, AFTERNOON))
    assert limits(centre) == [("per_day", LAST.isoformat(), 2, 1)]


def test_more_days_in_a_row_than_agreed(centre):
    person = adviser(centre, days_in_a_row=2)
    duties(centre, person, (DAY, MORNING), (FIRST, MORNING))
    assert limits(centre) == []
    third = FIRST + timedelta(days=1)
    duties(centre, person, (third, MORNING))
    assert limits(centre) == [("days_in_a_row", third.isoformat(), 3, 2)]


def test_less_rest_than_agreed(centre):
    person = adviser(centre, rest_hours=11)
    a_duty_slot(centre, person, FIRST, half_day=a_half_day(centre, FIRST, time(18), ends=time(22)))
    next_day = FIRST + timedelta(days=1)
    late = a_duty_slot(centre, person, next_day, half_day=a_half_day(centre, next_day, time(9)))
    assert limits(centre) == []
    late.half_day.starts = time(8, 59)
    late.half_day.save()
    assert limits(centre) == [("rest_hours", next_day.isoformat(), 10, 11)]


def test_who_has_no_terms_has_no_limit(centre):
    person = a_person(Role.ADVISER, centre=centre)
    duties(
        centre,
        person,
        *((FIRST + timedelta(days=n), half) for n in range(9) for half in (MORNING, AFTERNOON)),
    )
    assert limits(centre) == []


def a_gap(centre, theme):
    Rota.objects.create(centre=centre)
    a_need(a_half_day(centre, FIRST), theme)


def test_the_report_is_made_once_at_the_centres_own_evening(centre, theme):
    a_gap(centre, theme)
    assert actions.make_due_reports(at=EVENING - timedelta(seconds=1)) == 0
    assert actions.make_due_reports(at=EVENING) == 1
    assert actions.make_due_reports(at=EVENING + timedelta(hours=1)) == 0
    assert actions.make_due_reports(at=EVENING + timedelta(days=1)) == 1
    assert list(ControlReport.objects.values_list("day", flat=True)) == [FIRST, DAY]


def test_evenings_come_by_the_centres_clock(theme, centre):
    far = a_centre(time_zone="America/Martinique")
    for one in (centre, far):
        Rota.objects.create(centre=one)
    assert actions.make_due_reports(at=EVENING) == 1
    assert actions.make_due_reports(at=datetime(2026, 3, 2, 22, tzinfo=UTC)) == 1
    assert ControlReport.objects.get(centre=far).day == DAY


def test_a_centre_whose_report_fails_keeps_none_of_the_others_and_is_tried_again(centre, theme, caplog):
    ill = a_need(a_half_day(centre, FIRST), theme, languages={"nl": "two"})  # no page can write this
    others = [a_centre(), a_centre()]
    for one in (centre, *others):
        Rota.objects.create(centre=one)
    assert actions.make_due_reports(at=EVENING) == 2
    assert {one.centre for one in ControlReport.objects.filter(failed=False)} == set(others)
    assert ControlReport.objects.get(failed=True).centre == centre
    assert f"No look ahead at “{centre.slug}”: TypeError" in caplog.text
    assert "two" not in caplog.text  # where it failed, and no row's content
    assert actions.make_due_reports(at=EVENING + timedelta(hours=1)) == 0
    ill.languages = {"nl": 2}
    ill.save()
    assert actions.make_due_reports(at=EVENING + timedelta(hours=2)) == 1
    report = ControlReport.objects.get(centre=centre)
    assert (report.failed, kinds(centre) == [one["kind"] for one in report.findings]) == (False, True)


def test_an_evening_without_a_report_is_told_on_the_page(centre, theme, client):
    client.force_login(a_person(Role.PARTNERSHIP_MANAGER, centre=centre, language="en"))
    now = centre.now()
    a_change(centre, theme, at=now - timedelta(days=3))
    assert "Yesterday evening’s report was not made" in client.get(address(centre)).content.decode()
    yesterday = now - timedelta(days=1)
    report, _new = actions.look_ahead(centre=centre, at=yesterday)
    assert "Yesterday evening’s report" not in client.get(address(centre)).content.decode()
    ControlReport.objects.filter(pk=report.pk).update(failed=True)
    page = client.get(address(centre)).content.decode()
    assert "Yesterday evening’s report was not made" in page
    gone = client.get(address(centre, "control_of", day=report.day.isoformat()))
    assert gone.status_code == 404


def a_change(centre, theme, at):
    person = a_person(Role.ADVISER, centre=centre)
    new = New(a_half_day(centre, at.date() + timedelta(days=1)), person, None, "advice", theme)
    change_slots(rota=lock_rota(centre), deed=uuid4(), kind="published", changes=[new], by=None, at=at)


def test_a_centre_without_a_rota_has_no_report(centre):
    assert actions.make_due_reports(at=EVENING) == 0


def test_who_plans_is_told_counts_and_the_way(centre, theme, settings):
    settings.PUBLIC_ADDRESS = "https://parvis.example"
    a_gap(centre, theme)
    planner = a_person(Role.PARTNERSHIP_MANAGER, Role.DIRECTOR, centre=centre, language="en")
    a_person(Role.ADVISER, centre=centre)
    report, _new = actions.look_ahead(centre=centre, at=EVENING)
    assert actions.tell_report.call(report.pk) == 1
    (sent,) = mail.outbox
    assert sent.to == [planner.email]
    assert "1 need with a free seat" in sent.body
    page = reverse("rota:control_of", args=[centre.slug, DAY.isoformat()])
    assert f"https://parvis.example{page}" in sent.body
    assert "missing language" not in sent.body
    assert str(theme.name) not in sent.body


def test_only_what_was_found_is_told(centre, theme, django_capture_on_commit_callbacks):
    Rota.objects.create(centre=centre)
    with django_capture_on_commit_callbacks() as calls:
        actions.look_ahead(centre=centre, at=EVENING)
    assert calls == []
    a_need(a_half_day(centre, LAST), theme)
    with django_capture_on_commit_callbacks() as calls:
        actions.look_ahead(centre=centre, at=EVENING + timedelta(days=1))
    assert len(calls) == 1


def test_reports_are_forgotten_after_30_days(centre, theme):
    a_gap(centre, theme)
    actions.look_ahead(centre=centre, at=EVENING)
    assert actions.forget_reports(at=EVENING + timedelta(days=30)) == 0
    assert actions.forget_reports(at=EVENING + timedelta(days=31)) == 1


def address(centre, name="control", **more):
    return reverse(f"rota:{name}", kwargs={"centre": centre.slug, **more})


@pytest.fixture
def planner(centre, client):
    person = a_person(Role.PARTNERSHIP_MANAGER, centre=centre, language="en")
    client.force_login(person)
    return person


def test_the_page_says_what_is_found_now_and_what_an_evening_found(centre, theme, planner, client):
    today = centre.local_day(centre.now())
    assert "Nothing to see to" in client.get(address(centre)).content.decode()
    soon = today + timedelta(days=1)
    a_need(a_half_day(centre, soon), theme, languages={"nl": 1})
    person = a_person(Role.ADVISER, centre=centre, name="Ana Ribeiro")
    terms_for(person, centre, theme, per_day=1)
    for half in (MORNING, AFTERNOON):
        a_duty_slot(centre, person, soon, half[0], theme=theme)
    page = client.get(address(centre)).content.decode()
    for words in (
        "1 seat of 2 is empty",
        "speaks Dutch",
        "Ana Ribeiro has 2 half-days",
        "None was made yet",
    ):
        assert words in page
    actions.look_ahead(centre=centre, at=centre.now())
    DutySlot.objects.all().delete()
    kept = client.get(address(centre, "control_of", day=today.isoformat())).content.decode()
    assert "Ana Ribeiro has 2 half-days" in kept
    assert "Ana Ribeiro" not in client.get(address(centre)).content.decode()
    person.delete()
    kept = client.get(address(centre, "control_of", day=today.isoformat())).content.decode()
    assert "Somebody who has left has 2 half-days" in kept


def test_days_without_a_report_and_other_centres_are_not_there(centre, planner, client):
    for day in ("2020-01-01", "soon"):
        assert client.get(address(centre, "control_of", day=day)).status_code == 404
    assert client.get(address(a_centre())).status_code == 404
    client.force_login(a_person(Role.ADVISER, centre=centre))
    assert client.get(address(centre)).status_code == 403


def test_the_page_asks_the_same_for_one_and_for_three(
    centre, theme, planner, client, django_assert_max_num_queries
):
    today = centre.local_day(centre.now())

    def another(n):
        day = today + timedelta(days=n)
        a_need(a_half_day(centre, day), theme)
        person = adviser(centre, theme, per_day=1)
        for half in (MORNING, AFTERNOON):
            a_duty_slot(centre, person, day, half[0], theme=theme)
        actions.look_ahead(centre=centre, at=centre.now() - timedelta(days=n))

    def asked():
        with django_assert_max_num_queries(30) as queries:
            client.get(address(centre))
        return len(queries)

    another(1)
    client.get(address(centre))
    one = asked()
    another(2), another(3)
    assert asked() == one
