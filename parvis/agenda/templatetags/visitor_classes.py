"""Filters for the pages and mails of class visits."""

from __future__ import annotations

from datetime import date, datetime

from django import template
from django.utils import timezone

from parvis.agenda.models import VisitStep
from parvis.centres.words import own_name
from parvis.shared.speaking import a_weekday

register = template.Library()


@register.filter
def class_day(at: date | datetime) -> str:
    """“Tuesday 3 March 2026”, as the active language writes it on its own."""
    day = timezone.localtime(at).date() if isinstance(at, datetime) else at
    return a_weekday(day)


@register.filter
def was_let_go(step: VisitStep) -> bool:
    """Whether a date that was kept is free again: the visit is asked for, and nobody asked."""
    return step.state == "asked" and not step.by_teacher


register.filter("own_name", own_name)
