"""Who may open an address of the agenda, written by hand; ``expected.py`` takes it over. One dictionary for each subject."""

from __future__ import annotations

from parvis.accounts.roles import Permission as P

# Staff's pages: events, series, sessions.
PROGRAMME = {
    "agenda:month": P.ENTER,
    "agenda:month_of": P.ENTER,
}

# Open to anybody, and why that is right: one dictionary for each subject, gathered here.
PUBLIC: dict[str, str] = {}

# Inside a centre: the permission that the person's roles there must allow.
CENTRE: dict[str, P] = {**PROGRAMME}
