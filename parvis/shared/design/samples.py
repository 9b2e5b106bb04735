"""What the living page shows, in its order. Each sample is a small template that other rooms may copy from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.template.loader import get_template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Sample:
    """One component: what it is for, and the template that shows its states."""

    title: str | Promise
    purpose: str | Promise
    template: str

    @cached_property
    def source(self) -> str:
        """The template's own text, for whoever writes the next page."""
        return str(get_template(self.template).template.source).strip()  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Part:
    """One page of the living page."""

    slug: str
    title: str | Promise
    samples: tuple[Sample, ...]


PARTS = (
    Part(
        "",
        _("Look"),
        (
            Sample(_("Mark"), _("A threshold: two strokes on a square."), "shared/design/mark.html"),
            Sample(
                _("Colours"),
                _("Every pair that meets on a page has a contrast of 4.5 or more; a test computes them."),
                "shared/design/colours.html",
            ),
            Sample(
                _("Type"),
                _("One family for each script, few sizes, weight rather than colour for rank."),
                "shared/design/type.html",
            ),
            Sample(
                _("Themes"),
                _("Ten colours and ten shapes, so that colour is never alone."),
                "shared/design/themes.html",
            ),
            Sample(
                _("Pictures"),
                _("The armchair by the open door, and outline icons."),
                "shared/design/pictures.html",
            ),
        ),
    ),
    Part(
        "parts",
        _("Parts"),
        (
            Sample(
                _("Buttons"),
                _("One main action on a page. Targets of 44 pixels."),
                "shared/design/buttons.html",
            ),
            Sample(_("Cards and tiles"), _("A surface with a hairline border."), "shared/design/cards.html"),
            Sample(
                _("Pills and chips"),
                _("A pill says a state; a chip is a choice."),
                "shared/design/chips.html",
            ),
            Sample(_("Tables"), _("Figures aligned, pages by key."), "shared/design/tables.html"),
            Sample(
                _("Figures"),
                _("Never without their unit and what they were counted on."),
                "shared/design/figures.html",
            ),
            Sample(
                _("Notes"),
                _("What is so, what concerns everybody, what just happened."),
                "shared/design/notes.html",
            ),
            Sample(
                _("A question"),
                _("Before something that cannot be taken back."),
                "shared/design/question.html",
            ),
            Sample(_("Long work"), _("Shows how far it is, and can be left."), "shared/design/progress.html"),
            Sample(_("Ways"), _("Tabs, and the steps of an assistant."), "shared/design/ways.html"),
            Sample(_("Nothing yet"), _("Teaches the first step."), "shared/design/empty.html"),
        ),
    ),
    Part(
        "forms",
        _("Forms"),
        (
            Sample(
                _("Fields"), _("Label, help, error, control, in this order."), "shared/design/fields.html"
            ),
            Sample(
                _("Wrong input"),
                _("A clear word beside the field, the rest is kept."),
                "shared/design/fields_wrong.html",
            ),
            Sample(_("Search and filter"), _("Above a list, sent by GET."), "shared/design/filters.html"),
            Sample(_("A file"), _("Dropped, or chosen from the device."), "shared/design/drop.html"),
        ),
    ),
    Part(
        "visitors",
        _("For visitors"),
        (
            Sample(
                _("Choices"), _("Whole sentences, 80 pixels high, six at most."), "shared/design/choices.html"
            ),
            Sample(_("Ticket"), _("The word large, the wait as an interval."), "shared/design/ticket.html"),
            Sample(_("Board"), _("Legible at 8 metres; the called one in sun."), "shared/design/board.html"),
            Sample(
                _("On duty"), _("Colour and shape, never names or institutions."), "shared/design/seats.html"
            ),
        ),
    ),
    Part(
        "charts",
        _("Charts"),
        (
            Sample(_("Bars"), _("One thing compared: the table is the chart."), "shared/design/bars.html"),
            Sample(
                _("Columns"), _("Over time, side by side or on each other."), "shared/design/columns.html"
            ),
            Sample(_("Lines"), _("A gap in the figures is a gap in the line."), "shared/design/lines.html"),
            Sample(_("Hours and weekdays"), _("A table that darkens."), "shared/design/heat.html"),
        ),
    ),
)
