from django.apps import AppConfig


class CentresConfig(AppConfig):
    name = "parvis.centres"
    label = "centres"
