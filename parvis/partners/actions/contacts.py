"""Whom one calls at an institution, and where else it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from parvis.partners.models import Contact, Place, Relation


@dataclass(frozen=True)
class Person:
    """What is noted about somebody at an institution."""

    name: str
    function: str = ""
    email: str = ""
    phone: str = ""


@transaction.atomic
def keep_contact(*, relation: Relation, said: Person, contact: Contact | None = None) -> Contact:
    """Note whom one calls, or say it better. The same person with the same words is noted once."""
    values: dict[str, Any] = {
        "name": said.name,
        "function": said.function,
        "email": said.email,
        "phone": said.phone,
    }
    if contact is None:
        return Contact.objects.get_or_create(relation=relation, **values)[0]
    for name, value in values.items():
        setattr(contact, name, value)
    contact.save()
    return contact


@transaction.atomic
def forget_contact(*, contact: Contact) -> None:
    """They have left, or wish it: nothing is kept. Said twice, it is so once."""
    Contact.objects.filter(pk=contact.pk).delete()


@transaction.atomic
def keep_place(
    *, relation: Relation, name: str, address: str, phone: str = "", place: Place | None = None
) -> Place:
    """One more address of an institution, or another word for it. The same is noted once."""
    values: dict[str, Any] = {"name": name, "address": address, "phone": phone}
    if place is None:
        return Place.objects.get_or_create(relation=relation, **values)[0]
    place.name, place.address, place.phone = name, address, phone
    place.save()
    return place


@transaction.atomic
def remove_place(*, place: Place) -> None:
    """It is not there any more. Said twice, it is so once."""
    Place.objects.filter(pk=place.pk).delete()
