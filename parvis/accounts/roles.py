"""Which role allows what: the one table. Roles are held per centre (``centres.Assignment``), except the coordinator's."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person is at a centre. One person may hold several, in several centres."""

    RECEPTIONIST = "receptionist", _("Receptionist")
    ADVISER = "adviser", _("Adviser")
    FACILITATOR = "facilitator", _("Facilitator")
    DOCUMENTALIST = "documentalist", _("Documentalist")
    PARTNERSHIP_MANAGER = "partnership_manager", _("Partnership manager")
    PARTNER_COORDINATOR = "partner_coordinator", _("Partner’s coordinator")
    DIRECTOR = "director", _("Director")
    NETWORK_COORDINATOR = "network_coordinator", _("Network coordinator")
    ADMINISTRATOR = "administrator", _("Administrator")


class Permission(models.TextChoices):
    """One thing that a person may do in a centre."""

    ENTER = "enter", _("See the centre's own pages")
    RECEIVE = "receive", _("Welcome visitors: tickets, groups, announced arrivals, passages")
    CALL = "call", _("Open a seat at a desk and call visitors")
    CODE = "code", _("Record acts and voluntary profile answers")
    GUIDE = "guide", _("Open a thread that a visitor presents, and write in it")
    ANSWER = "answer", _("Answer questions asked online")
    PROPOSE = "propose", _("Gather unmet needs and propose what to do about them")
    ANNOUNCE = "announce", _("Tell everybody who is waiting")
    SEE_FIGURES = "see_figures", _("See the figures of the day and the week")
    REPORT = "report", _("Compose reports, publish and send them")
    CLOSE_DAY = "close_day", _("Reconcile and sign off the day")
    CORRECT_DAY = "correct_day", _("Correct a day that was signed off")
    IMPORT_PAST = "import_past", _("Import the centre's past")
    EXPORT = "export", _("Take all of the centre's records away, line by line")
    MANAGE_CENTRE = "manage_centre", _("Change sites, desks, themes and hours")
    MANAGE_CODES = "manage_codes", _("Change the code lists")
    MANAGE_DEVICES = "manage_devices", _("Set up kiosks, boards and door counters")
    MANAGE_TEAM = "manage_team", _("Invite people and give them roles")
    MANAGE_PARTNERS = (
        "manage_partners",
        _("Say which institutions the centre works with, and who comes from them"),
    )
    PLAN_ROTA = "plan_rota", _("Say who is needed when, plan the rota, publish and repair it")
    SPEAK_FOR_OWN = (
        "speak_for_own",
        _("Answer for the people of one’s own institution: when they can come, and who covers for whom"),
    )
    PLAN_EVENTS = "plan_events", _("Plan events, workshops and class visits")
    ASK = "ask", _("Write questionnaires and put them to people")
    MANAGE_NETWORK = "manage_network", _("Change the network's lists and open centres")


P = Permission
AT_A_DESK = {P.ENTER, P.CALL, P.CODE, P.GUIDE, P.ANSWER, P.PROPOSE}
GRANTS: dict[Role, frozenset[Permission]] = {
    Role.RECEPTIONIST: frozenset(
        {P.ENTER, P.RECEIVE, P.CODE, P.PROPOSE, P.ANNOUNCE, P.SEE_FIGURES, P.CLOSE_DAY}
    ),
    Role.ADVISER: frozenset(AT_A_DESK),
    Role.FACILITATOR: frozenset(AT_A_DESK | {P.RECEIVE, P.ANNOUNCE, P.PLAN_EVENTS, P.ASK}),
    Role.DOCUMENTALIST: frozenset(AT_A_DESK | {P.MANAGE_CODES}),
    Role.PARTNERSHIP_MANAGER: frozenset(
        {P.ENTER, P.PROPOSE, P.SEE_FIGURES, P.REPORT, P.MANAGE_PARTNERS, P.PLAN_ROTA, P.PLAN_EVENTS} | {P.ASK}
    ),
    Role.PARTNER_COORDINATOR: frozenset({P.ENTER, P.SPEAK_FOR_OWN}),
    Role.DIRECTOR: frozenset(
        AT_A_DESK
        | {P.RECEIVE, P.ANNOUNCE, P.SEE_FIGURES, P.REPORT, P.CLOSE_DAY, P.CORRECT_DAY}
        | {P.IMPORT_PAST, P.EXPORT, P.MANAGE_CENTRE, P.MANAGE_CODES, P.MANAGE_DEVICES, P.MANAGE_TEAM}
        | {P.MANAGE_PARTNERS, P.PLAN_ROTA, P.PLAN_EVENTS, P.ASK}
    ),
    Role.NETWORK_COORDINATOR: frozenset({P.ENTER, P.SEE_FIGURES, P.MANAGE_CODES, P.MANAGE_NETWORK, P.ASK}),
    Role.ADMINISTRATOR: frozenset(
        {P.ENTER, P.IMPORT_PAST, P.EXPORT, P.MANAGE_CENTRE, P.MANAGE_CODES, P.MANAGE_DEVICES, P.MANAGE_TEAM}
        | {P.MANAGE_PARTNERS, P.PLAN_ROTA}
    ),
}


def roles_with(permission: Permission) -> frozenset[Role]:
    """The roles that allow ``permission``."""
    return frozenset(role for role, granted in GRANTS.items() if permission in granted)
