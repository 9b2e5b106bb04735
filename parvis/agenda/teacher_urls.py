"""Addresses of teachers, who have no account."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
