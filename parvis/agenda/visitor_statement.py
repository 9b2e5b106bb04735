"""What a pupil is asked on the page that stays on their own device."""

from __future__ import annotations

from django.utils.translation import gettext as _


def questions() -> list[tuple[str, str, str]]:
    """Key, question, hint."""
    return [
        ("liked", _("What did I like?"), ""),
        ("found", _("What did I find out about myself?"), _("What I am good at, what matters to me.")),
        ("jobs", _("Which jobs or training do I want to know more about?"), ""),
        ("surprise", _("What surprised me?"), ""),
        ("next", _("What do I do next?"), _("One small step is enough: read, ask, visit, try.")),
    ]
