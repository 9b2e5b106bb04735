"""What reception remembers. No table here can say who a visitor is."""

from parvis.reception.models.act import Act, ActCode, Profile
from parvis.reception.models.day import Announcement, Correction, Day, Expected, Passage
from parvis.reception.models.device import Device, NumberLease
from parvis.reception.models.past import PastImport, Tally
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
    "NumberLease",
    "Passage",
    "PastImport",
    "Period",
    "Profile",
    "Seat",
    "State",
    "Tally",
    "Ticket",
]
