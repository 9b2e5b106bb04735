"""Addresses of schools and class visits."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
