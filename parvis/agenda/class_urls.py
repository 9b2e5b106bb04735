"""Addresses of schools and class visits."""

from django.urls import URLPattern, URLResolver, include, path

from parvis.agenda.views import (
    class_day,
    class_preparation,
    class_presence,
    objectives,
    school_imports,
    schools,
    visits,
)

_VISIT = "c/<slug:centre>/agenda/visits/<int:pk>/day/"
_visits: list[URLPattern] = [
    path("", visits.visits, name="visits"),
    path("file/<slug:kind>/", visits.visits_file, name="visits_file"),
    path("<int:pk>/", visits.visit, name="visit"),
    path("<int:pk>/keep/", visits.visit_keep, name="visit_keep"),
    path("<int:pk>/arrival/", visits.visit_arrival, name="visit_arrival"),
    path("<int:pk>/step/<slug:step>/", visits.visit_step, name="visit_step"),
]
_schools: list[URLPattern] = [
    path("", schools.schools, name="schools"),
    path("file/<slug:kind>/", schools.schools_file, name="schools_file"),
    path("new/", schools.new_school, name="new_school"),
    path("bring/", schools.bring, name="bring_schools"),
    path("bring/<int:pk>/", schools.school_file, name="school_file"),
    path("bring/<int:pk>/commit/", schools.school_file_commit, name="school_file_commit"),
    path("imports/<int:pk>/undo/", school_imports.undo_import, name="undo_import"),
    path("reach/", schools.reached, name="reach"),
    path("reach/file/<slug:kind>/", schools.reached_file, name="reach_file"),
    path("match/", schools.match, name="match_school"),
    path("<int:pk>/", schools.school, name="school"),
    path("<int:pk>/close/", schools.school_close, name="school_close"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("c/<slug:centre>/agenda/visits/", include(_visits)),
    path("c/<slug:centre>/agenda/schools/", include(_schools)),
    path(_VISIT, class_day.visit_day, name="visit_day"),
    path(f"{_VISIT}turns/", class_day.visit_turns, name="visit_turns"),
    path(f"{_VISIT}<slug:kind>.pdf", class_day.visit_sheets, name="visit_sheets"),
    path(f"{_VISIT}preparation/", class_preparation.visit_preparation, name="visit_preparation"),
    path(f"{_VISIT}preparation/<slug:deed>/", class_preparation.visit_preparing, name="visit_preparing"),
    path(f"{_VISIT}files/<int:file>/", class_preparation.visit_file, name="visit_file"),
    path("c/<slug:centre>/agenda/objectives/", objectives.objectives, name="objectives"),
    path(f"{_VISIT}presence/", class_presence.visit_presence, name="visit_presence"),
]
