"""What is read about institutions."""

from parvis.partners.queries.institutions import (
    institution_of,
    institutions,
    is_shared,
    known_elsewhere,
    offered,
    people,
    people_of,
)

__all__ = [
    "institution_of",
    "institutions",
    "is_shared",
    "known_elsewhere",
    "offered",
    "people",
    "people_of",
]
