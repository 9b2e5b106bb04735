"""Surveys under way: a version is put to people, hours are drawn, refusals counted, results read."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parvis.accounts.roles import Permission
from parvis.centres.scope import CentreRequest, centre_page
from parvis.surveys.actions.answering import NotAskedNow, count_refusal
from parvis.surveys.actions.collections import NotInThatLanguage, NotOpen, close_collection, open_collection
from parvis.surveys.actions.sampling import (
    HasBegun,
    NeedsALastDay,
    NothingToDraw,
    draw_again,
    frame_of,
    open_sample,
)
from parvis.surveys.forms.asking import AskingForm
from parvis.surveys.models import ClassRound, Collection, Refusals, Response, Sample, Way
from parvis.surveys.queries.asking import surveys_of, versions_to_ask
from parvis.surveys.queries.batches import told_until
from parvis.surveys.queries.classes import class_totals, screen_of
from parvis.surveys.queries.paper import unreadable_sheets
from parvis.surveys.queries.results import Results, results
from parvis.surveys.queries.samples import hoped, margins, number_for, sampled
from parvis.surveys.results_page import results_address
from parvis.surveys.sampling import TooFewDays
from parvis.surveys.visitor_poster import lines_of, qr_code


@require_GET
@centre_page(Permission.ASK)
def surveys(request: CentreRequest) -> HttpResponse:
    """Every survey of the centre, those that go on first."""
    centre = request.centre
    today = centre.local_day(centre.now())
    context = {
        "centre": centre,
        "lines": surveys_of(centre, today),
        "may_begin": versions_to_ask(centre).exists(),
    }
    return render(request, "surveys/asking/surveys.html", context)


@require_http_methods(["GET", "POST"])
@centre_page(Permission.ASK)
def new(request: CentreRequest) -> HttpResponse:
    """A version is put to people; for a sample, hours are drawn at once and shown."""
    centre, at = request.centre, request.centre.now()
    form = AskingForm(
        request.POST if request.method == "POST" else None,
        centre=centre,
        versions=versions_to_ask(centre),
        today=centre.local_day(at),
    )
    if request.method == "POST" and form.is_valid() and (made := begun(request, form)):
        return redirect("asking:survey", centre=centre.slug, pk=made.pk)
    context = {"centre": centre, "form": form}
    return render(request, "surveys/asking/new.html", context, status=422 if form.errors else 200)


def begun(request: CentreRequest, form: AskingForm) -> Collection | None:
    """The survey that was asked for, or a word in the form about why not."""
    centre, version = request.centre, form.cleaned_data["version"]
    try:
        if not form.cleaned_data["draws"]:
            return open_collection(version=version, holder=centre, key=form.the_key, put=form.put)
        number = number_of(request, form)
        if number is None:
            return None
        return open_sample(
            version=version, centre=centre, key=form.the_key, put=form.put, wish=form.wish(number)
        )
    except TooFewDays as refused:
        form.add_error(
            "number",
            _("There are only %(days)s open days. Whole half-days or days bring more answers than hours.")
            % {"days": refused.days},
        )
    except (NothingToDraw, NeedsALastDay):
        form.add_error("closes_on", _("The place is closed on each of these days."))
    except (NotOpen, NotInThatLanguage):
        form.add_error("version", _("This questionnaire is not open any more."))
    return None


def number_of(request: CentreRequest, form: AskingForm) -> int | None:
    """How many slots: as typed, else as the wished margin needs."""
    data = form.cleaned_data
    if data.get("number"):
        return int(data["number"])
    put, wish = form.put, form.wish(0)
    if put.closes_on is None:
        return None
    frame = frame_of(wish.site, put.opens_on, put.closes_on, wish.unit)
    days = len({slot.day for slot in frame})
    length = (put.closes_on - put.opens_on).days + 1
    strata = len({slot.part for slot in frame}) or 1
    assumed = hoped(request.centre, len(frame), length, strata, request.centre.now())
    found = number_for(assumed, data["points"], days)
    if found is None and assumed.contacts:
        form.add_error(
            "points",
            _("Not even every day would bring so small a margin. Choose a longer time or a wider margin."),
        )
    elif found is None:
        form.add_error("points", _("Nobody was counted in as many days before. Say how many instead."))
    return found


@require_GET
@centre_page(Permission.ASK)
def survey(request: CentreRequest, pk: int) -> HttpResponse:
    """One survey: how people reach it, the drawn hours, and what came of it."""
    centre, at = request.centre, request.centre.now()
    collection = survey_of(request, pk)
    today = centre.local_day(at)
    told = told_until(collection, today)
    is_class = collection.way == Way.CLASS  # its page tells protected totals, as soon as it is over
    found = results(collection, today if is_class else told or collection.opens_on - timedelta(days=1))
    held = request.permissions
    outside = Permission.MANAGE_NETWORK in held and Permission.CLOSE_DAY not in held
    context = {
        "centre": centre,
        "survey": collection,
        "is_open": collection.takes_answers_on(today),
        "may_draw": found.sampled is not None and today < collection.opens_on,
        "found": found,
        "drawing": sampled(collection, today),
        "outside": outside,
        "told": told,
        "waiting": Response.objects.filter(collection=collection).count() - found.answered,
        "results": results_address(collection),
        "address": address_of(request, collection),
        "today": today,
        "next_key": uuid4(),
        "margins": sample_margins(request, found),
        "may_type": Permission.CODE in request.permissions,
        "unreadable": unreadable_sheets(collection),
    }
    if collection.way == Way.CLASS:
        context |= class_context(request, found)
    return render(request, "surveys/asking/survey.html", context)


def class_context(request: CentreRequest, found: Results) -> dict[str, object]:
    """A class's screen and totals; nothing where a class answers by a link alone."""
    row = ClassRound.objects.filter(collection=found.collection).first()
    if row is None:
        return {}
    row.collection = found.collection
    address = reverse("asking:screen", kwargs={"token": row.token})
    return {
        "screen": screen_of(row, request.centre.now()),
        "screen_address": request.build_absolute_uri(address),
        "totals": class_totals(found),
    }


def sample_margins(request: CentreRequest, found: Results) -> list[tuple[int, int, float]]:
    """Before a sample begins: what other numbers would bring."""
    collection, sample = found.collection, found.sampled
    today = request.centre.local_day(request.centre.now())
    if sample is None or collection.closes_on is None or today >= collection.opens_on:
        return []
    length = (collection.closes_on - collection.opens_on).days + 1
    frame = sample.sample.frame
    assumed = hoped(request.centre, sample.slots, length, len(frame), request.centre.now())
    return margins(assumed, min(sample.slots, length))


@require_POST
@centre_page(Permission.ASK)
def deed(request: CentreRequest, pk: int, deed: str) -> HttpResponse:
    """Draw again, count somebody who declined at the desk, or end it."""
    collection, today = survey_of(request, pk), request.centre.local_day(request.centre.now())
    try:
        if deed == "draw":
            draw_again(sample=get_object_or_404(Sample, collection=collection), on=today)
        elif deed == "declined":
            key = key_said(request)
            count_refusal(collection=collection, key=key, kind=Refusals.Kind.DECLINED, day=today)
        elif deed == "close":
            close_collection(collection=collection, on=today)
        else:
            raise Http404
    except HasBegun:
        messages.error(request, _("The survey has begun: what was drawn stays."))
    except NotAskedNow:
        messages.error(request, _("The survey takes no answers today, so nobody can decline."))
    return redirect("asking:survey", centre=request.centre.slug, pk=pk)


@require_GET
@centre_page(Permission.ASK)
def poster(request: CentreRequest, pk: int) -> HttpResponse:
    """A sheet to hang up: the code that leads to the questions, in the survey's languages."""
    collection = survey_of(request, pk)
    if collection.way in {Way.PAPER, Way.THREAD, Way.CLASS}:  # no poster leads there
        raise Http404
    address = address_of(request, collection)
    context = {
        "centre": request.centre,
        "survey": collection,
        "address": address,
        "qr": qr_code(address),
        "lines": lines_of(collection.languages),
    }
    return render(request, "surveys/visitor/poster.html", context)


def key_said(request: CentreRequest) -> UUID:
    """The page's own, by which a second click counts once."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError as error:
        raise Http404 from error


def survey_of(request: CentreRequest, pk: int) -> Collection:
    """One of the centre's own."""
    found = Collection.objects.filter(centre=request.centre).select_related(
        "version__questionnaire", "centre__network", "network"
    )
    return get_object_or_404(found, pk=pk)


def address_of(request: CentreRequest, collection: Collection) -> str:
    """Where people answer."""
    return request.build_absolute_uri(reverse("asking:answer", kwargs={"token": collection.token}))
