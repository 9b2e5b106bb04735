"""The assistant for a new centre: three pages that can be left and gone back to, then the centre."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cached_property, wraps
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from parvis.accounts.models import User
from parvis.accounts.roles import Permission
from parvis.centres.actions import Plan, open_centre
from parvis.centres.forms.hours import HoursForm
from parvis.centres.forms.new_centre import NEW_NETWORK, ModelPage, ThemesPage, WaitingPage
from parvis.centres.forms.where import WhereForm
from parvis.centres.models import Centre, Network, ProfileMoment, ServiceModel, TicketStyle
from parvis.centres.permissions import may_open_centres
from parvis.centres.queries.network import networks_of
from parvis.centres.queries.opening import week_lines
from parvis.centres.queries.start import start_of
from parvis.centres.scope import CentreRequest, centre_page
from parvis.centres.service_models import ThemePreset, preset
from parvis.centres.views.drafts import Draft
from parvis.centres.words import own_name
from parvis.shared.nights import trouble

TEMPLATES = {
    "model": "centres/new_centre/model.html",
    "themes": "centres/new_centre/themes.html",
    "waiting": "centres/new_centre/waiting.html",
}
PAGES = list(TEMPLATES)


class Assistant:
    """The forms of one draft, each filled with what was sent, else with what its predecessors suggest."""

    def __init__(self, person: User, draft: Draft) -> None:
        self.person, self.draft = person, draft
        self.networks: list[Network] = networks_of(person)

    @cached_property
    def model(self) -> ModelPage:
        """Page 1."""
        initial = {
            "service_model": ServiceModel.CITE_DES_METIERS,
            "country": "FR",
            "time_zone": "Europe/Paris",
            "languages": list(dict.fromkeys([self.person.language, "fr", "en"])),
        }
        return ModelPage(
            self.draft.page("model"),
            initial=initial,
            networks=self.networks,
            may_add_network=self.person.is_superuser,
        )

    @cached_property
    def themes(self) -> ThemesPage:
        """Page 2, once page 1 is right."""
        return ThemesPage(
            self.draft.page("themes"),
            model=self.service_model,
            languages=self.model.cleaned_data["languages"],
        )

    @cached_property
    def hours(self) -> HoursForm:
        """The ordinary week on page 2."""
        return HoursForm(self.draft.page("themes"), prefix="hours", week=preset(self.service_model).hours)

    @cached_property
    def waiting(self) -> WaitingPage:
        """Page 3."""
        usual = preset(self.service_model).ticket_style
        return WaitingPage(
            self.draft.page("waiting"),
            initial={"ticket_style": usual, "profile_moment": ProfileMoment.SAMPLE_DAYS},
        )

    @property
    def service_model(self) -> ServiceModel:
        return ServiceModel(self.model.cleaned_data["service_model"])

    @property
    def network(self) -> Network | str:
        """The chosen network, or the name of the new one."""
        slug = self.model.cleaned_data["network"]
        if slug == NEW_NETWORK:
            return str(self.model.cleaned_data["network_name"])
        return next(network for network in self.networks if network.slug == slug)

    def is_right(self, page: str) -> bool:
        """Whether a page was sent and holds no mistake."""
        if page == "themes":
            return self.themes.is_valid() & self.hours.is_valid()
        return bool(getattr(self, page).is_valid())

    def first_open_page(self, asked: str) -> str:
        """``asked``, or an earlier page that has to be settled first."""
        before = PAGES[: PAGES.index(asked)]
        return next((page for page in before if not self.is_right(page)), asked)

    @property
    def language_names(self) -> list[str]:
        """The centre's languages by their own names, in its order."""
        return [own_name(code) for code in self.model.cleaned_data["languages"]]

    @property
    def theme_names(self) -> list[tuple[str, ThemePreset]]:
        """The kept themes with their main wording."""
        main = self.model.cleaned_data["languages"][0]
        return [(theme.name[main], theme) for theme in self.themes.cleaned_data["themes"]]

    @property
    def week(self) -> list[str]:
        """One line for each open day."""
        return week_lines(self.hours.cleaned_data["hours"])

    def plan(self) -> Plan:
        """What was decided, once all three pages are right."""
        where, themes = self.model.cleaned_data, self.themes.cleaned_data
        since: date | None = where["open_since"]
        return Plan(
            time_zone=where["time_zone"],
            country=where["country"],
            subdivision=where["subdivision"],
            languages=tuple(where["languages"]),
            address=where["address"],
            open_since=since,
            themes=themes["themes"],
            desks=themes["desks"],
            hours=self.hours.cleaned_data["hours"],
            ticket_style=TicketStyle(self.waiting.cleaned_data["ticket_style"]),
            profile_moment=ProfileMoment(self.waiting.cleaned_data["profile_moment"]),
        )


def opener_page(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Only whoever may open a centre: 403 for everybody else who is signed in."""

    @login_required
    @wraps(view)
    def found(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_open_centres(_person(request)):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    found.permission = Permission.MANAGE_NETWORK  # type: ignore[attr-defined]
    return found


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - behind login_required
    return request.user


@opener_page
@require_GET
def new_centre(request: HttpRequest) -> HttpResponse:
    """A key is made before anything is typed, so that whatever is sent twice makes one centre."""
    return redirect("centres:new_centre_page", key=uuid4(), page=PAGES[0])


@opener_page
@require_http_methods(["GET", "POST"])
def new_centre_page(request: HttpRequest, key: UUID, page: str) -> HttpResponse:
    """One page of the assistant. “Back” keeps what was typed, right or wrong."""
    if page not in PAGES:
        raise Http404
    person = _person(request)
    if made := Centre.objects.seen_by(person).filter(creation_key=key).first():
        return redirect("centres:start", centre=made.slug)
    draft = Draft(request.session, "new_centre", key)
    if request.method == "POST":
        draft.keep(page, request.POST)
        if "back" in request.POST:
            return redirect("centres:new_centre_page", key=key, page=PAGES[max(0, PAGES.index(page) - 1)])
    assistant = Assistant(person, draft)
    if (first := assistant.first_open_page(page)) != page:
        return redirect("centres:new_centre_page", key=key, page=first)
    if request.method == "POST" and assistant.is_right(page):
        if page != PAGES[-1]:
            return redirect("centres:new_centre_page", key=key, page=PAGES[PAGES.index(page) + 1])
        return _open(person, assistant, draft, key)
    shown = {"assistant": assistant, "page": page, "key": key, "step": PAGES.index(page) + 1}
    status = 422 if request.method == "POST" else 200
    return render(request, TEMPLATES[page], shown, status=status)


def _open(person: User, assistant: Assistant, draft: Draft, key: UUID) -> HttpResponse:
    centre = open_centre(
        by=person,
        network=assistant.network,
        service_model=assistant.service_model,
        name=assistant.model.cleaned_data["name"],
        plan=assistant.plan(),
        key=key,
        at=timezone.now(),
    )
    draft.forget()
    return redirect("centres:start", centre=centre.slug)


@login_required
@require_GET
def where(request: HttpRequest) -> HttpResponse:
    """Region and time zone again after another choice of country."""
    form = WhereForm(initial=WhereForm(request.GET).follow_country())
    return render(request, "centres/_where.html", {"form": form})


@centre_page(Permission.ENTER)
@require_GET
def start(request: CentreRequest) -> HttpResponse:
    """What to do next in a new centre."""
    shown: dict[str, Any] = {"start": start_of(request.centre, request.permissions, request.user.language)}
    if Permission.MANAGE_CENTRE in request.permissions:
        shown |= {"trouble": trouble(at=timezone.now()), "slug": request.centre.slug}
    return render(request, "centres/start.html", shown)
