"""Filled sheets are typed in: a pile is begun, sheet after sheet is kept, counted or taken back, and the pile is through."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parvis.accounts.roles import Permission
from parvis.centres.scope import CentreRequest, centre_page
from parvis.surveys.actions import paper
from parvis.surveys.actions.answering import NotAskedNow, NothingAnswered, NotRight
from parvis.surveys.forms.paper import BatchForm
from parvis.surveys.models import PaperBatch, Version
from parvis.surveys.papers import questionnaire_pdf
from parvis.surveys.queries.choices import choices_of
from parvis.surveys.queries.paper import batches_of, days_of, paper_lines, paper_surveys
from parvis.surveys.queries.sheet import given_of, sheet
from parvis.surveys.visitor_faults import sentence

Became = PaperBatch.Became


@require_GET
@centre_page(Permission.CODE)
def sheets(request: CentreRequest) -> HttpResponse:
    """Surveys on paper, and the piles that are not through."""
    centre = request.centre
    context = {
        "centre": centre,
        "lines": paper_lines(centre, centre.local_day(centre.now())),
        "may_ask": Permission.ASK in request.permissions,
    }
    return render(request, "surveys/paper/sheets.html", context)


@require_http_methods(["GET", "POST"])
@centre_page(Permission.CODE)
def new_batch(request: CentreRequest, pk: int) -> HttpResponse:
    """What is said once, before the first sheet of a pile."""
    centre = request.centre
    today = centre.local_day(centre.now())
    survey = get_object_or_404(paper_surveys(centre), pk=pk)
    form = BatchForm(
        request.POST if request.method == "POST" else None,
        survey=survey,
        days=days_of(survey, today),
        today=today,
    )
    if request.method == "POST" and form.is_valid():
        try:
            begun = paper.begin_batch(collection=survey, key=form.the_key, pile=form.pile, on=today)
        except (paper.NotOnPaper, paper.NotDrawn, NotAskedNow):
            form.add_error(None, _("Nobody was asked on that day in that language."))
        else:
            return redirect("asking:batch", centre=centre.slug, batch=begun.key)
    context = {"centre": centre, "survey": survey, "form": form}
    return render(request, "surveys/paper/new.html", context, status=422 if form.errors else 200)


@require_GET
@centre_page(Permission.CODE)
def printed(request: CentreRequest, pk: int, language: str) -> HttpResponse:
    """The sheet to print, as the survey puts it."""
    centre = request.centre
    survey = get_object_or_404(paper_surveys(centre), pk=pk)
    if language not in survey.languages:
        raise Http404
    row = Version.objects.whole().get(pk=survey.version_id)
    choices = choices_of(row, centre, centre.local_day(centre.now()))
    with translation.override(language):
        made = questionnaire_pdf(row, choices, language, centre.name)
    name = f"{slugify(str(row.questionnaire.title)) or 'questionnaire'}-{language}.pdf"
    said = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(made, content_type="application/pdf", headers=said)


@require_http_methods(["GET", "POST"])
@centre_page(Permission.CODE)
def batch(request: CentreRequest, batch: UUID) -> HttpResponse:
    """One sheet: what is typed in, and then the next."""
    pile = batch_of(request, batch)
    if request.method == "GET":
        return shown(request, pile, uuid4())
    version = Version.objects.whole().get(pk=pile.collection.version_id)
    key, given = key_of(request), given_of(version, dict(request.POST.lists()))
    try:
        paper.enter_sheet(batch=pile, key=key, given=given)
    except NotRight as refused:
        faults = {question: sentence(fault) for question, fault in refused.faults.items()}
        return shown(request, pile, key, given=given, faults=faults)
    except NothingAnswered:
        return shown(request, pile, key, nothing=True)
    except paper.BatchIsOver:
        messages.error(request, _("This pile was finished meanwhile. Begin another one for what is left."))
        return redirect("asking:sheets", centre=request.centre.slug)
    except NotAskedNow:
        messages.error(request, _("The survey takes no sheets of that day any more: it was not kept."))
    return redirect("asking:batch", centre=request.centre.slug, batch=pile.key)


@require_POST
@centre_page(Permission.CODE)
def batch_deed(request: CentreRequest, batch: UUID, deed: str) -> HttpResponse:
    """A sheet is blank or cannot be read, the newest is taken back, or the pile is through."""
    pile, here = batch_of(request, batch), request.centre.slug
    try:
        if deed in {Became.DECLINED, Became.UNREADABLE}:
            paper.count_sheet(batch=pile, key=key_of(request), became=Became(deed))
        elif deed == "back":
            was = paper.take_back(batch=pile, key=key_of(request))
            said = _("Taken back. Type this sheet in again, or put it aside.")
            messages.info(request, said if was else _("That sheet cannot be taken back any more."))
        elif deed == "finish":
            say_how_it_went(request, paper.finish_batch(batch=pile))
            return redirect("asking:sheets", centre=here)
        else:
            raise Http404
    except paper.BatchIsOver:
        messages.error(request, _("This pile was finished meanwhile. Begin another one for what is left."))
        return redirect("asking:sheets", centre=here)
    except NotAskedNow:
        messages.error(request, _("The survey takes no sheets of that day any more: it was not kept."))
    return redirect("asking:batch", centre=here, batch=pile.key)


def say_how_it_went(request: CentreRequest, pile: PaperBatch) -> None:
    """What became of each sheet, and whether one is missing."""
    said = {
        "entered": pile.entered,
        "declined": pile.declined,
        "unreadable": pile.unreadable,
        "n": abs(pile.left or 0),
    }
    messages.success(
        request,
        _("The pile is through. Typed in: %(entered)s. Blank: %(declined)s. Unreadable: %(unreadable)s.")
        % said,
    )
    if pile.left and pile.left > 0:
        messages.warning(request, _("Sheets that were announced and not typed in: %(n)s.") % said)
    elif pile.left:
        messages.warning(request, _("Sheets more than were announced: %(n)s.") % said)


def shown(request: CentreRequest, pile: PaperBatch, key: UUID, **said: Any) -> HttpResponse:
    """The sheet before one's eyes, with what was typed where something is wrong with it."""
    if pile.is_over:
        return redirect("asking:sheets", centre=request.centre.slug)
    version = Version.objects.whole().get(pk=pile.collection.version_id)
    given, faults = said.get("given"), said.get("faults")
    context = {
        "centre": request.centre,
        "pile": pile,
        "key": key,
        "sheet": sheet(version, request.centre, pile.day, given=given, faults=faults),
        "nothing": said.get("nothing", False),
    }
    return render(request, "surveys/paper/batch.html", context, status=422 if said else 200)


def batch_of(request: CentreRequest, key: UUID) -> PaperBatch:
    """One of the centre's own."""
    return get_object_or_404(batches_of(request.centre), key=key)


def key_of(request: CentreRequest) -> UUID:
    """What the page calls the sheet: a second click is the same one."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError as error:
        raise Http404 from error
