"""The rota: who of which institution is on duty, at which half-day, for which theme.

*Half-days* have *needs*; the team says when it can come; a *plan* is computed, corrected by hand and published as *duty slots*
(permanences), which are repaired when somebody is absent and become *held* time at the desk. Reception opens desks from them; partners'
reports are made of them. No page for the public says who, or from where.
"""
