"""What a centre puts on: events, workshops from kits, and the visits of school classes.

An *event* has *sessions*; a session takes *registrations* without names, holds rooms, and counts its participants as totals. A *class
visit* is asked for by a teacher without an account, and is a number of pupils in groups. The website, reception and statistics read it.
"""
