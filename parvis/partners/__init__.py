"""The institutions that a centre works with: partners that lend people and time, and outside bodies that one sends people to.

An institution is known to a network; a *relation* says what it is to one centre, and a *belonging* which of the team come
from it. Staff read this, and a visitor only what was written for them: never which institution an adviser comes from.
"""
