"""What the demonstration's network shows: one dashboard there, one late and reminded, and figures that contradict."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core import mail
from django.urls import reverse

from parvis.accounts.models import User
from parvis.demonstration.demonstrate import demonstrate
from parvis.statistics.actions.network.asking import remind_now
from parvis.statistics.models import Reminder
from parvis.statistics.queries.network.present import State

pytestmark = pytest.mark.django_db
TUESDAY_NOON = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)


def test_the_coordinator_sees_who_is_late_and_what_contradicts(client):
    demonstrate(at=TUESDAY_NOON, language="fr", days=9, seed="seven", password="lake-lantern-heron-12")
    client.force_login(User.objects.get(email="coordinator@rivemont.example"))
    page = client.get(reverse("statistics:network_centres", args=["reseau-de-demonstration"]))
    cite, ohjaamo = (line for line, _said in page.context["lines"])
    assert cite.dashboard.is_there
    assert (ohjaamo.state, len(ohjaamo.reminders)) == (State.LATE, 1)
    assert remind_now(Reminder.objects.get().pk, TUESDAY_NOON) == 0
    assert mail.outbox == []  # invented people get no mail
    published = client.get(reverse("statistics:statements", args=["reseau-de-demonstration"]))
    assert [group.contradict for group, _here in published.context["groups"]].count(True) == 1
    for name in ("network_together", "network_spread"):
        assert client.get(reverse(f"statistics:{name}", args=["reseau-de-demonstration"])).status_code == 200
