"""The list of institutions as a table for a file. Contacts stay: a file goes where nobody forgets them."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import get_language_info, pgettext
from django.utils.translation import gettext as _

from parvis.partners.models import Field, Part, Relation, Stage
from parvis.partners.queries.institutions import InstitutionLine, Institutions
from parvis.shared.sheets import Cell


def heading() -> list[str]:
    """The names of the columns."""
    return [
        *(_("Institution"), pgettext("kind of institution", "Type"), _("To this centre")),
        *(pgettext("of a partnership", "Stage"), _("Fields of work"), _("What it is for the centre")),
        *(_("Themes"), _("Languages of its people"), _("People of the team"), _("Since"), _("Closed on")),
        *(_("What it is good for, for the team"), _("Address"), _("Phone"), _("Website")),
        *(_("Next action"), _("By which day")),
    ]


def rows(found: Institutions) -> Iterator[list[Cell]]:
    """A line for each institution, as the page has them."""
    for line in [*found.partners, *found.sought, *found.outside, *found.closed]:
        yield _row(line)


def _row(line: InstitutionLine) -> list[Cell]:
    one: Relation = line.relation
    return [
        one.institution.name,
        str(one.institution.get_kind_display()),
        str(one.get_standing_display()),
        str(Stage(one.stage).label) if one.stage else "",
        "; ".join(str(Field(key).label) for key in one.fields),
        "; ".join(str(Part(key).label) for key in one.parts),
        "; ".join(str(theme.name) for theme in one.themes.all()),
        "; ".join(get_language_info(code)["name_translated"] for code in one.languages),
        line.people,
        one.valid_from,
        one.valid_to,
        one.for_staff,
        one.address,
        one.phone,
        one.website,
        one.next_action,
        one.next_action_on,
    ]
