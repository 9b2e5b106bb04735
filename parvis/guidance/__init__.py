"""The thread that needs no name: somebody comes back months later, to anybody, and does not start again.

A *receipt* is the secret that only the visitor holds; it opens what was written for them, and nothing else does.

An *unmet need* is what nobody here could answer; a *proposal* gathers some and says what the centre does about them.
"""
