"""Addresses of the programme: events, sessions, rooms."""

from django.urls import URLPattern, path

from parvis.agenda.views import events, listing, moving, programme, sessions

PLACE = "c/<slug:centre>/agenda/"
EVENT, SESSION = f"{PLACE}events/<int:pk>/", f"{PLACE}sessions/<int:pk>/"
urlpatterns: list[URLPattern] = [
    path(f"{PLACE}", programme.month, name="month"),
    path(f"{PLACE}month/<str:day>/", programme.month, name="month_of"),
    path(f"{PLACE}week/", programme.week, name="week"),
    path(f"{PLACE}week/<str:day>/", programme.week, name="week_of"),
    path(f"{PLACE}list/", listing.programme, name="list"),
    path(f"{PLACE}list/programme.csv", listing.csv, name="list_csv"),
    path(f"{PLACE}list/programme.xlsx", listing.workbook, name="list_xlsx"),
    path(f"{PLACE}events/new/", events.new_event, name="new_event"),
    path(EVENT, events.event, name="event"),
    path(f"{EVENT}change/", events.change_event, name="change_event"),
    path(f"{EVENT}copy/", events.copy_event, name="copy_event"),
    path(f"{EVENT}cancel/", events.cancel_all, name="cancel_all"),
    path(f"{EVENT}plan/", sessions.plan, name="plan"),
    path(f"{EVENT}step/<slug:step>/", events.step_event, name="step_event"),
    path(SESSION, sessions.session, name="session"),
    path(f"{SESSION}move/", sessions.move, name="move"),
    path(f"{SESSION}drop/", moving.drop, name="drop"),
    path(f"{SESSION}cancel/", sessions.cancel, name="cancel"),
    path(f"{SESSION}back/", sessions.bring_back, name="bring_back"),
    path(f"{SESSION}people/", sessions.facilitators, name="facilitators"),
]
