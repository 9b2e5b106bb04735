"""What reception remembers. No table here can say who a visitor is."""

from parvis.reception.models.act import Act, ActCode, Profile
from parvis.reception.models.day import Announcement, Correction, Day, Expected, Passage
from parvis.reception.models.device import Device, NumberLease, RefusedEntry
from parvis.reception.models.export import Export
from parvis.reception.models.past import PastImport, PastModel, Tally, counts
from parvis.reception.models.seat import Seat
from parvis.reception.models.ticket import Arrival, Period, State, Ticket

__all__ = [
    "Act",
    "ActCode",
    "Announcement",
    "Arrival",
    "Correction",
    "Day",
    "Device",
    "Expected",
    "Export",
    "NumberLease",
    "Passage",
    "PastImport",
    "PastModel",
    "Period",
    "Profile",
    "RefusedEntry",
    "Seat",
    "State",
    "Tally",
    "Ticket",
    "counts",
]
