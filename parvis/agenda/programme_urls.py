"""Addresses of the programme: events, sessions, rooms."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
