"""Addresses of schools and class visits."""

from django.urls import URLPattern, path

from parvis.agenda.views import class_day, class_preparation, class_presence, objectives

_VISIT = "c/<slug:centre>/agenda/visits/<int:pk>/day/"
urlpatterns: list[URLPattern] = [
    path(_VISIT, class_day.visit_day, name="visit_day"),
    path(f"{_VISIT}turns/", class_day.visit_turns, name="visit_turns"),
    path(f"{_VISIT}<slug:kind>.pdf", class_day.visit_sheets, name="visit_sheets"),
    path(f"{_VISIT}preparation/", class_preparation.visit_preparation, name="visit_preparation"),
    path(f"{_VISIT}preparation/<slug:deed>/", class_preparation.visit_preparing, name="visit_preparing"),
    path(f"{_VISIT}files/<int:file>/", class_preparation.visit_file, name="visit_file"),
    path("c/<slug:centre>/agenda/objectives/", objectives.objectives, name="objectives"),
    path(f"{_VISIT}presence/", class_presence.visit_presence, name="visit_presence"),
]
