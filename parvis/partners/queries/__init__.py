"""What is read about institutions."""

from parvis.partners.queries.institutions import (
    Asked,
    institution_of,
    institution_page,
    institutions,
    is_shared,
    known_elsewhere,
    offered,
    people,
    people_of,
)

__all__ = [
    "Asked",
    "institution_of",
    "institution_page",
    "institutions",
    "is_shared",
    "known_elsewhere",
    "offered",
    "people",
    "people_of",
]
