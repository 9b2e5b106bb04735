"""Addresses of the agenda that everybody reads."""

from django.urls import path

from parvis.agenda.views import visitor_files, visitor_programme

urlpatterns = [
    path("agenda/", visitor_programme.public_agendas, name="public_agendas"),
    path("agenda/<slug:centre>/", visitor_programme.public_agenda, name="public_agenda"),
    path("agenda/<slug:centre>/subscribe/", visitor_files.subscribe, name="subscribe"),
    path("agenda/<slug:centre>/calendar.ics", visitor_files.centre_ics, name="centre_ics"),
    path("agenda/<slug:centre>/feed.atom", visitor_files.atom, name="atom"),
    path("a/<slug:slug>/", visitor_programme.public_event, name="public_event"),
    path("a/<slug:slug>/calendar.ics", visitor_files.event_ics, name="event_ics"),
    path("a/<slug:slug>/<int:pk>.ics", visitor_files.session_ics, name="session_ics"),
]
