"""Many at once: one page is one redirection, each reference is its own, one name is one institution."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from parvis.centres.factories import a_centre, a_network, a_theme
from parvis.guidance.actions.redirections import Sending, follow_up, redirect_visitor
from parvis.guidance.models import FollowUp, Redirection
from parvis.partners.factories import an_institution
from parvis.partners.models import Institution, Relation
from parvis.reception.tests.test_race_reception import at_once

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def test_the_same_page_by_eight_clients_is_one_and_the_others_get_their_own_reference():
    centre, now = a_centre(), timezone.now()
    due = centre.local_day(now) + timedelta(days=3)
    to = an_institution(centre, "School").institution
    warm = {"kind": Redirection.Kind.WARM, "agreed": True, "due_on": due}
    sending, same = Sending(to=to, theme=a_theme(centre), **warm), uuid4()

    def send(key):
        found = redirect_visitor(centre=centre, key=key, sending=sending, from_institution=None, at=now)
        follow_up(redirection=found, outcome=FollowUp.MET, at=now)
        return found.pk

    found = at_once(send, [same] * 8 + [uuid4() for _n in range(8)], threads=8)
    assert len(set(found)) == Redirection.objects.count() == 9
    assert len(set(Redirection.objects.values_list("reference", flat=True))) == 9
    assert set(Redirection.objects.values_list("follow_up", flat=True)) == {FollowUp.MET}


def test_eight_centres_that_add_one_name_mean_one_institution():
    network = a_network()
    centres = [a_centre(network=network) for _n in range(8)]
    at_once(lambda centre: an_institution(centre, "House of Work").pk, centres, threads=8)
    assert (Institution.objects.count(), Relation.objects.count()) == (1, 8)
