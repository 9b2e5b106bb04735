"""The five structure models in words: what each is, what it makes easy, where its limits are, what to see to.

Own words, after the typology that the network of the Cités des métiers uses for its centres.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from parvis.partners.models import StructureModel

M = StructureModel


@dataclass(frozen=True)
class About:
    """One model on its page."""

    model: StructureModel
    what: str | Promise
    advantages: Sequence[str | Promise]
    limits: Sequence[str | Promise]
    see_to: Sequence[str | Promise]


_ALL = (
    About(
        M.PUBLIC_SERVICE,
        _(
            "The centre works like a department of a public service or agency: its budget, its staff rules and its head"
            " are those of the service."
        ),
        (
            _("Strong financial and political support."),
            _("The centre is attractive and visible to those who act in the territory."),
        ),
        (
            _("Little freedom in how it organises itself and how it communicates."),
            _("Less room to try something out."),
        ),
        (
            _("Does the steering committee decide anything that the service does not decide first?"),
            _("Can a partner contradict the service in front of a visitor? Plurality begins there."),
        ),
    ),
    About(
        M.MULTI_SERVICE,
        _(
            "An organisation that runs several services runs the centre as one of them: a house of employment, a chamber,"
            " an intermunicipal body."
        ),
        (
            _("Rooms, reception and support functions are shared between the services."),
            _("Political support, or a great diversity of partners who are there already."),
        ),
        (
            _("The centre is little visible from outside."),
            _("Its bearings may get lost in the governance of the whole."),
        ),
        (
            _("Does the centre have a steering committee of its own, with an agenda of its own?"),
            _(
                "Does a visitor see at the door that this is open to everybody, whatever the house does besides?"
            ),
        ),
    ),
    About(
        M.SINGLE_PUBLIC,
        _(
            "A public body that was made for the centre and does nothing else: a public interest group, a public establishment."
        ),
        (
            _("Its role is recognised in the territory."),
            _("The budget of its working is guaranteed."),
        ),
        (
            _("It depends on its public funders."),
            _("Administrative and financial rules bind it."),
        ),
        (
            _("Do the funders hold a majority of the seats? The neutrality check of its bodies tells."),
            _("Who speaks for partners that bring people and no money?"),
        ),
    ),
    About(
        M.SINGLE_PRIVATE,
        _("An association, or another private body, that was made for the centre and does nothing else."),
        (
            _("Decisions and services can change quickly."),
            _("It has access to private funding."),
        ),
        (
            _("Its means are limited."),
            _("Institutions sometimes support it little."),
        ),
        (
            _("Are the public institutions members, guests, or only funders?"),
            _("What is kept aside for the months before a grant arrives?"),
        ),
    ),
    About(
        M.AGREEMENT,
        _(
            "Partners run the centre together by an agreement. It has no legal existence of its own: one of them signs for it."
        ),
        (
            _("Flexible and quick to adapt."),
            _("Partners learn from each other without friction."),
        ),
        (
            _("It depends on the partners, and may block when they disagree."),
            _("It has no money of its own to decide about."),
        ),
        (
            _("Does the agreement say what happens when a partner leaves, or when two disagree?"),
            _("Who signs, insures and employs for all, and until when?"),
        ),
    ),
)


def abouts() -> Sequence[About]:
    """All five, in the usual order."""
    return _ALL


def about(model: StructureModel) -> About:
    """One of them."""
    return next(one for one in _ALL if one.model == model)
