"""Questionnaires: the list, a new one, what becomes of one."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parvis.centres.models import Centre, Holder, Network
from parvis.centres.queries.codes import languages_of
from parvis.surveys.actions import questionnaires as actions
from parvis.surveys.actions import versions
from parvis.surveys.actions.ready import begin_ready
from parvis.surveys.addresses import address_of
from parvis.surveys.forms.questionnaires import QuestionnaireForm, StartForm
from parvis.surveys.models import Audience, Purpose, Questionnaire, Version
from parvis.surveys.queries import questionnaires as queries
from parvis.surveys.ready import ready_models
from parvis.surveys.views.holders import AskRequest, questionnaire_of, today_of


@require_GET
def questionnaires(request: AskRequest, holder: Holder) -> HttpResponse:
    """All of them, those put away last."""
    lines = queries.questionnaires(holder)
    shown = {
        "holder": holder,
        "lines": [line for line in lines if not line.questionnaire.archived_on],
        "archived": [line for line in lines if line.questionnaire.archived_on],
    }
    return render(request, "surveys/questionnaires.html", shown)


@require_http_methods(["GET", "POST"])
def new_questionnaire(request: AskRequest, holder: Holder) -> HttpResponse:
    """From a ready model, from one that the network has, or empty."""
    if request.method == "POST" and "source" in request.POST:
        return _started(request, holder)
    form = QuestionnaireForm(request.POST or None, languages=_languages(holder)[:1])
    if request.method == "POST" and form.is_valid():
        try:
            draft = actions.begin_questionnaire(
                holder=holder, key=form.the_key, said=form.said(), language=_languages(holder)[0]
            )
        except actions.OfAnother:
            raise Http404 from None
        return redirect(address_of(holder, "version", draft.pk))
    shown = {
        "holder": holder,
        "form": form,
        "key": uuid4(),
        "ready": ready_models(),
        "offered": queries.offered_models(_network(holder)),
    }
    return render(request, "surveys/new.html", shown, status=422 if form.errors else 200)


def _started(request: AskRequest, holder: Holder) -> HttpResponse:
    form = StartForm(request.POST)
    if not form.is_valid():
        raise Http404
    key, source = form.cleaned_data["key"], form.cleaned_data["source"]
    ready = {model.key: model for model in ready_models()}
    offered = {str(version.pk): version for version in queries.offered_models(_network(holder))}
    try:
        if source in ready:
            draft = begin_ready(holder=holder, key=key, model=ready[source], language=_languages(holder)[0])
        elif source in offered:
            draft = _from_model(holder, key, offered[source])
        else:
            raise Http404
    except actions.OfAnother:
        raise Http404 from None
    messages.success(request, _("A draft is there: change what you like before you open it."))
    return redirect(address_of(holder, "version", draft.pk))


def _from_model(holder: Holder, key: UUID, source: Version) -> Version:
    asked = source.questionnaire
    said = actions.Said(asked.title, Purpose(asked.purpose), Audience(asked.audience), asked.anonymous)
    return actions.begin_questionnaire(
        holder=holder,
        key=key,
        said=said,
        language=source.language,
        source=source,
        ready_model=asked.ready_model,
    )


@require_http_methods(["GET", "POST"])
def questionnaire(request: AskRequest, holder: Holder, pk: int) -> HttpResponse:
    """What it is, and its versions."""
    row = questionnaire_of(holder, pk)
    found = list(row.versions.all())
    promised = any(not version.is_draft for version in found)
    form = QuestionnaireForm(
        request.POST or None,
        languages=_languages(holder),
        title=row.title,
        promised=promised,
        initial={"purpose": row.purpose, "audience": row.audience, "known": not row.anonymous},
    )
    if request.method == "POST" and form.is_valid():
        said = form.said(audience=Audience(row.audience), anonymous=row.anonymous)
        try:
            actions.change_questionnaire(questionnaire=row, said=said)
        except actions.AnsweredAlready:
            messages.error(request, _("It was opened meanwhile: who answers stays as it is."))
        else:
            messages.success(request, _("Saved."))
        return redirect(address_of(holder, "questionnaire", pk))
    shown: dict[str, object] = {"holder": holder, "questionnaire": row, "versions": found, "form": form}
    shown |= {"key": uuid4(), "has_draft": any(one.is_draft for one in found), "promised": promised}
    return render(request, "surveys/questionnaire.html", shown, status=422 if form.errors else 200)


@require_POST
def questionnaire_deed(request: AskRequest, holder: Holder, pk: int, deed: str) -> HttpResponse:
    """Offered as a model or no longer, put away or taken back, copied, or a next version begun."""
    row = questionnaire_of(holder, pk)
    here = address_of(holder, "questionnaire", pk)
    match deed:
        case "offer" | "withdraw":
            actions.offer_as_model(questionnaire=row, offered=deed == "offer")
            messages.success(request, _("Saved."))
        case "archive":
            actions.archive(questionnaire=row, on=today_of(holder))
            messages.success(request, _("Put away. Its answers stay."))
        case "return":
            actions.take_back_archiving(questionnaire=row)
            messages.success(request, _("It is back with the others."))
        case "copy":
            return _copied(request, holder, row)
        case "next":
            return _next(request, holder, row)
        case _:
            raise Http404
    return redirect(here)


def _copied(request: AskRequest, holder: Holder, row: Questionnaire) -> HttpResponse:
    form = StartForm(request.POST)
    if not form.is_valid():
        raise Http404
    source = row.versions.all()[0]
    source.questionnaire = row
    draft = _from_model(holder, form.cleaned_data["key"], source)
    messages.success(request, _("This is the copy: give it a title of its own."))
    return redirect(address_of(holder, "questionnaire", draft.questionnaire_id))


def _next(request: AskRequest, holder: Holder, row: Questionnaire) -> HttpResponse:
    try:
        draft = versions.next_version(version=row.versions.all()[0])
    except versions.HasADraft:
        draft = row.versions.get(state=Version.State.DRAFT)
    return redirect(address_of(holder, "version", draft.pk))


def _languages(holder: Holder) -> list[str]:
    """A centre's own language first; a network has none of its own, and begins with English."""
    spoken = languages_of(holder)
    first = holder.language if isinstance(holder, Centre) else "en"
    return [first, *(code for code in spoken if code != first)]


def _network(holder: Holder) -> Network:
    return holder.network if isinstance(holder, Centre) else holder
