"""Addresses of rooms, equipment, and how the agenda is run."""

from django.urls import URLPattern, path

from parvis.agenda.views import rooms

PLACE = "c/<slug:centre>/agenda/"
urlpatterns: list[URLPattern] = [
    path(f"{PLACE}rooms/", rooms.rooms, name="rooms"),
    path(f"{PLACE}rooms/new/", rooms.new_room, name="new_room"),
    path(f"{PLACE}rooms/<int:pk>/", rooms.room, name="room"),
    path(f"{PLACE}rooms/<int:pk>/change/", rooms.change_room, name="change_room"),
    path(f"{PLACE}rooms/<int:pk>/<str:day>/", rooms.room, name="room_week"),
    path(f"{PLACE}equipment/new/", rooms.new_equipment, name="new_equipment"),
    path(f"{PLACE}equipment/<int:pk>/", rooms.equipment, name="equipment"),
    path(f"{PLACE}equipment/<int:pk>/change/", rooms.change_equipment, name="change_equipment"),
    path(f"{PLACE}equipment/<int:pk>/<str:day>/", rooms.equipment, name="equipment_week"),
    path(f"{PLACE}deeds/<slug:kind>/<int:pk>/<slug:deed>/", rooms.room_deed, name="room_deed"),
    path(f"{PLACE}settings/", rooms.agenda_settings, name="settings"),
]
