from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from parvis.shared import live
from parvis.shared.navigation import Place, register


class ReceptionConfig(AppConfig):
    name = "parvis.reception"
    label = "reception"

    def ready(self) -> None:
        from parvis.reception import streams, usage  # noqa: PLC0415  # models are loaded only now

        usage.register()
        live.register(streams.PREFIX, streams.read)
        register(
            Place(10, "reception:greeter", _("Reception"), "door-open", "receive"),
            Place(20, "reception:desk", _("My desk"), "armchair", "call"),
            Place(30, "reception:expected", _("Expected"), "calendar-days", "receive"),
            Place(40, "reception:announcements", _("Announcement"), "megaphone", "announce"),
        )
