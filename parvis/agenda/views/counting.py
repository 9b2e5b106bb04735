"""After a session: how many came. Before it: who registered, as a list without names of people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from parvis.accounts.roles import Permission
from parvis.agenda.actions.counting import LISTS, MoreThanCame, NotBegun, count_session
from parvis.agenda.forms.door import CountForm
from parvis.agenda.models import Coming, Session
from parvis.agenda.queries.door import proposed, registrations
from parvis.agenda.scope import session_seen
from parvis.agenda.visitor_sessions import friendly
from parvis.centres.models import Code
from parvis.centres.scope import CentreRequest, centre_page
from parvis.shared.sheets import CSV_TYPE, XLSX_TYPE, Cell, csv_lines, xlsx


@centre_page(Permission.RECEIVE)
@require_http_methods(["GET", "POST"])
def count(request: CentreRequest, pk: int) -> HttpResponse:
    """The count is closed, or corrected."""
    session, at = session_seen(request, pk), request.centre.now()
    codes = list(Code.objects.held_by(request.centre).open_on(session.day).filter(list__in=LISTS))
    begun = at >= session.begins_at and session.state != Session.State.CANCELLED
    if request.method == "GET":
        return count_page(
            request, session, CountForm(initial=known(session), session=session, codes=codes), begun
        )
    form = CountForm(request.POST, session=session, codes=codes)
    if form.is_valid():
        try:
            count_session(session=session, count=form.count(), by=request.user, at=at)
            messages.success(request, _("Counted. It can be corrected here at any time."))
            return redirect("agenda:count", centre=request.centre.slug, pk=pk)
        except MoreThanCame as more:
            name = next(name for name, code in form.codes.items() if code.list == more.list)
            form.add_error(name, _("In this list there are more people than came."))
        except NotBegun:
            form.add_error(None, _("This session has not begun, or was cancelled."))
    return count_page(request, session, form, begun, status=422)


def known(session: Session) -> dict[str, Any]:
    """What was counted before, else what the door says."""
    if session.participants is None:
        room, online = proposed(session)
        return {"participants": room, "online": online}
    heads = {f"code-{one.code_id}": one.count for one in session.head_counts.all()}
    return {"participants": session.participants, "online": session.online_participants, **heads}


def count_page(
    request: CentreRequest, session: Session, form: CountForm, begun: bool, *, status: int = 200
) -> HttpResponse:
    context = {
        "session": session,
        "event": session.event,
        "form": form,
        "lists": form.lists(),
        "begun": begun,
    }
    return render(request, "agenda/coming/count.html", context, status=status)


@centre_page(Permission.RECEIVE)
@require_GET
def comings(request: CentreRequest, pk: int) -> HttpResponse:
    """Friendly names, numbers of people, and what became of them."""
    session = session_seen(request, pk)
    context = {"session": session, "event": session.event, "comings": registrations(session)}
    return render(request, "agenda/coming/comings.html", context)


@centre_page(Permission.RECEIVE)
@require_GET
def comings_file(request: CentreRequest, pk: int, kind: str) -> HttpResponse:
    """The same list as a file."""
    if kind not in ("csv", "xlsx"):
        raise Http404
    session = session_seen(request, pk)
    heading = [_("Name"), _("How"), _("State"), _("Wanted"), _("Kept"), _("Offered"), _("Came")]
    rows = list(lines_of(registrations(session)))
    if kind == "csv":
        response = HttpResponse("".join(csv_lines(heading, rows)), content_type=CSV_TYPE)
    else:
        response = HttpResponse(xlsx({_("Registrations"): (heading, rows)}), content_type=XLSX_TYPE)
    name = f"{request.centre.slug}-registrations-{session.day}-{session.pk}.{kind}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def lines_of(found: list[Coming]) -> Iterator[list[Cell]]:
    """A line for each registration."""
    for one in found:
        how, state = one.get_where_display(), one.get_state_display()
        yield [friendly(one), how, state, one.wanted, one.seats, one.offered, one.came]
