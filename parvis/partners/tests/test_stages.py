"""The way of a partnership: which steps are allowed, what each does, and that nothing else ever happens."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.management import call_command
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from parvis.accounts.roles import Role
from parvis.centres.factories import LONG_AGO, a_centre, a_person
from parvis.partners import actions
from parvis.partners.factories import a_prospect, an_agreement, an_institution, hours
from parvis.partners.models import ALLOWED, PARTNERS, Belonging, Relation, Stage, Step
from parvis.partners.queries.pledges import pledged_minutes

DAY = date(2026, 3, 3)


def at(day):
    return datetime.combine(day, time(10), UTC)


def take(relation, stage, since=DAY, today=DAY, reason=""):
    return actions.take_step(
        relation=relation, stage=stage, since=since, reason=reason, by=None, at=at(today)
    )


def told(relation):
    return list(relation.steps.values_list("stage", "since"))


@pytest.fixture
def centre(db):
    return a_centre()


def test_a_prospect_becomes_a_partner(centre):
    relation = a_prospect(centre, "School")
    assert (relation.standing, relation.stage) == ("outside", "prospect")
    take(relation, Stage.NEGOTIATING)
    take(relation, Stage.ACTIVE)
    relation.refresh_from_db()
    assert (relation.standing, relation.stage) == ("partner", "active")
    assert told(relation) == [("prospect", LONG_AGO), ("negotiating", DAY), ("active", DAY)]


def test_whoever_was_lent_is_so_until_the_partnership_ends(centre):
    relation = an_institution(centre, "School")
    person = a_person(Role.ADVISER, centre=centre)
    actions.belong(centre=centre, person=person, to=relation.institution, on=LONG_AGO)
    take(relation, Stage.SUSPENDED, DAY - timedelta(days=9))
    assert Belonging.objects.get().valid_to is None
    take(relation, Stage.ENDED)
    relation.refresh_from_db()
    assert (Belonging.objects.get().valid_to, relation.standing) == (DAY, "outside")


def test_a_step_that_leads_nowhere_is_refused(centre):
    relation = a_prospect(centre, "School")
    with pytest.raises(actions.NotFromHere):
        take(relation, Stage.SUSPENDED)
    with pytest.raises(actions.NotYetThere):
        take(relation, Stage.ACTIVE, DAY + timedelta(days=1))
    take(relation, Stage.ACTIVE)
    with pytest.raises(actions.NotBeforeTheLast):
        take(relation, Stage.ENDED, DAY - timedelta(days=1))


def test_sent_twice_a_step_is_taken_once(centre):
    relation = an_institution(centre, "School")
    take(relation, Stage.SUSPENDED, reason="No staff")
    take(relation, Stage.SUSPENDED, reason="No staff")
    assert told(relation) == [("active", LONG_AGO), ("suspended", DAY)]


def test_a_closed_partner_comes_back(centre):
    relation = an_institution(centre, "School", valid_to=DAY)
    assert relation.stage_on(DAY) == Stage.ENDED
    take(relation, Stage.NEGOTIATING)
    relation.refresh_from_db()
    assert (relation.valid_to, relation.standing, relation.stage) == (None, "outside", "negotiating")


def test_the_form_of_an_institution_steps_too(centre):
    relation = an_institution(centre, "Clinic", standing="outside")
    said = {"name": "Clinic", "kind": "health", "valid_from": LONG_AGO}
    partner = actions.Described(**said, standing=Relation.Standing.PARTNER)
    actions.change_institution(relation=relation, said=partner, at=at(DAY))
    outside = actions.Described(**said, standing=Relation.Standing.OUTSIDE)
    actions.change_institution(relation=relation, said=outside, at=at(DAY))
    relation.refresh_from_db()
    assert (relation.stage, told(relation)) == ("ended", [("active", DAY), ("ended", DAY)])


class Partnership(RuleBasedStateMachine):
    """Somebody tries any step on any day: what is allowed happens, what is not changes nothing."""

    @initialize()
    def begin(self):
        self.today = DAY
        self.relation = a_prospect(a_centre(), "School", valid_from=DAY - timedelta(days=40))
        self.steps = [(Stage.PROSPECT, DAY - timedelta(days=40))]
        an_agreement(self.relation, hours("31", "month"), starts_on=DAY - timedelta(days=40))

    @rule(days=st.integers(1, 20))
    def time_passes(self, days):
        self.today += timedelta(days=days)

    @rule(stage=st.sampled_from([one for one in Stage if one]), back=st.integers(-2, 30))
    def somebody_tries(self, stage, back):
        since, (now, last) = self.today - timedelta(days=back), self.steps[-1]
        allowed = stage in ALLOWED[now] and last <= since <= self.today
        try:
            take(self.relation, stage, since, self.today, reason=str(len(self.steps)))
        except (actions.NotFromHere, actions.NotBeforeTheLast, actions.NotYetThere):
            assert not allowed
        else:
            assert allowed
            self.steps.append((stage, since))

    @invariant()
    def the_row_and_its_history_agree(self):
        if not hasattr(self, "relation"):
            return
        self.relation.refresh_from_db()
        assert told(self.relation) == self.steps
        assert self.relation.stage == self.steps[-1][0]
        assert (self.relation.standing == "partner") == (self.relation.stage in PARTNERS)

    @invariant()
    def only_days_without_a_rest_are_pledged(self):
        if not hasattr(self, "relation"):
            return
        cells = pledged_minutes(self.relation.centre, self.today, self.today)
        on_the_day = [stage for stage, since in self.steps if since <= self.today][-1]
        assert bool(cells) == (on_the_day not in (Stage.SUSPENDED, Stage.ENDED))


class PartnershipTest(TestCase, Partnership.TestCase):
    settings = settings(max_examples=15, stateful_step_count=12, deadline=None)


@pytest.mark.once  # back over all migrations since, and here again
@pytest.mark.django_db(transaction=True)
def test_partners_of_before_are_active_since_their_first_day():
    centre = a_centre()
    partner = an_institution(centre, "School")
    an_institution(centre, "Clinic", standing="outside")
    call_command("migrate", "partners", "0002_agreements", verbosity=0, interactive=False)
    Step.objects.all().delete()
    call_command("migrate", verbosity=0, interactive=False)
    found = Relation.objects.order_by("institution__name").values_list("stage", flat=True)
    assert list(found) == ["", "active"]
    assert list(Step.objects.values_list("relation", "stage", "since", "at")) == [
        (partner.pk, "active", LONG_AGO, None)
    ]


def test_the_table_of_steps_names_each_stage():
    assert set(ALLOWED) == set(Stage)
