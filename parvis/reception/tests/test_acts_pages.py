"""Coding pages: prefilled, forgiving, once; who may and who may not."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from parvis.accounts.roles import Role
from parvis.centres.factories import a_person
from parvis.centres.models import CodeList
from parvis.reception import actions
from parvis.reception.factories import a_seat, a_ticket, an_act, coded_centre, codes_of
from parvis.reception.models import Act, Profile, Ticket

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 12, 12, 0, tzinfo=ZoneInfo("Europe/Paris"))


def standing(centre, at=NOON):
    """The centre's clock stands at noon."""
    centre.clock_set_at, centre.clock_showed, centre.clock_speed = at, at, 0
    centre.save()
    return centre


@pytest.fixture
def centre():
    return standing(coded_centre())


@pytest.fixture
def adviser(centre, client):
    person = a_person(Role.ADVISER, centre=centre)
    client.force_login(person)
    return person


def page(name, centre, **more):
    return reverse(f"reception:{name}", kwargs={"centre": centre.slug, **more})


def received(centre, person):
    theme = centre.themes.get()
    start = NOON - timedelta(minutes=14)
    seat = a_seat([theme], start, person=person)
    ticket = a_ticket(theme, start)
    actions.call_next(seat=seat, at=start)
    actions.start_interview(seat=seat, ticket=ticket, at=start)
    actions.finish_interview(seat=seat, ticket=ticket, at=NOON)
    return ticket, seat


def filled(centre, **more):
    usual = {
        "key": str(uuid4()),
        "themes": [centre.themes.get().pk],
        "need": [codes_of(centre, CodeList.NEED, "application")[0].pk],
        "outcome": codes_of(centre, CodeList.OUTCOME, "answered")[0].pk,
        "channel": codes_of(centre, CodeList.CHANNEL, "desk")[0].pk,
        "minutes": 14,
        "note": "CV à revoir, rappel le 12/03",
    }
    return usual | more


def test_an_interview_is_prefilled_from_its_ticket(centre, adviser, client):
    ticket, _seat = received(centre, adviser)
    form = client.get(page("act_for_ticket", centre, ticket=ticket.pk)).context["form"]
    assert form["themes"].value() == [str(ticket.theme_id)]
    assert (form["minutes"].value(), form["language"].value()) == (14, "fr")


def test_saving_records_the_interview_and_goes_back_to_the_desk(centre, adviser, client):
    ticket, seat = received(centre, adviser)
    address, data = page("act_for_ticket", centre, ticket=ticket.pk), filled(centre)
    first = client.post(address, data)
    client.post(address, data)
    act = Act.objects.get()
    assert (first.status_code, first.url) == (302, page("desk", centre))
    assert (act.ticket, act.seat, act.minutes, act.note) == (ticket, seat, 14, "CV à revoir, rappel le 12/03")


def test_who_sits_at_no_desk_goes_back_to_the_acts_of_today(centre, adviser, client):
    assert client.post(page("act_new", centre), filled(centre)).url == page("acts", centre)


@pytest.mark.parametrize(
    ("role", "evening", "way"),
    [
        (Role.DIRECTOR, "2026-03-12", "closing_day"),
        (Role.DIRECTOR, "//elsewhere.example", "acts"),
        (Role.DOCUMENTALIST, "2026-03-12", "acts"),  # may not close the day
    ],
)
def test_who_records_in_the_evening_goes_on_with_it(centre, client, role, evening, way):
    ticket, _seat = received(centre, a_person(Role.ADVISER, centre=centre))
    client.force_login(a_person(role, centre=centre))
    address = page("act_for_ticket", centre, ticket=ticket.pk) + f"?evening={evening}"
    more = {"day": evening} if way == "closing_day" else {}
    assert client.post(address, filled(centre)).url == page(way, centre, **more)


def test_an_interview_recorded_already_leads_to_its_act(centre, adviser, client):
    ticket, _seat = received(centre, adviser)
    address = page("act_for_ticket", centre, ticket=ticket.pk)
    client.post(address, filled(centre))
    assert client.get(address).url == page("act_correct", centre, pk=Act.objects.get().pk)
    again = client.post(address, filled(centre))
    assert again.status_code == 422
    assert Act.objects.count() == 1


def test_a_ticket_that_waits_has_nothing_to_record(centre, adviser, client):
    ticket = a_ticket(centre.themes.get(), NOON)
    assert client.get(page("act_for_ticket", centre, ticket=ticket.pk)).status_code == 302


def test_a_note_with_a_name_is_refused_and_the_rest_kept(centre, adviser, client):
    answer = client.post(page("act_new", centre), filled(centre, note="Vu avec Karim Benali, CV à revoir"))
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "“Karim Benali”" in text
    assert "Vu avec Karim Benali, CV à revoir" in text
    assert answer.context["form"]["minutes"].value() == "14"
    assert not Act.objects.exists()


def test_something_by_phone_is_recorded_without_a_ticket(centre, adviser, client):
    phone = codes_of(centre, CodeList.CHANNEL, "phone")[0]
    client.post(page("act_new", centre), filled(centre, channel=phone.pk))
    act = Act.objects.get()
    assert (act.ticket, act.channel, act.date, act.at) == (None, phone, NOON.date(), NOON)


def test_an_act_that_is_sent_again_counts_once_and_a_changed_one_is_told(centre, adviser, client):
    said = filled(centre)
    for _twice in range(2):
        assert client.post(page("act_new", centre), said).status_code == 302
    changed = client.post(page("act_new", centre), said | {"note": "CV à revoir"})
    assert changed.status_code == 422
    assert "stands as it was then" in changed.content.decode()
    assert changed.context["form"]["note"].value() == "CV à revoir"
    assert [act.note for act in Act.objects.all()] == [said.get("note", "")]


def test_a_groups_totals_are_refused_beside_their_list(centre, adviser, client):
    young, older, unknown = codes_of(centre, CodeList.AGE_BAND, "15_17", "18_24", "not_communicated")
    data = filled(centre, size=24) | {f"total_{young.pk}": 20, f"total_{older.pk}": 3}
    refused = client.post(page("act_new_group", centre), data)
    assert refused.status_code == 422
    assert "These totals make 23, the group is 24." in refused.content.decode()
    client.post(page("act_new_group", centre), data | {f"total_{unknown.pk}": 1})
    act = Act.objects.get()
    assert (act.kind, act.size, act.codes.count()) == ("group", 24, 5)


def test_a_non_contact_needs_its_reason_only(centre, adviser, client):
    reason = codes_of(centre, CodeList.NON_CONTACT, "wrong_door")[0]
    desk = codes_of(centre, CodeList.CHANNEL, "desk")[0]
    client.post(
        page("act_new_non_contact", centre),
        {"key": uuid4(), "non_contact": reason.pk, "channel": desk.pk, "note": ""},
    )
    assert Act.objects.get().kind == Act.Kind.NON_CONTACT


def test_an_act_is_corrected_and_undone_from_the_list(centre, adviser, client):
    act = an_act(centre, NOON, note="à voir")
    assert "à voir" in client.get(page("acts", centre)).content.decode()
    shown = client.get(page("act_correct", centre, pk=act.pk)).context["form"]
    assert shown["note"].value() == "à voir"
    client.post(page("act_correct", centre, pk=act.pk), filled(centre, minutes=3))
    act.refresh_from_db()
    assert act.minutes == 3
    client.post(page("act_undo", centre, pk=act.pk))
    act.refresh_from_db()
    assert act.undone_at == NOON
    assert client.get(page("act_correct", centre, pk=act.pk)).status_code == 404


@pytest.mark.parametrize("name", ["acts", "act_new", "act_new_group", "act_new_non_contact", "profile_new"])
def test_who_may_record(centre, client, name):
    address = page(name, centre)
    assert client.get(address).status_code == 302
    for role, expected in ((Role.RECEPTIONIST, 200), (Role.PARTNERSHIP_MANAGER, 403)):
        client.force_login(a_person(role, centre=centre))
        assert client.get(address).status_code == expected
    client.force_login(a_person(Role.ADVISER, centre=coded_centre()))
    assert client.get(address).status_code == 404


def test_an_act_of_another_centre_is_not_found(centre, adviser, client):
    other = coded_centre()
    act = an_act(other, NOON)
    assert client.get(page("act_correct", centre, pk=act.pk)).status_code == 404
    assert client.post(page("act_undo", centre, pk=act.pk)).status_code == 404
    ticket = a_ticket(other.themes.get(), NOON)
    assert client.get(page("act_for_ticket", centre, ticket=ticket.pk)).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_a_fixed_number_of_queries(centre, adviser, client, rows, django_assert_num_queries):
    for _row in range(rows):
        an_act(centre, NOON, codes=codes_of(centre, CodeList.NEED, "application"))
    with django_assert_num_queries(6):
        assert len(client.get(page("acts", centre)).context["lines"]) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_the_form_costs_a_fixed_number_of_queries(centre, adviser, client, rows, django_assert_num_queries):
    for _row in range(rows):
        an_act(centre, NOON)
    with django_assert_num_queries(5):
        client.get(page("act_new_group", centre))


def test_answers_asked_aloud_are_kept_or_declined(centre, adviser, client):
    woman = codes_of(centre, CodeList.GENDER, "woman")[0]
    answer = {"key": uuid4(), "gender": woman.pk, "commune_prefix": "75 019"}
    client.post(page("profile_new", centre), answer)
    kept = Profile.objects.get()
    assert (kept.method, kept.commune_prefix, list(kept.answers.all())) == ("asked", "750", [woman])
    client.post(page("profile_new", centre), {"key": uuid4(), "gender": woman.pk, "declined": "1"})
    assert Profile.objects.exclude(pk=kept.pk).get().answers.count() == 0


def test_a_visitor_answers_on_their_own_phone_and_nothing_points_back(centre, client):
    ticket = a_ticket(centre.themes.get(), NOON)
    before = Ticket.objects.filter(pk=ticket.pk).values().get()
    address = reverse("reception:visitor_profile", kwargs={"token": ticket.token})
    shown = client.get(address, {"language": "nl"})
    assert "Hoe oud bent u?" in shown.content.decode()
    young = codes_of(centre, CodeList.AGE_BAND, "18_24")[0]
    data = {
        "key": shown.context["form"]["key"].value(),
        "age_band": young.pk,
        "commune_prefix": "1000 Brussel",
    }
    for _twice in range(2):
        answer = client.post(address + "?language=nl", data)
        assert answer.status_code == 302
    kept = Profile.objects.get()
    assert (kept.method, kept.commune_prefix, list(kept.answers.all())) == ("own_screen", "100", [young])
    assert client.get(answer.url).context["thanks"]
    midnight = centre.bounds(ticket.date)[0]  # that it happened, never when
    assert Ticket.objects.filter(pk=ticket.pk).values().get() == before | {"profile_asked_at": midnight}
    client.post(address, {"key": uuid4(), "age_band": young.pk})
    assert Profile.objects.get() == kept, "a second page of the same ticket adds nobody"


def test_the_follow_page_offers_the_questions_once(centre, client):
    centre.profile_moment = "always"
    centre.save()
    ticket = a_ticket(centre.themes.get(), NOON)
    follow = reverse("reception:follow", kwargs={"token": ticket.token})
    address = reverse("reception:visitor_profile", kwargs={"token": ticket.token})
    assert address in client.get(follow).content.decode()
    client.post(address, {"key": uuid4(), "declined": "1"})
    assert Profile.objects.get().answers.count() == 0
    assert address not in client.get(follow).content.decode()
    assert client.get(address).context["thanks"]


def test_a_page_of_no_ticket_asks_nothing(centre, client):
    ticket = a_ticket(centre.themes.get(), NOON)
    address = reverse("reception:visitor_profile", kwargs={"token": ticket.token})
    assert client.get(address.replace(ticket.token, "nothing")).status_code == 404
