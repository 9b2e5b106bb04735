"""Addresses of the agenda that everybody reads."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
