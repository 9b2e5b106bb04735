"""What a centre is made of."""

from parvis.centres.models.codes import Code, CodeChange, CodeList, Holder
from parvis.centres.models.hours import OpeningException, OpeningHours
from parvis.centres.models.network import Centre, Network, ProfileMoment, ServiceModel, TicketStyle
from parvis.centres.models.places import Desk, Site, Space
from parvis.centres.models.team import Assignment, Invitation, Place
from parvis.centres.models.themes import Shape, Theme, Tint

__all__ = [
    "Assignment",
    "Centre",
    "Code",
    "CodeChange",
    "CodeList",
    "Desk",
    "Holder",
    "Invitation",
    "Network",
    "OpeningException",
    "OpeningHours",
    "Place",
    "ProfileMoment",
    "ServiceModel",
    "Shape",
    "Site",
    "Space",
    "Theme",
    "TicketStyle",
    "Tint",
]
