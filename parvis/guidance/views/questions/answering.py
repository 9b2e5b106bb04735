"""The list of questions, and one question: read, answered, handed on, closed."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from parvis.accounts.roles import Permission
from parvis.centres.scope import CentreRequest, centre_page
from parvis.guidance import live_questions
from parvis.guidance.actions import GuidanceError
from parvis.guidance.actions import questions as actions
from parvis.guidance.forms.questions.answering import (
    AnswerForm,
    ColleagueForm,
    DraftForm,
    MoveForm,
    RemarkForm,
    WantedForm,
)
from parvis.guidance.models import Question
from parvis.guidance.queries.questions import (
    Reading,
    Which,
    open_question,
    questions_of,
    reading,
    ready_models,
    where_else,
    who_answers,
)
from parvis.guidance.visitor_danger import Kind as Danger

CONFLICT, WRONG = 409, 422


@require_GET
@centre_page(Permission.ANSWER)
def questions(request: CentreRequest) -> HttpResponse:
    """The open questions by due day."""
    wanted = WantedForm(request.GET).wanted()
    page = questions_of(request.centre, request.user, wanted, request.centre.now())
    context = {"page": page, "wanted": wanted, "parts": list(Which), "tab": "questions"}
    return render(request, "guidance/questions/list.html", context)


@require_GET
@centre_page(Permission.ANSWER)
def question(request: CentreRequest, pk: int) -> HttpResponse:
    """What was asked, and the answer."""
    return _page(request, _found(request, pk))


@require_GET
@centre_page(Permission.ANSWER)
def question_lines(request: CentreRequest, pk: int) -> HttpResponse:
    """What was said, for a page that is open."""
    page = reading(_found(request, pk), request.user, request.centre.now())
    if page is None:
        raise Http404
    return render(request, "guidance/questions/_talk.html", {"page": page})


@require_POST
@centre_page(Permission.ANSWER)
def question_take(request: CentreRequest, pk: int) -> HttpResponse:
    """Take it: of two who try, one has it."""
    found = _found(request, pk)
    try:
        actions.take_question(question=found, person=request.user)
    except GuidanceError as error:
        return _refused(request, pk, error)
    return _to(request, found)


@require_POST
@centre_page(Permission.ANSWER)
def question_give_back(request: CentreRequest, pk: int) -> HttpResponse:
    """Let anybody take it."""
    try:
        actions.give_back(question=_found(request, pk), person=request.user)
    except GuidanceError as error:
        return _refused(request, pk, error)
    messages.success(request, _("The question waits for anybody now. Your draft stays with it."))
    return _to_list(request)


@require_POST
@centre_page(Permission.ANSWER)
def question_give(request: CentreRequest, pk: int) -> HttpResponse:
    """Give it to a colleague, or take it over from one."""
    found = _found(request, pk)
    form = ColleagueForm(request.POST, people=who_answers(request.centre))
    if not form.is_valid():
        return _page(request, found, status=WRONG, colleague_form=form)
    said = form.cleaned_data
    try:
        actions.give_to(
            question=found,
            seen_with=said["seen_with"],
            colleague=said["colleague"],
            person=request.user,
        )
    except GuidanceError as error:
        return _refused(request, pk, error)
    messages.success(request, _("%(name)s has this question now.") % {"name": said["colleague"].name})
    return _to(request, found)


@require_POST
@centre_page(Permission.ANSWER)
def question_move(request: CentreRequest, pk: int) -> HttpResponse:
    """Hand it to another theme or centre."""
    found = _found(request, pk)
    form = _move_form(request, request.POST)
    if not form.is_valid():
        return _page(request, found, status=WRONG, move_form=form)
    centre, theme = form.place()
    try:
        actions.move_question(question=found, centre=centre, theme=theme, person=request.user)
    except GuidanceError as error:
        return _refused(request, pk, error)
    messages.success(request, _("Handed on. The promised day stays the same."))
    return _to(request, found) if centre == request.centre else _to_list(request)


@require_POST
@centre_page(Permission.ANSWER)
def question_draft(request: CentreRequest, pk: int) -> HttpResponse:
    """Keep what was typed so far. The answer is the line below the text."""
    found, form = _found(request, pk), DraftForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=WRONG)
    said, context = form.cleaned_data, {"at": request.centre.local(request.centre.now())}
    try:
        revision = actions.keep_draft(
            question=found, person=request.user, text=said["text"], revision=said["revision"]
        )
    except GuidanceError as error:
        refused = context | {"problem": str(error), "revision": said["revision"]}
        return render(request, "guidance/questions/_draft.html", refused, status=CONFLICT)
    return render(request, "guidance/questions/_draft.html", context | {"revision": revision})


@require_POST
@centre_page(Permission.ANSWER)
def question_answer(request: CentreRequest, pk: int) -> HttpResponse:
    """Send the answer, or ask a second adviser to read it."""
    found = _found(request, pk)
    form = AnswerForm(request.POST, language=found.language)
    if not form.is_valid():
        return _page(request, found, status=WRONG, form=form)
    text = form.cleaned_data["text"]
    page = reading(found, request.user, request.centre.now())
    if page and form.overlooks(page.asked):
        told = _(
            "The visitor has written more since you opened this page: read it above, then send. Your answer is kept."
        )
        return _page(request, found, status=CONFLICT, problem=told, form=form)
    try:
        if request.POST.get("do") == "review":
            actions.ask_review(question=found, person=request.user, text=text, at=request.centre.now())
            messages.success(request, _("A colleague can read it now, and send it."))
        else:
            _send(request, found, form)
            messages.success(request, _("Sent. The visitor reads it with their code."))
    except GuidanceError as error:
        return _refused(request, pk, error, form=form)
    return _to(request, found)


def _send(request: CentreRequest, found: Question, form: AnswerForm) -> None:
    actions.send_answer(
        question=found,
        key=form.the_key(),
        person=request.user,
        text=form.cleaned_data["text"],
        at=request.centre.now(),
        link=request.build_absolute_uri(reverse("guidance:open")),
    )


@require_POST
@centre_page(Permission.ANSWER)
def question_remark(request: CentreRequest, pk: int) -> HttpResponse:
    """The second adviser gives an answer back with a remark."""
    found, form = _found(request, pk), RemarkForm(request.POST)
    if not form.is_valid():
        return _page(request, found, status=WRONG, remark_form=form)
    try:
        actions.approve_not(question=found, person=request.user, remark=form.cleaned_data["remark"])
    except GuidanceError as error:
        return _refused(request, pk, error)
    messages.success(request, _("Given back with your remark."))
    return _to_list(request)


@require_POST
@centre_page(Permission.ANSWER)
def question_close(request: CentreRequest, pk: int) -> HttpResponse:
    """Nothing to add: the centre reads the thread no longer."""
    found = get_object_or_404(Question, centre=request.centre, pk=pk)
    try:
        actions.close_question(question=found, person=request.user)
    except GuidanceError as error:
        return _refused(request, pk, error)
    messages.success(request, _("Closed. Only the visitor’s code opens it now."))
    return _to_list(request)


def _found(request: CentreRequest, pk: int) -> Question:
    found = open_question(request.centre, pk)
    if found is None:
        raise Http404
    return found


def _to(request: CentreRequest, question: Question) -> HttpResponseRedirect:
    address = reverse("guidance:question", kwargs={"centre": request.centre.slug, "pk": question.pk})
    return HttpResponseRedirect(address)


def _to_list(request: CentreRequest) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("guidance:questions", kwargs={"centre": request.centre.slug}))


def _refused(
    request: CentreRequest, pk: int, error: GuidanceError, form: AnswerForm | None = None
) -> HttpResponse:
    """The page as it is now, with what happened; without the question, if it is gone."""
    found = open_question(request.centre, pk)
    if found is None or reading(found, request.user, request.centre.now()) is None:
        messages.error(request, str(error))
        return _to_list(request)
    return _page(request, found, status=CONFLICT, problem=str(error), form=form)


def _page(
    request: CentreRequest, found: Question, *, status: int = 200, problem: str = "", **forms: Any
) -> HttpResponse:
    page = reading(found, request.user, request.centre.now())
    if page is None:
        raise Http404
    with suppress(GuidanceError):  # erased at this moment: the next page says so
        actions.note_reading(question=found, person=request.user, at=request.centre.now())
    context = _forms(request, found, page) | {name: form for name, form in forms.items() if form}
    context |= {"dangers": [Danger(kind).label for kind in found.dangers if kind in Danger.values]}
    context |= {"stream": live_questions.address(found, request.user)}
    context |= {"page": page, "problem": problem, "models": ready_models(found) if page.may_write else []}
    return render(request, "guidance/questions/question.html", context, status=status)


def _forms(request: CentreRequest, found: Question, page: Reading) -> dict[str, Any]:
    people = who_answers(request.centre) if page.may_hand_on else []
    return {
        "form": AnswerForm(initial={"text": page.draft, "seen": page.asked}, language=found.language),
        "remark_form": RemarkForm(),
        "colleague_form": ColleagueForm(people=people, initial={"seen_with": found.taken_by_id}),
        "move_form": _move_form(request) if page.may_hand_on else None,
    }


def _move_form(request: CentreRequest, data: Any = None) -> MoveForm:
    day = request.centre.local_day(request.centre.now())
    return MoveForm(data, centre=request.centre, others=where_else(request.centre), day=day)
