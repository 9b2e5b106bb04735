"""Kits, events and their sessions, who comes, rooms, schools and class visits."""

from parvis.agenda.models.coming import Address, Coming, DoorCount, Told, Where
from parvis.agenda.models.events import (
    MOST_AT_ONCE,
    Accessibility,
    AgendaSettings,
    Event,
    EventStep,
    Organiser,
    Registration,
    Speaker,
)
from parvis.agenda.models.kits import Kit, KitFile, KitStep, KitVersion
from parvis.agenda.models.recordings import Recording
from parvis.agenda.models.rooms import Booking, Equipment, Room
from parvis.agenda.models.school_files import SchoolFile, SchoolImport
from parvis.agenda.models.schools import School
from parvis.agenda.models.sessions import Facilitation, HeadCount, Session
from parvis.agenda.models.the_day import DayPlan, Group, ObjectiveDone, PupilCount, Station, Turn
from parvis.agenda.models.visits import (
    MOST_PUPILS,
    ChecklistItem,
    ClassVisit,
    PartOfDay,
    Teacher,
    VisitDate,
    VisitFile,
    VisitStep,
)

__all__ = [
    "MOST_AT_ONCE",
    "MOST_PUPILS",
    "Accessibility",
    "Address",
    "AgendaSettings",
    "Booking",
    "ChecklistItem",
    "ClassVisit",
    "Coming",
    "DayPlan",
    "DoorCount",
    "Equipment",
    "Event",
    "EventStep",
    "Facilitation",
    "Group",
    "HeadCount",
    "Kit",
    "KitFile",
    "KitStep",
    "KitVersion",
    "ObjectiveDone",
    "Organiser",
    "PartOfDay",
    "PupilCount",
    "Recording",
    "Registration",
    "Room",
    "School",
    "SchoolFile",
    "SchoolImport",
    "Session",
    "Speaker",
    "Station",
    "Teacher",
    "Told",
    "Turn",
    "VisitDate",
    "VisitFile",
    "VisitStep",
    "Where",
]
