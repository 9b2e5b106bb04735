"""A lively Tuesday morning with something on every page: one queue, three desks, acts, an announcement, files of the past."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.tokens import default_token_generator
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.http import int_to_base36

from e2e.walk.agenda_classes import some_classes
from e2e.walk.agenda_coming import some_comings
from e2e.walk.agenda_day import some_days
from e2e.walk.agenda_kits import some_kits
from e2e.walk.agenda_programme import a_programme
from e2e.walk.agenda_public import a_public_event
from e2e.walk.asked import ask_some
from e2e.walk.bodies import some_bodies
from e2e.walk.drafts import some_drafts
from e2e.walk.nights import some_nights
from e2e.walk.on_duty import some_duty
from e2e.walk.open_data import an_open_year
from e2e.walk.published import some_published
from e2e.walk.questionnaires import some_questionnaires
from e2e.walk.reports import some_reports
from e2e.walk.rota import a_rota
from e2e.walk.surveyed import some_surveys
from parvis.accounts.models import User
from parvis.accounts.roles import Role
from parvis.centres.actions import team
from parvis.centres.factories import a_person, words
from parvis.centres.models import Centre, CodeList, OpeningException
from parvis.demonstration.actions import set_clock
from parvis.demonstration.models import Demonstration
from parvis.demonstration.setting import set_up
from parvis.guidance import actions as threads
from parvis.guidance.actions import emergency, needs
from parvis.guidance.actions.redirections import Sending, redirect_visitor
from parvis.guidance.factories import a_conversation, a_line, a_thread
from parvis.guidance.forms.entries import WRITTEN
from parvis.guidance.models import EmergencyNumber, Kind, Redirection
from parvis.guidance.models import ProposalState as P
from parvis.partners.actions import belong, plan_next
from parvis.partners.actions.contacts import Person, keep_contact, keep_place
from parvis.partners.actions.documents import add_document
from parvis.partners.factories import a_contribution, a_prospect, an_agreement, an_institution, hours
from parvis.partners.models import Relation
from parvis.reception import actions
from parvis.reception.actions import past
from parvis.reception.factories import a_coding, a_seat, a_ticket, an_act
from parvis.reception.models import (
    Act,
    Announcement,
    Arrival,
    Device,
    Expected,
    PastImport,
    RefusedEntry,
    State,
    Ticket,
)
from parvis.reception.models.past import Stage
from parvis.reception.tests.exports.house import asked, exported
from parvis.reception.tests.past import samples
from parvis.reception.tests.past.house import brought_in, checked, sent, worked

ELEVEN = datetime(2026, 3, 3, 10, 5, tzinfo=UTC)  # in Paris, five past eleven
PASSWORD = "a wide open square"
PASSKEY = {"clientExtensionResults": {"credProps": {"rk": True}}}  # as much of one as the pages about it show


@dataclass
class Scene:
    """The rows by name."""

    centre: Centre
    people: dict[str, User]
    tickets: dict[str, Ticket]
    devices: dict[str, Device]
    files: dict[str, PastImport] = field(default_factory=dict)
    acts: dict[str, Act] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    rows: dict[str, int | str] = field(default_factory=dict)


def a_scene() -> Scene:
    """Everything, through the product's own actions."""
    set_up(today=ELEVEN.date(), at=ELEVEN, language="en")
    centre = Centre.objects.get(slug="cite-des-metiers-de-rivemont")
    Centre.objects.filter(pk=centre.pk).update(is_demonstration=True)
    set_clock(centre=centre, shows=ELEVEN, speed=0, real=timezone.now())
    Demonstration.objects.create(
        centre=centre, seed="s", played_until=ELEVEN, player="me", player_seen_at=timezone.now()
    )
    centre.refresh_from_db()
    people = _people(centre)
    scene = Scene(
        centre, people, _morning(centre, people), {one.kind: one for one in centre.devices.order_by("-pk")}
    )
    _day(scene)
    _places(scene)
    _links(scene)
    _past(scene)
    _after_an_outage(scene)
    _thread(scene)
    _needs(scene)
    ask_some(scene, ELEVEN)
    some_surveys(scene, ELEVEN)
    _emergency(scene)
    _institutions(scene)
    some_duty(scene, ELEVEN)
    some_bodies(scene, ELEVEN)
    scene.rows.update(a_rota(centre, people, ELEVEN))
    some_drafts(scene, ELEVEN)
    scene.rows.update(some_reports(centre, people["staff"], ELEVEN))
    scene.rows.update(an_open_year(centre, people["staff"], ELEVEN))
    scene.rows["published figure"] = some_published(centre, people["staff"], ELEVEN)
    scene.rows.update(some_questionnaires(centre, ELEVEN.date()))
    _agenda(scene)
    some_nights()
    return scene


def _agenda(scene: Scene) -> None:
    centre, people, rows = scene.centre, scene.people, scene.rows
    rows.update(a_programme(centre, people, ELEVEN))
    rows.update(a_public_event(centre, ELEVEN))
    rows.update(some_comings(centre, ELEVEN))
    rows.update(some_classes(centre, people, ELEVEN))
    rows.update(some_kits(centre, ELEVEN))
    rows.update(some_days(centre, people, ELEVEN))


def _people(centre: Centre) -> dict[str, User]:
    every = [role for role in Role]
    people = {
        "staff": a_person(*every, centre=centre, name="Samira Vidal"),
        "guarded": a_person(Role.DIRECTOR, centre=centre, name="Paul Renard"),
        "new": a_person(Role.ADVISER, centre=centre, name="Ana Ribeiro"),
        "half": a_person(Role.ADVISER, centre=centre, name="Thomas Keller", email="half@example.org"),
        "nobody": a_person(name="Jo"),
        "plain": a_person(Role.PARTNERSHIP_MANAGER, centre=centre, name="Claire Dumont"),
    }
    people |= {
        name: a_person(Role.ADVISER, centre=centre, name=name) for name in ("calling", "talking", "idle")
    }
    for name in ("staff", "guarded", "half"):
        people[name].set_password(PASSWORD)
        people[name].save()
    people["new"].set_unusable_password()
    people["new"].save()
    for name in ("guarded", "half"):
        TOTP.activate(people[name], generate_totp_secret())
        RecoveryCodes.activate(people[name])
    Authenticator.objects.create(
        user=people["guarded"],
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "My phone", "credential": PASSKEY},
    )
    return people


def _morning(centre: Centre, people: dict[str, User]) -> dict[str, Ticket]:
    """A ticket in each state; three advisers, one of whom nobody waits for."""
    job, train, choose = (centre.themes.get(key=key) for key in ("job", "train", "choose"))
    desks = [centre_desk for centre_desk in _desks(centre)]
    start = ELEVEN - timedelta(hours=2)
    calling = a_seat([job], start, desk=desks[0], person=people["calling"], languages=["fr", "en"])
    talking = a_seat([train], start, desk=desks[1], person=people["talking"], languages=["fr", "en"])
    a_seat([choose], start, desk=desks[2], person=people["idle"], languages=["uk"])
    tickets = {"coded": a_ticket(train, start, arrival=Arrival.KIOSK)}
    _received(talking, tickets["coded"], start, 20)
    actions.record_act(
        centre=centre, key=uuid4(), coding=a_coding(centre), at=start, ticket=tickets["coded"], seat=talking
    )
    tickets["uncoded"] = a_ticket(train, start + timedelta(minutes=25), size=3)
    _received(talking, tickets["uncoded"], start + timedelta(minutes=30), 31)
    soon = ELEVEN - timedelta(minutes=30)
    tickets["interview"] = a_ticket(train, soon)
    actions.call_next(seat=talking, at=soon)
    actions.start_interview(seat=talking, ticket=tickets["interview"], at=soon)
    tickets["parked"] = a_ticket(job, soon)
    actions.ask_for_time(ticket=tickets["parked"], at=ELEVEN - timedelta(minutes=2))
    tickets["left"] = a_ticket(job, soon)
    actions.leave(ticket=tickets["left"], at=soon)
    tickets["called"] = a_ticket(job, soon)
    actions.call_next(seat=calling, at=ELEVEN - timedelta(minutes=1))
    actions.recall(seat=calling, ticket=tickets["called"], at=ELEVEN)
    waiting = [
        a_ticket(theme, ELEVEN - timedelta(minutes=20 - n), language=language, size=size)
        for n, (theme, language, size) in enumerate(
            [(job, "fr", 1), (job, "en", 2), (train, "fr", 1), (train, "ar", 1), (choose, "fr", 24)]
        )
    ]
    tickets |= {"waiting": waiting[0], "transferred": waiting[2]}
    return tickets


def _desks(centre: Centre):
    from parvis.centres.models import Desk  # noqa: PLC0415

    return Desk.objects.filter(space__site__centre=centre).order_by("pk")


def _received(seat, ticket: Ticket, at: datetime, minutes: int) -> None:
    actions.call_next(seat=seat, at=at)
    actions.start_interview(seat=seat, ticket=ticket, at=at)
    actions.finish_interview(seat=seat, ticket=ticket, at=at + timedelta(minutes=minutes))


def _day(scene: Scene) -> None:
    """Acts, passages, arrivals to come, an announcement; yesterday signed and corrected, the day before not signed."""
    centre, yesterday = scene.centre, ELEVEN - timedelta(days=1)
    lists = {name: list(centre.codes.filter(list=name, not_communicated=False)) for name in CodeList}
    codes = [lists[name][0] for name in (CodeList.NEED, CodeList.OUTCOME, CodeList.UNMET_NEED)]
    scene.acts["individual"] = an_act(centre, ELEVEN, codes=codes, note="Comes back about the CV", minutes=25)
    scene.acts["group"] = an_act(centre, ELEVEN, kind=Act.Kind.GROUP, size=24)
    scene.acts["non_contact"] = an_act(
        centre, ELEVEN, kind=Act.Kind.NON_CONTACT, themes=[], codes=[lists[CodeList.NON_CONTACT][0]]
    )
    an_act(centre, ELEVEN - timedelta(days=2), codes=codes)
    an_act(centre, yesterday, codes=codes)
    site = centre.sites.get()
    for hour in range(3):
        when = ELEVEN - timedelta(hours=hour)
        actions.count_passages(site=site, key=uuid4(), count=12 + hour, at=when, counted_at=when)
    day = actions.sign_day(
        centre=centre,
        day=yesterday.date(),
        door_count=9,
        reasons=[lists[CodeList.GAP][0]],
        remark="",
        by=scene.people["staff"],
        at=yesterday,
    )
    actions.correct_day(
        day=day, key=uuid4(), subject="acts", after=5, reason="On paper", by=scene.people["staff"], at=ELEVEN
    )
    an_act(centre, yesterday, codes=codes)
    theme = centre.themes.get(key="job")
    for kind, size in ((Expected.Kind.CLASS, 24), (Expected.Kind.APPOINTMENT, 1)):
        expected = {"centre": centre, "key": uuid4(), "kind": kind, "at": ELEVEN + timedelta(hours=1)}
        actions.expect(**expected, theme=theme, language="fr", size=size)
    actions.announce(
        centre=centre, key=uuid4(), at=ELEVEN, lasting=timedelta(hours=1), theme=theme, minutes=20
    )
    scene.rows |= {"announcement": Announcement.objects.get().pk, "yesterday": yesterday.date().isoformat()}


def _places(scene: Scene) -> None:
    """An exception to the hours, a closed code, a device that was stopped."""
    centre = scene.centre
    site = centre.sites.get()
    space = site.spaces.order_by("pk")[0]
    exception = OpeningException.objects.create(
        site=site, day=ELEVEN.date() + timedelta(days=30), reason=words("Team day", "Journée d’équipe")
    )
    scene.rows |= {
        "site": site.pk,
        "space": space.pk,
        "desk": _desks(centre)[0].pk,
        "exception": exception.day.isoformat(),
    }
    stopped = actions.add_device(site=site, kind=Device.Kind.BOARD, name="Old board")
    actions.revoke_device(device=stopped, at=ELEVEN)
    scene.devices["stopped"] = stopped


def _links(scene: Scene) -> None:
    """What comes by mail: invitations in each state, and a way to a new password."""
    staff, now = scene.people["staff"], timezone.now()

    def invited(email: str, key: str, place=scene.centre, roles=(Role.ADVISER,)) -> str:
        address = "/invitations/{}/".format
        issued = team.invite(
            place=place,
            email=email,
            roles=roles,
            language="en",
            by=staff,
            key=key.ljust(30, "k"),
            at=now,
            address=address,
        )
        scene.rows[f"invitation {key}"] = issued.invitation.pk
        return issued.link

    scene.links |= {
        "new colleague": invited("new@example.org", "new"),
        "known colleague": invited(scene.people["nobody"].email, "known"),
        "coordinator": invited(
            "far@example.org", "network", scene.centre.network, (Role.NETWORK_COORDINATOR,)
        ),
    }
    person = scene.people["staff"]
    token = default_token_generator.make_token(person)
    scene.links["new password"] = f"/account/password/reset/key/{int_to_base36(person.pk)}-{token}/"


def _past(scene: Scene) -> None:
    """A file at each step of the assistant."""
    centre, person = scene.centre, scene.people["staff"]
    done = brought_in(centre, samples.french_months(), "Fréquentation 2019.xlsx")
    past.save_model(past_import=done, name="Our monthly sheet", at=ELEVEN)
    scene.files = {
        "done": done,
        "read": sent(centre, samples.visits_cp1252(), "visites 2017.csv", person),
        "checked": checked(sent(centre, samples.two_headings(), "2018.xlsx", person)),
        "undone": worked(past.undo(past_import=brought_in(centre, samples.finnish_csv(), "2021.csv"))),
        "failed": sent(centre, b"\x00\x01\x02 not a sheet", "broken.xlsx", person),
    }
    reading = past.send_file(
        centre=centre, person=person, file_name="long.csv", chunks=[samples.long_utf16()], at=ELEVEN
    )
    scene.files["reading"] = reading
    stages = {name: file.stage for name, file in scene.files.items()}
    assert stages == {
        "done": Stage.DONE,
        "read": Stage.READ,
        "checked": Stage.CHECKED,
        "undone": Stage.UNDONE,
        "failed": Stage.FAILED,
        "reading": Stage.READING,
    }


def _after_an_outage(scene: Scene) -> None:
    """A kiosk's arrival that could not be taken; a file that can be fetched, and one that is being written."""
    kiosk, centre = scene.devices["kiosk"], scene.centre
    entry = {"key": str(uuid4()), "theme": 999_999, "language": "fr", "size": 2, "age": 900}
    address = reverse("reception:entries", kwargs={"token": kiosk.token})
    sent_late = {"entries": [], "problems": [entry], "lease": None}
    Client().post(address, json.dumps(sent_late), content_type="application/json")
    assert RefusedEntry.objects.filter(device=kiosk).count() == 1
    exported(centre, ELEVEN.date() - timedelta(days=1), ELEVEN.date(), ELEVEN)
    asked(centre, ELEVEN.date(), ELEVEN.date(), ELEVEN)


def _partnership(scene: Scene, partner: Relation) -> None:
    """An agreement with a file, somebody to call, another place, something given, and a prospect."""
    train = scene.centre.themes.get(key="train")
    agreement = an_agreement(
        partner, hours("20", "month", train), last_day=date(2026, 6, 30), renewal_months=12, notice_months=3
    )
    add_document(
        agreement=agreement,
        key=uuid4(),
        title="Signed convention",
        data=b"%PDF-1.7\n%%EOF\n",
        by=None,
        at=ELEVEN,
    )
    contact = keep_contact(
        relation=partner, said=Person("Ana Kowalska", "Head of studies", "ana@example.org")
    )
    place = keep_place(relation=partner, name="Workshops", address="2, quai du Port")
    given = a_contribution(partner, date(2026, 2, 12), 180, theme=train, words="Open day")
    prospect = a_prospect(scene.centre, "Musée des métiers", valid_from=date(2026, 2, 2))
    plan_next(relation=prospect, action="Send the charter", by_day=date(2026, 3, 1))
    scene.rows |= {
        "agreement": agreement.pk,
        "contact": contact.pk,
        "place": place.pk,
        "contribution": given.pk,
    }


def _institutions(scene: Scene) -> None:
    """A partner that somebody comes from, an outside body, and one that was closed."""
    centre, since = scene.centre, ELEVEN.date() - timedelta(days=30)
    partner = an_institution(centre, "École de la Loire", themes=[centre.themes.get(key="train")])
    an_institution(centre, "Maison de santé du Parvis", standing=Relation.Standing.OUTSIDE)
    an_institution(centre, "Club des jardiniers", valid_to=ELEVEN.date())
    belong(centre=centre, person=scene.people["calling"], to=partner.institution, on=since)
    scene.rows["institution"] = partner.pk
    _partnership(scene, partner)
    sending = Sending(
        to=partner.institution,
        theme=centre.themes.get(key="train"),
        kind=Redirection.Kind.WARM,
        agreed=True,
        note="Brings the form",
    )
    for ticket, at in ((scene.tickets["coded"], ELEVEN), (None, ELEVEN - timedelta(days=7))):
        redirect_visitor(
            centre=centre,
            key=uuid4(),
            sending=replace(sending, appointment_on=at.date(), due_on=at.date()),
            from_institution=partner.institution,
            at=at,
            ticket=ticket,
        )


def _emergency(scene: Scene) -> None:
    """The centre's own numbers, taken over from its country."""
    emergency.adopt_numbers(centre=scene.centre)
    scene.rows["emergency number"] = EmergencyNumber.objects.filter(centre=scene.centre)[0].pk


def _thread(scene: Scene) -> None:
    """Somebody came back: something of each kind was written, and a conversation goes on."""
    earlier = ELEVEN - timedelta(days=120)
    _opened, receipt = a_thread(scene.centre, earlier)
    talk = a_conversation(receipt, scene.centre, scene.people["calling"], earlier)
    for kind in WRITTEN:
        a_line(talk, f"Something to read about {kind.value}", earlier, kind)
    step = {"text": "Ask for the leaflet", "who": "you", "due": "2026-04-01", "where": "Blue room"}
    for said in (step, step | {"text": "Come back in spring", "done": True}):
        threads.write_entry(opened=talk, key=uuid4(), kind=Kind.STEP, said=said, at=earlier)
    if talk.grant:
        threads.end_conversations(grants=[talk.grant], at=earlier)
    talk = a_conversation(receipt, scene.centre, scene.people["talking"], ELEVEN)
    threads.mark_trainee(grant=talk.grant, listens=True)
    scene.rows["conversation"] = str(talk.grant.key)
    scene.links["code"] = receipt.letters()


def _needs(scene: Scene) -> None:
    """Needs that the team noted, one taken back; a proposal that is overdue and one that is done."""
    centre, staff = scene.centre, scene.people["staff"]
    job = centre.themes.get(key="job")
    code = centre.codes.filter(list=CodeList.UNMET_NEED, not_communicated=False).order_by("position")[0]
    noted = [
        needs.note_need(centre=centre, key=uuid4(), noted=needs.Noted(text, job, 4, ELEVEN.date()), at=ELEVEN)
        for text in ("Nothing in the evening for people who work by day", "A quiet room for video interviews")
    ]
    needs.withdraw_need(need=noted[1], at=ELEVEN)
    scene.rows |= {"need": noted[0].pk, "need taken back": noted[1].pk}
    for name, wanted in {
        "overdue": needs.Wanted(
            "An evening workshop a month", "workshop", [job], due=date(2026, 2, 1), needs=noted, codes=[code]
        ),
        "done": needs.Wanted("A partner for childcare", "partner", [job], owner=staff),
    }.items():
        made = needs.make_proposal(centre=centre, key=uuid4(), wanted=wanted, by=staff, at=ELEVEN)
        needs.add_remark(proposal=made, key=uuid4(), text="Two partners would join.", by=staff, at=ELEVEN)
        scene.rows[f"proposal {name}"] = made.pk
    for version, state in enumerate((P.AGREED, P.UNDER_WAY, P.DONE), 1):
        said = "They come on Wednesdays." if state == P.DONE else ""
        moved = {"to": state, "version": version, "by": staff, "at": ELEVEN, "outcome": said}
        needs.move_proposal(proposal=made, key=uuid4(), **moved)


def in_state(scene: Scene) -> None:
    """The tickets are in the states that the pages are about."""
    for name, state in {
        "waiting": State.WAITING,
        "called": State.CALLED,
        "interview": State.INTERVIEW,
        "parked": State.PARKED,
        "left": State.LEFT,
        "coded": State.DONE,
    }.items():
        scene.tickets[name].refresh_from_db()
        assert scene.tickets[name].state == state, name
