"""Screens, tablets and sensors of the centre: their addresses and keys, and taking them back."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from parvis.accounts.roles import Permission
from parvis.centres.scope import CentreRequest, centre_page
from parvis.reception import actions
from parvis.reception.forms.day import DeviceForm, DeviceNameForm
from parvis.reception.models import Device
from parvis.reception.visitor_tickets import qr_code

SAMPLE = """POST {address}
Authorization: Bearer {token}
Content-Type: application/json

{{"key": "2f1c4b1e-7a55-4b8e-9c55-0d6a3a5f8f10", "count": 14, "at": "2026-03-12T14:00:00+01:00"}}"""
PAGES = {
    Device.Kind.KIOSK: "reception:kiosk",
    Device.Kind.BOARD: "reception:board",
    Device.Kind.DOOR: "reception:door",
}  # at a greeter's tablet somebody signs in; a sensor opens no page


@require_http_methods(["GET", "POST"])
@centre_page(Permission.MANAGE_DEVICES)
def devices(request: CentreRequest) -> HttpResponse:
    """Every device, and setting up another."""
    form = DeviceForm(request.POST or None, centre=request.centre)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        made = actions.add_device(site=data["site"], kind=Device.Kind(data["kind"]), name=data["name"])
        return redirect("reception:device", centre=request.centre.slug, pk=made.pk)
    found, now = list(request.centre.devices.select_related("site")), request.centre.now()
    context = {
        "form": form,
        "devices": [device for device in found if device.revoked_at is None],
        "revoked": [device for device in found if device.revoked_at],
        "now": now,
        "just_now": now - timedelta(minutes=1),
    }
    return render(request, "reception/devices.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
@centre_page(Permission.MANAGE_DEVICES)
def device(request: CentreRequest, pk: int) -> HttpResponse:
    """One device: its address as text and QR code, or its key; its name."""
    found = _device(request, pk)
    form = DeviceNameForm(request.POST or None, initial={"name": found.name})
    if request.method == "POST" and form.is_valid():
        found.name = form.cleaned_data["name"]
        found.save(update_fields=["name"])
        messages.success(request, _("Renamed."))
        return redirect("reception:device", centre=request.centre.slug, pk=pk)
    address = _address(request, found)
    context = {
        "device": found,
        "form": form,
        "address": address,
        "sample": SAMPLE.format(address=address, token=found.token),
        "qr": qr_code(address) if address and found.kind != Device.Kind.SENSOR else "",
    }
    return render(request, "reception/device.html", context, status=422 if form.errors else 200)


@require_POST
@centre_page(Permission.MANAGE_DEVICES)
def device_revoke(request: CentreRequest, pk: int) -> HttpResponse:
    """Its address or key stops at once."""
    actions.revoke_device(device=_device(request, pk), at=request.centre.now())
    messages.success(request, _("Stopped: its address opens nothing any more."))
    return redirect("reception:devices", centre=request.centre.slug)


@require_POST
@centre_page(Permission.MANAGE_DEVICES)
def device_renew(request: CentreRequest, pk: int) -> HttpResponse:
    """A new address or key; the old one stops at once."""
    actions.renew_device(device=_device(request, pk))
    messages.success(request, _("It has a new address. The old one opens nothing any more."))
    return redirect("reception:device", centre=request.centre.slug, pk=pk)


def _device(request: CentreRequest, pk: int) -> Device:
    return get_object_or_404(Device.objects.select_related("site", "centre"), pk=pk, centre=request.centre)


def _address(request: CentreRequest, device: Device) -> str:
    """Where the device opens its page, or sends its counts; empty where somebody signs in on it."""
    if device.kind == Device.Kind.SENSOR:
        return request.build_absolute_uri(reverse("reception:sensor"))
    page = PAGES.get(Device.Kind(device.kind))
    return request.build_absolute_uri(reverse(page, args=[device.token])) if page else ""
