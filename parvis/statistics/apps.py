from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from parvis.shared import hourly, nightly, resuming, retention, tabs
from parvis.shared.navigation import Place, register, register_network
from parvis.statistics import tabs as pages


class StatisticsConfig(AppConfig):
    name = "parvis.statistics"
    label = "statistics"

    def ready(self) -> None:
        from parvis.statistics.actions.network import asking  # noqa: PLC0415  # models are loaded only now
        from parvis.statistics.actions.reports import scheduling, sending  # noqa: PLC0415
        from parvis.statistics.facts import refresh, triggers  # noqa: PLC0415
        from parvis.surveys import results_page  # noqa: PLC0415

        pre_migrate.connect(triggers.before_migrations, sender=self, dispatch_uid="facts")
        post_migrate.connect(triggers.after_migrations, sender=self, dispatch_uid="facts")
        nightly.register("facts", refresh.refresh)
        nightly.register("scheduled reports", scheduling.make_scheduled)
        resuming.register("reports on their way", sending.resume_sending)
        resuming.register("reminders of figures", asking.resume_reminders)
        hourly.register("reminders of figures", asking.try_again)
        retention.register(
            retention.Rule(gettext_noop("who was reminded of missing figures"), asking.forget_reminders)
        )
        retention.register(retention.Rule(gettext_noop("to whom a report was sent"), sending.forget_sendings))
        register(Place(50, "statistics:today", pages.LABEL, "chart-column", "see_figures", tabs="figures"))
        results_page.register(
            lambda survey: reverse(
                "statistics:survey_results", args=[survey.centre.slug if survey.centre else "", survey.pk]
            )
        )
        tabs.register("figures", pages.LABEL, pages.GROUPS)
        register_network(
            Place(65, "statistics:network_centres", pages.LABEL, "chart-column", "manage_network"),
            Place(70, "statistics:network_explorer", _("Explore"), "telescope", "manage_network"),
        )
