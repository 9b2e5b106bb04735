"""What is in the database in the end, as JSON: each ticket with its number, state and periods."""

from __future__ import annotations

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parvis.config.settings")
django.setup()

from parvis.reception.models import Day, Ticket

if __name__ == "__main__":
    tickets = {
        str(ticket.key): {
            "pk": ticket.pk,
            "number": ticket.number,
            "state": ticket.state,
            "periods": [period.state for period in ticket.periods.all()],
            "open": sum(period.ended_at is None for period in ticket.periods.all()),
        }
        for ticket in Ticket.objects.prefetch_related("periods")
    }
    sys.stdout.write(json.dumps({"tickets": tickets, "last": [day.last_number for day in Day.objects.all()]}))
