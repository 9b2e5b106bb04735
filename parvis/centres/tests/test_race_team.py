"""Two tabs, two directors: a link is used once, and somebody is always left who can invite."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from parvis.accounts.models import User
from parvis.accounts.roles import Role
from parvis.centres.actions import team
from parvis.centres.factories import a_centre, a_person
from parvis.centres.models import Assignment, Invitation

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
REFUSALS = (team.AccountExists, team.AlreadyInvited, team.InvitationClosed, team.LastManager)


def at_once(work, jobs):
    """``work(job)`` for every job in a thread of its own; what it returns or raises."""

    def one(job):
        try:
            return work(job)
        except REFUSALS as refused:
            return type(refused)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(one, jobs))


def invited(centre, key="a key that the page made, once", by=None):
    return team.invite(
        place=centre,
        email="new@example.org",
        roles=[Role.ADVISER],
        language="en",
        by=by,
        key=key,
        at=timezone.now(),
        address=str,
    )


def test_eight_tabs_of_one_invitation_make_one_account():
    centre = a_centre()
    invitation, now = invited(centre).invitation, timezone.now()

    def join(n):
        return team.join(
            invitation=invitation, name=f"Jo {n}", password="a wide open square", language="en", at=now
        )

    results = at_once(join, list(range(8)))

    assert [type(result) for result in results if isinstance(result, User)] == [User]
    assert {result for result in results if not isinstance(result, User)} <= {
        team.AccountExists,
        team.InvitationClosed,
    }
    assert User.objects.filter(email="new@example.org").count() == Assignment.objects.count() == 1


def test_two_people_with_the_same_link_do_not_both_come_in():
    centre = a_centre()
    invitation, people, now = invited(centre).invitation, [a_person() for _ in range(8)], timezone.now()
    results = at_once(lambda one: team.accept_invitation(invitation=invitation, person=one, at=now), people)
    assert sorted(map(str, results)) == sorted([str(centre), *[str(team.InvitationClosed)] * 7])
    assert Assignment.objects.count() == 1


def test_two_directors_who_remove_each_other_leave_one():
    centre = a_centre()
    directors = [a_person(Role.DIRECTOR, centre=centre) for _ in range(4)]
    results = at_once(
        lambda one: team.remove_from_team(place=centre, person=one, at=timezone.now()), directors
    )
    assert results.count(team.LastManager) == 1
    assert Assignment.objects.count() == 1


def test_the_same_page_sent_eight_times_at_once_invites_once():
    centre = a_centre()
    links = at_once(lambda _: invited(centre).link, list(range(8)))
    assert len(set(links)) == 1
    assert Invitation.objects.count() == 1


def test_two_pages_for_the_same_address_invite_once():
    centre = a_centre()
    results = at_once(lambda n: invited(centre, key=f"a key that page {n} made").invitation, list(range(6)))
    assert results.count(team.AlreadyInvited) == 5
    assert Invitation.objects.count() == 1
