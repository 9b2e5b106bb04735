from django.apps import AppConfig


class GuidanceConfig(AppConfig):
    name = "parvis.guidance"
    label = "guidance"
