from django.apps import AppConfig
from django.utils.translation import gettext_noop


class AccountsConfig(AppConfig):
    name = "parvis.accounts"
    label = "accounts"

    def ready(self) -> None:
        from parvis.accounts.actions import forget_ended_sessions  # noqa: PLC0415  # models are loaded only now
        from parvis.shared.retention import Rule, register  # noqa: PLC0415

        register(Rule(gettext_noop("addresses and browsers of ended sessions"), forget_ended_sessions))
