"""What a reader must be told beside a table: what one of a unit is, how it is known, why totals may not add up."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from parvis.reception.units import UNITS
from parvis.reception.units import Unit as Meaning
from parvis.shared.charts import said
from parvis.statistics.cube.facts import Unit
from parvis.statistics.cube.questions import Answer, Dimension
from parvis.statistics.protection import Audience, Figure, Hidden, Protected
from parvis.statistics.queries.explorer.asked import Asked, Measure
from parvis.statistics.queries.explorer.words import NAMES

MORE_UNITS = {
    Unit.WAITS: Meaning(
        gettext_lazy("Waits"),
        gettext_lazy("Tickets that were called on their own day: from taking the ticket to the first call."),
    ),
    Unit.PROFILES: Meaning(
        gettext_lazy("Questionnaires"),
        gettext_lazy(
            "Voluntary questionnaires that were begun. They describe those who answered, not everybody who came;"
            " nothing links them to what was done for anybody."
        ),
    ),
    Unit.EVENTS: Meaning(
        gettext_lazy("Events held"),
        gettext_lazy(
            "Each time at which something took place: of a series, every session. What was cancelled is none."
        ),
    ),
    Unit.CLASSES: Meaning(
        gettext_lazy("Classes received"),
        gettext_lazy("Visits of school classes that were held, whatever the size of the class."),
    ),
    Unit.PUPILS: Meaning(
        gettext_lazy("Pupils in classes"),
        gettext_lazy("Pupils who came with their class, as a number. Who they are is never asked."),
    ),
}
METHODS = {
    Unit.PASSAGES: gettext_lazy("counted at the door, by click, by hand or by a sensor"),
    Unit.CONTACTS: gettext_lazy("each counted as it happened"),
    Unit.ACTS: gettext_lazy("each recorded by whoever gave it"),
    Unit.PARTICIPANTS: gettext_lazy(
        "heads counted at each event; from imported sheets for days of which the agenda knows nothing"
    ),
    Unit.WAITS: gettext_lazy("measured between ticket and call"),
    Unit.GROUP_PEOPLE: gettext_lazy("heads counted when the group’s act was recorded"),
    Unit.PROFILES: gettext_lazy("voluntary questions"),
    Unit.EVENTS: gettext_lazy("each session counted once it was held"),
    Unit.CLASSES: gettext_lazy("each visit counted once it was held"),
    Unit.PUPILS: gettext_lazy("pupils counted on the day, class by class"),
}


def unit_of(unit: Unit) -> Meaning:
    """A unit's name, and the sentence that says what one of it is."""
    return MORE_UNITS.get(unit) or UNITS[unit.value]


def protection_said(audience: Audience) -> str:
    """What was done before this audience may read it."""
    if audience is Audience.TEAM:
        return _("True figures, for the centre’s own team. They do not leave like this.")
    return _(
        "Protected: nothing below ten, the rest rounded up or down to five, each figure on its own; only what is over."
    )


def notes(asked: Asked, answer: Answer, told: Protected) -> list[str]:
    """Everything that keeps figures from being what they seem, each in one sentence."""
    found = [_several(dimension) for dimension in asked.by if dimension in answer.several]
    if told.answer_for is not Audience.TEAM:
        found.append(_("Each figure is rounded on its own, so lines need not add up to totals."))
        if told.chosen:
            found.append(
                _(
                    "Totals over several periods, or over values that were picked, are not given outside the centre’s team."
                )
            )
    if asked.measure is not Measure.NUMBER:
        found.append(_("The total is of all waits together, not a mean of the lines."))
    found += _aside(told)
    if asked.period.is_cut:
        day = date_format(asked.period.last, "j F Y")
        found.append(
            _("Not the whole of it: %(period)s up to %(day)s.") % {"period": asked.period.label, "day": day}
        )
    return found


def _several(dimension: Dimension) -> str:
    return _("%(what)s: several can be true at once, so its lines are not to be added up.") % {
        "what": NAMES[dimension]
    }


def _aside(told: Protected) -> list[str]:
    """What the table leaves out, of the same unit."""
    found = []
    if told.left_out:
        found.append(
            _(
                "%(n)s more are known only as totals that cannot be divided like this, from signatures or imported sheets."
            )
            % {"n": _some(told.left_out)}
        )
    if told.unmapped:
        found.append(
            _("%(n)s have a word that counts as nothing in the network’s list; they stand under “Not said”.")
            % {"n": _some(told.unmapped)}
        )
    return found


def _some(figure: Figure) -> str:
    return _("Fewer than ten") if isinstance(figure, Hidden) else said(figure)
