"""Mails about days of agreements: once for each agreement and step, to whoever looks after partners."""

import smtplib
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from parvis.accounts.roles import Role
from parvis.centres.factories import a_centre, a_person
from parvis.partners import actions
from parvis.partners.actions.reminders import remind
from parvis.partners.factories import an_agreement, an_institution, step
from parvis.partners.models import Reminder, Stage
from parvis.shared import nightly

pytestmark = pytest.mark.django_db
END = date(2026, 12, 31)


def night(before):
    return datetime.combine(END - timedelta(days=before), time(2), UTC)


@pytest.fixture
def centre():
    return a_centre()


@pytest.fixture
def manager(centre):
    return a_person(Role.PARTNERSHIP_MANAGER, centre=centre, language="fr")


def sent(nights):
    found = []
    for before in nights:
        remind(at=night(before))
        found += [(before, message.to[0], message.subject) for message in mail.outbox]
        mail.outbox.clear()
    return found


def test_an_end_is_told_ninety_and_thirty_days_before_and_the_day_after(centre, manager):
    an_agreement(an_institution(centre, "École"), last_day=END)
    found = sent(range(100, -20, -1))
    assert [(before, to) for before, to, _subject in found] == [
        (90, manager.email),
        (30, manager.email),
        (-1, manager.email),
    ]
    assert found[0][2] == "École\u00a0: la convention finit le 31 décembre 2026"


def test_the_last_day_for_notice_is_told_thirty_and_seven_days_before_in_each_term(centre, manager):
    an_agreement(an_institution(centre, "School"), last_day=END, renewal_months=12, notice_months=3)
    notice = date(2026, 9, 30)
    ahead = (END - notice).days
    assert [before - ahead for before, _to, _s in sent([*range(ahead + 40, -40, -1)])] == [30, 7]
    assert Reminder.objects.count() == 2
    assert [before for before, _to, _s in sent(range(ahead + 30 - 365, ahead - 365, -1))] == [
        ahead + 30 - 365,
        ahead + 7 - 365,
    ]


def test_nobody_is_told_of_what_was_replaced_noticed_ended_or_invented(centre, manager):
    school = an_institution(centre, "School")
    first = an_agreement(school, last_day=END)
    an_agreement(school, replaces=first, starts_on=END)
    ended = an_institution(centre, "Ended")
    an_agreement(ended, last_day=END)
    step(ended, Stage.ENDED, date(2026, 1, 1))
    shown = a_centre(is_demonstration=True)
    a_person(Role.PARTNERSHIP_MANAGER, centre=shown)
    an_agreement(an_institution(shown, "Shown"), last_day=END)
    assert sent(range(100, -20, -1)) == []
    actions.withdraw_agreement(
        agreement=an_agreement(an_institution(centre, "Slip"), last_day=END), why="-", by=None, at=night(99)
    )
    assert sent([90]) == []


def test_a_late_agreement_is_told_once_and_directors_stand_in(centre):
    director = a_person(Role.DIRECTOR, centre=centre)
    an_agreement(an_institution(centre, "School"), last_day=END)
    assert [(before, to) for before, to, _s in sent([20, 20, 19])] == [(20, director.email)]


def test_without_anybody_to_tell_the_next_one_is_told(centre):
    an_agreement(an_institution(centre, "School"), last_day=END)
    assert sent([90]) == []
    manager = a_person(Role.PARTNERSHIP_MANAGER, centre=centre)
    assert [to for _before, to, _s in sent([89])] == [manager.email]


class Refusing(EmailBackend):
    """A server that takes nothing."""

    def send_messages(self, messages):
        raise smtplib.SMTPException


def test_a_mail_that_no_server_took_is_tried_again_the_next_night(centre, manager, settings):
    an_agreement(an_institution(centre, "School"), last_day=END)
    usual = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    assert (sent([90]), Reminder.objects.count()) == ([], 0)
    settings.EMAIL_BACKEND = usual
    assert [before for before, _to, _s in sent([89, 88])] == [89]


def test_it_is_an_errand_of_the_night(centre, manager):
    an_agreement(an_institution(centre, "School"), last_day=END)
    assert nightly.run_errands(at=night(90))["reminders of agreements"] == 1
