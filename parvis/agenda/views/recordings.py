"""Recordings of webinars: sent, captioned, published, taken back, deleted."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from parvis.accounts.roles import Permission
from parvis.agenda import recordings_on_disk as disk
from parvis.agenda.actions import recordings as actions
from parvis.agenda.captions import NotCaptions
from parvis.agenda.forms.recordings import BesideForm, KeepForm, PieceForm
from parvis.agenda.models import Recording, Session
from parvis.agenda.queries import recordings as queries
from parvis.agenda.views.ranges import stretch_of
from parvis.centres.scope import CentreRequest, centre_page

MB = 1024 * 1024


def _recording(request: CentreRequest, pk: int) -> Recording:
    found = Recording.objects.filter(session__centre=request.centre)
    return get_object_or_404(found.select_related("session__event", "session__centre"), pk=pk)


def _session(request: CentreRequest, pk: int) -> Session:
    found = Session.objects.filter(centre=request.centre, begins_at__lte=request.centre.now())
    found = found.exclude(state=Session.State.CANCELLED)
    return get_object_or_404(found.select_related("event", "centre"), pk=pk)


@centre_page(Permission.PLAN_EVENTS)
@require_GET
def recordings(request: CentreRequest) -> HttpResponse:
    """Those that are kept, and webinars of which none is."""
    found = queries.recordings(request.centre, request.centre.now())
    return render(request, "agenda/recordings/list.html", {"found": found})


@centre_page(Permission.PLAN_EVENTS)
@require_http_methods(["GET", "POST"])
def new_recording(request: CentreRequest, session: int) -> HttpResponse:
    """A recording is sent: in pieces by the page, or whole where it runs no script."""
    row = _session(request, session)
    form = KeepForm(
        request.POST or None,
        request.FILES or None,
        initial={"key": uuid4(), "language": request.centre.language},
    )
    if request.method == "POST" and form.is_valid() and (kept := _kept(request, row, form)):
        messages.success(request, _("It is there. Add captions, then publish it."))
        return redirect("agenda:recording", request.centre.slug, kept.pk)
    shown = {"form": form, "session": row, "largest": disk.LARGEST // MB, "piece": disk.PIECE}
    shown["most"] = disk.LARGEST
    return render(request, "agenda/recordings/new.html", shown, status=422 if form.errors else 200)


def _kept(request: CentreRequest, session: Session, form: KeepForm) -> Recording | None:
    """What was kept; else the form says why nothing was."""
    data = form.cleaned_data
    try:
        if file := data["file"]:
            disk.add_piece(data["key"], 0, file.chunks())
        return actions.keep_recording(
            session=session,
            key=data["key"],
            language=data["language"],
            by=request.user,
            at=request.centre.now(),
        )
    except (disk.NotTaken, disk.TooLarge, disk.NoRoom, disk.OutOfStep, disk.Damaged, disk.Busy) as refusal:
        form.add_error("file", _why(refusal))
    except (actions.AnotherIsThere, actions.NotOver):
        form.add_error(None, _("This session has a recording already: delete that one first."))
    return None


def _why(refusal: Exception) -> str:
    if isinstance(refusal, disk.TooLarge):
        size = {"n": disk.LARGEST // MB}
        return (
            _("It is larger than %(n)s MB. Save it with fewer pixels: 720 lines are enough for slides.")
            % size
        )
    if isinstance(refusal, disk.NoRoom):
        return _("The server has too little room left. Tell whoever looks after it.")
    if isinstance(refusal, disk.Damaged):
        return _("This file is damaged: it cannot be played. Save the recording again, then send it.")
    if isinstance(refusal, disk.Busy):
        return _("The server is too busy to read it now. What you sent is kept: try again in a minute.")
    return _("Choose a video as MP4 or WebM: nothing else is played everywhere.")


@centre_page(Permission.PLAN_EVENTS)
@require_POST
def recording_piece(request: CentreRequest, session: int) -> HttpResponse:
    """One piece of a recording: answers how many bytes are there, so that a cut line goes on where it was."""
    _session(request, session)
    form = PieceForm(request.POST, request.FILES)
    if not form.is_valid():
        return JsonResponse({"why": _("This piece did not arrive whole.")}, status=422)
    data = form.cleaned_data
    try:
        size = disk.add_piece(data["key"], data["offset"], data["piece"].chunks())
    except disk.OutOfStep as refusal:
        return JsonResponse({"size": refusal.size})
    except (disk.NotTaken, disk.TooLarge, disk.NoRoom) as refusal:
        return JsonResponse({"why": _why(refusal)}, status=422)
    return JsonResponse({"size": size})


@centre_page(Permission.PLAN_EVENTS)
@require_http_methods(["GET", "POST"])
def recording(request: CentreRequest, pk: int) -> HttpResponse:
    """A recording with what stands beside it."""
    row = _recording(request, pk)
    form = BesideForm(request.POST or None, request.FILES or None, recording=row)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.write_beside(
                recording=row, language=data["language"], captions=data["captions"], text=data["text"]
            )
        except NotCaptions:
            raise Http404 from None
        messages.success(request, _("Saved."))
        return redirect("agenda:recording", request.centre.slug, pk)
    shown = {"recording": row, "session": row.session, "form": form}
    return render(request, "agenda/recordings/recording.html", shown, status=422 if form.errors else 200)


@centre_page(Permission.PLAN_EVENTS)
@require_POST
def recording_deed(request: CentreRequest, pk: int, deed: str) -> HttpResponse:
    """Published, taken back, or deleted with its file."""
    row = _recording(request, pk)
    match deed:
        case "publish":
            try:
                actions.publish_recording(recording=row, at=request.centre.now())
            except actions.NoCaptions:
                messages.error(request, _("Add captions first: whoever does not hear it would be left out."))
            else:
                messages.success(request, _("It is published."))
        case "withdraw":
            actions.take_back_recording(recording=row)
            messages.success(request, _("It is taken back: nobody outside sees it any more."))
        case "delete":
            actions.delete_recording(recording=row)
            messages.success(request, _("It is deleted, with its file."))
            return redirect("agenda:recordings", request.centre.slug)
        case _:
            raise Http404
    return redirect("agenda:recording", request.centre.slug, pk)


@centre_page(Permission.PLAN_EVENTS)
@require_safe
def recording_file(request: CentreRequest, pk: int) -> HttpResponseBase:
    """The video itself, for the team."""
    return video_of(request, _recording(request, pk))


def video_of(request: HttpRequest, recording: Recording) -> HttpResponseBase:
    """The file of a recording, in stretches. 404 where it is gone."""
    try:
        return stretch_of(
            request,
            disk.path_of(recording.key),
            content_type=disk.KINDS[recording.kind],
            mark=recording.key.hex,
        )
    except OSError:
        raise Http404 from None
