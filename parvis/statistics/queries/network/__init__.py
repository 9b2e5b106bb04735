"""A network's figures as its coordinators read them: what is there, what all counted alike, the spread, what others published.

Centres stand by name. Nothing is sorted by a figure, and nobody gets a place.
"""
