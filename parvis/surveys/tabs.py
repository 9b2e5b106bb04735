"""The pages about questionnaires by subject."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from parvis.shared.tabs import Group, Tab

LABEL = _("Surveys")
GROUPS = (
    Group(
        LABEL,
        (
            Tab("surveys:questionnaires", _("Questionnaires"), also="/questionnaires/"),
            Tab("asking:surveys", _("Surveys under way"), also=r"/surveys/|/results/\d"),
        ),
    ),
)
