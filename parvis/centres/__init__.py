"""Centres: the network, its centres, their sites, spaces and desks, themes, opening hours, code lists and teams.

A *service model* is a preset that creates a ready centre; a *code list* is dated, local, and mapped to the network's.
Every room above finds its centre, and what a person may do there, through this one.
"""
