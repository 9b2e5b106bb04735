"""Screens, tablets and sensors: each opens with an address or key of its own, and stops when that is revoked."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import transaction

from parvis.centres.models import Site
from parvis.reception.models import Device

SEEN_EVERY = timedelta(minutes=1)


@transaction.atomic
def add_device(*, site: Site, kind: Device.Kind, name: str) -> Device:
    """Set a device up; its token is made here: 192 random bits, 32 characters."""
    return Device.objects.create(
        centre=site.centre, site=site, kind=kind, name=name, token=secrets.token_urlsafe(24)
    )


@transaction.atomic
def renew_device(*, device: Device) -> Device:
    """Give the device a new address or key: the old one stops at once, as after a lost tablet."""
    device = Device.objects.select_for_update(no_key=True).get(pk=device.pk)
    device.token, device.revoked_at, device.seen_at = secrets.token_urlsafe(24), None, None
    device.save(update_fields=["token", "revoked_at", "seen_at"])
    return device


@transaction.atomic
def revoke_device(*, device: Device, at: datetime) -> Device:
    """Its address or key stops at once. Twice changes nothing."""
    device = Device.objects.select_for_update(no_key=True).get(pk=device.pk)
    if device.revoked_at is None:
        device.revoked_at = at
        device.save(update_fields=["revoked_at"])
    return device


def device_seen(*, device: Device, at: datetime) -> bool:
    """Remember that the device is alive, at most once a minute: a screen that only looks must not write all day.

    Returns whether it was time to.
    """
    due = device.seen_at is None or at - device.seen_at >= SEEN_EVERY
    if due:
        Device.objects.filter(pk=device.pk).update(seen_at=at)
    return due
