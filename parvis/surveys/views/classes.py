"""A screen for a class is made; the teacher gets its link."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from parvis.accounts.roles import Permission
from parvis.centres.scope import CentreRequest, centre_page
from parvis.surveys.actions.classes import prepare_class
from parvis.surveys.actions.collections import NotInThatLanguage, NotOpen
from parvis.surveys.forms.classes import ClassForm
from parvis.surveys.models import Audience
from parvis.surveys.queries.asking import versions_to_ask


@require_http_methods(["GET", "POST"])
@centre_page(Permission.ASK)
def new_class(request: CentreRequest) -> HttpResponse:
    """Which questionnaire, when, and how many pupils; then the survey's own page has the teacher's link."""
    centre = request.centre
    versions = versions_to_ask(centre).filter(questionnaire__audience=Audience.PUPIL)
    form = ClassForm(
        request.POST if request.method == "POST" else None,
        versions=versions,
        today=centre.local_day(centre.now()),
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = prepare_class(
                version=said["version"], centre=centre, key=form.the_key, put=form.put, wanted=form.wanted
            )
        except (NotOpen, NotInThatLanguage):
            form.add_error("version", _("This questionnaire is not open any more."))
        else:
            return redirect("asking:survey", centre=centre.slug, pk=made.collection_id)
    context = {"centre": centre, "form": form, "there_is_one": versions.exists()}
    return render(request, "surveys/asking/new_class.html", context, status=422 if form.errors else 200)
