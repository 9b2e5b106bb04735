"""A teacher asks for a visit, without an account: the class, what it comes for, when. Works without scripts.

What was typed travels in the page from step to step; nothing is kept before the last one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django import forms
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from parvis.agenda.actions import visits
from parvis.agenda.forms.visitor_ask_class import ClassForm, DatesForm, WishesForm
from parvis.agenda.models import ClassVisit
from parvis.agenda.queries.half_days import first_day, free_half_days
from parvis.agenda.queries.visitor_classes import Choices, choices, welcoming
from parvis.agenda.visitor_class_limits import ASKED, WAIT, may
from parvis.centres.models import Centre
from parvis.shared.visiting import VisitorRequest, speaking_of, visitor_page

WRONG, LATER, GONE = 422, 429, 404
PAGES = {
    1: "agenda/visitor/class_ask_1.html",
    2: "agenda/visitor/class_ask_2.html",
    3: "agenda/visitor/class_ask_3.html",
}
LAST = len(PAGES)
OURS = {"csrfmiddlewaretoken", "at", "go"}


@dataclass(frozen=True)
class Asked:
    """The forms so far, each bound to what was sent."""

    centre: Centre
    offered: Choices
    sent: QueryDict

    def class_form(self) -> ClassForm:
        return ClassForm(self.sent, choices=self.offered)

    def wishes_form(self) -> WishesForm:
        return WishesForm(self.sent, choices=self.offered)

    def dates_form(self, pupils: int, **how: Any) -> DatesForm:
        first = first_day(self.centre, self.centre.now())
        free = free_half_days(self.centre, pupils=pupils, first=first)
        return DatesForm(**how or {"data": self.sent}, free=free, first=first)


@require_http_methods(["GET", "POST"])
@visitor_page
def ask_visit(request: VisitorRequest, centre: str) -> HttpResponse:
    """The three steps."""
    found = welcoming(centre)
    if found is None:
        context = speaking_of(request, reverse("agenda:ask_visit", kwargs={"centre": centre}))
        return render(request, "agenda/visitor/class_closed.html", context, status=GONE)
    with timezone.override(found.zone):
        asked = Asked(found, choices(found, found.local_day(found.now())), request.POST)
        if request.method == "GET":
            form = ClassForm(choices=asked.offered)
            return shown(request, asked, 1, form)
        return step(request, asked)


def step(request: VisitorRequest, asked: Asked) -> HttpResponse:
    """On to the next step, back to the one before, or once more where something is missing."""
    at = min(max(_number(request.POST.get("at", "")), 1), LAST)
    first, wishes = asked.class_form(), asked.wishes_form()
    if request.POST.get("go") == "back" and at > 1:
        return shown(request, asked, at - 1, first if at == 2 else wishes)
    if not first.is_valid():
        return shown(request, asked, 1, first, status=WRONG)
    if at == 1:
        return shown(request, asked, 2, WishesForm(initial=_typed(asked.sent), choices=asked.offered))
    if not wishes.is_valid():
        return shown(request, asked, 2, wishes, status=WRONG)
    pupils = first.cleaned_data["pupils"]
    if at == 2:
        return shown(request, asked, 3, asked.dates_form(pupils, initial=_typed(asked.sent)))
    dates = asked.dates_form(pupils)
    if not dates.is_valid():
        return shown(request, asked, 3, dates, status=WRONG)
    return ask(request, asked, first, wishes, dates)


def ask(
    request: VisitorRequest, asked: Asked, first: ClassForm, wishes: WishesForm, dates: DatesForm
) -> HttpResponse:
    key = _key(asked.sent)
    known = ClassVisit.objects.filter(key=key).exists()
    if not known and not may(ASKED, request.META.get("REMOTE_ADDR", ""), asked.centre.pk):
        dates.add_error(
            None,
            _(
                "Many requests came from your network just now. Wait ten minutes, then press the button again: nothing is lost."
            ),
        )
        response = shown(request, asked, 3, dates, status=LATER)
        response.headers["Retry-After"] = str(WAIT)
        return response
    said = asking(request, asked, first, wishes, dates)
    try:
        visit = visits.ask(centre=asked.centre, key=key, asking=said, at=asked.centre.now())
    except visits.NotWelcome:
        dates.add_error(None, _("This centre takes no requests of classes now."))
        return shown(request, asked, 3, dates, status=409)
    path = reverse("agenda:teacher_visit", kwargs={"token": visit.token})
    return HttpResponseRedirect(f"{path}?{urlencode({'language': request.language, 'asked': 1})}")


def asking(
    request: VisitorRequest, asked: Asked, first: ClassForm, wishes: WishesForm, dates: DatesForm
) -> visits.Asking:
    """What was said in the three forms."""
    of_class, of_dates = first.cleaned_data, dates.cleaned_data
    by_key = {str(one.pk): one for one in [*asked.offered.levels, *asked.offered.streams]}
    return visits.Asking(
        school_name=of_class["school"],
        school=first.the_school(),
        level=by_key.get(of_class.get("level", "")),
        stream=by_key.get(of_class.get("stream", "")),
        pupils=of_class["pupils"],
        adults=of_class["adults"],
        language=request.language,
        languages=of_class["languages"],
        needs=of_class["needs"],
        interviews=wishes.cleaned_data["interviews"],
        kits=wishes.the_kits(),
        objectives=wishes.the_objectives(),
        dates=dates.the_dates(),
        name=of_dates["name"],
        email=of_dates["email"],
        phone=of_dates["phone"],
    )


def shown(
    request: VisitorRequest, asked: Asked, at: int, form: forms.Form, *, status: int = 200
) -> HttpResponse:
    """One step; what the others hold goes along, hidden."""
    own = set(form.fields) | OURS
    carried = [(name, value) for name in asked.sent if name not in own for value in asked.sent.getlist(name)]
    context = {
        "centre": asked.centre,
        "form": form,
        "at": at,
        "last": LAST,
        "carried": carried if "key" in asked.sent else [*carried, ("key", str(uuid4()))],
        "schools": asked.offered.listed if at == 1 else [],
        "workshops": asked.offered.workshops,
    }
    context |= speaking_of(request, reverse("agenda:ask_visit", kwargs={"centre": asked.centre.slug}))
    return render(request, PAGES[at], context, status=status)


def _typed(sent: QueryDict) -> dict[str, Any]:
    """What was typed before one went back, to find it again."""
    several = {"kits", "objectives", "half_days", "languages"}
    return {name: sent.getlist(name) if name in several else sent[name] for name in sent}


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 3 else 1


def _key(sent: QueryDict) -> UUID:
    try:
        return UUID(sent.get("key", ""))
    except ValueError:
        return uuid4()
