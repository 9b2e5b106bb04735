from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from parvis.accounts.roles import Permission
from parvis.shared import live, nightly, retention, tabs
from parvis.shared.navigation import Place, register, register_network
from parvis.surveys import tabs as pages


class SurveysConfig(AppConfig):
    name = "parvis.surveys"
    label = "surveys"

    def ready(self) -> None:
        from parvis.surveys import live_classes  # noqa: PLC0415  # models are loaded only now
        from parvis.surveys.actions import classes, forgetting  # noqa: PLC0415

        retention.register(
            retention.Rule(gettext_noop("what was written in a survey"), forgetting.forget_words),
            retention.Rule(gettext_noop("what a device called its answers"), forgetting.forget_keys),
            retention.Rule(
                gettext_noop("how many paper sheets were typed in at a time"), forgetting.forget_batches
            ),
        )
        nightly.register("screens of classes closed", classes.close_rounds)
        live.register(live_classes.PREFIX, live_classes.read, refresh=live_classes.LOOKED_AT)
        nightly.register("answers of surveys mixed", forgetting.mix_answers)
        tabs.register("surveys", pages.LABEL, pages.GROUPS)
        register(
            Place(46, "surveys:questionnaires", pages.LABEL, "clipboard-list", Permission.ASK, tabs="surveys")
        )
        register(Place(47, "asking:sheets", _("Paper sheets"), "notebook-pen", Permission.CODE))
        register_network(
            Place(60, "surveys:network_questionnaires", _("Questionnaires"), "clipboard-list", Permission.ASK)
        )
