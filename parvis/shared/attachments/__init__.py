"""Cleans what somebody attaches: a picture or a PDF, without anything that tells who made it, when or where.

``clean`` decides by content, never by name. It works in a process of its own with little memory and time, because a file from
outside may be made to exhaust whoever opens it. What comes back is written anew: nothing of the file as it came is kept.
"""

from parvis.shared.attachments.cleaning import clean
from parvis.shared.attachments.kinds import LARGEST, Clean, Kind, Refused, Why

__all__ = ["LARGEST", "Clean", "Kind", "Refused", "Why", "clean"]
