"""Two server processes on one database, as on a machine with two cores."""

from __future__ import annotations

import pytest
from django.db import connection

from bench import house
from bench.board import database
from bench.reception import issues, visits

pytestmark = pytest.mark.race


def test_they_never_give_one_number_twice_nor_call_one_visitor_twice():
    with house(connection.vendor, static=False) as one:
        [scene] = one.scene("--seats", "16")
        with one.served(processes=2) as server:
            given = len(issues(server.port, scene, clients=16, seconds=3).taken["issue"])
            brought = len(visits(server.port, scene, clients=8, seconds=3).taken["visit"])
        numbers = database(one, "SELECT number FROM reception_ticket ORDER BY number")
        assert [number for (number,) in numbers] == list(range(1, given + brought + 1))
        called = database(one, "SELECT ticket_id, seat_id FROM reception_period WHERE state = 'called'")
        assert len(called) == len({ticket for ticket, _ in called}) == brought
        assert len({seat for _, seat in called}) == 8
        assert database(one, "SELECT count(*) FROM reception_ticket WHERE state = 'done'") == [(brought,)]
