from django.apps import AppConfig
from django.utils.translation import gettext_noop

from parvis.accounts.roles import Permission
from parvis.agenda import class_work
from parvis.agenda import tabs as pages
from parvis.centres import leaving
from parvis.partners import on_duty
from parvis.shared import hourly, resuming, retention, tabs
from parvis.shared.navigation import Place, register, register_network
from parvis.shared.sealing import needed


class AgendaConfig(AppConfig):
    name = "parvis.agenda"
    label = "agenda"

    def ready(self) -> None:
        class_work.register()
        tabs.register("agenda", pages.LABEL, pages.GROUPS)
        register(Place(16, "agenda:month", pages.LABEL, "calendar-days", Permission.ENTER, tabs="agenda"))
        self.ready_for_who_leads()
        self.ready_for_hours()
        self.ready_for_who_comes()
        self.ready_for_kits()

    def ready_for_who_comes(self) -> None:
        """What the nights forget, what is due each hour, and what is started again, of registrations."""
        from parvis.agenda.actions import addresses, seats, telling  # noqa: PLC0415  # models are loaded only now

        needed.register("addresses", addresses.needed_shares)
        retention.register(
            retention.Rule(gettext_noop("addresses of registrations"), addresses.forget_addresses)
        )
        resuming.register("messages about sessions", telling.resume_messages)
        hourly.register("places of sessions", seats.settle_all)
        hourly.register("reminders of sessions", telling.remind)
        hourly.register("messages about sessions", telling.send_late_messages)

    def ready_for_who_leads(self) -> None:
        """Who leads and who speaks is forgotten in time; who leaves the team leads nothing any more."""
        from parvis.agenda.actions import forgetting  # noqa: PLC0415  # models are loaded only now

        leaving.register("sessions and classes", forgetting.let_sessions_go)
        retention.register(
            retention.Rule(gettext_noop("who led events and classes"), forgetting.forget_leads),
            retention.Rule(gettext_noop("speakers of events"), forgetting.forget_speakers),
        )

    def ready_for_hours(self) -> None:
        """Hours are counted anew where time on duty changes."""
        from parvis.agenda.actions import hours  # noqa: PLC0415  # models are loaded only now

        on_duty.register_follower("agenda", hours.recount)

    def ready_for_kits(self) -> None:
        """A network's own kits among its pages; files without a row are forgotten."""
        from parvis.agenda.actions import left_files  # noqa: PLC0415  # models are loaded only now

        register_network(
            Place(62, "agenda:network_kits", pages.KITS.label, "package-open", Permission.MANAGE_NETWORK)
        )
        retention.register(
            retention.Rule(
                gettext_noop("files of events and classes that were left over"), left_files.forget_left_files
            )
        )
