"""The pages of the rota by subject: what everybody reads, one's own, what planning needs, figures."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from parvis.accounts.roles import Permission
from parvis.shared.tabs import Group, Tab

PLANS = frozenset({Permission.PLAN_ROTA})
SPEAKS = PLANS | {Permission.SPEAK_FOR_OWN}
LABEL = pgettext_lazy("menu", "Rota")

GROUPS = (
    Group(
        pgettext_lazy("tabs", "On duty"),
        (
            Tab("rota:this_week", _("Who is on duty")),
            Tab("rota:duty_today", _("Held on the day"), PLANS | {Permission.CLOSE_DAY}),
            Tab("rota:absences", _("Absences"), SPEAKS, r"/rota/absence/\d+/"),
            Tab("rota:history", _("What changed"), PLANS),
        ),
    ),
    Group(
        pgettext_lazy("tabs", "For me"),
        (
            Tab(
                "rota:mine",
                _("My duties"),
                also=r"/rota/(calendar|exchange/\d+|absence)/$",
            ),
            Tab("rota:availability", _("When I can come")),
            Tab("rota:asked", _("Asked of me")),
        ),
    ),
    Group(
        pgettext_lazy("tabs", "Planning"),
        (
            Tab("rota:plans", _("Plans"), PLANS),
            Tab("rota:control", _("Look ahead"), PLANS),
            Tab("rota:calls", _("Roster calls"), SPEAKS),
            Tab("rota:needs", pgettext_lazy("menu", "Who is needed"), PLANS),
            Tab("rota:team", pgettext_lazy("menu", "Team"), SPEAKS, r"/rota/availability/\d+/"),
        ),
    ),
    Group(
        pgettext_lazy("tabs", "Figures"),
        (
            Tab("rota:ledger", _("Pledged and held"), frozenset({Permission.MANAGE_PARTNERS})),
            Tab(
                "rota:ledger_own",
                _("Pledged and held"),
                frozenset({Permission.SPEAK_FOR_OWN}),
                also=r"/rota/ledger/partners/",
                unless=frozenset({Permission.MANAGE_PARTNERS}),
            ),
            Tab("rota:plurality", _("Plurality"), frozenset({Permission.SEE_FIGURES})),
        ),
    ),
)
