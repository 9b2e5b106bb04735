"""A thread is begun at the desk: the screen is turned, the visitor reads what it is, agrees, and takes the code with them.

The code is drawn before anything is kept and travels in the form, sealed; the thread is made when three of its words were
typed. Whoever closes the page before has left nothing behind.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_GET, require_http_methods

from parvis.accounts.roles import Permission
from parvis.centres.scope import CentreRequest, centre_page
from parvis.guidance import actions
from parvis.guidance.forms.visitor_code import AgreeForm, ConfirmForm
from parvis.guidance.models import Keeps, Thread
from parvis.guidance.queries.desk import sitting
from parvis.guidance.receipt import LISTS, Receipt
from parvis.guidance.scope import packed, unpacked
from parvis.reception.visitor_tickets import qr_code
from parvis.shared.speaking import ALL_LANGUAGES, headed, language_names

PURPOSE = "new thread"
AGREE = "guidance/visitor/begin_agree.html"
CODE = "guidance/visitor/begin_code.html"


@require_GET
@centre_page(Permission.GUIDE)
def turn(request: CentreRequest) -> HttpResponse:
    """Tells the adviser to turn the screen, in the language that the visitor reads."""
    _seat, ticket = sitting(request.user, request.centre)
    likely = ticket.language if ticket else request.centre.language
    others = [code for code in [*request.centre.languages, *ALL_LANGUAGES] if code != likely]
    names = language_names([likely, *dict.fromkeys(others)])
    return render(request, "guidance/turn.html", {"languages": names})


@require_http_methods(["GET", "POST"])
@centre_page(Permission.GUIDE)
def begin(request: CentreRequest, language: str) -> HttpResponse:
    """What a thread is, and the yes; then the code; then three of its words."""
    if language not in ALL_LANGUAGES:
        raise Http404
    with translation.override(language):
        return headed(step(request, language), language, secret_address=False)


def step(request: CentreRequest, language: str) -> HttpResponse:
    said = unpacked(request.POST.get("kept", ""), PURPOSE)
    if request.method == "GET" or said is None:
        return shown(request, language, AGREE, AgreeForm())
    agree = AgreeForm(request.POST)
    if "secret" not in said:
        if not agree.is_valid():
            return shown(request, language, AGREE, agree, status=422)
        said = {"secret": Receipt.new().secret, "keeps": agree.cleaned_data["keeps"], "key": str(uuid4())}
        return shown(request, language, CODE, confirm_form(said, language), said)
    form = confirm_form(said, language, request.POST)
    if "confirm" not in request.POST or not form.is_valid():
        bound = "confirm" in request.POST
        return shown(
            request,
            language,
            CODE,
            form if bound else confirm_form(said, language),
            said,
            status=422 if bound else 200,
        )
    return begun(request, language, said)


def begun(request: CentreRequest, language: str, said: dict[str, Any]) -> HttpResponse:
    """The thread is made, and open for this conversation."""
    receipt, at = Receipt(said["secret"]), request.centre.now()
    agreement = actions.Agreement(language=language, way=Thread.Way.AT_THE_DESK, keeps=Keeps(said["keeps"]))
    actions.begin_thread(centre=request.centre, receipt=receipt, agreement=agreement, at=at)
    seat, ticket = sitting(request.user, request.centre)
    opened = actions.begin_conversation(
        receipt=receipt,
        centre=request.centre,
        person=request.user,
        key=UUID(said["key"]),
        at=at,
        seat=seat,
        ticket=ticket,
    )
    key = opened.grant.key if opened.grant else None
    address = reverse("guidance:conversation", kwargs={"centre": request.centre.slug, "key": key})
    return HttpResponseRedirect(f"{address}?{urlencode({'begun': 1})}")


def confirm_form(said: dict[str, Any], language: str, data: Any = None) -> ConfirmForm:
    return ConfirmForm(data, receipt=Receipt(said["secret"]), language=language)


def shown(
    request: CentreRequest,
    language: str,
    part: str,
    form: Any,
    said: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """One of the two pages; what was said so far goes along, sealed."""
    context = {"form": form, "language": language, "kept": packed(said or {"at": "agree"}, PURPOSE)}
    if said:
        context |= code_shown(request, Receipt(said["secret"]), language)
    return render(request, part, context, status=status)


def code_shown(request: Any, receipt: Receipt, language: str) -> dict[str, Any]:
    """A code in its three spellings."""
    address = request.build_absolute_uri(reverse("guidance:open"))
    letters = receipt.letters()
    return {
        "words": receipt.words(language),
        "words_language": language if language in LISTS else "en",
        "letters": letters,
        "qr": qr_code(f"{address}#{letters}"),  # after the sign: no server hears it
        "address": address,
    }
