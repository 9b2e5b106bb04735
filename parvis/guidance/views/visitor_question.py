"""A question in its thread, for whoever asked it: the answer, more words, files, and what they think of it."""

from __future__ import annotations

from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parvis.guidance import live_questions
from parvis.guidance.actions import GuidanceError, SaidOtherwise, questions
from parvis.guidance.forms.visitor_ask import FileForm, FurtherForm, OpinionForm, QuestionForm
from parvis.guidance.models import Attachment
from parvis.guidance.opened import Opened
from parvis.guidance.queries.emergency import card
from parvis.guidance.queries.talks import offer, talk_of
from parvis.guidance.queries.visitor_questions import (
    Asked,
    Place,
    asked_by,
    centres_that_answer,
    place_to_ask,
)
from parvis.guidance.scope import ThreadRequest, thread_page
from parvis.guidance.views.questions.files import file_response
from parvis.guidance.views.visitor_ask import PAGES, ask_in, known, names_seen, question_form, speaking
from parvis.guidance.visitor_attachments import message
from parvis.guidance.visitor_danger import find
from parvis.guidance.visitor_faces import Face
from parvis.guidance.visitor_limits import QUESTIONS, may
from parvis.shared.attachments import LARGEST, Refused, clean

WRONG = 422


@require_GET
@thread_page
def my_ask(request: ThreadRequest) -> HttpResponse:
    """The centres that one may ask in the thread that is open."""
    centres = centres_that_answer(request.opened.thread.network)
    context = {"centres": centres, "inside": True} | speaking(request, reverse("guidance:my_ask"))
    return render(request, "guidance/visitor/ask.html", context)


@require_http_methods(["GET", "POST"])
@thread_page
def my_ask_centre(request: ThreadRequest, centre: str) -> HttpResponse:
    """The question, in the thread that is open: it has its yes and its code already."""
    place = place_to_ask(centre)
    if place is None or place.centre.network_id != request.opened.thread.network_id:
        raise Http404
    form = question_form(request, place)
    if request.method == "GET" or not form.is_valid():
        return inside(request, place, form, status=200 if request.method == "GET" else WRONG)
    if seen := names_seen(request, form):
        return inside(request, place, form, status=WRONG, **seen)
    said = form.packed()
    if not known(said) and not may(QUESTIONS, request.META.get("REMOTE_ADDR", ""), timezone.now()):
        form.add_error("text", _("Many questions came from your network just now. Please wait ten minutes."))
        return inside(request, place, form, status=429)
    return ask_in(request.opened, request, place, said)


def inside(
    request: ThreadRequest, place: Place, form: QuestionForm, *, status: int, **seen: Any
) -> HttpResponse:
    address = reverse("guidance:my_ask_centre", kwargs={"centre": place.centre.slug})
    context = {"place": place, "centre": place.centre, "form": form, "inside": True} | seen
    return render(request, PAGES["words"], context | speaking(request, address), status=status)


@require_GET
@thread_page
def my_question(request: ThreadRequest, key: UUID) -> HttpResponse:
    """What was asked and answered, and what comes next."""
    return shown(request, found(request, key))


@require_GET
@thread_page
def my_lines(request: ThreadRequest, key: UUID) -> HttpResponse:
    """The same, for a page that is open."""
    asked = found(request, key)
    return render(request, "guidance/visitor/_talk.html", {"asked": asked, "question": asked.question})


@require_POST
@thread_page
def my_words(request: ThreadRequest, key: UUID) -> HttpResponse:
    """More words for the same question."""
    asked = found(request, key)
    form = FurtherForm(request.POST, country=asked.question.centre.country)
    if not form.is_valid():
        return shown(request, asked, status=WRONG, form=form)
    if seen := names_seen(request, form):
        return shown(request, asked, status=WRONG, form=form, **seen)
    if not may(QUESTIONS, request.META.get("REMOTE_ADDR", ""), timezone.now()):
        form.add_error("text", _("Many questions came from your network just now. Please wait ten minutes."))
        return shown(request, asked, status=429, form=form)
    try:
        say_further(request.opened, asked, form)
    except GuidanceError:
        form.add_error("text", _("That could not be added. This centre may take no questions now."))
        return shown(request, asked, status=409, form=form)
    return back(request, key, asked=1)


def say_further(opened: Opened, asked: Asked, form: FurtherForm) -> None:
    """Once; whoever went back and wrote something else says something else."""
    text = form.cleaned_data["text"]
    at, dangers = asked.question.centre.now(), tuple(find(text))
    further = partial(
        questions.ask_further, opened=opened, question=asked.question, text=text, at=at, dangers=dangers
    )
    try:
        further(key=form.the_key())
    except SaidOtherwise:
        further(key=uuid4())


@require_POST
@thread_page
def my_opinion(request: ThreadRequest, key: UUID) -> HttpResponse:
    """Two faces, counted without a tie."""
    asked, form = found(request, key), OpinionForm(request.POST)
    if not form.is_valid():
        return shown(request, asked, status=WRONG, opinion=form)
    said = form.cleaned_data
    try:
        questions.give_opinion(
            opened=request.opened,
            question=asked.question,
            helped=Face(said["helped"]),
            clear=Face(said["clear"]),
            at=asked.question.centre.now(),
        )
    except GuidanceError:
        raise Http404 from None
    messages.success(request, _("Thank you. It is counted, and nothing more."))
    return back(request, key)


@require_POST
@thread_page
def my_files(request: ThreadRequest, key: UUID) -> HttpResponse:
    """One more file, cleaned and sealed."""
    asked, form = found(request, key), FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return shown(request, asked, status=WRONG, file_form=form)
    try:
        cleaned = clean(form.cleaned_data["file"].read(LARGEST + 1))
        questions.add_file(
            opened=request.opened, question=asked.question, key=form.cleaned_data["key"], clean=cleaned
        )
    except Refused as refused:
        form.add_error("file", message(refused))
        return shown(request, asked, status=WRONG, file_form=form)
    except GuidanceError:
        form.add_error(
            "file", _("This file cannot be added: there are three already, or the question is closed.")
        )
        return shown(request, asked, status=409, file_form=form)
    return back(request, key)


@require_GET
@thread_page
def my_file(request: ThreadRequest, key: UUID, file: UUID) -> HttpResponse:
    """A file that was added, to look at."""
    rows = Attachment.objects.filter(thread=request.opened.thread, question__key=key)
    return file_response(get_object_or_404(rows, key=file), request.opened.key)


@require_POST
@thread_page
def my_file_remove(request: ThreadRequest, key: UUID, file: UUID) -> HttpResponse:
    """Take a file back."""
    rows = Attachment.objects.filter(thread=request.opened.thread, question__key=key, key=file)
    if attachment := rows.first():
        questions.remove_file(opened=request.opened, attachment=attachment)
    return back(request, key)


def found(request: ThreadRequest, key: UUID) -> Asked:
    asked = asked_by(request.opened, key)
    if asked is None:
        raise Http404
    return asked


def back(request: ThreadRequest, key: UUID, **more: int) -> HttpResponseRedirect:
    query = urlencode({"language": request.language} | more)
    return HttpResponseRedirect(f"{reverse('guidance:my_question', kwargs={'key': key})}?{query}")


def shown(request: ThreadRequest, asked: Asked, *, status: int = 200, **forms: Any) -> HttpResponse:
    question = asked.question
    dangers = question.dangers if "asked" in request.GET else []
    context = {
        "asked": asked,
        "question": question,
        "stream": live_questions.visitors_address(question),
        "just_asked": "asked" in request.GET,
        "form": FurtherForm(country=question.centre.country),
        "file_form": FileForm(),
        "opinion": OpinionForm(),
        "talk": talk_of(question),
        "offer": offer(question.centre, question.theme, question.language, question.centre.now())
        if asked.may_talk
        else None,
        "dangers": dangers,
        "numbers": card(question.centre, dangers) if dangers else [],
    }
    address = reverse("guidance:my_question", kwargs={"key": question.key})
    context |= speaking(request, address) | forms
    return render(request, "guidance/visitor/question.html", context, status=status)
