"""The themes of a centre: words, colour and shape, order, dates."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parvis.accounts.roles import Permission
from parvis.centres.actions import themes as actions
from parvis.centres.forms.places import ThemeForm
from parvis.centres.models import Shape, Theme, Tint
from parvis.centres.queries import settings as queries
from parvis.centres.scope import CentreRequest, centre_page


@centre_page(Permission.MANAGE_CENTRE)
@require_GET
def themes(request: CentreRequest) -> HttpResponse:
    """Every theme in the order that visitors see, closed ones last."""
    today = request.centre.local_day(request.centre.now())
    lines = queries.themes(request.centre, today)
    shown = {
        "offered": [line for line in lines if not line.closed],
        "closed": [line for line in lines if line.closed],
        "today": today,
    }
    return render(request, "centres/settings/themes.html", shown)


@centre_page(Permission.MANAGE_CENTRE)
@require_http_methods(["GET", "POST"])
def theme(request: CentreRequest, key: str | None = None) -> HttpResponse:
    """A new or an existing theme."""
    row = get_object_or_404(request.centre.themes, key=key) if key else _new_theme(request)
    form = ThemeForm(request.POST or None, instance=row, centre=request.centre)
    if request.method == "POST" and form.is_valid():
        row.name, row.sentence = form.cleaned_data["name"], form.cleaned_data["sentence"]
        try:
            actions.settle_theme(theme=row)
        except actions.LastTheme:
            form.add_error(
                "valid_to", _("It is the last theme on offer. Add another one before you close it.")
            )
        else:
            messages.success(request, _("Saved."))
            return redirect("centres:themes", centre=request.centre.slug)
    shown = {"form": form, "theme": row, "is_new": key is None, "marks": _marks()}
    return render(
        request, "centres/settings/theme.html", shown, status=422 if request.method == "POST" else 200
    )


def _new_theme(request: CentreRequest) -> Theme:
    """A theme not saved yet, with the first colour and shape that are free."""
    taken = list(request.centre.themes.filter(valid_to=None).values_list("tint", "shape"))
    tints = [tint for tint in Tint if tint not in {used for used, _shape in taken}] or list(Tint)
    shapes = [shape for shape in Shape if shape not in {used for _tint, used in taken}] or list(Shape)
    today = request.centre.local_day(request.centre.now())
    return Theme(centre=request.centre, tint=tints[0], shape=shapes[0], valid_from=today)


def _marks() -> dict[str, list[Theme]]:
    """Themes that are never saved, to draw each colour and each shape."""
    return {
        "tint": [Theme(tint=tint, shape=Shape.CIRCLE, key=tint) for tint in Tint],
        "shape": [Theme(tint=Tint.PETROL, shape=shape, key=shape) for shape in Shape],
    }


@centre_page(Permission.MANAGE_CENTRE)
@require_POST
def order(request: CentreRequest) -> HttpResponse:
    """Put the themes in another order."""
    actions.order_themes(centre=request.centre, keys=request.POST.getlist("order"))
    messages.success(request, _("The order was saved."))
    return redirect("centres:themes", centre=request.centre.slug)


@centre_page(Permission.MANAGE_CENTRE)
@require_POST
def remove(request: CentreRequest, key: str) -> HttpResponse:
    """Take away a theme that nobody ever came for."""
    row = get_object_or_404(request.centre.themes, key=key)
    try:
        actions.remove_theme(theme=row)
    except actions.ThemeInUse:
        messages.error(
            request,
            _("“%(name)s” has been used: it stays in the figures. Give it a closing date instead.")
            % {"name": row.name},
        )
        return redirect("centres:theme", centre=request.centre.slug, key=key)
    except actions.LastTheme:
        messages.error(request, _("It is the last theme on offer. Add another one before you close it."))
    else:
        messages.success(request, _("“%(name)s” was removed.") % {"name": row.name})
    return redirect("centres:themes", centre=request.centre.slug)
