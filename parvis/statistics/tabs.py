"""The pages of figures by subject: the day, the week, any question, reports, seats."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from parvis.shared.tabs import Group, Tab

LABEL = _("Figures")
GROUPS = (
    Group(
        LABEL,
        (
            Tab("statistics:today", _("Today")),
            Tab("statistics:this_week", _("This week")),
            Tab("statistics:explorer", _("Explore")),
            Tab("statistics:reports", _("Reports")),
            Tab("statistics:charter", _("Charter")),
            Tab("statistics:open_data", _("Open data")),
            Tab("statistics:coverage", _("Coverage")),
            Tab("statistics:beside", _("Beside the network")),
        ),
    ),
)
