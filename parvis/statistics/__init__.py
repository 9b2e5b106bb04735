"""What happened, counted in its own unit: today, this week, and the evening's reconciliation.

*Passage* (through the door), *contact* (somebody answered), *act* (a service given), *participant* (at an event)
are never added together. Reads every room below and writes none of their tables.
"""
