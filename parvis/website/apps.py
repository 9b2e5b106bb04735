from django.apps import AppConfig


class WebsiteConfig(AppConfig):
    name = "parvis.website"
    label = "website"
