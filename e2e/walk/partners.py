"""A partner with its agreement, an outside body, one that was closed, a prospect; visitors who were sent on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from parvis.guidance.actions.redirections import Sending, redirect_visitor
from parvis.guidance.models import Redirection
from parvis.partners.actions import belong, plan_next
from parvis.partners.actions.contacts import Person, keep_contact, keep_place
from parvis.partners.actions.documents import add_document
from parvis.partners.factories import a_contribution, a_prospect, an_agreement, an_institution, hours
from parvis.partners.models import Relation

if TYPE_CHECKING:
    from e2e.walk.scene import Scene


def _partnership(scene: Scene, partner: Relation, now: datetime) -> None:
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
        at=now,
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


def some_institutions(scene: Scene, now: datetime) -> None:
    """A partner that somebody comes from, an outside body, and one that was closed."""
    centre, since = scene.centre, now.date() - timedelta(days=30)
    partner = an_institution(centre, "École de la Loire", themes=[centre.themes.get(key="train")])
    an_institution(centre, "Maison de santé du Parvis", standing=Relation.Standing.OUTSIDE)
    an_institution(centre, "Club des jardiniers", valid_to=now.date())
    belong(centre=centre, person=scene.people["calling"], to=partner.institution, on=since)
    scene.rows["institution"] = partner.pk
    _partnership(scene, partner, now)
    sending = Sending(
        to=partner.institution,
        theme=centre.themes.get(key="train"),
        kind=Redirection.Kind.WARM,
        agreed=True,
        note="Brings the form",
    )
    for ticket, at in ((scene.tickets["coded"], now), (None, now - timedelta(days=7))):
        redirect_visitor(
            centre=centre,
            key=uuid4(),
            sending=replace(sending, appointment_on=at.date(), due_on=at.date()),
            from_institution=partner.institution,
            at=at,
            ticket=ticket,
        )
