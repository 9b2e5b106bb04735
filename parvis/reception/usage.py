"""How often entries of code lists and themes were used here: acts, voluntary answers, tickets. Never added together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import date

from django.db.models import Count
from django.utils.translation import ngettext_lazy

from parvis.centres.usage import Unit, register_unit
from parvis.reception.models import Act, ActCode, Profile, Ticket


def acts_by_code(codes: Collection[int], since: date) -> dict[int, int]:
    """Acts that an entry codes, as need, outcome and the like, as channel or as service: three queries."""
    acts = Act.objects.counted().filter(date__gte=since)
    found: Counter[int] = Counter()
    coded = ActCode.objects.filter(code__in=codes, act__in=acts).values_list("code")
    found.update(dict(coded.annotate(n=Count("act")).order_by()))
    for field in ("channel", "service"):
        of_field = acts.filter(**{f"{field}__in": codes}).values_list(field)
        found.update(dict(of_field.annotate(n=Count("pk")).order_by()))
    return dict(found)


def acts_by_theme(themes: Collection[int], since: date) -> dict[int, int]:
    """Acts on each theme; one on two themes counts for both: one query."""
    through = Act.themes.through.objects.filter(theme__in=themes)
    acts = Act.objects.counted().filter(date__gte=since)
    return dict(through.filter(act__in=acts).values_list("theme").annotate(n=Count("act")).order_by())


def answers_by_code(codes: Collection[int], since: date) -> dict[int, int]:
    """Voluntary answers that chose an entry: one query."""
    through = Profile.answers.through.objects.filter(code__in=codes)
    profiles = Profile.objects.counted().filter(date__gte=since)
    return dict(
        through.filter(profile__in=profiles).values_list("code").annotate(n=Count("profile")).order_by()
    )


def tickets_by_code(codes: Collection[int], since: date) -> dict[int, int]:
    """Tickets with an entry as their reason for priority: one query."""
    tickets = Ticket.objects.filter(priority__in=codes, date__gte=since)
    return dict(tickets.values_list("priority").annotate(n=Count("pk")).order_by())


def tickets_by_theme(themes: Collection[int], since: date) -> dict[int, int]:
    """Tickets for each theme: one query."""
    tickets = Ticket.objects.filter(theme__in=themes, date__gte=since)
    return dict(tickets.values_list("theme").annotate(n=Count("pk")).order_by())


def register() -> None:
    """Tells the pages of code lists how this room counts."""
    register_unit(Unit("acts", ngettext_lazy("%(n)s act", "%(n)s acts", "n"), acts_by_code, acts_by_theme))
    register_unit(Unit("answers", ngettext_lazy("%(n)s answer", "%(n)s answers", "n"), answers_by_code))
    register_unit(
        Unit(
            "tickets", ngettext_lazy("%(n)s ticket", "%(n)s tickets", "n"), tickets_by_code, tickets_by_theme
        )
    )
