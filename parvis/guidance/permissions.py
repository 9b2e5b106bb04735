"""Who may do what to a row of this room, beyond what their roles allow everywhere in the centre."""

from __future__ import annotations

from collections.abc import Collection

from parvis.accounts.models import User
from parvis.accounts.roles import Permission
from parvis.guidance.models import Remark


def may_take_back(person: User, held: Collection[str], remark: Remark) -> bool:
    """One's own remark; whoever looks after the centre, any: it may name somebody."""
    return remark.by_id == person.pk or Permission.MANAGE_CENTRE in held
