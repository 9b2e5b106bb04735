"""Which questionnaires an event puts to who registers and to who leaves."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from parvis.accounts.roles import Permission
from parvis.agenda.actions.asking import WAYS, ask_at_event
from parvis.agenda.scope import event_seen, today_of
from parvis.centres.scope import CentreRequest, centre_page
from parvis.surveys.actions.collections import NotInThatLanguage, NotOpen, OfAnother
from parvis.surveys.queries.questionnaires import questionnaires


@centre_page(Permission.PLAN_EVENTS)
@require_http_methods(["GET", "POST"])
def event_questions(request: CentreRequest, pk: int) -> HttpResponse:
    """What is asked now, and another questionnaire that is open."""
    event = event_seen(request, pk)
    offered = [line.opened for line in questionnaires(request.centre) if line.opened]
    problem = ""
    if request.method == "POST":
        about, chosen = request.POST.get("about", ""), request.POST.get("version", "")
        version = next((one for one in offered if str(one.pk) == chosen), None)
        if about not in WAYS or (chosen and version is None):
            problem = _("Please choose one of the questionnaires that are open.")
        else:
            try:
                ask_at_event(
                    event=event, about=about, version=version, key=key_of(request), on=today_of(request)
                )
                messages.success(request, _("Noted."))
                return redirect("agenda:event_questions", centre=request.centre.slug, pk=pk)
            except (NotOpen, NotInThatLanguage, OfAnother):
                problem = _("This questionnaire cannot be put to people now.")
    context = {
        "event": event,
        "asked": [("questions", event.questions), ("satisfaction", event.satisfaction)],
        "offered": offered,
        "problem": problem,
        "key": uuid4(),
    }
    return render(request, "agenda/coming/questions.html", context, status=422 if problem else 200)


def key_of(request: CentreRequest) -> UUID:
    """The page's own, by which a second click is the same."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()
