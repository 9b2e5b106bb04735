"""Addresses of registrations, the waiting list and the door."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
