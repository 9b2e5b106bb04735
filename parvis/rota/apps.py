from django.apps import AppConfig
from django.utils.translation import gettext_noop

from parvis.accounts.roles import Permission
from parvis.centres import leaving
from parvis.partners import lending, on_duty
from parvis.rota import tabs as pages
from parvis.shared import hourly, resuming, retention, tabs
from parvis.shared.navigation import Place, register


class RotaConfig(AppConfig):
    name = "parvis.rota"
    label = "rota"

    def ready(self) -> None:
        from parvis.rota.actions import (  # noqa: PLC0415  # models are loaded only now
            control,
            cover,
            feeds,
            forgetting,
            leading,
            letters,
            plans,
            tellers,
            undoing,
        )
        from parvis.rota.actions.leaving import (  # noqa: PLC0415
            follow_belonging,
            let_duties_go,
            take_duties_back,
        )

        resuming.register("mails of the rota", tellers.resume_letters)
        retention.register(
            retention.Rule(gettext_noop("who was written to about the rota"), letters.forget_letters)
        )
        resuming.register("plans", plans.revive_interrupted)
        leaving.register("calendar addresses", feeds.end_feeds)
        leaving.register("duties", let_duties_go)
        leaving.register_return("duties", take_duties_back)
        lending.register("duties", follow_belonging)
        on_duty.register("rota", leading.look, leading.hold)
        retention.register(retention.Rule(gettext_noop("calendar addresses"), feeds.forget_feeds))
        undoing.when_undone("covers", cover.when_undone)
        retention.register(
            retention.Rule(gettext_noop("calls for cover that are over"), cover.close_past_calls)
        )
        retention.register(retention.Rule(gettext_noop("looks ahead at the rota"), control.forget_reports))
        hourly.register("looks ahead at the rota", control.make_due_reports)
        retention.register(
            retention.Rule(gettext_noop("who was on duty"), forgetting.forget_names),
            retention.Rule(gettext_noop("when people could come"), forgetting.forget_what_was_said),
        )
        tabs.register("rota", pages.LABEL, pages.GROUPS)
        register(Place(15, "rota:this_week", pages.LABEL, "calendar-range", Permission.ENTER))
