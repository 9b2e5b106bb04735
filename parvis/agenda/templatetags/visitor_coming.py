"""Registrations in the words of whoever comes."""

from django import template

from parvis.agenda import visitor_sessions

register = template.Library()
register.filter("friendly", visitor_sessions.friendly)
register.filter("when", visitor_sessions.when)
register.filter("place", visitor_sessions.place)
register.filter("by_when", visitor_sessions.by_when)
