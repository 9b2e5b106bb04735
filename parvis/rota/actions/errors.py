"""What can keep a rota from being changed. Each carries the sentence that staff read."""

from __future__ import annotations

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from parvis.shared.keys import SENT_ALREADY


class RotaError(Exception):
    """Nothing was changed; ``str()`` says why and what to do, in the active language."""

    sentence: ClassVar[str | Promise] = _("That is not possible now.")

    def __str__(self) -> str:
        return str(self.sentence)


class NotThatCentre(RotaError):
    """What was sent belongs to another centre."""


class SlotsChanged(RotaError):
    """A slot of the published rota is no longer as the page showed it."""

    sentence = _("The rota has changed meanwhile. Look at it again; nothing was changed.")


class SaidOtherwise(RotaError):
    """The page was sent before, and said something else."""

    sentence = SENT_ALREADY


class DoubleBooked(RotaError):
    """Somebody would be on duty twice at one half-day."""

    sentence = _("Somebody would be on duty twice at the same half-day. Nothing was changed.")
