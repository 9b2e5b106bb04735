"""One page as one person sees it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.conf import settings
from django.urls import reverse

STAFF_LANGUAGES = dict(settings.STAFF_LANGUAGES)
ELEVEN_S_DAY = "2026-03-03"  # on which the scene is
DRAFT = "00000000-0000-4000-8000-000000000007"  # a key as a page makes it


@dataclass(frozen=True)
class Place:
    """One page as one person sees it; ``who`` is empty for somebody who is not signed in."""

    name: str
    who: str
    address: str
    status: int = 200
    leads: str = ""  # where the address leads, if elsewhere
    language: str = "en"

    def speaking(self, language: str) -> Place:
        """Itself in ``language``: visitors' pages by their address, the others by the person's choice or the browser's."""
        if self.name == "reception:kiosk_in":
            token = self.address.split("/")[2]
            return replace(self, address=f"/k/{token}/{language}/", language=language)
        if self.name.startswith("surveys:") and self.name.endswith("preview"):
            return self  # its address says its language
        if self.name == "guidance:new_thread_in":
            return replace(self, address=f"{self.address[:-3]}{language}/", language=language)
        if self.name == "guidance:sheet":
            return replace(self, language=language)
        if self.address.startswith(("/places/", "/agenda/", "/a/", "/classes/", "/my-visit/")) or (
            self.address.startswith(
                ("/d/", "/t/", "/thread/", "/ask/", "/s/", "/class/", "/q/", "/visit/", "/coming/")
            )
            and self.status == 200
        ):
            mark = "&" if "?" in self.address else "?"
            return replace(self, address=f"{self.address}{mark}language={language}", language=language)
        if self.name in {"reception:board", "reception:kiosk", "centres:invitation"} and self.status == 200:
            return replace(self, language=language)
        signed_in = self.who not in ("", "half", "visitor")
        spoken = (
            language in STAFF_LANGUAGES
            or signed_in
            or self.status == 405
            or self.address.startswith(("/t/", "/s/", "/class/", "/visit/"))
        )
        return replace(self, language=language if spoken else "en")


class At:
    """Addresses of one centre or network."""

    def __init__(self, **of: str) -> None:
        self.of = of

    def __call__(self, name: str, who: str = "staff", more: str = "", **parts: object) -> Place:
        return Place(name, who, reverse(name, kwargs={**self.of, **parts}) + more)
