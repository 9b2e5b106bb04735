"""Who works in the demonstration centres: invented people, one memorable address per role."""

from __future__ import annotations

from dataclasses import dataclass

from parvis.accounts.models import User
from parvis.accounts.roles import Role
from parvis.centres.factories import a_person
from parvis.centres.models import Centre
from parvis.demonstration.ground import ROBOTS

# Role -> mailbox and name. The mailbox says what one can try with it.
FRENCH = {
    Role.RECEPTIONIST: ("reception", "Leïla Marchand"),
    Role.ADVISER: ("adviser", "Thomas Keller"),
    Role.FACILITATOR: ("facilitator", "Inès Moreau"),
    Role.DOCUMENTALIST: ("documentalist", "Hugo Baptiste"),
    Role.PARTNERSHIP_MANAGER: ("partnerships", "Claire Dumont"),
    Role.PARTNER_COORDINATOR: ("partner", "Nadège Roy"),
    Role.DIRECTOR: ("director", "Samira Vidal"),
    Role.ADMINISTRATOR: ("administrator", "Paul Renard"),
    Role.NETWORK_COORDINATOR: ("coordinator", "Ana Ribeiro"),
}
FINNISH = {
    Role.RECEPTIONIST: ("reception", "Aino Laine"),
    Role.ADVISER: ("adviser", "Eero Salmi"),
    Role.DIRECTOR: ("director", "Kaisa Niemi"),
}
# As many as a busy day has duties: each robot keeps one.
FRENCH_ADVISERS = (
    "Awa B.", "Bruno C.", "Camille D.", "Driss E.", "Élise F.", "Farid G.", "Gwen H.", "Hélène I.", "Igor J.",
    "Jeanne K.", "Karim L.", "Lucie M.", "Marco N.", "Nadia O.", "Omar P.", "Pauline R.", "Quentin S.", "Rosa T.",
    "Sofia U.", "Théo V.", "Ugo W.", "Victor A.", "Wafa B.", "Xavier C.", "Yasmine D.", "Zoé E.", "Adama F.",
    "Béatrice G.", "Cyril H.", "Diane I.", "Emre J.", "Fatou K.",
)  # fmt: skip
FINNISH_ADVISERS = (
    "Anni H.", "Joonas K.", "Leena M.", "Mikko P.", "Oona R.", "Petri S.", "Salla T.", "Ville V.", "Aki H.", "Elli K.",
    "Sami L.", "Tiina N.",
)  # fmt: skip


@dataclass(frozen=True)
class Account:
    """One line of the table that the command prints."""

    role: Role
    email: str
    name: str
    centre: Centre


def people_for(
    centre: Centre, *, named: dict[Role, tuple[str, str]], robots: tuple[str, ...], domain: str, language: str
) -> list[Account]:
    """One account for each role, and advisers whom robots play; nobody can sign in as these."""
    accounts = []
    for role, (mailbox, name) in named.items():
        email = f"{mailbox}@{domain}"
        a_person(role, centre=centre, email=email, name=name, language=language)
        accounts.append(Account(role, email, name, centre))
    for number, name in enumerate(robots, 1):
        a_person(Role.ADVISER, centre=centre, email=f"{ROBOTS}-{number:02}@{domain}", name=name)
    return accounts


def let_in(accounts: list[Account], password: str) -> None:
    """The same password for all: hashed once, since a good hash takes its time."""
    first = User()
    first.set_password(password)
    User.objects.filter(email__in=[account.email for account in accounts]).update(password=first.password)
