"""Eight colleagues in one meeting: one change stands and the others are told, nothing is gathered or taken twice."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection

from parvis.accounts.roles import Role
from parvis.centres.factories import a_person
from parvis.guidance.actions import needs as actions
from parvis.guidance.models import Need, Proposal, ProposalState, ProposalStep

from .house import AT, TODAY, a_house, noted, proposed

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
EIGHT = range(8)


def at_once(work):
    """``work(n)`` for each of eight, in a thread of its own; what it returns or raises."""

    def one(n):
        try:
            return work(n)
        except actions.NeedsError as refused:
            return type(refused)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(EIGHT)) as pool:
        return list(pool.map(one, EIGHT))


def test_one_of_eight_changes_stands_and_seven_are_told():
    house = a_house()
    made = proposed(house)

    def change(n):
        wanted = actions.Wanted(title=f"Title {n}", kind="workshop", themes=[house.training])
        return actions.change_proposal(proposal=made, wanted=wanted, version=1).title

    results = at_once(change)
    assert results.count(actions.ChangedMeanwhile) == 7
    made.refresh_from_db()
    assert (made.title in results, made.version) == (True, 2)


def test_one_of_eight_takes_it_on():
    house = a_house()
    made, people = proposed(house), [a_person(Role.ADVISER, centre=house.centre) for _n in EIGHT]
    results = at_once(lambda n: actions.take_on(proposal=made, by=people[n]).owner)
    assert results.count(actions.AlreadyTaken) == 7
    made.refresh_from_db()
    assert made.owner in results


def test_what_eight_gather_is_all_there():
    house = a_house()
    made, needs = proposed(house), [noted(house, f"Need {n}") for n in EIGHT]
    at_once(lambda n: actions.gather(proposal=made, needs=[needs[n]]).pk)
    made.refresh_from_db()
    assert ({*made.needs.all()}, made.version) == ({*needs}, 9)


def test_the_same_page_sent_eight_times_is_one_need_one_proposal_and_one_step():
    house, key = a_house(), uuid4()
    entry = actions.Noted("Nothing in the evening", house.training, 2, TODAY)
    wanted = actions.Wanted(title="An evening", kind="workshop", themes=[house.training])

    def send(_n):
        actions.note_need(centre=house.centre, key=key, noted=entry, at=AT)
        made = actions.make_proposal(centre=house.centre, key=key, wanted=wanted, by=house.adviser, at=AT)
        step = {"to": ProposalState.AGREED, "version": 1, "by": house.adviser, "at": AT}
        return actions.move_proposal(proposal=made, key=key, **step).state

    assert at_once(send) == ["agreed"] * 8
    assert (Need.objects.count(), Proposal.objects.count(), ProposalStep.objects.count()) == (1, 1, 2)
