"""Needs that nobody could meet, in the team's own words, and what the team proposes to do about them."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from parvis.accounts.models import User
from parvis.centres.models import Centre, Code, Theme


class NeedQuerySet(models.QuerySet["Need"]):
    def kept(self) -> NeedQuerySet:
        """Those that were not taken back."""
        return self.filter(withdrawn_at=None)


class Need(models.Model):
    """Something that could not be found here, as the team words it. It concerns nobody, and nobody signs it."""

    key = models.UUIDField(unique=True)
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="needs")
    date = models.DateField(_("day"))
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="needs", verbose_name=_("theme"))
    text = models.CharField(_("what was missing"), max_length=280)
    voiced = models.PositiveSmallIntegerField(_("how many people voiced it"), default=1)
    version = models.PositiveIntegerField(default=1)
    withdrawn_at = models.DateTimeField(null=True)

    objects = NeedQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(name="need_voiced_by_somebody", condition=Q(voiced__gte=1))]
        indexes = [models.Index(fields=["centre", "date"], name="need_centre_date")]

    def __str__(self) -> str:
        return self.text


class ProposalState(models.TextChoices):
    """How far a proposal has come."""

    IDEA = "idea", pgettext_lazy("proposal", "Idea")
    AGREED = "agreed", pgettext_lazy("proposal", "Agreed")
    UNDER_WAY = "under_way", pgettext_lazy("proposal", "Under way")
    DONE = "done", pgettext_lazy("proposal", "Done")
    DROPPED = "dropped", pgettext_lazy("proposal", "Dropped")

    @property
    def is_over(self) -> bool:
        return self in OVER


OVER = (ProposalState.DONE, ProposalState.DROPPED)


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def open(self) -> ProposalQuerySet:
        """Neither done nor dropped."""
        return self.exclude(state__in=OVER)

    def covering(self) -> ProposalQuerySet:
        """Those that answer the needs gathered under them, or will: all but the dropped."""
        return self.exclude(state=ProposalState.DROPPED)


class Proposal(models.Model):
    """What the centre could do about needs that it does not meet: with somebody to ask, a date and an outcome."""

    class Kind(models.TextChoices):
        WORKSHOP = "workshop", _("New workshop")
        PARTNER = "partner", _("Partner to find")
        RESOURCE = "resource", _("Resource to buy")
        OTHER = "other", _("Another way of working")

    key = models.UUIDField(unique=True)
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="proposals")
    title = models.CharField(_("title"), max_length=120)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    plan = models.CharField(_("what would be done"), max_length=1000, blank=True)
    themes = models.ManyToManyField(Theme, related_name="proposals", verbose_name=_("themes"))
    owner = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", verbose_name=_("whom to ask")
    )
    due = models.DateField(_("due"), null=True)
    state = models.CharField(
        _("state"), max_length=10, choices=ProposalState.choices, default=ProposalState.IDEA
    )
    outcome = models.CharField(_("outcome"), max_length=1000, blank=True)
    needs = models.ManyToManyField(Need, related_name="proposals")
    codes = models.ManyToManyField(Code, related_name="proposals")
    made_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)  # of everything above: who edits an older one is told

    objects = ProposalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="what_is_over_has_an_outcome", condition=~Q(state__in=OVER) | ~Q(outcome="")
            )
        ]
        indexes = [models.Index(fields=["centre", "state"], name="proposal_centre_state")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_over(self) -> bool:
        return ProposalState(self.state).is_over

    def is_overdue_on(self, day: date) -> bool:
        """Whether it was due before ``day`` and is not over."""
        return self.due is not None and self.due < day and not self.is_over


class ProposalStep(models.Model):
    """A proposal reached a state: when, and which colleague said so. The first is its making."""

    key = models.UUIDField(unique=True)
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="steps")
    state = models.CharField(max_length=10, choices=ProposalState.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    words = models.CharField(max_length=1000, blank=True)  # the outcome, as it was then

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.get_state_display()}"


class Remark(models.Model):
    """What a colleague says about a proposal, signed for the team. It names no visitor."""

    key = models.UUIDField(unique=True)
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="remarks")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    text = models.CharField(_("remark"), max_length=600)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.text
