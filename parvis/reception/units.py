"""The units in words: what each counts, and what it does not. They stand side by side and are never added together."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Unit:
    """A unit's name, and the sentence that says what one of it is."""

    label: str | Promise
    meaning: str | Promise


UNITS: dict[str, Unit] = {
    "passages": Unit(
        _("Passages"),
        _("People through the door, as clicked, typed in or told by a sensor, whatever they came for."),
    ),
    "contacts": Unit(
        _("Contacts"),
        _(
            "Occasions on which somebody answered a visitor: an entry at the greeter, by phone, with an appointment or a"
            " class; a ticket from the kiosk or a phone that was received at a desk; an act without a ticket."
            " A non-contact is none."
        ),
    ),
    "acts": Unit(
        _("Acts"),
        _(
            "Services given, as recorded. One contact can lead to several acts, and a contact that nobody recorded to none."
            " A group’s act is one act."
        ),
    ),
    "groups": Unit(_("Groups"), _("Acts given to a group at once, such as a class.")),
    "people_in_groups": Unit(
        _("People in groups"),
        _("The sizes of those groups, as totals. Nobody in them is a contact of their own."),
    ),
    "non_contacts": Unit(
        _("Non-contacts"), _("Wrong door, hang-up, delivery: noted, and counted nowhere else.")
    ),
    "participants": Unit(
        _("Participants"),
        _(
            "People at events, in the room and online, counted as heads. Of a day of which the agenda knows nothing, from imported sheets."
        ),
    ),
    "left": Unit(_("Left unserved"), _("Tickets whose holder went before being received.")),
    "no_shows": Unit(_("Did not come"), _("Tickets that were called and nobody came.")),
}
