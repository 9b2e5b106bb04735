"""One's own account, and who may do what."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parvis.accounts import actions, queries
from parvis.accounts.forms import IntroductionForm, LanguageForm
from parvis.accounts.models import User
from parvis.accounts.roles import Role


@login_required
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Name, language, and the way to password, second step and sessions."""
    person = _person(request)
    data = request.POST if request.method == "POST" else None
    form = IntroductionForm(data, instance=User.objects.get(pk=person.pk))
    if request.method == "POST" and form.is_valid():
        actions.introduce_oneself(person=person, **form.cleaned_data)
        with translation.override(person.language):
            messages.success(request, _("Saved."))
        return redirect("accounts:account")
    status = 422 if form.errors else 200
    return render(request, "accounts/account.html", {"form": form}, status=status)


@login_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Changes the language and returns to the page one was on."""
    form = LanguageForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    actions.choose_language(person=_person(request), language=form.cleaned_data["language"])
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return redirect(back if safe else reverse("accounts:account"))


@login_required
@require_POST
def end_session(request: HttpRequest, session_id: int) -> HttpResponse:
    """Signs out one other browser of one's own."""
    others = UserSession.objects.filter(user=_person(request)).exclude(
        session_key=request.session.session_key
    )
    session = get_object_or_404(others, pk=session_id)
    actions.end_session(session=session)
    messages.success(request, _("You are signed out there."))
    return redirect("usersessions_list")


@login_required
@require_GET
def roles(request: HttpRequest) -> HttpResponse:
    """Who may do what: the one table, readable by everybody who works here."""
    return render(request, "accounts/roles.html", {"roles": list(Role), "rights": queries.rights()})


def _person(request: HttpRequest) -> User:
    """The signed-in person. The decorator above each page has refused everybody else."""
    if not isinstance(request.user, User):
        raise TypeError("a page about one's own account needs login_required")
    return request.user
