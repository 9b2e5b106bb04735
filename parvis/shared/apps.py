from django.apps import AppConfig

from parvis.shared import retention


class SharedConfig(AppConfig):
    name = "parvis.shared"
    label = "shared"

    def ready(self) -> None:
        from parvis.shared import forgetting  # noqa: PLC0415  # models are loaded only now

        retention.register(
            retention.Rule("ended sessions", forgetting.forget_sessions),
            retention.Rule("finished background work", forgetting.forget_tasks),
            retention.Rule("counts of sign-in tries", forgetting.forget_sign_in_limits),
        )
