"""The pages about partners by subject."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from parvis.shared.tabs import Group, Tab

LABEL = _("Partners")
COORDINATION = r"/partners/(bodies|seats|mandates|meetings|items|decisions|actions)/"
GROUPS = (
    Group(
        pgettext_lazy("tabs", "Partnerships"),
        (
            Tab("partners:institutions", _("Institutions")),
            Tab("partners:matters", _("To decide")),
            Tab("partners:pipeline", _("Pipeline")),
            Tab("partners:people", _("Who comes from where")),
        ),
    ),
    Group(
        pgettext_lazy("tabs", "What was agreed"),
        (Tab("partners:agreements", _("Agreements")), Tab("partners:contributions", _("Contributions"))),
    ),
    Group(_("Coordination"), (Tab("partners:bodies", _("Coordination"), also=COORDINATION),)),
)
