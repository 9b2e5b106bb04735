"""The public face and the way in: pages that join several rooms.

Its words: *home* (the first page), *launcher* (what the signed-in person can do, in which centre).
"""
