"""The teacher's page for preparing and for afterwards: what to see to, files, the class's questions, the programme; how it was."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from parvis.agenda.actions import preparing
from parvis.agenda.actions.visit_steps import Doing, VisitError
from parvis.agenda.forms.visitor_class_files import FileForm
from parvis.agenda.models import ChecklistItem, ClassVisit, VisitFile
from parvis.agenda.queries.class_day import class_day
from parvis.agenda.queries.objectives import objectives_of
from parvis.agenda.queries.preparation import preparation_of
from parvis.agenda.views.sharing import as_download, as_pdf
from parvis.agenda.views.visitor_teacher import TeacherRequest, teacher_page
from parvis.agenda.visitor_class_limits import WORDS, may
from parvis.agenda.visitor_class_paper import certificate_pdf, hours, station_name, teacher_pdf
from parvis.shared.visiting import speaking_of
from parvis.surveys.actions.classes import TooFewPupils

S = ClassVisit.State
SURE = (S.CONFIRMED, S.PREPARED, S.HELD, S.EVALUATED)
LATER, WRONG = 429, 422


@require_safe
@teacher_page
def teacher_day(request: TeacherRequest) -> HttpResponse:
    """What there is to prepare; afterwards, how it was. Only once the class is sure to come."""
    if request.visit.state not in SURE:
        return redirect("agenda:teacher_visit", token=request.visit.token)
    return _shown(request)


@require_POST
@teacher_page
def teacher_deed(request: TeacherRequest, deed: str) -> HttpResponse:
    """One thing is done."""
    if request.visit.state not in SURE or deed not in {*DEEDS, "file"}:
        raise Http404
    if not may(WORDS, request.META.get("REMOTE_ADDR", ""), request.visit.pk):
        return _shown(
            request,
            wrong=_("Many messages came from your network just now. Please wait ten minutes."),
            status=LATER,
        )
    if deed == "file":
        return _file(request)
    try:
        answer = DEEDS[deed](request)
    except TooFewPupils:
        return _shown(request, wrong=_few(), status=WRONG)
    except VisitError:
        wrong = _("The visit has changed since you opened this page. Please look at it again.")
        return _shown(request, wrong=wrong, status=WRONG)
    return answer or redirect(_address(request))


@require_safe
@teacher_page
def teacher_file(request: TeacherRequest, file: int) -> HttpResponse:
    """A file of the visit, as a download."""
    return as_download(get_object_or_404(VisitFile, visit=request.visit, pk=file))


@require_safe
@teacher_page
def teacher_paper(request: TeacherRequest, kind: str) -> HttpResponse:
    """The programme before, the certificate afterwards."""
    visit = request.visit
    if kind == "certificate" and visit.state in preparing.AFTER:
        worked = [str(one.label) for one in objectives_of(visit)]
        return as_pdf(certificate_pdf(class_day(visit), objectives=worked), "certificate")
    day = class_day(visit)
    if kind != "programme" or visit.state not in SURE or not day.slots:
        raise Http404
    mine = visit.checklist.filter(for_teacher=True, done_at=None)
    return as_pdf(teacher_pdf(day, to_see_to=list(mine.values_list("text", flat=True))), "programme")


def _tick(request: TeacherRequest) -> None:
    key = request.POST.get("item", "")
    rows = ChecklistItem.objects.filter(visit=request.visit, for_teacher=True)
    item = get_object_or_404(rows, pk=key if key.isdecimal() else 0)
    preparing.tick(item=item, done=request.POST.get("done") == "1", at=request.at)


def _ask(request: TeacherRequest) -> HttpResponse:
    screen = preparing.ask_class(visit=request.visit, at=request.at)
    return redirect(f"{reverse('asking:screen', kwargs={'token': screen.token})}?language={request.language}")


def _file_gone(request: TeacherRequest) -> None:
    key = request.POST.get("file", "")
    rows = VisitFile.objects.filter(visit=request.visit, by_teacher=True)
    preparing.take_file_back(file=get_object_or_404(rows, pk=key if key.isdecimal() else 0))


def _evaluate(request: TeacherRequest) -> HttpResponse:
    survey = preparing.ask_teacher(visit=request.visit, at=request.at)
    return redirect(f"{reverse('asking:answer', kwargs={'token': survey.token})}?language={request.language}")


def _told(request: TeacherRequest) -> None:
    doing = Doing(key=uuid4(), at=request.at, by_teacher=True)
    preparing.say_evaluated(visit=request.visit, doing=doing)
    messages.success(request, _("Thank you for telling us how it was"))


DEEDS: dict[str, Callable[[TeacherRequest], HttpResponse | None]] = {
    "tick": _tick,
    "ask": _ask,
    "file_gone": _file_gone,
    "evaluate": _evaluate,
    "told": _told,
}


def _file(request: TeacherRequest) -> HttpResponse:
    form = FileForm(request.POST, request.FILES, country=request.visit.centre.country)
    if form.is_valid():
        try:
            preparing.share_file(
                visit=request.visit,
                key=form.the_key,
                title=form.cleaned_data["title"],
                clean=form.clean_one,
                by_teacher=True,
                at=request.at,
            )
        except preparing.Enough:
            form.add_error(None, _("There are five files of yours already. Take one back first."))
        else:
            messages.success(request, _("The centre has your file."))
            return redirect(_address(request))
    return _shown(request, form=form, status=WRONG)


def _shown(
    request: TeacherRequest, *, form: FileForm | None = None, wrong: str = "", status: int = 200
) -> HttpResponse:
    visit = request.visit
    day = class_day(visit)
    rows = [
        (
            hours(slot),
            [
                (group, station_name(there) if there else "", there and there.room)
                for group, there in slot.by_group
            ],
        )
        for slot in day.slots
    ]
    context = {
        "visit": visit,
        "centre": visit.centre,
        "preparation": preparation_of(visit, request.at),
        "day": day,
        "rows": rows,
        "before": visit.state in preparing.BEFORE,
        "after": visit.state in preparing.AFTER,
        "worked": objectives_of(visit) if visit.state in preparing.AFTER else [],
        "few": _few(),
        "wrong": wrong,
        "file_form": form or FileForm(country=visit.centre.country),
    }
    context |= speaking_of(request, reverse("agenda:teacher_day", kwargs={"token": visit.token}))
    return render(request, "agenda/visitor/class_prepare.html", context, status=status)


def _address(request: TeacherRequest) -> str:
    return (
        f"{reverse('agenda:teacher_day', kwargs={'token': request.visit.token})}?language={request.language}"
    )


def _few() -> str:
    return _(
        "Your class has fewer than ten pupils. So few could be recognised, so nothing is asked: talk about it together."
    )
