"""Code lists as a table."""

from __future__ import annotations

from django.utils.translation import gettext as _

from parvis.centres.models import Code, CodeList, Holder
from parvis.centres.words import own_name
from parvis.shared.sheets import Cell


def codes_table(holder: Holder, languages: list[str]) -> tuple[list[str], list[list[Cell]]]:
    """Heading and one row for each entry, closed ones included, list by list: one query."""
    heading = [_("List"), _("Key"), *(own_name(code) for code in languages)]
    heading += [_("In force from"), _("Closed on"), _("Counts as"), _("Stands for “not communicated”")]
    codes = Code.objects.held_by(holder).select_related("network_code")
    place = {listed.value: n for n, listed in enumerate(CodeList)}
    in_order = sorted(
        codes, key=lambda code: (place[code.list], code.not_communicated, code.position, code.pk)
    )
    return heading, [_row(code, languages) for code in in_order]


def _row(code: Code, languages: list[str]) -> list[Cell]:
    data = getattr(code.label, "data", code.label)
    words = data if isinstance(data, dict) else dict.fromkeys(languages, str(data))
    counts_as = code.network_code.key if code.network_code else None
    return [
        code.list,
        code.key,
        *(words.get(language) for language in languages),
        code.valid_from,
        code.valid_to,
        counts_as,
        code.not_communicated,
    ]
