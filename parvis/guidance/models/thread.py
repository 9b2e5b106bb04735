"""The thread: what was said and planned with one visitor, whom nobody knows."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from parvis.accounts.models import User
from parvis.accounts.roles import Role
from parvis.centres.models import Centre, Desk, Network
from parvis.guidance.visitor_words import Keeps, Kind
from parvis.reception.models import Ticket


class ThreadQuerySet(models.QuerySet["Thread"]):
    def live_on(self, day: date) -> ThreadQuerySet:
        """Those that can be opened on ``day``."""
        return self.filter(expires_on__gt=day)


class Thread(models.Model):
    """One visitor's thread. What it holds is in its entries, sealed; here is only how it is found and until when.

    ``lookup`` is the receipt's HMAC-SHA-256 under the installation's key number ``lookup_version``, as 64 hex digits;
    ``wrapped`` the thread's own key, sealed with one that needs the receipt and the vault's share.
    """

    class Way(models.TextChoices):
        """How the visitor agreed."""

        OWN_SCREEN = "own_screen", _("On the visitor's own screen")
        AT_THE_DESK = "at_the_desk", _("On the desk's screen, turned to the visitor")

    key = models.UUIDField(unique=True)
    network = models.ForeignKey(Network, models.PROTECT, related_name="threads")
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="threads")  # where it was begun
    lookup = models.CharField(max_length=64, unique=True)
    lookup_version = models.PositiveSmallIntegerField()
    wrapped = models.BinaryField()
    colour = models.CharField(max_length=10)  # the nickname: keys of two lists, and a number
    word = models.CharField(max_length=20)
    number = models.PositiveSmallIntegerField()
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    agreed_on = models.DateField()
    agreed_to = models.CharField(max_length=10)  # which wording of what a thread is
    agreed_way = models.CharField(max_length=12, choices=Way.choices)
    keeps = models.PositiveSmallIntegerField(_("kept for"), choices=Keeps.choices, default=Keeps.TWELVE)
    used_on = models.DateField()
    expires_on = models.DateField()
    # Sealed: keys of the surveys that were offered in it and taken up or put aside, so that nobody is asked twice.
    surveys_seen = models.BinaryField(default=bytes)

    objects = ThreadQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="thread_expires_after_its_use", condition=Q(expires_on__gt=F("used_on"))
            ),
        ]
        indexes = [
            # Found, expired or unknown: one step in the same index, so that neither takes longer than the other.
            models.Index(fields=["lookup", "expires_on", "id"], name="thread_found"),
            models.Index(fields=["expires_on"], name="thread_expires"),
        ]

    def __str__(self) -> str:
        return f"{self.colour} {self.word} {self.number}"


class Entry(models.Model):
    """One piece of a thread, sealed. ``role`` and ``centre`` are empty where the visitor wrote it."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="entries")
    key = models.UUIDField(unique=True)  # made by the page: the same entry sent again is the same
    kind = models.CharField(max_length=10, choices=Kind.choices)
    day = models.DateField()
    centre = models.ForeignKey(Centre, models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=20, choices=Role.choices, blank=True)
    sealed = models.BinaryField()
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.day}"


class GrantQuerySet(models.QuerySet["Grant"]):
    def open(self) -> GrantQuerySet:
        """Those that still open their thread."""
        return self.filter(ended_at=None)


class Grant(models.Model):
    """That a centre may read and write a thread for a while: during one conversation.

    ``wrapped`` is the thread's key, sealed with one that needs the installation's key number ``version`` and a share of its
    own in the vault. Both go when the conversation ends; then only the receipt opens the thread.
    """

    key = models.UUIDField(unique=True)
    thread = models.ForeignKey(Thread, models.CASCADE, related_name="grants")
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=Role.choices)
    # For the hours of the conversation; emptied at its end.
    person = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    desk = models.ForeignKey(Desk, models.SET_NULL, null=True, related_name="+")
    ticket = models.ForeignKey(Ticket, models.SET_NULL, null=True, related_name="+")
    trainee_listens = models.BooleanField(_("a trainee listens"), default=False)
    version = models.PositiveSmallIntegerField()
    wrapped = models.BinaryField()
    opened_at = models.DateTimeField()
    used_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    times_kept = models.BooleanField(default=True)  # until the night after: then noon stands for the day

    objects = GrantQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="an_ended_grant_opens_nothing",
                condition=Q(ended_at=None)
                | Q(wrapped=b"", person=None, desk=None, ticket=None, ended_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["centre", "ended_at"], name="grant_centre_ended")]

    def __str__(self) -> str:
        return f"{self.thread} · {self.centre}"
