"""The adviser's side: open a thread with the code that the visitor presents, and write in it while they talk."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parvis.accounts.roles import Permission
from parvis.centres.models import Theme
from parvis.centres.scope import CentreRequest, centre_page
from parvis.guidance import actions, live_threads
from parvis.guidance.forms.entries import WRITTEN, EntryForm
from parvis.guidance.forms.visitor_code import CodeForm
from parvis.guidance.models import Entry, Kind
from parvis.guidance.opened import Opened
from parvis.guidance.queries.desk import sitting
from parvis.guidance.queries.suggestions import place_said, session_said
from parvis.guidance.queries.suggestions import suggestions as suggested
from parvis.guidance.queries.threads import Line, by_kind, conversation, conversations_of, entries_of, line
from parvis.guidance.visitor_limits import may_at_desk
from parvis.guidance.visitor_nicknames import nickname
from parvis.guidance.visitor_words import TOO_MANY


@never_cache
@require_http_methods(["GET", "POST"])
@centre_page(Permission.GUIDE)
def threads(request: CentreRequest) -> HttpResponse:
    """Where a visitor's code is typed, and the conversations that go on."""
    form = CodeForm(request.POST or None)
    status = 422 if form.is_bound else 200
    if form.is_bound and not may_at_desk(request.user.pk):
        form.add_error("code", TOO_MANY)
        status = 429
    if form.is_valid():
        seat, ticket = sitting(request.user, request.centre)
        try:
            opened = actions.begin_conversation(
                receipt=form.cleaned_data["code"],
                centre=request.centre,
                person=request.user,
                key=uuid4(),
                at=request.centre.now(),
                seat=seat,
                ticket=ticket,
            )
            return HttpResponseRedirect(at_conversation(request, opened))
        except actions.NoSuchThread as unknown:
            form.add_error("code", str(unknown))
    going_on = conversations_of(request.user, request.centre, request.centre.now())
    named = [(grant, nickname(grant.thread, get_language() or "en")) for grant in going_on]
    return render(request, "guidance/threads.html", {"form": form, "going_on": named}, status=status)


@never_cache
@require_GET
@centre_page(Permission.GUIDE)
def thread_of_ticket(request: CentreRequest, ticket: int) -> HttpResponse:
    """The thread that is open for the visitor at the desk; else where one is opened or begun."""
    going_on = conversations_of(request.user, request.centre, request.centre.now())
    found = next((grant for grant in going_on if grant.ticket_id == ticket), None)
    if found is None:
        return redirect("guidance:threads", centre=request.centre.slug)
    return redirect("guidance:conversation", centre=request.centre.slug, key=found.key)


@never_cache
@require_GET
@centre_page(Permission.GUIDE)
def conversation_view(request: CentreRequest, key: UUID) -> HttpResponse:
    """The thread as it grows: everybody at the desk writes, and sees what the other one writes."""
    opened = mine(request, key)
    return render(request, "guidance/conversation.html", shown(request, opened))


@never_cache
@require_GET
@centre_page(Permission.GUIDE)
def lines(request: CentreRequest, key: UUID) -> HttpResponse:
    """What is written now, for a page that heard of a change."""
    return render(request, "guidance/conversation.html#parts", shown(request, mine(request, key)))


@require_POST
@centre_page(Permission.GUIDE)
def entries(request: CentreRequest, key: UUID) -> HttpResponse:
    """One more piece."""
    opened = mine(request, key)
    kind, own = kind_of(request), uuid_of(request)
    form = EntryForm(request.POST, kind=kind, country=request.centre.country)
    if not form.is_valid():
        return part(request, opened, kind, form=form, status=422)
    try:
        actions.write_entry(opened=opened, key=own, kind=kind, said=form.said(), at=request.centre.now())
    except actions.GuidanceError as refused:
        form.add_error(None, str(refused))
        return part(request, opened, kind, form=form, status=409)
    return part(request, opened, kind, open=True)


@never_cache
@require_http_methods(["GET", "POST"])
@centre_page(Permission.GUIDE)
def entry(request: CentreRequest, key: UUID, entry: UUID) -> HttpResponse:
    """One piece to change. Where somebody else was first, both versions are shown."""
    opened = mine(request, key)
    found = Entry.objects.filter(thread=opened.thread, key=entry).first()
    kind = Kind(found.kind) if found else kind_of(request)
    form = EntryForm(
        request.POST or None,
        initial=opened.read(found) if found else None,
        kind=kind,
        country=request.centre.country,
        auto_id="id_edit_%s",
    )
    if not form.is_bound:
        return part(request, opened, kind, edit=found, edit_form=form)
    if not form.is_valid():
        return part(request, opened, kind, edit=found, edit_form=form, status=422)
    if found is None:
        form.add_error(
            None, _("Somebody removed this meanwhile. Your words are here, to be written down anew.")
        )
        return part(request, opened, kind, form=form, status=409)
    done = {"done": True} if opened.read(found).get("done") else {}
    now = request.centre.now()
    try:
        actions.change_entry(
            opened=opened, entry=found, revision=revision_of(request), said=form.said() | done, at=now
        )
    except actions.GuidanceError as refused:
        form.add_error(None, str(refused))
        theirs = Entry.objects.filter(pk=found.pk).first() or found
        more = {"edit": theirs, "edit_form": form, "theirs": line(opened, theirs)}
        return part(request, opened, kind, status=409, **more)
    return part(request, opened, kind)


@require_POST
@centre_page(Permission.GUIDE)
def entry_remove(request: CentreRequest, key: UUID, entry: UUID) -> HttpResponse:
    """Takes a piece out; the answer holds it, so that it can be put back."""
    opened = mine(request, key)
    found = Entry.objects.filter(thread=opened.thread, key=entry).first()
    if found is None:  # sent twice
        return part(request, opened, kind_of(request))
    gone, kind = opened.read(found), Kind(found.kind)
    actions.remove_entry(opened=opened, entry=found, at=request.centre.now())
    return part(request, opened, kind, gone=gone, put_back=uuid4())


@never_cache
@require_GET
@centre_page(Permission.GUIDE)
def suggestions(request: CentreRequest, key: UUID) -> HttpResponse:
    """What could help with one theme."""
    opened = mine(request, key)
    themes = themes_of(request)
    theme = next((one for one in themes if str(one.pk) == request.GET.get("theme")), None)
    if theme is None:
        raise Http404
    found = suggested(request.centre, request.centre.now(), opened.thread.language, theme)
    context = {"opened": opened, "themes": themes, "found": found}
    return render(request, "guidance/_suggestions.html", context)


@require_POST
@centre_page(Permission.GUIDE)
def suggest(request: CentreRequest, key: UUID) -> HttpResponse:
    """An institution, or what is on, becomes a place to go in the thread, in the visitor's language."""
    opened, own, now = mine(request, key), uuid_of(request), request.centre.now()
    language, wanted = opened.thread.language, request.POST
    if "session" in wanted:
        said = session_said(request.centre, now, language, wanted["session"])
    else:
        said = place_said(request.centre, now, language, wanted.get("place", ""))
    if said is None:
        raise Http404
    with suppress(actions.SaidOtherwise):  # its address was changed between two clicks: the first stays
        actions.write_entry(opened=opened, key=own, kind=Kind.PLACE, said=said, at=now)
    return part(request, opened, Kind.PLACE)


@require_POST
@centre_page(Permission.GUIDE)
def trainee(request: CentreRequest, key: UUID) -> HttpResponse:
    """Somebody learns by listening, or no longer does."""
    opened = mine(request, key)
    if opened.grant:
        actions.mark_trainee(grant=opened.grant, listens=request.POST.get("listens") == "1")
    return HttpResponseRedirect(at_conversation(request, opened))


@never_cache
@require_GET
@centre_page(Permission.GUIDE)
def sheet(request: CentreRequest, key: UUID) -> HttpResponse:
    """The plan on one sheet, in the visitor's language and large letters, to print."""
    opened = mine(request, key)
    language = opened.thread.language
    with translation.override(language):
        context = {
            "parts": by_kind(entries_of(opened)),
            "nickname": nickname(opened.thread, language),
            "today": request.centre.local(request.centre.now()),
            "address": request.build_absolute_uri(reverse("guidance:open")),
            "back": at_conversation(request, opened),
        }
        return render(request, "guidance/visitor/sheet.html", context)


@require_POST
@centre_page(Permission.GUIDE)
def end(request: CentreRequest, key: UUID) -> HttpResponse:
    """The conversation is over: only the code opens the thread now."""
    opened = conversation(request.user, request.centre, key, request.centre.now())
    if opened and opened.grant:
        actions.end_conversations(grants=[opened.grant], at=request.centre.now())
        messages.success(request, _("The thread is closed. Only the visitor's code opens it now."))
    return redirect("guidance:threads", centre=request.centre.slug)


def mine(request: CentreRequest, key: UUID) -> Opened:
    """A conversation of the person who asks; 404 for any other, and for one that has ended."""
    opened = conversation(request.user, request.centre, key, request.centre.now())
    if opened is None:
        raise Http404
    return opened


def kind_of(request: CentreRequest) -> Kind:
    """Which part of the thread is written in; 404 for what staff do not write."""
    said = request.POST.get("kind", "")
    if said not in WRITTEN:
        raise Http404
    return Kind(said)


def uuid_of(request: CentreRequest) -> UUID:
    """The key that the page made for a new piece."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError as error:
        raise Http404 from error


def revision_of(request: CentreRequest) -> int:
    """Which version the page showed."""
    said = request.POST.get("revision", "")
    return int(said) if said.isdecimal() and len(said) < 9 else 0


def themes_of(request: CentreRequest) -> list[Theme]:
    """What the centre offers today."""
    today = request.centre.local_day(request.centre.now())
    return list(Theme.objects.filter(centre=request.centre).open_on(today))


def at_conversation(request: CentreRequest, opened: Opened) -> str:
    key = opened.grant.key if opened.grant else None
    return reverse("guidance:conversation", kwargs={"centre": request.centre.slug, "key": key})


def part(
    request: CentreRequest, opened: Opened, kind: Kind, *, status: int = 200, **more: Any
) -> HttpResponse:
    """One part of the thread anew: what is written, and room for more."""
    found = [one for one in entries_of(opened) if one.kind == kind]
    context = {"part": a_part(request, kind, found, more.pop("form", None), more.pop("open", False))}
    context |= {"opened": opened} | more
    return render(request, "guidance/_part.html", context, status=status)


def a_part(
    request: CentreRequest, kind: Kind, found: list[Line], form: EntryForm | None = None, open: bool = False
) -> dict[str, Any]:
    """One part: what is written, and where more is; ``open`` where somebody is writing."""
    form = form or EntryForm(kind=kind, country=request.centre.country)
    own = request.POST.get("key") if form.errors else None
    opened = open or form.is_bound or (kind == Kind.ASKED and not found)
    return {"kind": kind, "lines": found, "form": form, "key": own or uuid4(), "open": opened}


def shown(request: CentreRequest, opened: Opened) -> dict[str, Any]:
    """The whole page."""
    kinds = by_kind(entries_of(opened))
    return {
        "opened": opened,
        "thread": opened.thread,
        "nickname": nickname(opened.thread, get_language() or "en"),
        "parts": [a_part(request, kind, kinds[kind]) for kind in WRITTEN],
        "others": [(kind, kinds[kind]) for kind in Kind if kind not in WRITTEN and kinds[kind]],
        "themes": themes_of(request),
        "pulse": live_threads.address(opened.grant, request.user) if opened.grant else "",
    }
