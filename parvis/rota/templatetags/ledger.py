"""How the ledger's figures are written."""

from django import template

from parvis.rota.reports import clock, two

register = template.Library()
register.filter("clock", clock)
register.filter("two", two)
