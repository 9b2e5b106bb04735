"""Free text is a leak: spots names, numbers and addresses in what somebody typed about a visitor.

``spot`` says what it found and where; ``NoNameField`` refuses it in a form with a message that quotes it.
"""

from parvis.shared.free_text.field import NoNameField, refuse_names
from parvis.shared.free_text.kinds import Kind, Spotted
from parvis.shared.free_text.spotting import spot

__all__ = ["Kind", "NoNameField", "Spotted", "refuse_names", "spot"]
