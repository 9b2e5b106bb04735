"""The voluntary questions on the visitor's own phone. The ticket opens the page, and nothing of it goes with the answers."""

from __future__ import annotations

from contextlib import suppress
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from parvis.reception import actions
from parvis.reception.actions.profile import QUESTIONS
from parvis.reception.forms.visitor_profile import ProfileForm
from parvis.reception.queries.acts import choices
from parvis.reception.scope import TicketRequest, ticket_page
from parvis.reception.visitor_tickets import follow_path


@require_http_methods(["GET", "POST"])
@ticket_page
def questions(request: TicketRequest) -> HttpResponse:
    """Answers as far as somebody wishes; “rather not” counts as having been asked. They are put once."""
    ticket, centre = request.ticket, request.centre
    query = urlencode({"language": request.language})
    form = ProfileForm(
        request.POST if request.method == "POST" else None,
        choices=choices(centre, ticket.date, list(QUESTIONS)),
    )
    if request.method == "POST" and form.is_valid():
        declined = "declined" in request.POST
        with suppress(actions.NotOfThisCentre):  # a key that is not this page's own: nothing is kept
            actions.answer_on_own_screen(
                ticket=ticket,
                key=form.the_key,
                answers=[] if declined else form.answers(),
                commune_prefix="" if declined else form.cleaned_data["commune_prefix"],
            )
        here = reverse("reception:visitor_profile", kwargs={"token": ticket.token})
        return HttpResponseRedirect(f"{here}?{query}&thanks=1")
    context = {
        "form": form,
        "centre": centre,
        "back": f"{follow_path(ticket)}?{query}",
        "thanks": "thanks" in request.GET or ticket.profile_asked_at is not None,
        "language": request.language,
    }
    return render(request, "reception/visitor/questions.html", context, status=422 if form.errors else 200)
