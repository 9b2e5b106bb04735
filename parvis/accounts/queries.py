"""What the accounts pages show."""

from __future__ import annotations

from dataclasses import dataclass

from parvis.accounts.roles import GRANTS, Permission, Role


@dataclass(frozen=True)
class Right:
    """One line of the table "who may do what": a permission, and for each role in order whether it allows it."""

    permission: Permission
    allowed: list[bool]

    @property
    def label(self) -> str:
        return str(self.permission.label)

    @property
    def roles(self) -> list[Role]:
        """The roles that allow it, in order."""
        return [role for role, allowed in zip(Role, self.allowed, strict=True) if allowed]


def rights() -> list[Right]:
    """Every permission against every role, read from the one table in ``roles.py``. No SQL."""
    return [Right(permission, [permission in GRANTS[role] for role in Role]) for permission in Permission]


def rights_as_markdown() -> str:
    """The same table for docs/roles.md."""
    head = ["may", *(str(role.label) for role in Role)]
    rows = [[right.label, *("yes" if yes else "" for yes in right.allowed)] for right in rights()]
    lines = [head, ["---", *(":-:" for _role in Role)], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
