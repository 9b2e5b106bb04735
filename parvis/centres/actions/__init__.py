"""What can happen to a network, a centre and their lists. Each function is one transaction."""

from parvis.centres.actions.create_centre import Plan, create_centre, open_centre
from parvis.centres.actions.create_network import create_network

__all__ = ["Plan", "create_centre", "create_network", "open_centre"]
