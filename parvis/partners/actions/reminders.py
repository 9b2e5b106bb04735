"""Mails about days of agreements that come near: to the partnership managers, once for each agreement and step."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from parvis.accounts import mail
from parvis.accounts.models import User
from parvis.accounts.roles import Role
from parvis.centres.models import Centre
from parvis.partners.models import Reminder
from parvis.partners.queries.matters import DueMail, due_mails
from parvis.shared.address import linked

TEMPLATE = "partners/mail/agreement.txt"


def remind(*, at: datetime) -> int:
    """Tell whoever looks after partners what comes near; returns how many reminders went out.

    The row comes first: a worker that is killed sends none twice, and the page of what needs a decision has it anyway.
    Where no server takes the mail, the row goes, and the next night tries again. Invented centres write to nobody.
    """
    centres = Centre.objects.filter(is_demonstration=False, relations__agreements__isnull=False).distinct()
    return sum(_remind(centre, at) for centre in centres.order_by("pk"))


def _remind(centre: Centre, at: datetime) -> int:
    day = centre.local_day(at)
    people = _people(centre)
    return sum(_send(centre, due, people, at) for due in due_mails(centre, day)) if people else 0


def _people(centre: Centre) -> list[User]:
    """The partnership managers; the directors where there is none."""
    for role in (Role.PARTNERSHIP_MANAGER, Role.DIRECTOR):
        found = User.objects.filter(is_active=True, assignments__centre=centre, assignments__role=role)
        if people := list(found.distinct().order_by("pk")):
            return people
    return []


def _send(centre: Centre, due: DueMail, people: list[User], at: datetime) -> bool:
    with transaction.atomic():
        row, is_new = Reminder.objects.get_or_create(
            agreement=due.agreement,
            kind=due.kind,
            days_before=due.days_before,
            about=due.about,
            defaults={"sent_at": at},
        )
    if not is_new:
        return False
    context = {
        "centre": centre,
        "due": due,
        "institution": due.agreement.relation.institution.name,
        "link": linked(reverse("partners:agreement", args=[centre.slug, due.agreement.pk])),
    }
    left = [mail.send(TEMPLATE, to=one.email, language=one.language, context=context) for one in people]
    if not any(left) and mail.goes_out():
        row.delete()
        return False
    return True
