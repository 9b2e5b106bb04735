"""Rows for tests and the demonstration, made the same way."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from itertools import count
from typing import Any

from i18nfield.strings import LazyI18nString

from parvis.accounts.models import User
from parvis.accounts.roles import Role
from parvis.centres.actions import Plan, create_centre, create_network
from parvis.centres.models import (
    Assignment,
    Centre,
    Code,
    CodeList,
    Desk,
    Network,
    ServiceModel,
    Shape,
    Site,
    Space,
    Theme,
    Tint,
)

_next = count(1)
LONG_AGO = date(2015, 1, 1)


def a_network(**fields: Any) -> Network:
    n = next(_next)
    return Network.objects.create(**{"slug": f"network-{n}", "name": f"Network {n}"} | fields)


def where_it_is_noon() -> str:
    """A time zone in which it is about noon: what came an hour ago came today, at whatever hour the tests run."""
    return f"Etc/GMT{datetime.now(UTC).hour - 12:+d}"


def a_centre(**fields: Any) -> Centre:
    """A centre with its main site, a reception space, one desk “1” and nothing else."""
    n = next(_next)
    network = fields.pop("network", None) or a_network()
    defaults: dict[str, Any] = {
        "slug": f"centre-{n}",
        "name": f"Centre {n}",
        "service_model": ServiceModel.CITE_DES_METIERS,
        "time_zone": "Europe/Paris",
        "languages": ["fr", "en", "nl"],
    }
    centre = Centre.objects.create(network=network, **defaults | fields)
    site = Site.objects.create(centre=centre, name=centre.name)
    space = Space.objects.create(site=site, kind=Space.Kind.INTERVIEWS, name=words("Advice", "Conseil"))
    Desk.objects.create(space=space, name="1")
    return centre


def a_ready_centre(
    service_model: ServiceModel = ServiceModel.CITE_DES_METIERS,
    *,
    network: Network | None = None,
    **plan: Any,
) -> Centre:
    """A centre as the service model makes it: themes, desks, hours, and lists mapped to its network's."""
    at = datetime.combine(plan.pop("since", LONG_AGO), time(12), UTC)
    n = next(_next)
    network = network or create_network(name=f"Network {n}", service_models=[service_model], at=at)
    return create_centre(
        network=network, service_model=service_model, name=f"Centre {n}", at=at, plan=Plan(**plan)
    )


def words(english: str, french: str) -> LazyI18nString:
    """One text in the two languages of staff pages."""
    return LazyI18nString({"en": english, "fr": french})


def a_theme(centre: Centre, key: str = "training", **fields: Any) -> Theme:
    tint, shape = list(Tint), list(Shape)
    position = fields.pop("position", centre.themes.count())
    defaults: dict[str, Any] = {
        "name": words(f"Find {key}", f"Trouver {key}"),
        "sentence": words(f"I am looking for {key}", f"Je cherche {key}"),
        "tint": tint[position % len(tint)],
        "shape": shape[position % len(shape)],
        "valid_from": LONG_AGO,
    }
    return Theme.objects.create(centre=centre, key=key, position=position, **defaults | fields)


def a_desk(centre: Centre, name: str, **fields: Any) -> Desk:
    space = Space.objects.filter(site__centre=centre)[0]
    return Desk.objects.create(space=space, name=name, **fields)


def a_code(centre: Centre, list: CodeList, key: str, **fields: Any) -> Code:
    defaults: dict[str, Any] = {"label": words(key.capitalize(), key.capitalize()), "valid_from": LONG_AGO}
    return Code.objects.create(network=centre.network, centre=centre, list=list, key=key, **defaults | fields)


def a_person(*roles: Role, centre: Centre | None = None, **fields: Any) -> User:
    """Somebody who holds ``roles`` at ``centre`` (the coordinator's at its network), with a password nobody knows."""
    n = next(_next)
    person = User.objects.create_user(**{"email": f"person-{n}@example.org", "name": f"Person {n}"} | fields)
    for role in roles:
        if role == Role.NETWORK_COORDINATOR:
            Assignment.objects.create(person=person, role=role, network=centre.network if centre else None)
        else:
            Assignment.objects.create(person=person, role=role, centre=centre)
    return person
