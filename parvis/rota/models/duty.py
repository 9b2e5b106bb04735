"""The published rota: duty slots, the time held in them, and who changed what."""

from __future__ import annotations

import uuid
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from parvis.accounts.models import User
from parvis.centres.models import Centre, Space, Theme
from parvis.partners.models import Institution
from parvis.rota.models.needs import DutyKind, HalfDay


class Rota(models.Model):
    """A centre's published rota. Its row is locked to change it, and its version says that it has changed."""

    centre = models.OneToOneField(Centre, models.PROTECT, related_name="rota")
    version = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.centre} · {self.version}"


class DutySlotQuerySet(models.QuerySet["DutySlot"]):
    def standing(self) -> DutySlotQuerySet:
        """Those that somebody is to hold, holds or has held: neither absent nor cancelled."""
        return self.filter(state=DutySlot.State.PLANNED)

    def between(self, first: date, last: date) -> DutySlotQuerySet:
        """Those from ``first`` to ``last``, both included, in the order of time."""
        return self.filter(half_day__date__range=(first, last)).order_by(
            "half_day__date", "half_day__starts", "duty", "theme__position", "pk"
        )


class DutySlot(models.Model):
    """One person on duty at one half-day (*permanence*), as everybody was told.

    ``institution`` is the one they came from when it was published: it outlasts the name. Whether it was held says ``Held``.
    """

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        ABSENT = "absent", _("Absent")
        CANCELLED = "cancelled", _("Cancelled")

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="duty_slots")
    half_day = models.ForeignKey(HalfDay, models.PROTECT, related_name="duty_slots")
    person = models.ForeignKey(User, models.SET_NULL, null=True, related_name="duty_slots")
    institution = models.ForeignKey(Institution, models.PROTECT, null=True, related_name="duty_slots")
    duty = models.CharField(max_length=12, choices=DutyKind.choices)
    theme = models.ForeignKey(Theme, models.PROTECT, null=True, related_name="duty_slots")
    space = models.ForeignKey(Space, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=9, choices=State.choices, default=State.PLANNED)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaced_by")
    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)  # of its entry in calendars
    sequence = models.PositiveIntegerField(default=0)  # raised by each change, as calendars want it
    changed_at = models.DateTimeField()

    objects = DutySlotQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["half_day", "person"], condition=Q(state="planned"), name="one_duty_at_a_half_day"
            )
        ]
        indexes = [models.Index(fields=["centre", "half_day"], name="duty_slot_centre_half_day")]

    def __str__(self) -> str:
        return f"{self.half_day} {self.theme or self.duty}"


class Held(models.Model):
    """A stretch of time that somebody was really on duty: planned (``slot``) or come without being planned.

    Begins and ends on whole minutes, as a clock on the wall shows them: stretches that adjoin lose nothing. ``counted_from``
    is the calendar key of the event or class visit that was led then, where nothing else says that it was held.
    """

    class Ending(models.TextChoices):
        SEAT = "seat", _("the seat was closed")
        DAY = "day", _("the day was signed off")
        FORGOTTEN = "forgotten", _("nobody closed the seat: ended with the half-day")
        HAND = "hand", _("noted by hand")
        LED = "led", _("an event or a class was led")

    key = models.UUIDField(unique=True)
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="held")
    slot = models.ForeignKey(DutySlot, models.PROTECT, null=True, related_name="held")
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, related_name="+"
    )  # null: own staff
    person = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    duty = models.CharField(max_length=12, choices=DutyKind.choices)
    theme = models.ForeignKey(Theme, models.PROTECT, null=True, related_name="+")  # null: several, or none
    date = models.DateField()  # the local day on which it began
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=9, choices=Ending.choices, blank=True)  # empty while it lasts
    counted_from = models.UUIDField(null=True, editable=False, db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="held_ends_after_it_began", condition=Q(ended_at=None) | Q(ended_at__gte=F("begun_at"))
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_at=None), name="one_open_stretch_for_a_person"
            ),
        ]
        indexes = [models.Index(fields=["centre", "date"], name="held_centre_date")]

    def __str__(self) -> str:
        return f"{self.date} {self.theme or self.duty}"

    @property
    def minutes(self) -> int:
        """Whole minutes held; 0 while it lasts."""
        return 0 if self.ended_at is None else int((self.ended_at - self.begun_at).total_seconds() // 60)


class HeldCorrection(models.Model):
    """A stretch whose times were wrong: what they were and are, with its reason and author. Ended where it began: it was not."""

    key = models.UUIDField(unique=True)
    held = models.ForeignKey(Held, models.CASCADE, related_name="corrections")
    begun_before = models.DateTimeField()
    ended_before = models.DateTimeField(null=True)
    begun_after = models.DateTimeField()
    ended_after = models.DateTimeField()
    reason = models.CharField(_("reason"), max_length=200)
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"{self.held}: {self.reason}"


class Change(models.Model):
    """What somebody changed in the published rota: read as its history, and undone from it.

    Changes of one deed share ``deed``. ``before`` and ``after`` are the slot's fields that differ; {} where there was or is none.
    """

    class Kind(models.TextChoices):
        PUBLISHED = "published", _("Published")
        CHANGED = "changed", _("Changed by hand")
        ABSENT = "absent", _("Absence")
        COVERED = "covered", _("Covered by somebody else")
        SWAPPED = "swapped", _("Swapped")
        UNDONE = "undone", _("Undone")
        LEFT = "left", _("Somebody left")
        BELONGS = "belongs", _("Lent by another institution")

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="rota_changes")
    deed = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=9, choices=Kind.choices)
    slot = models.ForeignKey(DutySlot, models.CASCADE, related_name="changes")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    undoes = models.UUIDField(null=True)  # the deed that this one took back

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["deed", "slot"], name="one_change_of_a_slot_in_a_deed")
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.get_kind_display()}"
