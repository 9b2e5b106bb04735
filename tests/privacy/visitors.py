"""Where each public page is, at every moment of a visit. Each public address has a line in ``VISITORS``, or in ``OF_THE_STAFF``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

from django.urls import reverse
from django.utils import timezone

from parvis.accounts.models import User
from parvis.agenda import recordings_on_disk
from parvis.agenda.actions.recordings import keep_recording, publish_recording, write_beside
from parvis.agenda.factories import a_coming, a_session, an_event
from parvis.agenda.models import ClassVisit, Event, Facilitation, Organiser, Recording, Registration, Session
from parvis.agenda.tests.films import a_film
from parvis.centres.models import Centre
from parvis.guidance.models import Entry, Question
from parvis.partners.factories import an_institution
from parvis.partners.models import Institution
from parvis.reception.models import Device, Ticket
from parvis.statistics.actions.reports.publishing import publish_report
from parvis.statistics.models import OpenEdition, Report
from parvis.statistics.tests.open_data.scene import a_closed_year, an_edition
from parvis.statistics.tests.reports.scene import a_report
from parvis.surveys.models import ClassRound, Collection, Way

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
    "shared:live_now",  # the streams are read in ``test_visitor_pages.py``, without their addresses
}
