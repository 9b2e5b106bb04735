"""On duty online: who waits, whose turn it is, and a talk from the adviser's side."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parvis.accounts.roles import Permission
from parvis.centres.scope import CentreRequest, centre_page
from parvis.guidance import live_talks, live_threads
from parvis.guidance.actions import GuidanceError, talks
from parvis.guidance.actions.questions import note_reading
from parvis.guidance.forms.questions.live import DutyForm
from parvis.guidance.forms.visitor_talk import AnswerMessageForm
from parvis.guidance.models import OnlineDuty, Question, Talk
from parvis.guidance.opened import Opened
from parvis.guidance.queries.question_keys import opened_question
from parvis.guidance.queries.questions import open_question
from parvis.guidance.queries.talks import (
    TalkPage,
    live_hours_of,
    online,
    talk_page,
    talked_question,
)
from parvis.guidance.views.talk_parts import MARK, marked
from parvis.guidance.visitor_nicknames import nickname

CONFLICT, WRONG = 409, 422


@require_http_methods(["GET", "POST"])
@centre_page(Permission.ANSWER)
def online_duty(request: CentreRequest) -> HttpResponse:
    """Be on duty online, for these themes and languages; who waits."""
    form = _form(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        talks.begin_duty(
            centre=request.centre,
            person=request.user,
            themes=form.the_themes(),
            languages=form.cleaned_data["languages"],
            at=request.centre.now(),
        )
        return _to_line(request)
    return _line(request, form=form, status=WRONG if request.method == "POST" else 200)


@require_POST
@centre_page(Permission.ANSWER)
def online_leave(request: CentreRequest) -> HttpResponse:
    """On duty no longer; one's own talks go on."""
    talks.end_duty(centre=request.centre, person=request.user)
    messages.success(request, _("You are on duty online no longer. Talks that you have go on."))
    return _to_line(request)


@require_POST
@centre_page(Permission.ANSWER)
def online_here(request: CentreRequest) -> HttpResponse:
    """The page is there; who waits now."""
    at = request.centre.now()
    talks.heard_on_duty(centre=request.centre, person=request.user, at=at)
    rows = Talk.objects.open().filter(question__centre=request.centre).select_related("question")
    for talk in rows:  # those whose visitor or adviser nobody hears of: their own pages do not ask
        talks.settle(question=talk.question, at=at, link=_link(request))
    page = online(request.centre, request.user, at)
    return render(request, "guidance/questions/_line.html", {"page": page})


@require_POST
@centre_page(Permission.ANSWER)
def talk_take(request: CentreRequest, pk: int) -> HttpResponse:
    """Talk with the next one: of two who try, one does."""
    take = talks.take_over if request.POST.get("over") else talks.take_talk
    found = open_question(request.centre, pk)
    if found is None:
        raise Http404
    try:
        take(question=found, person=request.user, at=request.centre.now())
    except GuidanceError as error:
        return _line(request, status=CONFLICT, problem=str(error))
    return _to_talk(request, found)


@require_GET
@centre_page(Permission.ANSWER)
def talk(request: CentreRequest, pk: int) -> HttpResponse:
    """What was said, and the next message."""
    found, opened = _found(request, pk)
    return _shown(request, found, opened)


@require_POST
@centre_page(Permission.ANSWER)
def talk_say(request: CentreRequest, pk: int) -> HttpResponse:
    """One message."""
    found, opened = _found(request, pk)
    form = AnswerMessageForm(request.POST, language=found.language)
    status = WRONG
    if form.is_valid():
        try:
            talks.answer_live(
                question=found,
                key=form.the_key(),
                person=request.user,
                text=form.cleaned_data["text"],
                at=request.centre.now(),
                after=form.said_before(),
            )
        except GuidanceError as error:
            form.add_error("text", str(error))
            status = CONFLICT
        else:
            return _news(request, found, opened) if _asked(request) else _to_talk(request, found)
    if not _asked(request):
        return _shown(request, found, opened, status=status, form=form)
    context = {"form": form, "question": found}
    return marked(render(request, "guidance/questions/_talk_form.html", context, status=status), "form")


@require_POST
@centre_page(Permission.ANSWER)
def talk_news(request: CentreRequest, pk: int) -> HttpResponse:
    """What is new since the last message that the page has."""
    found, opened = _found(request, pk)
    return _news(request, found, opened)


@require_POST
@centre_page(Permission.ANSWER)
def talk_end(request: CentreRequest, pk: int) -> HttpResponse:
    """All was said, or the rest is answered later."""
    found, _opened = _found(request, pk)
    later = request.POST.get("end") == Talk.End.LATER
    end = Talk.End.LATER if later else Talk.End.SAID
    talks.end_talk(question=found, end=end, link=_link(request))
    if later:
        address = reverse("guidance:question", kwargs={"centre": request.centre.slug, "pk": pk})
        return HttpResponseRedirect(address)
    messages.success(request, _("The talk is over. Every word of it stays with the question."))
    return _to_line(request)


def _news(request: CentreRequest, found: Question, opened: Opened) -> HttpResponse:
    page = _heard(request, found, opened, request.POST.get("last", ""))
    context = {"page": page, "question": found}
    return marked(render(request, "guidance/questions/_talk_news.html", context), "news")


def _heard(request: CentreRequest, found: Question, opened: Opened, last: str = "") -> TalkPage:
    at = request.centre.now()
    talks.heard_on_duty(centre=request.centre, person=request.user, at=at)
    if talks.settle(question=found, at=at, link=_link(request)):
        talks.heard_adviser(question=found, person=request.user, at=at)
    return talk_page(opened, found, at, last)


def _shown(
    request: CentreRequest, found: Question, opened: Opened, *, status: int = 200, **forms: Any
) -> HttpResponse:
    with suppress(GuidanceError):  # erased at this moment: the next page says so
        note_reading(question=found, person=request.user, at=request.centre.now())
    context = {
        "page": _heard(request, found, opened),
        "question": found,
        "nickname": nickname(opened.thread, request.LANGUAGE_CODE),
        "form": AnswerMessageForm(language=found.language),
        "pulse": live_threads.question_address(found, request.user),
    }
    return render(request, "guidance/questions/talk.html", context | forms, status=status)


def _line(
    request: CentreRequest, *, status: int = 200, problem: str = "", form: DutyForm | None = None
) -> HttpResponse:
    page = online(request.centre, request.user, request.centre.now())
    context = {
        "page": page,
        "problem": problem,
        "form": form or _form(request),
        "hours": live_hours_of(request.centre),
        "pulse": live_talks.address(request.centre, request.user),
        "tab": "online",
    }
    return render(request, "guidance/questions/online.html", context, status=status)


def _form(request: CentreRequest, data: Any = None) -> DutyForm:
    centre = request.centre
    duty = OnlineDuty.objects.filter(centre=centre, person=request.user).prefetch_related("themes").first()
    themes = list(centre.themes.open_on(centre.local_day(centre.now())))
    return DutyForm(data, centre=centre, themes=themes, duty=duty)


def _found(request: CentreRequest, pk: int) -> tuple[Question, Opened]:
    found = talked_question(request.centre, pk)
    opened = opened_question(found) if found else None
    if found is None or opened is None:
        raise Http404
    return found, opened


def _asked(request: CentreRequest) -> bool:
    return MARK in request.headers


def _to_line(request: CentreRequest) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("guidance:online_duty", kwargs={"centre": request.centre.slug}))


def _to_talk(request: CentreRequest, found: Question) -> HttpResponseRedirect:
    address = reverse("guidance:talk", kwargs={"centre": request.centre.slug, "pk": found.pk})
    return HttpResponseRedirect(address)


def _link(request: CentreRequest) -> str:
    return request.build_absolute_uri(reverse("guidance:open"))
