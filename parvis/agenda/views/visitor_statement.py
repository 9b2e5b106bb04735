"""A pupil's own page: what they write stays on their device, and nothing is sent."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from parvis.agenda.visitor_statement import questions
from parvis.centres.models import Centre
from parvis.shared.visiting import VisitorRequest, speaking_of, visitor_page


@require_safe
@visitor_page
def pupil_statement(request: VisitorRequest, centre: str) -> HttpResponse:
    """The questions; the answers are nobody's but the pupil's."""
    house = get_object_or_404(Centre, slug=centre)
    context = {"centre": house, "questions": questions()}
    context |= speaking_of(request, reverse("agenda:pupil_statement", kwargs={"centre": house.slug}))
    return render(request, "agenda/visitor/pupil_statement.html", context)
