"""The pages of the agenda by subject."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from parvis.shared.tabs import Group

LABEL = _("Agenda")
PROGRAMME = Group(_("Programme"), ())
CLASSES = Group(_("Classes"), ())
GROUPS = (PROGRAMME, CLASSES)
