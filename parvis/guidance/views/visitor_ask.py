"""Anybody asks a centre a question: no account, no name, at any hour. Works without scripts.

The question, then what a thread is and the yes, then the code and three of its words. Until the last step nothing is kept: what was
said travels in the page, sealed, with the code drawn on the way. Sent again after a bad connection, it is the same question.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4, uuid5

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from parvis.guidance import actions
from parvis.guidance.actions import questions
from parvis.guidance.forms.visitor_ask import QuestionForm, WordsForm
from parvis.guidance.forms.visitor_code import AgreeForm
from parvis.guidance.models import Keeps, Question, Thread
from parvis.guidance.opened import Opened
from parvis.guidance.queries.emergency import card
from parvis.guidance.queries.visitor_questions import (
    Place,
    centres_that_answer,
    place_to_ask,
    themes_to_ask,
)
from parvis.guidance.receipt import Receipt
from parvis.guidance.scope import carry, packed, unpacked
from parvis.guidance.views.visitor_begin import code_shown, confirm_form
from parvis.guidance.visitor_danger import find
from parvis.guidance.visitor_limits import QUESTIONS, WAIT, may
from parvis.shared.speaking import ALL_LANGUAGES, language_names
from parvis.shared.visiting import VisitorRequest, visitor_page

PURPOSE = "question"
WRONG, LATER, GONE = 422, 429, 404
PAGES = {
    "words": "guidance/visitor/ask_words.html",
    "yes": "guidance/visitor/ask_yes.html",
    "code": "guidance/visitor/ask_code.html",
}


@require_GET
@visitor_page
def ask(request: VisitorRequest) -> HttpResponse:
    """The centres that take questions."""
    context = {"centres": centres_that_answer()} | speaking(request, reverse("guidance:ask"))
    return render(request, "guidance/visitor/ask.html", context)


@require_http_methods(["GET", "POST"])
@visitor_page
def ask_centre(request: VisitorRequest, centre: str) -> HttpResponse:
    """The question, the yes, the code."""
    place = place_to_ask(centre)
    if place is None:
        context = speaking(request, reverse("guidance:ask"))
        return render(request, "guidance/visitor/ask_closed.html", context, status=GONE)
    said = unpacked(request.POST.get("kept", ""), PURPOSE)
    with timezone.override(place.centre.zone):
        if said is None:
            return words(request, place)
        return yes(request, place, said) if "secret" not in said else code(request, place, said)


def words(request: VisitorRequest, place: Place) -> HttpResponse:
    """The form; then what may say who somebody is, once; then on to the yes."""
    form = question_form(request, place)
    if request.method == "GET" or not form.is_valid():
        return shown(request, place, "words", form=form, status=200 if request.method == "GET" else WRONG)
    if seen := names_seen(request, form):
        return shown(request, place, "words", form=form, **seen, status=WRONG)
    return shown(request, place, "yes", said=form.packed(), form=AgreeForm())


def question_form(request: VisitorRequest, place: Place) -> QuestionForm:
    themes = themes_to_ask(place.centre)
    return QuestionForm(request.POST or None, centre=place.centre, themes=themes, speaks=request.language)


def names_seen(request: VisitorRequest, form: WordsForm) -> dict[str, Any]:
    """What the page shows where words may say who somebody is, or after they were hidden; else nothing."""
    choice = request.POST.get("names", "")
    masked = form.names_to_see(choice)
    if masked is None:
        return {}
    if choice == "hide":
        form.hidden(masked)
        return {"hidden": True}
    return {"masked": masked}


def yes(request: VisitorRequest, place: Place, said: dict[str, Any]) -> HttpResponse:
    """What is kept, for how long; then the code."""
    form = AgreeForm(request.POST)
    if not form.is_valid():
        return shown(request, place, "yes", said=said, form=form, status=WRONG)
    said |= {"secret": Receipt.new().secret, "keeps": form.cleaned_data["keeps"]}
    return shown(request, place, "code", said=said, form=confirm_form(said, request.language))


def code(request: VisitorRequest, place: Place, said: dict[str, Any]) -> HttpResponse:
    """Three words of the code; then the question is asked."""
    form = confirm_form(said, request.language, request.POST)
    if not form.is_valid():
        return shown(request, place, "code", said=said, form=form, status=WRONG)
    if not known(said) and not may(QUESTIONS, request.META.get("REMOTE_ADDR", ""), timezone.now()):
        form.add_error(
            None,
            _(
                "Many questions came from your network just now. Wait ten minutes, then press the button again: nothing is lost."
            ),
        )
        response = shown(request, place, "code", said=said, form=form, status=LATER)
        response.headers["Retry-After"] = str(WAIT)
        return response
    return asked(request, place, said)


def asked(request: VisitorRequest, place: Place, said: dict[str, Any]) -> HttpResponse:
    receipt, now = Receipt(said["secret"]), timezone.now()
    agreement = actions.Agreement(
        language=request.language, way=Thread.Way.OWN_SCREEN, keeps=Keeps(said["keeps"])
    )
    opened = actions.begin_thread(centre=place.centre, receipt=receipt, agreement=agreement, at=now)
    return carry(ask_in(opened, request, place, said), receipt)


def ask_in(opened: Opened, request: VisitorRequest, place: Place, said: dict[str, Any]) -> HttpResponse:
    """The question is asked in a thread; leads to its page."""
    theme = next((one for one in themes_to_ask(place.centre) if one.pk == said["theme"]), None)
    asking = questions.Asking(
        centre=place.centre,
        theme=theme,
        language=said["language"],
        text=said["text"],
        reply_to=said["mail"],
        dangers=tuple(find(said["text"])),
    )
    question = ask_once(opened, UUID(said["key"]), asking)
    address = reverse("guidance:my_question", kwargs={"key": question.key})
    query = urlencode({"language": request.language, "asked": 1})
    return HttpResponseRedirect(f"{address}?{query}")


def ask_once(opened: Opened, key: UUID, asking: questions.Asking) -> Question:
    """Asked, or what was asked by the same page before; whoever went back and wrote something else asks something else."""
    at = asking.centre.now()
    for same in (key, uuid5(key, str(opened.thread.key))):
        with suppress(actions.SaidOtherwise):
            return questions.ask(opened=opened, key=same, asking=asking, at=at)
    return questions.ask(opened=opened, key=uuid4(), asking=asking, at=at)


def known(said: dict[str, Any]) -> bool:
    return Question.objects.filter(key=UUID(said["key"])).exists()


def shown(
    request: VisitorRequest, place: Place, part: str, *, status: int = 200, said: Any = None, **more: Any
) -> HttpResponse:
    """One of the three pages; what was said so far goes along, sealed."""
    address = reverse("guidance:ask_centre", kwargs={"centre": place.centre.slug})
    context = {"place": place, "centre": place.centre, **more} | speaking(request, address)
    if said:
        context["kept"] = packed(said, PURPOSE)
        dangers = find(said["text"])
        context |= {"dangers": dangers, "numbers": card(place.centre, dangers) if dangers else []}
    if said and "secret" in said:
        context |= code_shown(request, Receipt(said["secret"]), request.language)
    return render(request, PAGES[part], context, status=status)


def speaking(request: VisitorRequest, address: str) -> dict[str, Any]:
    """The page's language, and itself in the others."""
    names = language_names(ALL_LANGUAGES)
    return {
        "language": request.language,
        "languages": [(code, name, f"{address}?{urlencode({'language': code})}") for code, name in names],
    }
