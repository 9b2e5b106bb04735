"""What is done about institutions. Each function is one transaction."""

from parvis.partners.actions.belongings import NotInTeam, NotKnownHere, NotSoEarly, belong
from parvis.partners.actions.institutions import (
    AlreadyKnown,
    Described,
    NameIsShared,
    NotOfThisCentre,
    add_institution,
    change_institution,
)

__all__ = [
    "AlreadyKnown",
    "Described",
    "NameIsShared",
    "NotInTeam",
    "NotKnownHere",
    "NotOfThisCentre",
    "NotSoEarly",
    "add_institution",
    "belong",
    "change_institution",
]
