"""Words that say that somebody may be in danger: suicide and self-harm, violence, a minor at risk. In every language at once.

``words/`` has a table a language, so that a speaker can proof-read theirs; ``phrases`` says how a line is read. What is found
shows the visitor a discreet card (``guidance/visitor/_danger.html``) and marks the question for the adviser. It is never
sent anywhere, and nothing waits for it: a list cannot know, it can only err towards offering a number too many.
"""

from parvis.guidance.visitor_danger.kinds import Kind
from parvis.guidance.visitor_danger.matching import find

__all__ = ["Kind", "find"]
