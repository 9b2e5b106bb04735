"""What is known about institutions, and who of the team belongs to them."""

from parvis.partners.models.belongings import Belonging
from parvis.partners.models.institutions import Institution, Relation

__all__ = ["Belonging", "Institution", "Relation"]
