"""The visitor's own pages of a thread: open it with its code, read it, take it away, erase it. No account, no name."""

from __future__ import annotations

from functools import cache
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parvis.guidance import actions
from parvis.guidance.forms.visitor_code import CodeForm, KeepForm
from parvis.guidance.models import Entry, Kind
from parvis.guidance.queries.threads import by_kind, entries_of, readings_of
from parvis.guidance.queries.visitor_questions import centres_that_answer, questions_in
from parvis.guidance.queries.visitor_surveys import offered_survey
from parvis.guidance.receipt import first_letters
from parvis.guidance.scope import ThreadRequest, carry, forget, thread_page
from parvis.guidance.visitor_limits import TRIES, WAIT, may
from parvis.guidance.visitor_nicknames import nickname
from parvis.guidance.visitor_paper import as_data, as_pdf
from parvis.guidance.visitor_words import NONE_FOUND
from parvis.shared.programs import wants_json
from parvis.shared.speaking import ALL_LANGUAGES, language_names
from parvis.shared.visiting import VisitorRequest, visitor_page

LATER = 429  # too many requests
A_WEEK = 7 * 24 * 3600  # seconds


@require_http_methods(["GET", "POST"])
@visitor_page
def open_thread(request: VisitorRequest) -> HttpResponse:
    """Where a code is typed, and what it opens. Unknown, expired and erased codes get the same answer."""
    now = timezone.now()
    if request.method == "GET":
        return code_page(request, CodeForm(), NONE_FOUND if "none" in request.GET else "")
    if not may(TRIES, request.META.get("REMOTE_ADDR", ""), now):
        return HttpResponse(too_many(request.language), status=LATER, headers={"Retry-After": str(WAIT)})
    form = CodeForm(request.POST)
    if not form.is_valid():
        return code_page(request, form, status=422)
    receipt = form.cleaned_data["code"]
    try:
        actions.open_thread(receipt=receipt, at=now)
    except actions.NoSuchThread:
        return answer(request, "guidance:open", found=False)
    return carry(answer(request, "guidance:thread", found=True), receipt)


@cache
def too_many(language: str) -> str:
    """Made once for each language: whoever tries many codes costs nobody else any time."""
    return render_to_string(
        "guidance/visitor/later.html", {"again": f"{reverse('guidance:open')}?language={language}"}
    )


def answer(request: VisitorRequest, name: str, *, found: bool) -> HttpResponse:
    """Where to go on; to a script, whether something was found."""
    if wants_json(request):
        return JsonResponse({"found": found})
    none = {} if found else {"none": "1"}
    return HttpResponseRedirect(f"{reverse(name)}?{urlencode({'language': request.language} | none)}")


def code_page(request: VisitorRequest, form: CodeForm, problem: Any = "", status: int = 200) -> HttpResponse:
    context = page(request, "guidance:open") | {"form": form, "problem": problem}
    return render(request, "guidance/visitor/open.html", context, status=status)


@require_GET
def words(request: VisitorRequest) -> HttpResponse:
    """The first four letters of each word of each list, for the page that looks at a code before it is sent."""
    response = JsonResponse(first_letters())
    response.headers["Cache-Control"] = f"public, max-age={A_WEEK}"
    return response


@require_GET
@thread_page
def thread(request: ThreadRequest) -> HttpResponse:
    """Everything in the thread, who read it, and until when it is kept."""
    opened = request.opened
    lines = entries_of(opened)
    context = page(request, "guidance:thread") | {
        "thread": opened.thread,
        "nickname": nickname(opened.thread, request.language),
        "parts": [(Kind(kind), found) for kind, found in by_kind(lines).items() if found],
        "readings": readings_of(opened.thread),
        "questions": questions_in(opened.thread),
        "may_ask": bool(centres_that_answer(opened.thread.network)),
        "keep": KeepForm(initial={"keeps": opened.thread.keeps}),
        "offered": offered_survey(opened, opened.thread.centre.local_day(opened.thread.centre.now())),
    }
    return render(request, "guidance/visitor/thread.html", context)


@require_POST
@thread_page
def tick(request: ThreadRequest, key: UUID) -> HttpResponse:
    """A step is done, or is not after all: ``done`` is what the visitor wants it to be."""
    opened = request.opened
    entry = Entry.objects.filter(thread=opened.thread, key=key, kind=Kind.STEP).first()
    if entry is None:
        raise Http404
    said = opened.read(entry) | {"done": request.POST.get("done") == "1"}
    try:
        actions.change_entry(
            opened=opened, entry=entry, revision=entry.revision, said=said, at=timezone.now()
        )
    except actions.ChangedMeanwhile as changed:
        messages.warning(request, str(changed))
    return HttpResponseRedirect(f"{here(request, 'guidance:thread')}#step-{key}")


@require_POST
@thread_page
def keep(request: ThreadRequest) -> HttpResponse:
    """For how long it is kept."""
    form = KeepForm(request.POST)
    if form.is_valid():
        actions.keep_for(opened=request.opened, keeps=form.cleaned_data["keeps"], at=timezone.now())
        messages.success(request, _("Noted."))
    return HttpResponseRedirect(here(request, "guidance:thread"))


@require_GET
@thread_page
def data(request: ThreadRequest) -> HttpResponse:
    """The thread as a JSON file, to take away."""
    response = JsonResponse(as_data(request.opened), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response.headers["Content-Disposition"] = 'attachment; filename="thread.json"'
    return response


@require_GET
@thread_page
def paper(request: ThreadRequest) -> HttpResponse:
    """The thread as a PDF file, to take away or print."""
    made = as_pdf(request.opened, request.language)
    headers = {"Content-Disposition": 'attachment; filename="thread.pdf"'}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


@require_http_methods(["GET", "POST"])
@thread_page
def erase(request: ThreadRequest) -> HttpResponse:
    """Asks once more; then nothing of the thread can be read again by anybody."""
    if request.method == "POST":
        actions.erase_thread(thread=request.opened.thread)
        return forget(HttpResponseRedirect(here(request, "guidance:erased")))
    context = page(request, "guidance:erase") | {
        "nickname": nickname(request.opened.thread, request.language)
    }
    return render(request, "guidance/visitor/erase.html", context)


@require_GET
@visitor_page
def erased(request: VisitorRequest) -> HttpResponse:
    """That it is gone."""
    return render(request, "guidance/visitor/erased.html", page(request, "guidance:erased"))


@require_POST
@visitor_page
def close(request: VisitorRequest) -> HttpResponse:
    """Nothing of the thread stays in this browser."""
    response = forget(HttpResponseRedirect(here(request, "guidance:open")))
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def here(request: VisitorRequest, name: str) -> str:
    """An address of these pages, in the same language."""
    return f"{reverse(name)}?{urlencode({'language': request.language})}"


def page(request: VisitorRequest, name: str) -> dict[str, Any]:
    """What each of these pages needs: its language, and itself in the others."""
    address = reverse(name)
    names = language_names(ALL_LANGUAGES)
    return {
        "language": request.language,
        "languages": [(code, said, f"{address}?{urlencode({'language': code})}") for code, said in names],
    }
