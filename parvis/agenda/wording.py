"""What has a room, an equipment or a person, in words for the staff."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from parvis.agenda.models import Booking, ClassVisit, Session


def taken_by(by: Booking) -> str:
    """What has a room or an equipment."""
    owner = by.session or by.visit
    return owner_words(owner) if owner else ""


def owner_words(owner: Session | ClassVisit) -> str:
    """A session or a class, with its time; a session’s event must be loaded, or is read."""
    centre = owner.centre
    if isinstance(owner, ClassVisit):
        what = ngettext("a class of %(n)s pupil", "a class of %(n)s pupils", owner.pupils) % {
            "n": owner.pupils
        }
    else:
        what = _("“%(title)s”") % {"title": owner.event.title}
    if owner.begins_at is None or owner.ends_at is None:
        return what
    begins, ends = centre.local(owner.begins_at), centre.local(owner.ends_at)
    return f"{what}, {begins:%H:%M}–{ends:%H:%M}"
