"""What comes back for class visits by itself: messages that wait, dates that lapse, names that are erased."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from parvis.shared import hourly, nightly, resuming, retention


def register() -> None:
    """Called once models are loaded."""
    from parvis.agenda.actions import visit_mails, visits  # noqa: PLC0415
    from parvis.agenda.actions.forgetting_classes import forget_teachers  # noqa: PLC0415
    from parvis.agenda.actions.school_files import forget_files  # noqa: PLC0415
    from parvis.agenda.actions.school_imports import forget_imports  # noqa: PLC0415

    hourly.register("messages about class visits", visit_mails.send_waiting)
    resuming.register("messages about class visits", visit_mails.send_waiting)
    retention.register(retention.Rule(gettext_noop("lists of schools that were brought"), forget_files))
    retention.register(retention.Rule(gettext_noop("what the last list of schools did"), forget_imports))
    nightly.register("dates kept for classes", visits.lapse_options)
    retention.register(retention.Rule(gettext_noop("who asked for a class visit"), forget_teachers))
