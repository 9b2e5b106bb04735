"""Who may open which address: pages that join several rooms, the design's pages, the demonstration."""

from __future__ import annotations

from parvis.accounts.roles import Permission as P

# Open to anybody, and why that is right.
PUBLIC = {
    "website:home": "the way in",
    "website:places": "anybody may read when somebody is there",
    "website:place": "anybody may read when somebody is there",
    "shared:design": "documentation",
    "shared:design_part": "documentation",
    "shared:live_now": "opened by a signed name of a channel",
}

# Inside a centre: the permission that the person's roles there must allow.
CENTRE = {
    "demonstration:page": P.MANAGE_CENTRE,
    "demonstration:now": P.MANAGE_CENTRE,
    "demonstration:speed": P.MANAGE_CENTRE,
    "demonstration:jump": P.MANAGE_CENTRE,
}
