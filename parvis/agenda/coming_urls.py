"""Addresses of registrations, the waiting list and the door."""

from django.urls import path

from parvis.agenda.views import asking, counting, door, visitor_coming

SESSION = "c/<slug:centre>/agenda/sessions/<int:pk>/"

urlpatterns = [
    path("a/<slug:slug>/<int:pk>/come/", visitor_coming.come, name="come"),
    path("coming/<slug:token>/", visitor_coming.mine, name="mine"),
    path("at-the-door/<str:token>/", door.door_entries, name="door_entries"),
    path(f"{SESSION}door/", door.door, name="door"),
    path(f"{SESSION}door/note/", door.door_note, name="door_note"),
    path(f"{SESSION}door/here/<slug:token>/", door.door_here, name="door_here"),
    path(f"{SESSION}count/", counting.count, name="count"),
    path(f"{SESSION}coming/", counting.comings, name="comings"),
    path(f"{SESSION}coming/<slug:kind>/", counting.comings_file, name="comings_file"),
    path("c/<slug:centre>/agenda/events/<int:pk>/questions/", asking.event_questions, name="event_questions"),
]
