"""Proposals: made once, changed by one of two, moved with a history, handed on when somebody leaves."""

from datetime import timedelta
from uuid import uuid4

import pytest

from parvis.accounts.roles import Role
from parvis.centres.actions import team
from parvis.centres.factories import a_person
from parvis.guidance.actions import needs as actions
from parvis.guidance.models import Proposal, ProposalState, ProposalStep, Remark

from .house import AT, TODAY, a_house, moved, noted, proposed

pytestmark = pytest.mark.django_db
S = ProposalState


@pytest.fixture
def house():
    return a_house()


def wanted(house, **fields):
    return actions.Wanted(**{"title": "A workshop", "kind": "workshop", "themes": [house.training], **fields})


def test_a_proposal_gathers_needs_and_begins_as_an_idea(house):
    need, key = noted(house), uuid4()
    for _twice in range(2):
        made = actions.make_proposal(
            centre=house.centre,
            key=key,
            wanted=wanted(house, needs=[need], codes=[house.funding]),
            by=house.adviser,
            at=AT,
        )
    assert Proposal.objects.get() == made
    assert (list(made.needs.all()), list(made.codes.all())) == ([need], [house.funding])
    assert [(step.state, step.by) for step in made.steps.all()] == [(S.IDEA, house.adviser)]


def test_nothing_of_another_centre_and_no_other_list_is_gathered(house):
    other, made = a_house(), proposed(house)
    need_code = house.centre.codes.filter(list="need")[0]
    for wrong in ({"themes": [other.jobs]}, {"needs": [noted(other)]}, {"codes": [other.funding]}):
        with pytest.raises(actions.NotOfThisCentre):
            actions.change_proposal(proposal=made, wanted=wanted(house, **wrong), version=1)
    with pytest.raises(actions.NotOfThisCentre):
        actions.gather(proposal=made, codes=[need_code])


def test_the_one_to_ask_works_here_and_may_propose(house):
    for person in (house.stranger, house.administrator):
        with pytest.raises(actions.NotInTheTeam):
            actions.make_proposal(
                centre=house.centre, key=uuid4(), wanted=wanted(house, owner=person), by=house.adviser, at=AT
            )


def test_the_second_of_two_who_change_it_is_told_and_a_retry_is_not(house):
    made = proposed(house)
    theirs = wanted(house, title="Theirs")
    actions.change_proposal(proposal=made, wanted=theirs, version=1)
    assert actions.change_proposal(proposal=made, wanted=theirs, version=1).version == 2
    with pytest.raises(actions.ChangedMeanwhile):
        actions.change_proposal(proposal=made, wanted=wanted(house, title="Mine"), version=1)
    assert Proposal.objects.get().title == "Theirs"


def test_gathering_adds_and_a_retry_changes_nothing(house):
    need, made = noted(house), proposed(house, codes=[])
    for _twice in range(2):
        actions.gather(proposal=made, needs=[need], codes=[house.transport])
    made.refresh_from_db()
    assert (list(made.needs.all()), list(made.codes.all()), made.version) == ([need], [house.transport], 2)


def test_a_need_that_was_taken_back_stays_gathered_for_when_it_is_put_back(house):
    need = noted(house)
    made = proposed(house, needs=[need])
    actions.withdraw_need(need=need, at=AT)
    actions.change_proposal(proposal=made, wanted=wanted(house, title="Changed"), version=1)
    actions.restore_need(need=need)
    assert list(made.needs.kept()) == [need]


def test_from_an_idea_to_its_outcome_with_who_said_so_and_when(house):
    made = moved(house, proposed(house), S.AGREED, S.UNDER_WAY, S.DONE, outcome="Every first Tuesday.")
    assert (made.state, made.outcome, made.is_over) == (S.DONE, "Every first Tuesday.", True)
    steps = [(step.state, step.by, step.words) for step in made.steps.all()]
    assert steps == [
        (S.IDEA, house.adviser, ""),
        (S.AGREED, house.director, ""),
        (S.UNDER_WAY, house.director, ""),
        (S.DONE, house.director, "Every first Tuesday."),
    ]
    assert moved(house, made, S.UNDER_WAY).outcome == "Every first Tuesday."


def test_every_way_has_a_way_back():
    assert all(
        state in actions.WAYS[to] or state.is_over or to.is_over for state in S for to in actions.WAYS[state]
    )
    assert all(actions.WAYS[state] for state in S)
    assert all(set(actions.WAYS[S.DROPPED]) >= {one} for one in S if S.DROPPED in actions.WAYS[one])


def test_what_is_over_says_what_came_of_it(house):
    made = proposed(house)
    with pytest.raises(actions.NoOutcome):
        moved(house, made, S.DROPPED, outcome="")
    made = moved(house, made, S.DROPPED, outcome="Nobody came.")
    with pytest.raises(actions.NoOutcome):
        actions.change_proposal(proposal=made, wanted=wanted(house, outcome=""), version=made.version)


def test_a_step_is_taken_once_and_only_from_where_it_leads(house):
    made, key = proposed(house), uuid4()
    step = {"proposal": made, "to": S.AGREED, "version": 1, "by": house.adviser, "at": AT}
    for _twice in range(2):
        assert actions.move_proposal(key=key, **step).state == S.AGREED
    assert ProposalStep.objects.count() == 2
    with pytest.raises(actions.NotReachable):  # a colleague was quicker
        actions.move_proposal(key=uuid4(), **step)
    with pytest.raises(actions.ChangedMeanwhile):
        actions.move_proposal(key=uuid4(), **step | {"to": S.UNDER_WAY})


def test_one_of_two_takes_it_on(house):
    made = proposed(house)
    for _twice in range(2):
        assert actions.take_on(proposal=made, by=house.adviser).owner == house.adviser
    with pytest.raises(actions.AlreadyTaken):
        actions.take_on(proposal=made, by=house.director)


def test_who_leaves_the_team_is_no_longer_asked_and_the_proposal_stays(house):
    made = proposed(house, owner=house.adviser)
    team.change_roles(
        place=house.centre, person=house.adviser, roles=[Role.RECEPTIONIST], by=house.director, at=AT
    )
    made.refresh_from_db()
    assert made.owner == house.adviser, "a receptionist may still propose"
    team.remove_from_team(place=house.centre, person=house.adviser, at=AT)
    made.refresh_from_db()
    assert (made.owner, made.state, made.version) == (None, S.IDEA, 2)
    assert made.steps.get().by == house.adviser


def test_a_colleague_of_two_centres_is_still_asked_in_the_other(house):
    other = a_house()
    both = a_person(Role.ADVISER, centre=house.centre)
    both.assignments.create(role=Role.ADVISER, centre=other.centre)
    here, there = proposed(house, owner=both), proposed(other, owner=both)
    team.remove_from_team(place=house.centre, person=both, at=AT)
    here.refresh_from_db()
    there.refresh_from_db()
    assert (here.owner, there.owner) == (None, both)


def test_it_is_overdue_from_the_day_after_until_it_is_over(house):
    made = proposed(house, due=TODAY)
    assert [made.is_overdue_on(TODAY + timedelta(days=n)) for n in (0, 1)] == [False, True]
    made = moved(house, made, S.DROPPED)
    assert not made.is_overdue_on(TODAY + timedelta(days=1))


def test_a_remark_is_said_once_and_deleted_for_good(house):
    made, key = proposed(house), uuid4()
    for _twice in range(2):
        remark = actions.add_remark(proposal=made, key=key, text="Yes", by=house.adviser, at=AT)
    assert Remark.objects.get() == remark
    with pytest.raises(actions.NotOfThisCentre):
        actions.add_remark(proposal=proposed(house), key=key, text="Yes", by=house.adviser, at=AT)
    for _twice in range(2):
        actions.take_back_remark(proposal=made, remark_pk=remark.pk)
    assert not Remark.objects.exists()
