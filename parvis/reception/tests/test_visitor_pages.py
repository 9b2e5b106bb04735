"""The pages a visitor touches: what they say, to whom, in which language, at how many queries."""

from __future__ import annotations

import json
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from parvis.accounts.roles import Role
from parvis.centres.factories import a_centre, a_person, a_theme, words
from parvis.centres.models import OpeningHours, Space, TicketStyle
from parvis.reception import actions, streams
from parvis.reception.factories import a_device, a_seat, a_ticket
from parvis.reception.models import Device, Seat, State, Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre():
    centre = a_centre(languages=["fr", "en", "ar"])
    site = centre.sites.get()
    Space.objects.create(site=site, kind=Space.Kind.WAITING, name=words("Waiting room", "Salle d’attente"))
    Space.objects.create(site=site, kind=Space.Kind.DOCUMENTATION, name=words("Library", "Bibliothèque"))
    return centre


@pytest.fixture
def theme(centre):
    return a_theme(centre)


def page(client, name, language="", status=200, **parts):
    address = reverse(f"reception:{name}", kwargs=parts) + (f"?language={language}" if language else "")
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


# The kiosk


def test_the_kiosk_asks_in_the_centres_main_language_and_offers_the_others(client, centre, theme):
    device = a_device(centre, Device.Kind.KIOSK)
    text = page(client, "kiosk", token=device.token)
    assert 'lang="fr"' in text
    assert all(
        said in text for said in ["Je cherche training", "Qu’est-ce qui vous amène", "Français", "العربيّة"]
    )
    assert 'dir="rtl"' in client.get(f"/k/{device.token}/ar/").content.decode()


def test_ten_themes_stay_calm_at_six_choices_a_screen(client, centre):
    for n in range(10):
        a_theme(centre, f"theme-{n}")
    text = page(client, "kiosk", token=a_device(centre, Device.Kind.KIOSK).token)
    assert (text.count('data-step="theme-'), text.count('data-set="theme"')) == (2, 10)
    assert "Autre chose" in text
    assert "Revenir aux premiers choix" in text


@pytest.mark.parametrize("count", [1, 3])
def test_the_kiosk_costs_the_same_however_many_themes(client, centre, count, django_assert_num_queries):
    themes = [a_theme(centre, f"theme-{n}") for n in range(count)]
    for theme in themes:
        a_ticket(theme, centre.now())
    device = a_device(centre, Device.Kind.KIOSK)
    with django_assert_num_queries(7):
        page(client, "kiosk", token=device.token)


def test_an_address_that_is_none_says_so_kindly_in_the_browsers_language(client, centre):
    kiosk = a_device(centre, Device.Kind.KIOSK)
    for token in ["nonsense", a_device(centre, Device.Kind.BOARD).token]:
        response = client.get(f"/k/{token}/", headers={"Accept-Language": "uk,en;q=0.5"})
        assert response.status_code == 404
        assert "Цієї сторінки вже немає" in response.content.decode()
    actions.revoke_device(device=kiosk, at=centre.now())
    assert client.get(f"/k/{kiosk.token}/").status_code == 404


@pytest.mark.parametrize("start", ["/k/", "/d/", "/t/", "/board/"])
def test_an_address_that_is_no_text_is_not_found(client, start):
    assert client.get(f"{start}a%00b/").status_code == 404  # PostgreSQL refuses such a text


@pytest.mark.parametrize("name", ["kiosk", "door"])
def test_visitors_pages_set_no_cookie_leak_no_address_and_are_not_found_by_search(
    client, centre, theme, name
):
    kind = {"kiosk": Device.Kind.KIOSK, "door": Device.Kind.DOOR}[name]
    a_seat([theme], centre.now())
    response = client.get(reverse(f"reception:{name}", args=[a_device(centre, kind).token]))
    assert response.cookies == {}
    assert response["Referrer-Policy"] == "no-referrer"
    assert "noindex" in response["X-Robots-Tag"]
    assert response["Cache-Control"] == "no-store"


# What devices send


def send(client, device, *entries, lease=None):
    address = reverse("reception:entries", kwargs={"token": device.token})
    body = json.dumps({"entries": entries, "lease": lease})
    return client.post(address, body, content_type="application/json")


def said(theme, **more):
    return {"key": str(uuid4()), "theme": str(theme.pk), "language": "fr", "size": "2", "age": 1.5} | more


def test_entries_become_tickets_in_order_and_are_answered_under_their_keys(client, centre, theme):
    device = a_device(centre, Device.Kind.KIOSK)
    entries = [said(theme), said(theme, language="ar"), said(theme)]
    answer = send(client, device, *entries).json()
    again = send(client, device, *entries).json()
    assert [one["key"] for one in answer["answers"]] == [one["key"] for one in entries]
    assert [one["number"] for one in answer["answers"]] == [1, 2, 3]
    assert again["answers"] == answer["answers"]
    assert list(Ticket.objects.values_list("arrival", "size").distinct()) == [("kiosk", 2)]
    assert answer["answers"][0]["qr"].startswith("<svg")


def test_what_cannot_be_a_ticket_is_refused_alone(client, centre, theme):
    device = a_device(centre, Device.Kind.KIOSK)
    other = a_theme(a_centre())
    answers = send(client, device, said(other), said(theme), said(theme, size="0")).json()["answers"]
    assert ["refused" in one for one in answers] == [True, False, True]
    assert Ticket.objects.count() == 1


ENDLESS = (
    b'{"entries": [], "lease": {"key": "00000000-0000-4000-8000-000000000007", "left": 1e999, "day": ""}}'
)
NONSENSE = [b"", b"[]", b"{", b'{"entries": [1]}', b'{"entries": {}}', b"[" * 9000, ENDLESS]


@pytest.mark.parametrize("body", NONSENSE)
def test_nonsense_is_no_sending(client, centre, body):
    device = a_device(centre, Device.Kind.KIOSK)
    address = reverse("reception:entries", kwargs={"token": device.token})
    assert client.post(address, body, content_type="application/json").status_code == 400


def test_only_kiosk_and_greeter_send(client, centre, theme):
    assert send(client, a_device(centre, Device.Kind.BOARD), said(theme)).status_code == 404
    assert (
        send(client, a_device(centre, Device.Kind.GREETER), said(theme, arrival="phone_call")).json()[
            "answers"
        ][0]["number"]
        == 1
    )


def test_numbers_for_bad_times_come_with_their_words(client, centre):
    device = a_device(centre, Device.Kind.KIOSK)
    key = str(uuid4())
    lease = send(client, device, lease={"key": key, "left": 0, "day": ""}).json()["lease"]
    assert lease["day"] == centre.local_day(timezone.now()).isoformat()
    assert 0 < lease["seconds"] <= 25 * 3600
    assert [number for number, _words in lease["numbers"]] == list(range(1, 31))
    assert set(lease["numbers"][0][1]) == {"fr", "en", "ar"}
    enough = {"key": str(uuid4()), "left": 29, "day": lease["day"]}
    assert send(client, device, lease=enough).json()["lease"] is None


# The door


@pytest.fixture
def door(centre):
    return a_device(centre, Device.Kind.DOOR)


def test_three_questions_lead_to_the_tickets_page_once(client, centre, theme, door):
    a_seat([theme], centre.now())
    address = f"/d/{door.token}/"
    first = client.get(address, headers={"Accept-Language": "ar"})
    assert first["Content-Language"] == "ar"
    last = client.get(f"{address}?language=fr&theme={theme.pk}&size=2&key={uuid4()}").content.decode()
    assert "Comment voulez-vous attendre" in last
    answers = {"key": str(uuid4()), "theme": theme.pk, "size": 2, "language": "fr", "seated_in": ""}
    addresses = {client.post(address, answers).url for _ in range(2)}
    ticket = Ticket.objects.get()
    assert addresses == {f"/t/{ticket.token}/"}
    assert (ticket.arrival, ticket.size, ticket.language, ticket.style) == ("phone_page", 2, "fr", "word")


def test_the_key_is_in_the_addresses_from_the_first_question_on(client, centre, theme, door):
    a_seat([theme], centre.now())
    key = str(uuid4())
    text = client.get(f"/d/{door.token}/?key={key}&language=fr").content.decode()
    assert f"?key={key}&amp;language=fr&amp;theme={theme.pk}" in text


def test_a_number_without_end_is_no_answer(client, centre, theme, door):
    a_seat([theme], centre.now())
    for name in ("screen", "theme", "size"):
        answer = client.get(f"/d/{door.token}/?key={uuid4()}&language=fr&{name}={'9' * 5000}")
        assert (answer.status_code, "9" * 99 in answer.content.decode()) == (200, False)


def test_a_closed_theme_is_asked_again_with_a_word(client, centre, theme, door):
    a_seat([theme], centre.now())
    theme.valid_to = date(2020, 1, 1)
    theme.save()
    answers = {"key": str(uuid4()), "theme": theme.pk, "size": 1, "language": "fr"}
    response = client.post(f"/d/{door.token}/", answers)
    assert response.status_code == 409
    assert "Cela n’a pas marché" in response.content.decode()
    assert Ticket.objects.count() == 0


def test_a_closed_centre_says_when_it_opens(client, centre, theme, door):
    tomorrow = (centre.local_day(centre.now()) + timedelta(days=1)).weekday()
    OpeningHours.objects.create(site=centre.sites.get(), weekday=tomorrow, opens="09:00", closes="12:00")
    text = page(client, "door", token=door.token, language="fr")
    assert "C’est fermé pour l’instant" in text
    assert "9:00" in text
    a_seat([theme], centre.now())
    assert "Qu’est-ce qui vous amène" in page(client, "door", token=door.token, language="fr")


def test_a_centre_without_tickets_offers_a_seat(client, centre, theme, door):
    centre.ticket_style = TicketStyle.NONE
    centre.save()
    a_seat([theme], centre.now())
    text = client.get(f"/d/{door.token}/?language=fr&theme={theme.pk}&size=1").content.decode()
    assert "Salle d’attente" in text
    assert "Avec un ticket" not in text


# The ticket's page


def test_the_page_tells_place_wait_and_what_to_do_meanwhile(client, centre, theme):
    a_ticket(theme, centre.now())
    ticket = a_ticket(theme, centre.now())
    a_seat([theme], centre.now())
    text = page(client, "follow", token=ticket.token)
    assert ticket.name_in("fr") in text
    assert "<b>1</b> ticket avant le vôtre" in text
    assert "minutes" in text
    assert "Bibliothèque" in text
    assert "You are" not in text


def test_a_call_names_the_desk_and_the_way_but_nobody(client, centre, theme):
    adviser = a_person(Role.ADVISER, centre=centre, name="Ariane Lemoine", email="ariane@institution.example")
    seat = a_seat([theme], centre.now(), person=adviser)
    ticket = a_ticket(theme, centre.now())
    actions.call_next(seat=seat, at=centre.now())
    text = page(client, "follow", token=ticket.token, language="en")
    assert "It is your turn." in text
    assert "Straight ahead" in text
    assert f"<b>{seat.desk.name}</b>" in text
    for secret in ["Ariane", "Lemoine", "institution"]:
        assert secret not in text


def step(client, ticket, name):
    client.post(reverse("reception:follow_step", kwargs={"token": ticket.token, "step": name}))
    ticket.refresh_from_db()
    return ticket.state


def test_ten_minutes_leaving_and_coming_back(client, centre, theme):
    ticket = a_ticket(theme, centre.now())
    assert step(client, ticket, "later") == State.PARKED
    assert "jusqu’à" in page(client, "follow", token=ticket.token)
    assert step(client, ticket, "back") == State.WAITING
    assert step(client, ticket, "leave") == State.LEFT
    assert step(client, ticket, "leave") == State.LEFT
    assert "Je suis toujours là" in page(client, "follow", token=ticket.token)
    assert step(client, ticket, "back") == State.WAITING
    assert step(client, ticket, "dance") == State.WAITING


def test_what_is_no_longer_possible_shows_how_things_are(client, centre, theme):
    seat = a_seat([theme], centre.now())
    ticket = a_ticket(theme, centre.now())
    actions.call_next(seat=seat, at=centre.now())
    actions.start_interview(seat=seat, ticket=ticket, at=centre.now())
    address = reverse("reception:follow_step", kwargs={"token": ticket.token, "step": "leave"})
    text = client.post(address, headers={"X-Parvis-Text": "please"}).content.decode()
    assert "Votre entretien a commencé" in text
    assert "<html" not in text


def test_a_ticket_of_yesterday_has_no_page(client, centre, theme):
    ticket = a_ticket(theme, centre.now() - timedelta(days=1))
    page(client, "follow", token=ticket.token, status=404)
    page(client, "follow", token="unknown", status=404)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_however_long_the_line(
    client, centre, theme, count, django_assert_num_queries
):
    tickets = [a_ticket(theme, centre.now()) for _ in range(count)]
    with django_assert_num_queries(7):
        page(client, "follow", token=tickets[-1].token)


@pytest.mark.parametrize("count", [1, 3])
def test_a_centres_open_pages_are_read_together(centre, theme, count, django_assert_num_queries):
    tickets = [a_ticket(theme, centre.now()) for _ in range(count)]
    slots = frozenset(f"ticket:{ticket.token}:fr" for ticket in tickets)
    with django_assert_num_queries(6):
        texts = streams.read(streams.topic(centre), slots)
    assert set(texts) == slots
    gone = streams.read(streams.topic(centre), frozenset(["ticket:unknown:fr"]))
    assert gone == {}


def test_the_stream_of_a_kiosk_has_waits_and_announcements(centre, theme):
    actions.announce(
        centre=centre, key=uuid4(), at=centre.now(), lasting=timedelta(hours=1), theme=theme, minutes=20
    )
    text = streams.read(streams.topic(centre), frozenset(["kiosk:fr"]))["kiosk:fr"]
    assert f'data-wait-now="{theme.pk}"' in text
    assert "20" in text


# The poster


def test_the_poster_is_for_whoever_sets_devices_up(client, centre, door):
    address = reverse("reception:door_poster", kwargs={"centre": centre.slug, "device": door.pk})
    client.force_login(a_person(Role.DIRECTOR, centre=centre))
    text = client.get(address).content.decode()
    assert "<svg" in text
    assert f"http://testserver/d/{door.token}/" in text
    assert "Prenez votre ticket avec votre téléphone" in text
    client.force_login(a_person(Role.RECEPTIONIST, centre=centre))
    assert client.get(address).status_code == 403
    client.force_login(a_person(Role.DIRECTOR, centre=a_centre()))
    assert client.get(address).status_code == 404


def test_the_workers_script_is_at_the_root(client):
    response = client.get("/worker.js")
    assert response["Content-Type"] == "text/javascript"
    assert b"keepWhole" in response.content


def test_seats_are_not_told(client, centre, theme):
    """A kiosk says how long, never who or how many are on duty."""
    a_seat([theme], centre.now(), person=a_person(Role.ADVISER, centre=centre, name="Ariane Lemoine"))
    assert Seat.objects.count() == 1
    assert "Ariane" not in page(client, "kiosk", token=a_device(centre, Device.Kind.KIOSK).token)
