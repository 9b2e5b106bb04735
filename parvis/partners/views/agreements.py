"""Agreements: put down, looked at, replaced, corrected, withdrawn, ended by notice."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parvis.accounts.roles import Permission
from parvis.centres.scope import CentreRequest, centre_page
from parvis.partners import actions
from parvis.partners.forms.agreements import (
    AgreementForm,
    DocumentForm,
    FteForm,
    NoticeForm,
    WithdrawForm,
    agreement_values,
    offered_themes,
    pledge_lines,
)
from parvis.partners.models import Agreement, Relation
from parvis.partners.queries import agreements as queries
from parvis.partners.scope import agreement_of, form_page, relation_of, today_of
from parvis.shared.keys import SENT_ALREADY, renewed


@centre_page(Permission.MANAGE_PARTNERS)
@require_GET
def agreements(request: CentreRequest) -> HttpResponse:
    """Every agreement of the centre."""
    today = today_of(request)
    lines = queries.agreements(request.centre, today)
    shown = {
        "counted": [line for line in lines if line.counts],
        "past": [line for line in lines if not line.counts],
        "today": today,
        "fte_hours": queries.fte_hours(request.centre),
    }
    return render(request, "partners/agreements.html", shown)


@centre_page(Permission.MANAGE_PARTNERS)
@require_GET
def agreement(request: CentreRequest, pk: int) -> HttpResponse:
    """One agreement, with its documents."""
    one, today = agreement_of(request, pk), today_of(request)
    lines = queries.agreements_of(one.relation, today)
    line = next(line for line in lines if line.agreement.pk == one.pk)
    shown = {"line": line, "one": line.agreement, "relation": one.relation, "today": today}
    return render(
        request, "partners/agreement.html", shown | {"documents": DocumentForm(centre=request.centre)}
    )


@centre_page(Permission.MANAGE_PARTNERS)
@require_http_methods(["GET", "POST"])
def new_agreement(request: CentreRequest, pk: int) -> HttpResponse:
    """An agreement with an institution; ``?replaces=`` one that it takes the place of, whose words it begins with."""
    relation = relation_of(request, pk)
    after = None
    if (asked := request.GET.get("replaces", "")).isdecimal() and len(asked) < 19:
        after = get_object_or_404(Agreement, relation=relation, pk=asked)
    return _write(request, relation, after=after)


@centre_page(Permission.MANAGE_PARTNERS)
@require_http_methods(["GET", "POST"])
def correct_agreement(request: CentreRequest, pk: int) -> HttpResponse:
    """What was entered wrongly is put down again; the wrong one is withdrawn."""
    wrong = agreement_of(request, pk)
    return _write(request, wrong.relation, wrong=wrong)


def _write(
    request: CentreRequest,
    relation: Relation,
    *,
    after: Agreement | None = None,
    wrong: Agreement | None = None,
) -> HttpResponse:
    today, data, like = today_of(request), request.POST or None, wrong or after
    initial = agreement_values(like) if like else {"starts_on": today}
    if after:
        initial |= {"starts_on": today, "last_day": None, "signed_on": None, "title": ""}
    about: dict[str, Any] = {
        "centre": request.centre,
        "initial": initial,
        "corrects": wrong is not None,
        "after": after,
    }
    form = AgreementForm(data, **about)
    lines = pledge_lines(data, themes=offered_themes(request.centre, today, like), agreement=like)
    if request.method == "POST" and form.is_valid() & lines.is_valid():
        how: dict[str, Any] = {"key": form.the_key(), "said": form.said(lines.promises())}
        how |= {"by": request.user, "at": request.centre.now()}
        try:
            if wrong:
                made = actions.correct_agreement(agreement=wrong, why=form.cleaned_data["why"], **how)
            else:
                made = actions.record_agreement(relation=relation, replaces=after, **how)
        except actions.SaidOtherwise:
            form = AgreementForm(renewed(request.POST), **about)
            form.add_error(None, str(SENT_ALREADY))
        except actions.AlreadyReplaced:
            form.add_error(
                None, _("A colleague has replaced or withdrawn it meanwhile: look at its page first.")
            )
        except actions.NotAfterTheOther:
            form.add_error("starts_on", _("It does not fit between the agreements before and after it."))
        else:
            messages.success(request, _("Put down."))
            return redirect("partners:agreement", centre=request.centre.slug, pk=made.pk)
    shown = {"form": form, "lines": lines, "relation": relation, "after": after, "wrong": wrong}
    shown |= {"fte_hours": wrong.fte_hours if wrong else queries.fte_hours(request.centre)}
    status = 422 if form.errors or any(lines.errors) else 200
    return render(request, "partners/agreement_form.html", shown, status=status)


@centre_page(Permission.MANAGE_PARTNERS)
@require_http_methods(["GET", "POST"])
def withdraw_agreement(request: CentreRequest, pk: int) -> HttpResponse:
    """It was put down by mistake."""
    one = agreement_of(request, pk)
    form = WithdrawForm(request.POST or None, centre=request.centre)
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["why"]
        try:
            actions.withdraw_agreement(agreement=one, why=why, by=request.user, at=request.centre.now())
        except actions.StillReplaces:
            form.add_error(None, _("A later agreement took its place: withdraw that one first."))
        else:
            messages.success(request, _("Withdrawn. It stays readable and counts nowhere."))
            return redirect("partners:agreement", centre=request.centre.slug, pk=pk)
    title = _("Withdraw “%(agreement)s”") % {"agreement": one}
    return form_page(request, form, title, _way(one), save=_("Withdraw"), danger=True)


@centre_page(Permission.MANAGE_PARTNERS)
@require_http_methods(["GET", "POST"])
def notice(request: CentreRequest, pk: int) -> HttpResponse:
    """One side gave notice."""
    one, today = agreement_of(request, pk), today_of(request)
    usual = {"on": one.noticed_on or today, "last_day": one.noticed_last_day or one.after_notice(today)}
    form = NoticeForm(request.POST or None, initial=usual)
    if request.method == "POST" and form.is_valid():
        on, last_day = form.cleaned_data["on"], form.cleaned_data["last_day"]
        try:
            actions.give_notice(agreement=one, on=on, last_day=last_day)
        except actions.NoticeTooEarly:
            form.add_error("last_day", _("It ends before the notice, or before it begins."))
        except actions.AlreadyReplaced:
            form.add_error(None, _("It was withdrawn meanwhile."))
        else:
            messages.success(request, _("Saved."))
            return redirect("partners:agreement", centre=request.centre.slug, pk=pk)
    return form_page(request, form, _("Notice given for “%(agreement)s”") % {"agreement": one}, _way(one))


@centre_page(Permission.MANAGE_PARTNERS)
@require_POST
def take_back_notice(request: CentreRequest, pk: int) -> HttpResponse:
    """The notice was taken back."""
    actions.take_back_notice(agreement=agreement_of(request, pk))
    messages.success(request, _("The notice is taken back: it goes on as it was."))
    return redirect("partners:agreement", centre=request.centre.slug, pk=pk)


@centre_page(Permission.MANAGE_PARTNERS)
@require_http_methods(["GET", "POST"])
def full_time(request: CentreRequest) -> HttpResponse:
    """How many hours a full-time year has."""
    form = FteForm(request.POST or None, initial={"fte_hours": queries.fte_hours(request.centre)})
    if request.method == "POST" and form.is_valid():
        actions.set_fte_hours(centre=request.centre, hours=form.cleaned_data["fte_hours"])
        messages.success(request, _("Saved."))
        return redirect("partners:agreements", centre=request.centre.slug)
    back = reverse("partners:agreements", args=[request.centre.slug])
    return form_page(request, form, _("What a full-time equivalent is"), back)


def _way(one: Agreement) -> str:
    return reverse("partners:agreement", args=[one.relation.centre.slug, one.pk])
