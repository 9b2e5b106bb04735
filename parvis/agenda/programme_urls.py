"""Addresses of the programme: events, sessions, rooms."""

from django.urls import URLPattern, path

from parvis.agenda.views import programme

PLACE = "c/<slug:centre>/agenda/"
urlpatterns: list[URLPattern] = [
    path(f"{PLACE}", programme.month, name="month"),
    path(f"{PLACE}month/<str:day>/", programme.month, name="month_of"),
]
