"""Addresses of registrations, the waiting list and the door."""

from django.urls import path

from parvis.agenda.views import visitor_coming

urlpatterns = [
    path("a/<slug:slug>/<int:pk>/come/", visitor_coming.come, name="come"),
    path("coming/<slug:token>/", visitor_coming.mine, name="mine"),
]
