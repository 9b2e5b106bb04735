"""Waits in words, in templates."""

from __future__ import annotations

from django import template

from parvis.reception.visitor_waits import wait_in_short, wait_in_words

register = template.Library()

register.filter("wait", wait_in_words)
register.filter("wait_short", wait_in_short)
