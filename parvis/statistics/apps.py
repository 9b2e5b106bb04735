from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    name = "parvis.statistics"
    label = "statistics"
