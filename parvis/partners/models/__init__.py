"""What is known about institutions: what was agreed, who of the team belongs to them, how they steer a centre together."""

from parvis.partners.models.agreements import FTE_HOURS, Agreement, PartnerSettings, Per, Pledge
from parvis.partners.models.belongings import Belonging
from parvis.partners.models.bodies import Body, Mandate, Seat, in_force
from parvis.partners.models.contacts import Contact, Place
from parvis.partners.models.contributions import Contribution
from parvis.partners.models.documents import Document, Reminder
from parvis.partners.models.institutions import PARTNERS, SOUGHT, Field, Institution, Part, Relation, Stage
from parvis.partners.models.liaisons import Liaison
from parvis.partners.models.meetings import (
    ActionPoint,
    AgendaItem,
    Attendance,
    CarriedOver,
    Decision,
    Meeting,
    MinutesCorrection,
)
from parvis.partners.models.stages import ALLOWED, Step
from parvis.partners.models.structure import StructureModel, StructurePeriod

__all__ = [
    "ALLOWED",
    "FTE_HOURS",
    "PARTNERS",
    "SOUGHT",
    "ActionPoint",
    "AgendaItem",
    "Agreement",
    "Attendance",
    "Belonging",
    "Body",
    "CarriedOver",
    "Contact",
    "Contribution",
    "Decision",
    "Document",
    "Field",
    "Institution",
    "Liaison",
    "Mandate",
    "Meeting",
    "MinutesCorrection",
    "Part",
    "PartnerSettings",
    "Per",
    "Place",
    "Pledge",
    "Relation",
    "Reminder",
    "Seat",
    "Stage",
    "Step",
    "StructureModel",
    "StructurePeriod",
    "in_force",
]
