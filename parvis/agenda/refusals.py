"""Why something was refused, in words for the page, and beside which field they stand."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from parvis.agenda.actions.bookings import Closed, NotSoMany, Taken
from parvis.agenda.actions.errors import (
    ChangedMeanwhile,
    LeadsElsewhere,
    NotOfThisCentre,
    OnDay,
    OwnWork,
    StillExpected,
    TooFewSeats,
    TooManySeats,
    WrongState,
)
from parvis.agenda.models import Equipment, Room
from parvis.agenda.wording import owner_words, taken_by
from parvis.shared.speaking import a_short_day, some_days


def said(refused: Exception) -> tuple[str | None, str]:
    """The field, none for the page as a whole, and the words."""
    match refused:
        case OnDay(day=day, why=why):
            field, words = said(why)
            return field, f"{a_short_day(day)}: {words}"
        case Taken():
            what, by = str(refused.what), taken_by(refused.by)
            return _field(refused.what), _("%(what)s is taken: %(by)s.") % {"what": what, "by": by}
        case Closed(what=what):
            return _field(what), closed_words(refused)
        case NotSoMany():
            return None, _("There are not so many of an equipment.")
        case LeadsElsewhere():
            if refused.owner is None:
                return "people", _("%(name)s leads something at another centre then.") % {
                    "name": refused.person.name
                }
            led = {"name": refused.person.name, "what": owner_words(refused.owner)}
            return "people", _("%(name)s leads something else then: %(what)s.") % led
        case TooFewSeats():
            words_of = ngettext(
                "%(n)s place is taken already.", "%(n)s places are taken already.", refused.taken
            )
            return ("online_seats" if refused.online else "room_seats"), words_of % {"n": refused.taken}
        case TooManySeats():
            return "room_seats", _("The rooms hold %(n)s people.") % {"n": refused.places}
        case StillExpected():
            words_of = ngettext(
                "%(n)s place is kept for somebody. Cancel the sessions first: they are told then.",
                "%(n)s places are kept for people. Cancel the sessions first: they are told then.",
                refused.seats,
            )
            return None, words_of % {"n": refused.seats}
        case _:
            return None, _plain(refused)


def _field(what: Room | Equipment) -> str:
    return "rooms" if isinstance(what, Room) else f"thing-{what.pk}"


def closed_words(refused: Closed) -> str:
    """Which room or equipment is not used any more, and since when."""
    about = {"what": refused.what, "day": some_days(refused.since, refused.since)}
    if isinstance(refused.what, Room):
        return _("“%(what)s” is closed from %(day)s on. Choose another room.") % about
    return _("“%(what)s” is not there any more from %(day)s on.") % about


def _plain(refused: Exception) -> str:
    if isinstance(refused, ChangedMeanwhile):
        return _("A colleague has changed it meanwhile. Look at it as it is now, then do it again.")
    if isinstance(refused, OwnWork):
        return _("You wrote it as it is now: somebody else looks at it, and publishes it.")
    if isinstance(refused, NotOfThisCentre):
        return _("Something of it is not the centre’s any more. Choose again.")
    if isinstance(refused, WrongState):
        return _("That cannot be done with it any more: it is in another state meanwhile.")
    raise refused
