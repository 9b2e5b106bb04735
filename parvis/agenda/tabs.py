"""The pages of the agenda by subject."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from parvis.accounts.roles import Permission
from parvis.shared.tabs import Group, Tab

LABEL = pgettext_lazy("what a centre puts on", "Agenda")
PROGRAMME = Group(
    _("Events"),
    (
        Tab("agenda:month", _("Programme"), also=r"/agenda/(month|week|list|events|sessions)/"),
        Tab("agenda:announce", _("Announce")),
    ),
)
KITS = Group(_("Kits"), (Tab("agenda:kits", _("Kits")),))
ROOMS = Group(
    _("Rooms"),
    (
        Tab("agenda:rooms", _("Rooms and equipment"), also=r"/agenda/equipment/"),
        Tab("agenda:recordings", _("Recordings"), frozenset({Permission.PLAN_EVENTS})),
        Tab("agenda:settings", _("How the agenda is run"), frozenset({Permission.MANAGE_CENTRE})),
    ),
)
CLASSES = Group(
    _("Classes"),
    (
        Tab("agenda:visits", _("Class visits"), frozenset({Permission.PLAN_EVENTS})),
        Tab("agenda:schools", _("Schools"), frozenset({Permission.PLAN_EVENTS})),
        Tab("agenda:objectives", _("Objectives of classes")),
        Tab("agenda:reach", _("Reach"), frozenset({Permission.PLAN_EVENTS})),
    ),
)
GROUPS = (PROGRAMME, KITS, CLASSES, ROOMS)
