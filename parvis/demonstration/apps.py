from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    name = "parvis.demonstration"
    label = "demonstration"
