"""One engine for every question that a centre asks: satisfaction, impact, samples of the public, partners, classes.

A *questionnaire* has *versions*; a version that was opened never changes. It is put to people by a *collection* (a kiosk at the exit,
a code on a poster, a link, paper), whose *answers* name nobody. *Sample surveys* draw the hours in which every visitor is asked.
"""
