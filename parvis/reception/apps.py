from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from parvis.centres import leaving
from parvis.shared import live, resuming, retention
from parvis.shared.navigation import Place, register
from parvis.surveys import counted


class ReceptionConfig(AppConfig):
    name = "parvis.reception"
    label = "reception"

    def ready(self) -> None:
        from parvis.reception import streams, usage  # noqa: PLC0415  # models are loaded only now
        from parvis.reception.actions import duty, exports, forgetting, past  # noqa: PLC0415
        from parvis.reception.queries import contacts  # noqa: PLC0415

        usage.register()
        counted.register(contacts.contacts_on_the_spot)
        retention.register(
            retention.Rule(gettext_noop("seats that nobody closed"), duty.end_forgotten_duties),
            retention.Rule(gettext_noop("who sat at a desk"), forgetting.forget_who_sat),
            retention.Rule(gettext_noop("words for colleagues"), forgetting.forget_notes),
            retention.Rule(gettext_noop("files of unfinished imports"), past.forget_old_files),
            retention.Rule(gettext_noop("exports"), exports.forget_old_exports),
        )
        resuming.register("imports", past.resume_interrupted)
        resuming.register("exports", exports.revive_interrupted)
        leaving.register("seats", duty.end_duty)
        live.register(streams.PREFIX, streams.read)
        register(
            Place(10, "reception:greeter", _("Reception"), "door-open", "receive"),
            Place(20, "reception:desk", _("My desk"), "armchair", "call"),
            Place(30, "reception:expected", _("Expected"), "calendar-days", "receive"),
            Place(25, "reception:acts", _("Acts of today"), "list-checks", "code"),
            Place(35, "reception:passages", _("At the door"), "footprints", "receive"),
            Place(60, "reception:closing", _("Close the day"), "moon-star", "close_day"),
            Place(80, "reception:devices", _("Screens and sensors"), "monitor-smartphone", "manage_devices"),
            Place(40, "reception:announcements", _("Announcement"), "megaphone", "announce"),
            Place(80, "reception:past", _("The past"), "history", "import_past"),
            Place(81, "reception:exports", _("Export"), "download", "export"),
        )
