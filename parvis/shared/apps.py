from django.apps import AppConfig
from django.utils.translation import gettext_noop

from parvis.shared import nightly, retention


class SharedConfig(AppConfig):
    name = "parvis.shared"
    label = "shared"

    def ready(self) -> None:
        from parvis.shared import forgetting, kept_papers, nights  # noqa: PLC0415  # models are loaded only now

        nightly.register("papers set long ago", kept_papers.clear_papers)
        retention.register(
            retention.Rule(gettext_noop("ended sessions"), forgetting.forget_sessions),
            retention.Rule(gettext_noop("finished background work"), forgetting.forget_tasks),
            retention.Rule(gettext_noop("counts of sign-in tries"), forgetting.forget_sign_in_limits),
            retention.Rule(gettext_noop("nights of a year ago"), nights.forget_nights),
        )
