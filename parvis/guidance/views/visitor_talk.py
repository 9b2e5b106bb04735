"""A visitor's talk with an adviser on duty. Works without scripts: then the page is asked again for what is new.

With them, messages go one after the other, each until it has arrived, and what is new comes as a part of the page.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from parvis.guidance import live_threads
from parvis.guidance.actions import GuidanceError, talks
from parvis.guidance.forms.visitor_talk import MessageForm
from parvis.guidance.models import Question, Talk
from parvis.guidance.queries.emergency import card
from parvis.guidance.queries.talks import TalkPage, last_talk, talk_page
from parvis.guidance.scope import ThreadRequest, thread_page
from parvis.guidance.views.talk_parts import MARK, marked
from parvis.guidance.views.visitor_ask import names_seen, speaking
from parvis.guidance.views.visitor_question import back, found
from parvis.guidance.visitor_danger import find
from parvis.guidance.visitor_limits import MESSAGES, may

WRONG, CONFLICT, LATER = 422, 409, 429


@require_POST
@thread_page
def my_talk_open(request: ThreadRequest, key: UUID) -> HttpResponse:
    """Talk now."""
    question = found(request, key).question
    try:
        talks.open_talk(opened=request.opened, question=question, at=question.centre.now())
    except GuidanceError:
        messages.info(
            request, _("Nobody can talk with you at once now. Your question is answered in writing.")
        )
        return back(request, key)
    return to_talk(request, key)


@require_GET
@thread_page
def my_talk(request: ThreadRequest, key: UUID) -> HttpResponse:
    """What was said, and the next message."""
    question = found(request, key).question
    if last_talk(question) is None:
        return back(request, key)
    return shown(request, question)


@require_POST
@thread_page
def my_talk_say(request: ThreadRequest, key: UUID) -> HttpResponse:
    """One message. What may say who somebody is, and a code, come back first; a danger never stops one."""
    question = found(request, key).question
    form = MessageForm(request.POST, country=question.centre.country)
    if not form.is_valid():
        return refused(request, question, form)
    if seen := names_seen(request, form):
        return refused(request, question, form, **seen)
    if not may(MESSAGES, request.META.get("REMOTE_ADDR", ""), timezone.now()):
        form.add_error("text", _("Many questions came from your network just now. Please wait ten minutes."))
        return refused(request, question, form, status=LATER)
    text = form.cleaned_data["text"]
    dangers = tuple(find(text))
    try:
        talks.say_live(
            opened=request.opened,
            question=question,
            key=form.the_key(),
            text=text,
            at=question.centre.now(),
            after=form.said_before(),
            dangers=dangers,
        )
    except GuidanceError:
        form.add_error("text", _("That could not be added. This centre may take no questions now."))
        return refused(request, question, form, status=CONFLICT)
    if MARK in request.headers:
        return news(request, key, dangers)
    return to_talk(request, key, **({"danger": 1} if dangers else {}))


@require_POST
@thread_page
def my_talk_news(request: ThreadRequest, key: UUID) -> HttpResponse:
    """What is new since the last message that the page has."""
    return news(request, key)


@require_POST
@thread_page
def my_talk_leave(request: ThreadRequest, key: UUID) -> HttpResponse:
    """Rather an answer in writing."""
    question = found(request, key).question
    talks.end_talk(question=question, end=Talk.End.LATER, link=link(request))
    return back(request, key)


def news(request: ThreadRequest, key: UUID, dangers: tuple[str, ...] = ()) -> HttpResponse:
    question = found(request, key).question
    page = heard(request, question, request.POST.get("last", ""))
    context = {"page": page, "question": question, "language": request.language}
    context |= {"numbers": card(question.centre, list(dangers)) if dangers else [], "dangers": dangers}
    return marked(render(request, "guidance/visitor/_talk_news.html", context), "news")


def heard(request: ThreadRequest, question: Question, last: str = "") -> TalkPage:
    """The talk as it is now; the visitor was heard of."""
    at = question.centre.now()
    if talks.settle(question=question, at=at, link=link(request)):
        talks.heard_visitor(question=question, at=at)
    return talk_page(request.opened, question, at, last)


def refused(
    request: ThreadRequest, question: Question, form: MessageForm, *, status: int = WRONG, **seen: Any
) -> HttpResponse:
    """The form with what is to be looked at; every word is still in it."""
    if MARK not in request.headers:
        return shown(request, question, status=status, form=form, **seen)
    context = {"form": form, "question": question, "language": request.language, **seen}
    return marked(render(request, "guidance/visitor/_talk_form.html", context, status=status), "form")


def shown(request: ThreadRequest, question: Question, *, status: int = 200, **forms: Any) -> HttpResponse:
    page = heard(request, question)
    dangers = question.dangers if "danger" in request.GET else []
    context = {
        "page": page,
        "question": question,
        "form": MessageForm(country=question.centre.country),
        "pulse": live_threads.question_address(question),
        "dangers": dangers,
        "numbers": card(question.centre, dangers) if dangers else [],
    }
    address = reverse("guidance:my_talk", kwargs={"key": question.key})
    context |= speaking(request, address) | forms
    return render(request, "guidance/visitor/talk.html", context, status=status)


def to_talk(request: ThreadRequest, key: UUID, **more: int) -> HttpResponseRedirect:
    query = urlencode({"language": request.language} | more)
    return HttpResponseRedirect(f"{reverse('guidance:my_talk', kwargs={'key': key})}?{query}")


def link(request: ThreadRequest) -> str:
    return request.build_absolute_uri(reverse("guidance:open"))
