"""Finding somebody else: calls for cover, and swaps."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from parvis.accounts.models import User
from parvis.centres.models import Centre
from parvis.rota.models.duty import DutySlot


class CoverCall(models.Model):
    """“Who can come instead?” The first to accept has it: the state is decided on this row, locked."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        TAKEN = "taken", _("Somebody comes")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        PAST = "past", _("Nobody came")

    key = models.UUIDField(unique=True)
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="cover_calls")
    slot = models.ForeignKey(DutySlot, models.PROTECT, related_name="cover_calls")  # the absent one
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    cover = models.OneToOneField(DutySlot, models.PROTECT, null=True, related_name="covers_call")

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["slot"], condition=Q(state="open"), name="one_open_call_for_a_slot"
            ),
            models.CheckConstraint(
                name="a_taken_call_has_its_cover",
                condition=Q(state="taken", cover__isnull=False) | (~Q(state="taken") & Q(cover=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slot} {self.state}"


class CoverAsk(models.Model):
    """One person who was asked to cover."""

    class Answer(models.TextChoices):
        NONE = "none", _("Not answered")
        YES = "yes", _("Comes")
        NO = "no", _("Cannot")
        LATE = "late", _("Would have come")  # somebody else was first

    call = models.ForeignKey(CoverCall, models.CASCADE, related_name="asks")
    person = models.ForeignKey(User, models.CASCADE, related_name="cover_asks")
    rank = models.PositiveSmallIntegerField()  # as proposed: 1 changes least
    answer = models.CharField(max_length=4, choices=Answer.choices, default=Answer.NONE)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["rank", "pk"]
        constraints = [models.UniqueConstraint(fields=["call", "person"], name="asked_once")]

    def __str__(self) -> str:
        return f"{self.call} {self.answer}"


class Swap(models.Model):
    """Two advisers exchange their slots, or one gives theirs to another: proposed by one, agreed by the other."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        DONE = "done", _("Done")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        IMPOSSIBLE = "impossible", _("No longer possible")

    key = models.UUIDField(unique=True)
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="swaps")
    slot = models.ForeignKey(DutySlot, models.PROTECT, related_name="+")  # of who proposes
    other_slot = models.ForeignKey(
        DutySlot, models.PROTECT, null=True, related_name="+"
    )  # null: given, not swapped
    proposed_by = models.ForeignKey(User, models.CASCADE, related_name="swaps_proposed")
    proposed_to = models.ForeignKey(User, models.CASCADE, related_name="swaps_received")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    proposed_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["slot"], condition=Q(state="proposed"), name="one_open_swap_of_a_slot"
            )
        ]

    def __str__(self) -> str:
        return f"{self.slot} {self.state}"
