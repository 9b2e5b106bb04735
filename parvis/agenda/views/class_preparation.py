"""How a class's visit is prepared, for the team: what is seen to, files, questions to the class."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from parvis.accounts.roles import Permission
from parvis.agenda.actions import preparing
from parvis.agenda.actions.visit_steps import Doing, NotNow, VisitError
from parvis.agenda.actions.visits import prepare
from parvis.agenda.forms.class_checklist import ItemForm
from parvis.agenda.forms.visitor_class_files import FileForm
from parvis.agenda.models import ChecklistItem, ClassVisit, VisitFile
from parvis.agenda.queries.preparation import preparation_of
from parvis.agenda.scope import may, visit_seen
from parvis.agenda.views.sharing import as_download
from parvis.centres.scope import CentreRequest, centre_page
from parvis.surveys.actions.classes import TooFewPupils

WRITES = (Permission.PLAN_EVENTS,)


@require_GET
@centre_page(Permission.ENTER)
def visit_preparation(request: CentreRequest, pk: int) -> HttpResponse:
    """What is seen to, and what is not yet."""
    return _shown(request, visit_seen(request, pk))


@require_POST
@centre_page(Permission.PLAN_EVENTS)
def visit_preparing(request: CentreRequest, pk: int, deed: str) -> HttpResponse:
    """One thing is done about it."""
    visit = visit_seen(request, pk)
    if deed in {"add", "file"}:
        return _typed(request, visit, deed)
    if deed not in DEEDS:
        raise Http404
    try:
        messages.success(request, DEEDS[deed](request, visit))
    except TooFewPupils:
        messages.error(request, _("Of a class of fewer than ten nothing could be shown."))
    except VisitError:
        messages.error(request, _("Nothing was changed: the visit is in another state now."))
    return redirect("agenda:visit_preparation", centre=request.centre.slug, pk=pk)


@require_GET
@centre_page(Permission.ENTER)
def visit_file(request: CentreRequest, pk: int, file: int) -> HttpResponse:
    """A file of the visit, as a download."""
    return as_download(get_object_or_404(VisitFile, visit=visit_seen(request, pk), pk=file))


def _typed(request: CentreRequest, visit: ClassVisit, deed: str) -> HttpResponse:
    """What is typed: one more line, or a file."""
    country = request.centre.country
    item = ItemForm(request.POST if deed == "add" else None, country=country)
    file = FileForm(request.POST if deed == "file" else None, request.FILES or None, country=country)
    form = item if deed == "add" else file
    if form.is_valid():
        said = form.cleaned_data
        try:
            if deed == "add":
                preparing.add_item(visit=visit, text=said["text"], for_teacher=said["for_teacher"])
            else:
                preparing.share_file(
                    visit=visit,
                    key=file.the_key,
                    title=said["title"],
                    clean=file.clean_one,
                    by_teacher=False,
                    at=request.centre.now(),
                )
        except preparing.Enough:
            form.add_error(None, _("There are as many as there may be: take one away first."))
        except NotNow:
            form.add_error(None, _("Nothing was changed: the visit is in another state now."))
        else:
            messages.success(request, _("Added."))
            return redirect("agenda:visit_preparation", centre=request.centre.slug, pk=visit.pk)
    return _shown(request, visit, item, file, status=422)


def _shown(
    request: CentreRequest,
    visit: ClassVisit,
    item: ItemForm | None = None,
    file: FileForm | None = None,
    status: int = 200,
) -> HttpResponse:
    country = request.centre.country
    context = {
        "centre": request.centre,
        "visit": visit,
        "preparation": preparation_of(visit, request.centre.now()),
        "plans": may(request, *WRITES),
        "before": visit.state in preparing.BEFORE,
        "may_ready": may(request, *WRITES) and visit.state == ClassVisit.State.CONFIRMED,
        "may_ask": may(request, Permission.ASK),
        "item_form": item or ItemForm(country=country),
        "file_form": file or FileForm(country=country),
        "part": "preparation",
    }
    return render(request, "agenda/day/preparation.html", context, status=status)


def _begin(request: CentreRequest, visit: ClassVisit) -> str:
    preparing.begin_checklist(visit=visit)
    return _("The list is there: change it for this class as you like.")


def _tick(request: CentreRequest, visit: ClassVisit) -> str:
    done = request.POST.get("done") == "1"
    preparing.tick(item=_item(request, visit), done=done, at=request.centre.now())
    return _("Seen to.") if done else _("Open again.")


def _remove(request: CentreRequest, visit: ClassVisit) -> str:
    preparing.remove_item(item=_item(request, visit))
    return _("Taken off the list.")


def _ready(request: CentreRequest, visit: ClassVisit) -> str:
    prepare(visit=visit, doing=Doing(key=uuid4(), at=request.centre.now(), by=request.user))
    return _("Everything is ready. The teacher is told.")


def _ask(request: CentreRequest, visit: ClassVisit) -> str:
    preparing.ask_class(visit=visit, at=request.centre.now())
    return _("The class’s screen is ready: the teacher opens it from their page.")


def _file_gone(request: CentreRequest, visit: ClassVisit) -> str:
    key = request.POST.get("file", "")
    preparing.take_file_back(file=get_object_or_404(VisitFile, visit=visit, pk=key if key.isdecimal() else 0))
    return _("The file is gone.")


def _item(request: CentreRequest, visit: ClassVisit) -> ChecklistItem:
    key = request.POST.get("item", "")
    return get_object_or_404(ChecklistItem, visit=visit, pk=key if key.isdecimal() else 0)


DEEDS: dict[str, Callable[[CentreRequest, ClassVisit], str]] = {
    "begin": _begin,
    "tick": _tick,
    "remove": _remove,
    "ready": _ready,
    "ask": _ask,
    "file_gone": _file_gone,
}
