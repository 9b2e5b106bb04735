"""What the staff pages' frame needs: the centre one is in, and where one may go from there."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from parvis.shared.navigation import Place, network_places, places, settings_places


def navigation(request: HttpRequest) -> dict[str, Any]:
    """The frame's menu: only places whose permission the person holds in the current centre."""
    centre = getattr(request, "centre", None)
    held: frozenset[str] = getattr(request, "permissions", frozenset())
    shown: list[Place] = [p for p in places() if p.permission in held and p.where(centre)] if centre else []
    tabs = [p for p in settings_places() if p.permission in held and p.where(centre)] if centre else []
    network = network_places() if getattr(request, "network", None) else []
    return {
        "centre": centre,
        "places": shown,
        "settings_places": tabs,
        "network_places": network,
        "held": held,
    }
