"""Who works where, and in which role."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from parvis.accounts.models import User
from parvis.accounts.roles import Role
from parvis.centres.models.network import Centre, Network

Place = Centre | Network


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def at(self, place: Place) -> Self:
        """Roles held at a centre, or those of a network's coordinators."""
        return self.filter(centre=place) if isinstance(place, Centre) else self.filter(network=place)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def at(self, place: Place) -> Self:
        """Invitations to a centre, or to coordinate a network."""
        return self.filter(centre=place) if isinstance(place, Centre) else self.filter(network=place)

    def unanswered(self) -> Self:
        """Neither accepted nor withdrawn; the link may have expired."""
        return self.filter(accepted_at=None, withdrawn_at=None)


class Assignment(models.Model):
    """A person's role at a centre; the network coordinator's is at the network."""

    person = models.ForeignKey(User, models.CASCADE, related_name="assignments")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    centre = models.ForeignKey(Centre, models.CASCADE, null=True, blank=True, related_name="assignments")
    network = models.ForeignKey(Network, models.CASCADE, null=True, blank=True, related_name="assignments")

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="coordinators_belong_to_a_network_others_to_a_centre",
                condition=Q(role=Role.NETWORK_COORDINATOR, centre=None, network__isnull=False)
                | (~Q(role=Role.NETWORK_COORDINATOR) & Q(centre__isnull=False, network=None)),
            ),
            models.UniqueConstraint(
                fields=["person", "role", "centre"], condition=Q(network=None), name="role_once_per_centre"
            ),
            models.UniqueConstraint(
                fields=["person", "network"], condition=Q(centre=None), name="coordinator_once_per_network"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_role_display()} · {self.centre or self.network}"


class Invitation(models.Model):
    """A link that lets one person join with given roles, once, until it expires. Only its digest is kept."""

    centre = models.ForeignKey(Centre, models.CASCADE, null=True, blank=True, related_name="invitations")
    network = models.ForeignKey(Network, models.CASCADE, null=True, blank=True, related_name="invitations")
    email = models.EmailField(_("e-mail"))
    language = models.CharField(_("language"), max_length=8, choices=settings.STAFF_LANGUAGES)
    roles = models.JSONField(_("roles"))  # list of Role values
    digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")  # empty: by a command
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="invited_to_a_centre_or_a_network",
                condition=Q(centre__isnull=False, network=None) | Q(centre=None, network__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.email} · {self.place}"

    @property
    def place(self) -> Place:
        """The centre or the network it invites to."""
        place = self.centre or self.network
        if place is None:
            raise ValueError("the database constraint keeps an invitation from leading nowhere")
        return place

    @property
    def role_names(self) -> list[Role]:
        """The roles it gives, in the order of the table."""
        return [role for role in Role if role in self.roles]

    def is_open(self, at: datetime) -> bool:
        """Whether the link can still be used at ``at``."""
        return self.accepted_at is None and self.withdrawn_at is None and at < self.expires_at
