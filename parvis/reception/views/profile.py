"""The voluntary questions asked aloud by staff."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from parvis.accounts.roles import Permission
from parvis.centres.scope import CentreRequest, centre_page
from parvis.reception import actions
from parvis.reception.actions.profile import QUESTIONS
from parvis.reception.forms.visitor_profile import ProfileForm
from parvis.reception.models import Profile
from parvis.reception.queries.acts import choices


@require_http_methods(["GET", "POST"])
@centre_page(Permission.CODE)
def profile_new(request: CentreRequest) -> HttpResponse:
    """Somebody was asked: answers as far as they were given, or none."""
    day = request.centre.local_day(request.centre.now())
    form = ProfileForm(
        request.POST if request.method == "POST" else None,
        choices=choices(request.centre, day, list(QUESTIONS)),
    )
    if request.method == "POST" and form.is_valid():
        declined = "declined" in request.POST
        try:
            actions.answer_profile(
                centre=request.centre,
                key=form.the_key,
                method=Profile.Method.ASKED,
                day=day,
                answers=[] if declined else form.answers(),
                commune_prefix="" if declined else form.cleaned_data["commune_prefix"],
            )
            messages.success(request, _("Noted, tied to nobody."))
            return redirect("reception:profile_new", centre=request.centre.slug)
        except actions.ReceptionError as error:
            form.add_error(None, str(error))
    context = {"form": form, "asks": request.centre.asks_profile_on(day)}
    return render(request, "reception/profile.html", context, status=422 if form.errors else 200)
