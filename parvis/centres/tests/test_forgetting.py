"""What centres forget about people: invitations that ended, accounts without a role."""

from datetime import UTC, datetime, timedelta

import pytest

from parvis.accounts.models import User
from parvis.accounts.roles import Role
from parvis.centres.actions import forgetting, team
from parvis.centres.factories import a_centre, a_person
from parvis.centres.models import Invitation

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 1, 2, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def invited(email, at):
    return team.invite(
        place=a_centre(),
        email=email,
        roles=[Role.ADVISER],
        language="en",
        by=None,
        key=email.ljust(30),
        at=at,
        address=str,
    ).invitation


@pytest.mark.parametrize(("too_old", "kept"), [(timedelta(0), True), (SECOND, False)])
def test_invitations_are_kept_for_30_days_after_they_ended(too_old, kept):
    ended = AT - timedelta(days=30) - too_old
    invited("expired@example.org", ended - team.LIFETIME)
    for email in ("accepted@example.org", "withdrawn@example.org"):
        started = invited(email, ended - timedelta(days=1))
        Invitation.objects.filter(pk=started.pk).update(**{f"{email.split('@')[0]}_at": ended})
    assert forgetting.forget_invitations(at=AT) == (0 if kept else 3)
    assert Invitation.objects.count() == (3 if kept else 0)


def test_an_open_invitation_stays():
    invited("open@example.org", AT - timedelta(days=1))
    assert forgetting.forget_invitations(at=AT) == 0


@pytest.mark.parametrize(("too_old", "kept"), [(timedelta(0), True), (SECOND, False)])
def test_an_account_without_a_role_is_kept_for_90_days_after_its_last_sign_in(too_old, kept):
    long_ago = AT - timedelta(days=900)
    person = a_person(date_joined=long_ago, last_login=AT - timedelta(days=90) - too_old)
    assert forgetting.forget_former_colleagues(at=AT) == (0 if kept else 1)
    assert User.objects.filter(pk=person.pk).exists() is kept


def test_somebody_with_a_role_somewhere_and_whoever_set_parvis_up_stay():
    long_ago = AT - timedelta(days=900)
    centre = a_centre()
    a_person(Role.ADVISER, centre=centre, date_joined=long_ago)
    a_person(Role.NETWORK_COORDINATOR, centre=centre, date_joined=long_ago)
    a_person(is_superuser=True, date_joined=long_ago)
    assert forgetting.forget_former_colleagues(at=AT) == 0


def test_an_account_that_was_never_signed_in_to_counts_from_its_beginning():
    a_person(date_joined=AT - timedelta(days=91))
    a_person(date_joined=AT - timedelta(days=89))
    assert forgetting.forget_former_colleagues(at=AT) == 1
