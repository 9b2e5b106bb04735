"""Anonymity is mutual: no page, stream or paper that a visitor sees holds the name, address or e-mail of the staff,
or the institution that an adviser comes from.

Each public address of ``tests/permissions/expected`` is either opened here, at every moment of a visit, or belongs to
the staff's own way in. A new one gets a line in ``VISITORS`` (or in ``OF_THE_STAFF``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from parvis.accounts.models import User
from parvis.accounts.roles import Role
from parvis.agenda import recordings_on_disk
from parvis.agenda.actions import visits
from parvis.agenda.actions.recordings import keep_recording, publish_recording, write_beside
from parvis.agenda.factories import a_class_visit, a_coming, a_session, an_event
from parvis.agenda.models import ClassVisit, Event, Facilitation, Organiser, Recording, Registration, Session
from parvis.agenda.tests.films import a_film
from parvis.centres.factories import a_centre, a_person, a_theme, where_it_is_noon
from parvis.centres.models import Centre
from parvis.guidance.actions import questions
from parvis.guidance.factories import a_conversation, a_line, a_question, a_thread, takes_questions
from parvis.guidance.models import Entry, Question
from parvis.guidance.visitor_limits import limiter
from parvis.partners.actions import belong
from parvis.partners.factories import an_institution
from parvis.partners.models import Institution
from parvis.reception import actions, streams
from parvis.reception.actions.transfers import Target
from parvis.reception.factories import a_device, a_seat, a_ticket
from parvis.reception.models import Device, Ticket
from parvis.rota.factories import a_duty_slot, a_half_day
from parvis.rota.models import Rota
from parvis.statistics.actions.reports.publishing import publish_report
from parvis.statistics.models import OpenEdition, Report
from parvis.statistics.tests.open_data.scene import a_closed_year, an_edition
from parvis.statistics.tests.reports.scene import a_report
from parvis.surveys.actions.classes import open_round
from parvis.surveys.factories import a_class, an_open_version, asked_in
from parvis.surveys.models import ClassRound, Collection, Way
from tests.permissions.expected import PUBLIC

SECRET = ["zebulon", "quxley", "chamber-of-trades", "petronella", "vandersloot"]
NOTHING = UUID(int=7)
INSTITUTION = "kwibbelberg"  # where the adviser comes from


@dataclass(frozen=True)
class Scene:
    """A morning at a centre: tickets at each moment, screens of each kind, two people whose names are secret, and where one of them comes from."""

    centre: Centre
    tickets: list[Ticket]
    devices: dict[Device.Kind, Device]


def of_device(name: str, kind: Device.Kind, **more: str) -> Callable[[Scene], list[str]]:
    return lambda scene: [reverse(name, kwargs={"token": scene.devices[kind].token} | more)]


def of_tickets(name: str, **more: str) -> Callable[[Scene], list[str]]:
    return lambda scene: [reverse(name, kwargs={"token": one.token} | more) for one in scene.tickets]


def of_a_question(name: str, **more: object) -> Callable[[Scene], list[str]]:
    return lambda scene: [reverse(name, kwargs={"key": Question.objects.get().key, **more})]


def _of_a_report(scene: Scene) -> str:
    """A report for everybody, published by somebody whose name it does not tell."""
    report = Report.objects.filter(centre=scene.centre).first()
    if report is None:
        by = scene.centre.assignments.first().person
        days = (date(2025, 1, 1), date(2025, 12, 31))
        report = a_report(scene.centre, "ready:public", days=days, by=by)
        publish_report(report=report, by=by, at=timezone.now())
    return f"/places/{scene.centre.slug}/figures/{report.token}/"


def of_classes(scene: Scene) -> list[str]:
    return [f"/class/{one.token}/" for one in ClassRound.objects.all()] + ["/class/nothing/"]


def _of_an_edition(scene: Scene) -> str:
    """A year as open data, published by somebody whose name it does not tell."""
    if not OpenEdition.objects.exists():
        an_edition(a_closed_year(), by=scene.centre.assignments.first().person)
    edition = OpenEdition.objects.get()
    return f"/places/{edition.centre.slug}/figures/open-data/{edition.year}/{edition.number}/"


def _of_a_session(scene: Scene) -> str:
    """Led by somebody whose name and institution it does not tell."""
    session = Session.objects.filter(centre=scene.centre).first()
    if session is None:
        by = scene.centre.assignments.first().person
        event = an_event(scene.centre, registration=Registration.REMINDER, written_by=by, published_by=by)
        session = a_session(event, scene.centre.now() + timedelta(days=2))
        Facilitation.objects.create(
            session=session, person=by, institution=an_institution(scene.centre, INSTITUTION).institution
        )
    return reverse("agenda:come", kwargs={"slug": session.event.slug, "pk": session.pk})


def _of_a_registration(scene: Scene) -> str:
    _of_a_session(scene)
    coming = a_coming(Session.objects.get(centre=scene.centre))
    return reverse("agenda:mine", kwargs={"token": coming.token})


def of_surveys(scene: Scene) -> list[str]:
    addresses = [f"/s/{one.token}/" for one in Collection.objects.all()]
    return [address + how for address in addresses for how in ("", "?thanks=1", "?declined=1")] + [
        "/s/nothing/"
    ]


def of_an_event(*names: str) -> Callable[[Scene], list[str]]:
    """Pages and files of a workshop that one of the staff leads, whose institution organises it without being named."""

    def found(scene: Scene) -> list[str]:
        if not Event.objects.exists():
            event = an_event(scene.centre, registration="alias")
            session = a_session(event)
            zebulon = User.objects.get(email__startswith="zebulon")
            lender = Institution.objects.get(name__startswith="Kwibbelberg")
            Facilitation.objects.create(session=session, person=zebulon, institution=lender)
            Organiser.objects.create(event=event, institution=lender, named=False)
        event = Event.objects.get()
        parts = {"slug": event.slug, "pk": event.sessions.get().pk, "centre": scene.centre.slug}
        return [name.format(**parts) for name in names]

    return found


def of_a_recording(below: str) -> Callable[[Scene], list[str]]:
    """A webinar that one of the staff recorded."""

    def found(scene: Scene) -> list[str]:
        recording = Recording.objects.first()
        if recording is None:
            zebulon, at = User.objects.get(email__startswith="zebulon"), scene.centre.now()
            session = a_session(an_event(scene.centre), at - timedelta(days=1))
            recordings_on_disk.add_piece(key := uuid4(), 0, [a_film("mp4")])
            kept = keep_recording(session=session, key=key, language="fr", by=zebulon, at=at)
            captions = "WEBVTT\n\n00:01.000 --> 00:04.000\nWelcome\n"
            write_beside(recording=kept, language="fr", captions=captions, text="")
            recording = publish_recording(recording=kept, at=at)
        return [f"/agenda/{scene.centre.slug}/recordings/{below.format(pk=recording.pk)}"]

    return found


def of_visits(below: str) -> Callable[[Scene], list[str]]:
    return lambda scene: [f"/visit/{one.token}/{below}" for one in ClassVisit.objects.all()]


VISITORS: dict[str, Callable[[Scene], list[str]]] = {
    "agenda:public_agendas": of_an_event("/agenda/"),
    "agenda:public_agenda": of_an_event(
        "/agenda/{centre}/", "/agenda/{centre}/?view=month", "/agenda/{centre}/?q=workshop"
    ),
    "agenda:public_event": of_an_event("/a/{slug}/", "/a/nothing/"),
    "agenda:subscribe": of_an_event("/agenda/{centre}/subscribe/"),
    "agenda:centre_ics": of_an_event("/agenda/{centre}/calendar.ics"),
    "agenda:event_ics": of_an_event("/a/{slug}/calendar.ics"),
    "agenda:session_ics": of_an_event("/a/{slug}/{pk}.ics"),
    "agenda:atom": of_an_event("/agenda/{centre}/feed.atom"),
    "agenda:embed": of_an_event("/agenda/{centre}/embed/"),
    "agenda:card": of_an_event("/a/{slug}/card.png"),
    "agenda:poster": of_an_event("/a/{slug}/poster/a4.pdf"),
    "agenda:month_paper": of_an_event("/agenda/{centre}/programme/2030-01/a4.pdf"),
    "website:home": lambda scene: ["/"],
    "website:places": lambda scene: ["/places/"],
    "website:place": lambda scene: [f"/places/{scene.centre.slug}/", "/places/nothing/"],
    "statistics:public_open_data": lambda scene: [_of_an_edition(scene).rsplit("/", 3)[0] + "/"],
    "statistics:public_open_edition": lambda scene: [_of_an_edition(scene)],
    "statistics:public_open_file": lambda scene: [
        _of_an_edition(scene) + name for name in ("data.json", "csv-metadata.json", "dataset.ttl")
    ],
    "statistics:public_open_catalogue": lambda scene: [
        _of_an_edition(scene).rsplit("/", 3)[0] + "/catalogue.jsonld"
    ],
    "statistics:public_figures": lambda scene: [_of_a_report(scene).rsplit("/", 2)[0] + "/"],
    "statistics:public_report": lambda scene: [_of_a_report(scene)],
    "statistics:public_report_pdf": lambda scene: [f"{_of_a_report(scene)}pdf/"],
    "agenda:come": lambda scene: [_of_a_session(scene)],
    "agenda:door_entries": lambda scene: ["/at-the-door/nothing/"],
    "agenda:mine": lambda scene: [_of_a_registration(scene), "/coming/nothing/"],
    "reception:board": of_device("reception:board", Device.Kind.BOARD),
    "reception:kiosk": of_device("reception:kiosk", Device.Kind.KIOSK),
    "reception:kiosk_in": of_device("reception:kiosk_in", Device.Kind.KIOSK, language="fr"),
    "reception:entries": of_device("reception:entries", Device.Kind.KIOSK),
    "reception:door": of_device("reception:door", Device.Kind.DOOR),
    "reception:follow": of_tickets("reception:follow"),
    "reception:follow_step": of_tickets("reception:follow_step", step="later"),
    "reception:visitor_profile": of_tickets("reception:visitor_profile"),
    "guidance:open": lambda scene: ["/thread/", "/thread/?none=1"],
    "guidance:words": lambda scene: ["/thread/words/"],
    "guidance:thread": lambda scene: ["/thread/mine/"],
    "guidance:tick": lambda scene: [f"/thread/mine/steps/{Entry.objects.earliest('pk').key}/"],
    "guidance:thread_survey": lambda scene: [
        f"/thread/mine/surveys/{one.key}/" for one in Collection.objects.filter(way=Way.THREAD)
    ],
    "guidance:keep": lambda scene: ["/thread/mine/keep/"],
    "guidance:data": lambda scene: ["/thread/mine/data/"],
    "guidance:paper": lambda scene: ["/thread/mine/paper/"],
    "guidance:erase": lambda scene: ["/thread/mine/erase/"],
    "guidance:erased": lambda scene: ["/thread/erased/"],
    "guidance:close": lambda scene: ["/thread/close/"],
    "guidance:ask": lambda scene: ["/ask/"],
    "guidance:ask_centre": lambda scene: [f"/ask/{scene.centre.slug}/"],
    "guidance:my_ask": lambda scene: ["/thread/mine/ask/"],
    "guidance:my_ask_centre": lambda scene: [f"/thread/mine/ask/{scene.centre.slug}/"],
    "guidance:my_question": of_a_question("guidance:my_question"),
    "guidance:my_lines": of_a_question("guidance:my_lines"),
    "guidance:my_words": of_a_question("guidance:my_words"),
    "guidance:my_talk": of_a_question("guidance:my_talk"),
    "guidance:my_talk_open": of_a_question("guidance:my_talk_open"),
    "guidance:my_talk_say": of_a_question("guidance:my_talk_say"),
    "guidance:my_talk_news": of_a_question("guidance:my_talk_news"),
    "guidance:my_talk_leave": of_a_question("guidance:my_talk_leave"),
    "guidance:my_opinion": of_a_question("guidance:my_opinion"),
    "guidance:my_files": of_a_question("guidance:my_files"),
    "guidance:my_file": of_a_question("guidance:my_file", file=NOTHING),
    "guidance:my_file_remove": of_a_question("guidance:my_file_remove", file=NOTHING),
    "reception:sensor": lambda scene: [reverse("reception:sensor")],
    "reception:worker": lambda scene: [reverse("reception:worker")],
    "asking:answer": of_surveys,
    "asking:screen": of_classes,
    "asking:screen_deed": lambda scene: [f"{one}close/" for one in of_classes(scene)],
    "asking:code": lambda scene: [reverse("asking:code")],
}
VISITORS["agenda:ask_visit"] = lambda scene: [f"/classes/{scene.centre.slug}/", "/classes/nothing/"]
VISITORS |= {
    "agenda:public_recordings": of_a_recording(""),
    "agenda:public_recording": of_a_recording("{pk}/"),
    "agenda:public_video": of_a_recording("{pk}/video/"),
    "agenda:public_captions": of_a_recording("{pk}/captions.vtt"),
}
VISITORS |= {
    f"agenda:teacher_{name}": of_visits(below)
    for name, below in {
        "visit": "",
        "yes": "yes/",
        "words": "words/",
        "numbers": "numbers/",
        "withdraw": "withdraw/",
        "calendar": "calendar/",
        "day": "day/",
        "deed": "day/evaluate/",
        "file": "files/1/",
        "paper": "programme.pdf",
    }.items()
}
VISITORS["agenda:pupil_statement"] = lambda scene: [f"/my-visit/{scene.centre.slug}/"]
INSIDE_A_THREAD = (
    "guidance:thread",
    "guidance:data",
    "guidance:paper",
    "guidance:erase",
    "guidance:tick",
    "guidance:my_question",
)
OF_THE_STAFF = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "centres:invitation",  # says who invites, to the invited colleague
    "rota:feed",  # one's own duties without a colleague: parvis/rota/tests/test_feeds.py
    "shared:design",
    "shared:design_part",
    "shared:live_now",  # the streams are read below, without their addresses
}


@pytest.fixture
def scene(db, client) -> Scene:
    languages = ["fr", "en", "ar"]
    centre = a_centre(name="Lyon", spoken_calls=True, languages=languages, time_zone=where_it_is_noon())
    theme, other = a_theme(centre), a_theme(centre, "jobs")
    at = centre.now()
    adviser = a_person(
        Role.ADVISER, centre=centre, name="Zebulon Quxley", email="zebulon@chamber-of-trades.example"
    )
    a_person(Role.DIRECTOR, centre=centre, name="Petronella Vandersloot", email="petronella@example.org")
    lender = an_institution(centre, "Kwibbelberg Institute", themes=[theme], for_staff="Kwibbelberg is near")
    belong(centre=centre, person=adviser, to=lender.institution, on=centre.local_day(at))
    for day in (centre.local_day(at), centre.local_day(at) + timedelta(days=1)):
        a_duty_slot(
            centre,
            adviser,
            day,
            time(0),
            theme=theme,
            half_day=a_half_day(centre, day, time(0), ends=time(23, 59)),
        )
    Rota.objects.update_or_create(centre=centre, defaults={"version": 1, "changed_at": at})
    seat = a_seat([theme], at - timedelta(hours=1), person=adviser)
    tickets = [a_ticket(theme, at - timedelta(minutes=30 - n)) for n in range(4)]
    tickets += [a_ticket(other, at - timedelta(minutes=9)), a_ticket(theme, at, size=4)]
    done = actions.call_next(seat=seat, at=at)
    actions.start_interview(seat=seat, ticket=done, at=at)
    actions.finish_interview(seat=seat, ticket=done, at=at)
    actions.transfer(ticket=tickets[4], to=Target(theme=theme, seat=seat), at=at, note=f"Of {INSTITUTION}")
    actions.call_next(seat=seat, at=at)
    actions.announce(centre=centre, key=uuid4(), at=at, lasting=timedelta(hours=1), theme=theme, minutes=20)
    devices = {kind: a_device(centre, kind) for kind in Device.Kind}
    _opened, receipt = a_thread(centre, at)
    a_line(a_conversation(receipt, centre, adviser, at), "Ask for the leaflet", at)
    takes_questions(centre)
    question, *_rest = a_question(centre, at, receipt=receipt)
    questions.take_question(question=question, person=adviser)
    questions.send_answer(
        question=question, key=uuid4(), person=adviser, text="At the training centre.", at=at
    )
    some_surveys(centre, at)
    some_visits(centre, adviser, at)
    limiter().storage.reset()  # each page opens it once more
    client.post("/thread/", {"code": receipt.letters()})
    return Scene(centre, [Ticket.objects.get(pk=ticket.pk) for ticket in tickets], devices)


def some_surveys(centre: Centre, at: datetime) -> None:
    for way in (Way.KIOSK, Way.LINK, Way.THREAD):
        asked_in(centre, way=way)
    version, day = an_open_version(centre, audience="pupil"), centre.local_day(at)
    a_class(version, centre, day)
    open_round(screen=a_class(version, centre, day), at=at)


def some_visits(centre: Centre, adviser: User, at: datetime) -> None:
    """A class that asked, one whose date is kept by somebody whose name is secret, who also leads it."""
    asked, kept = a_class_visit(centre), a_class_visit(centre)
    begins = at + timedelta(days=20)
    time_of_it = visits.Kept(begins, begins + timedelta(hours=2), people=[adviser])
    said = visits.Doing(key=uuid4(), at=at, by=adviser, words="Welcome")
    visits.keep_date(visit=kept, kept=time_of_it, doing=said)
    visits.say(visit=asked, doing=visits.Doing(key=uuid4(), at=at, by=adviser, words="We look for a day"))


def told(text: str) -> list[str]:
    return [secret for secret in [*SECRET, INSTITUTION] if secret in text.lower()]


def test_every_public_address_is_looked_at_here_or_is_the_staffs_own():
    missing = sorted(PUBLIC.keys() - VISITORS.keys() - OF_THE_STAFF)
    assert missing == [], "add a line to VISITORS in tests/privacy/test_visitor_pages.py that opens it"
    assert sorted((VISITORS.keys() | OF_THE_STAFF) - PUBLIC.keys()) == []


@pytest.mark.parametrize("name", sorted(VISITORS))
def test_no_page_of_a_visitor_names_the_staff(name, scene, client):
    for address in VISITORS[name](scene):
        for language in ("fr", "ar"):
            page = client.get(address, headers={"accept-language": language})
            if page.status_code == 405:
                page = client.post(address, {"language": language})
            assert page.status_code < 500
            if name in INSIDE_A_THREAD:  # the thread is open, so that there is something to look at
                assert page.headers.get("Location", "/thread/mine/").startswith("/thread/mine/")
            assert told(page.getvalue().decode(errors="replace")) == [], address
            assert told(str(page.headers)) == []


def test_no_stream_of_a_visitor_names_the_staff(scene):
    slots = [f"{kind}:{language}" for kind in ("board", "kiosk") for language in scene.centre.languages]
    slots += [f"ticket:{ticket.token}:fr" for ticket in scene.tickets]
    texts = streams.read(streams.topic(scene.centre), frozenset(slots))
    assert set(texts) == set(slots)
    assert {slot: told(text) for slot, text in texts.items() if told(text)} == {}


def test_the_poster_and_a_printed_ticket_do_not_either(scene, client):
    client.force_login(
        a_person(Role.DIRECTOR, centre=scene.centre, name="Somebody", email="some@example.org")
    )
    door = scene.devices[Device.Kind.DOOR]
    page = client.get(
        reverse("reception:door_poster", kwargs={"centre": scene.centre.slug, "device": door.pk})
    )
    assert page.status_code == 200
    assert told(page.content.decode()) == []


def test_the_search_would_find_a_name(scene, client):
    """The team's own page holds both, so that the tests above cannot pass by looking for the wrong words."""
    client.force_login(a_person(Role.DIRECTOR, centre=scene.centre))
    page = client.get(reverse("centres:team", kwargs={"centre": scene.centre.slug}))
    assert told(page.content.decode()) == SECRET
    page = client.get(reverse("partners:people", kwargs={"centre": scene.centre.slug}))
    assert INSTITUTION in told(page.content.decode())
