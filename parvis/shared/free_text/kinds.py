"""What can be spotted, and how it is said."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """Something in a text that could tell who somebody is."""

    NAME = "name", _("a person’s name")
    PHONE = "phone", _("a phone number")
    EMAIL = "email", _("an e-mail address")
    PROFILE = "profile", _("the address of a personal page or account")
    STREET = "street", _("a street address")
    BIRTH = "birth", _("a date of birth")
    IDENTITY = "identity", _("an identity number")
    ACCOUNT = "account", _("a bank account number")
    LONG_NUMBER = "long_number", _("a long number, as on a card or a file")


@dataclass(frozen=True, order=True)
class Spotted:
    """One find: ``text[start:end]`` of what was typed, in the order of the text."""

    start: int
    end: int
    kind: Kind
    text: str
