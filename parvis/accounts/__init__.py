"""Accounts: the people who work in centres, how they sign in, and which role allows what.

A *role* is a name of the trade; a *permission* is one thing a person may do; ``roles.py`` is the table between them.
Visitors never have an account.
"""
