"""Institutions for tests and the demonstration, made through the room's own actions."""

from __future__ import annotations

from typing import Any

from parvis.centres.factories import LONG_AGO
from parvis.centres.models import Centre
from parvis.partners.actions import Described, add_institution
from parvis.partners.models import Institution, Relation


def an_institution(centre: Centre, name: str, **said: Any) -> Relation:
    """A partner of ``centre``, since long ago, unless said otherwise."""
    usual: dict[str, Any] = {
        "kind": Institution.Kind.EDUCATION,
        "standing": Relation.Standing.PARTNER,
        "valid_from": LONG_AGO,
    }
    return add_institution(centre=centre, said=Described(name=name, **usual | said))
